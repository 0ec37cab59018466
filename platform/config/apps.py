from django.core.signals import request_started
from django.db.backends.signals import connection_created

from config import celery
from config.moments import read_moments
from config.reconnecting import drop_the_dead
from opium import registry

app = celery.app
"""Made with the settings, for `current_app` finds the one that was made last."""


class ConfigConfig(registry.RoomConfig):
    name = "config"

    def ready(self) -> None:
        super().ready()
        connection_created.connect(read_moments)
        request_started.connect(drop_the_dead)
