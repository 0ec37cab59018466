from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import (  # noqa: PLC0415  # Django is set up only now
            celery,  # noqa: F401  # the app that `current_app` finds
            deployment,
            tasks,  # noqa: F401  # which declare themselves
        )
        from config.moments import read_moments  # noqa: PLC0415  # Django is set up only now

        connection_created.connect(read_moments)
        deployment.registered()
