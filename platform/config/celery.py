"""Celery, started as `celery -A config.celery worker`."""

import os

from celery import Celery, signals
from kombu.transport import TRANSPORT_ALIASES

from opium import priority

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["folder"] = "config.runtime.broker:Transport"


@signals.import_modules.connect
def _step_back(**_: object) -> None:
    """Before a worker or the clock loads the house, which costs seconds: people come first."""
    priority.step_back(priority.BACKGROUND)


app = Celery("opium")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
