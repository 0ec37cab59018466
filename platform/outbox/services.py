"""The verbs of background work."""

import logging
from datetime import timedelta
from functools import partial

from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, get_tenant_model, tenant_context
from kombu.exceptions import OperationalError

from opium.registry import City, current_city, optional_modules
from outbox.models import Job
from outbox.registry import TASKS, Task

logger = logging.getLogger(__name__)

RELAY_AFTER = timedelta(seconds=15)
"""How long a published job may wait for a worker before it is published again."""
GIVE_UP_AFTER = 12
KEEP_DONE = timedelta(days=7)
RELAY_BATCH = 500


def after_commit(task: str, *args: str) -> Job:
    """Run `task` in the background for the current city, once this transaction has committed.

    Nothing is lost when the broker is down or a worker dies: the row stays, and the relay
    publishes it again. The task may therefore run more than once.
    """
    if task not in TASKS:
        raise UnknownTask(task)
    job = Job.objects.create(schema_name=current_city().schema_name, task=task, args=list(args))
    transaction.on_commit(partial(_publish, str(job.pk), task))
    return job


def _publish(job_id: str, task: str) -> None:
    lease = TASKS[task].lease
    try:
        current_app.tasks["outbox.run_job"].apply_async(
            (job_id,), shadow=task, time_limit=lease, soft_time_limit=max(lease - 5, 1), retry=False
        )
    except (OperationalError, OSError):
        logger.warning("The broker does not answer; the relay will publish %s %s", task, job_id)


def run_job(job_id: str) -> bool:
    """Do one job under a lease; False where it is done already or another worker holds it.

    A failure is recorded and tried again later, each time after a longer pause; after
    `GIVE_UP_AFTER` attempts the job is set aside for the operator.
    """
    job = _lease(job_id)
    if job is None:
        return False
    tenant = get_tenant_model().objects.get(schema_name=job.schema_name)
    try:
        with tenant_context(tenant):
            TASKS[job.task].run(*job.args)
    except BaseException as failure:
        _record_failure(job, failure)
        raise
    Job.objects.filter(pk=job.pk).update(done_at=timezone.now(), leased_until=None, last_error="")
    return True


def _lease(job_id: str) -> Job | None:
    now = timezone.now()
    job = Job.objects.filter(pk=job_id, done_at=None, given_up_at=None).first()
    if job is None:
        return None
    taken = Job.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=now), pk=job_id, done_at=None
    ).update(
        leased_until=now + timedelta(seconds=TASKS[job.task].lease + 5), attempts=F("attempts") + 1
    )
    if not taken:
        return None
    job.refresh_from_db()
    return job


def _record_failure(job: Job, failure: BaseException) -> None:
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        leased_until=None,
        due_at=now + timedelta(seconds=min(2**job.attempts, 3600)),
        given_up_at=now if job.attempts >= GIVE_UP_AFTER else None,
        last_error=f"{type(failure).__name__}: {failure}"[:4000],
    )


def relay_jobs() -> int:
    """Publish again each job that waits too long, whatever the reason; forget what is long done."""
    now = timezone.now()
    waiting = Job.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=now),
        done_at=None,
        given_up_at=None,
        due_at__lt=now - RELAY_AFTER,
    )
    jobs = list(waiting.order_by("due_at")[:RELAY_BATCH])
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(due_at=now)
    for job in jobs:
        _publish(str(job.pk), job.task)
    Job.objects.filter(done_at__lt=now - KEEP_DONE).delete()
    return len(jobs)


def plan_daily() -> int:
    """Queue today's daily work of every city whose hour has come; how many jobs that is.

    Safe to run twice and at the same time: the database takes each piece once a day. A city opened
    later in the day, and a clock that stood still, are caught up with. Hours are Polish.
    """
    now = timezone.localtime()
    due = [task for task in TASKS.values() if task.daily_at and task.daily_at <= now.time()]
    planned: list[Job] = []
    for task in due:
        there = Job.objects.filter(task=task.name, day=now.date()).values("schema_name")
        planned += [
            Job(schema_name=city.schema_name, task=task.name, day=now.date())
            for city in get_tenant_model().objects.exclude(schema_name__in=there)
            if _works_in(city, task)
        ]
    with transaction.atomic():
        Job.objects.bulk_create(planned, ignore_conflicts=True)
        ours = Job.objects.filter(pk__in=[job.pk for job in planned])
        for job in ours.order_by("pk"):
            transaction.on_commit(partial(_publish, str(job.pk), job.task))
    return len(planned)


def _works_in(city: City, task: Task) -> bool:
    if city.schema_name == get_public_schema_name():
        return task.in_console
    module = task.name.partition(".")[0]
    return module in city.modules or module not in optional_modules()


class UnknownTask(LookupError):
    """No module declares a task of this name."""
