"""Holding a job while it is done: a short lease, lengthened by a heartbeat beside the work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F
from django.utils import timezone

from outbox import registry
from outbox.errors import WorkerDied
from outbox.models import Job
from outbox.services import sharing
from outbox.services.giving_up import give_up, limit_of

LEASE = timedelta(seconds=40)
"""How long a job stays with a worker that says nothing; a killed one loses it after that."""
BEAT = 10.0
"""Seconds between two heartbeats of a worker."""
DEATHS = 5
"""How many workers a job may cost before it is given up."""


def take(job_id: str) -> Job | None:
    """The job, leased to the caller; None where it is over, held or waits.

    It waits after a failure, and for its city's turn (`sharing`).

    The attempt is counted before it begins, for a killed worker counts nothing. A job that has
    cost `DEATHS` workers is given up instead.
    """
    now = timezone.now()
    job = Job.objects.filter(pk=job_id, done_at=None, given_up_at=None).first()
    if job is None or (job.leased_until is not None and job.leased_until >= now):
        return None
    died = job.leased_until is not None
    if not died and job.attempts and job.due_at > now:
        return None
    as_read = Job.objects.filter(
        pk=job.pk, done_at=None, given_up_at=None, leased_until=job.leased_until
    )
    with transaction.atomic():
        sharing.wait_for_others()
        if not sharing.has_room(job):
            as_read.update(is_set_back=True)
            return None
        if not as_read.update(
            leased_until=now + LEASE,
            attempts=F("attempts") + 1,
            deaths=F("deaths") + int(died),
            is_set_back=False,
        ):
            return None
    job.refresh_from_db()
    if died and (job.deaths >= DEATHS or job.attempts > limit_of(job)):
        give_up(job, WorkerDied(f"{job.deaths} workers died of it"))
        return None
    return job


@contextmanager
def held(job: Job) -> Iterator[None]:
    """Lengthen the lease while the block runs, at most as long as the task may take."""
    over = Event()
    keeper = Thread(target=_beat, args=(job, over), name=f"lease of {job.pk}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _beat(job: Job, over: Event) -> None:
    end = monotonic() + registry.lease_of(job.task)
    ours = Job.objects.filter(pk=job.pk, attempts=job.attempts, done_at=None, given_up_at=None)
    try:
        while not over.wait(BEAT) and monotonic() < end:
            try:
                ours.update(leased_until=timezone.now() + LEASE)
            except (DatabaseError, InterfaceError):
                connection.close()  # the next beat opens another
    finally:
        connection.close()
