from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import celery  # noqa: F401, PLC0415  # the app that `current_app` finds
        from config.moments import read_moments  # noqa: PLC0415  # Django is set up only now

        connection_created.connect(read_moments)
