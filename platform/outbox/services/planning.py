"""What the clock starts."""

import logging
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, get_tenant_model

from opium.registry import City, optional_modules
from outbox import registry
from outbox.models import Job
from outbox.registry import Task
from outbox.services.publishing import publish

logger = logging.getLogger(__name__)


def plan_daily() -> int:
    """Queue today's daily work of every city whose hour has come; how many jobs that is.

    Safe to run twice and at the same time: the database takes each piece once a day. A city opened
    later in the day, and a clock that stood still, are caught up with. Hours are Polish. A task
    that cannot be planned stops no other.
    """
    now = timezone.localtime()
    due = [one for one in registry.TASKS.values() if one.daily_at and one.daily_at <= now.time()]
    planned = 0
    for task in due:
        try:
            planned += _plan(task, now)
        except Exception:
            logger.exception("The daily work %s could not be planned", task.name)
    return planned


@transaction.atomic
def _plan(task: Task, now: datetime) -> int:
    there = Job.objects.filter(task=task.name, day=now.date()).values("schema_name")
    planned = [
        Job(schema_name=city.schema_name, task=task.name, day=now.date())
        for city in get_tenant_model().objects.exclude(schema_name__in=there)
        if _works_in(city, task)
    ]
    if planned:
        Job.objects.bulk_create(planned, ignore_conflicts=True)
        ours = Job.objects.filter(pk__in=[job.pk for job in planned]).order_by("pk")
        transaction.on_commit(partial(publish, list(ours)))
    return len(planned)


def _works_in(city: City, task: Task) -> bool:
    if city.schema_name == get_public_schema_name():
        return task.in_console
    module = task.name.partition(".")[0]
    return module in city.modules or module not in optional_modules()
