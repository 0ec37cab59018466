import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

for urls in (settings.ROOT_URLCONF, settings.PUBLIC_SCHEMA_URLCONF):
    _ = get_resolver(urls).url_patterns  # else the first who asks waits for every module to load

# What is loaded stays; without this the collector looks through all of it every few requests.
gc.collect()
gc.freeze()
