"""From a deed to the broker."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from opium.registry import current_city
from outbox import registry
from outbox.errors import UnknownTask
from outbox.models import Job

SOON = timedelta(minutes=5)
"""What is planned for so near a moment is handed to the broker at once, to be begun then."""

logger = logging.getLogger(__name__)


def after_commit(task: str, *args: str) -> Job:
    """Run `task` in the background for the current city, once this transaction has committed.

    Nothing is lost when the broker is down or a worker dies: the row stays, and the relay
    publishes it again. The task may therefore run more than once.
    """
    return _after_commit(task, [list(args)])[0]


def after_commit_each(task: str, subjects: Iterable[object], *args: str) -> int:
    """The same for each of the subjects, such as ids, in a job of its own: none stops another.

    A job's first argument is its subject. Gives the number of jobs.
    """
    return len(_after_commit(task, [[str(one), *args] for one in subjects]))


def plan_at(moment: datetime, task: str, *args: str) -> Job:
    """The same, but not before that moment.

    A worker waits for a near one and begins it to the second; a later one, or one whose worker was
    killed meanwhile, the relay publishes within half a minute of its moment.
    """
    [job] = _written(task, [list(args)])
    # Its waiting counts from then, as that of a job which is put into the queue then.
    Job.objects.filter(pk=job.pk).update(due_at=moment, updated_at=moment)
    job.refresh_from_db()
    if moment - timezone.now() <= SOON:
        transaction.on_commit(partial(publish, [job], at=moment))
    return job


def _after_commit(task: str, calls: list[list[str]]) -> list[Job]:
    jobs = _written(task, calls)
    transaction.on_commit(partial(publish, jobs))
    return jobs


def _written(task: str, calls: list[list[str]]) -> list[Job]:
    if task not in registry.TASKS:
        raise UnknownTask(task)
    schema = current_city().schema_name
    return Job.objects.bulk_create([Job(schema_name=schema, task=task, args=one) for one in calls])


def publish(jobs: Iterable[Job], *, at: datetime | None = None) -> int:
    """Hand the jobs to the broker, to be begun at once or at that moment; how many it took.

    The first that it refuses is the last tried.

    A job of a task that nobody declares is handed over as well: the worker fails it by name.
    """
    taken = 0
    countdown = 0.0 if at is None else max(0.0, (at - timezone.now()).total_seconds())
    for job in jobs:
        lease = registry.lease_of(job.task)
        try:
            current_app.tasks["outbox.run_job"].apply_async(
                (str(job.pk),),
                queue=registry.queue_of(job.task),
                shadow=job.task,
                countdown=countdown,
                time_limit=lease,
                soft_time_limit=max(lease - 5, 1),
                retry=False,
            )
        except (OperationalError, OSError):
            logger.warning(
                "The broker does not answer; the relay will publish %s %s", job.task, job.pk
            )
            break
        taken += 1
    return taken
