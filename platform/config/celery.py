"""Celery, started as `celery -A config.celery worker`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["folder"] = "config.runtime.broker:Transport"

app = Celery("opium")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
