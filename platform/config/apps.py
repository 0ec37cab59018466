from django.apps import AppConfig
from django.db.backends.signals import connection_created

from config import celery
from config.moments import read_moments

app = celery.app
"""Made with the settings, for `current_app` finds the one that was made last."""


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        connection_created.connect(read_moments)
