"""Whose turn it is: one city holds no more workers than its share, long work no more than its own.

Each queue has shares of its own, so nothing that opens content from outside takes a letter's place.
A job whose city has its share is set back in its row, not in the broker, so it stops nobody. Each
job that ends hands its place to the oldest one set back; the relay catches a link that was lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from outbox import registry
from outbox.models import Job
from outbox.services.publishing import publish


def wait_for_others() -> None:
    """Let nobody else count and take at the same moment, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('outbox turn'))")


@dataclass(frozen=True, slots=True)
class _Shares:
    """How many jobs of a queue run at once: of one city, of all, and of all those that are long."""

    of_city: int
    of_all: int | None
    long: int


def _shares(queue: str) -> _Shares:
    if queue == registry.CONTENT:
        most = settings.CONTENT_WORKERS
        return _Shares(settings.CONTENT_JOBS_AT_ONCE_OF_CITY, most, max(1, most - 1))
    return _Shares(settings.JOBS_AT_ONCE_OF_CITY, None, settings.LONG_JOBS_AT_ONCE)


def has_room(job: Job) -> bool:
    """Whether one more worker may begin this job now; each queue has its own shares."""
    queue = registry.queue_of(job.task)
    shares = _shares(queue)
    held = [
        (schema, task)
        for schema, task in _held().values_list("schema_name", "task")
        if registry.queue_of(task) == queue
    ]
    of_city = [task for schema, task in held if schema == job.schema_name]
    long_of_city = [task for task in of_city if registry.is_long(task)]
    is_long = registry.is_long(job.task)
    # However small the share, long work of a city stops none of its letters.
    if len(of_city) >= (shares.of_city if is_long else max(shares.of_city, 1 + len(long_of_city))):
        return False
    if shares.of_all is not None and len(held) >= shares.of_all:
        return False
    if not is_long:
        return True
    of_all = [task for _, task in held if registry.is_long(task)]
    return len(of_all) < shares.long and not long_of_city


def hand_on(ended: Job) -> None:
    """Publish the jobs for which the one that ended has made room."""
    with transaction.atomic():
        wait_for_others()  # whoever has counted the ended one has set its own job back by now
        found = list(_next(ended))
    for waiting in found:
        if Job.objects.filter(pk=waiting.pk, is_set_back=True).update(is_set_back=False):
            publish([waiting])


def _next(ended: Job) -> Iterator[Job]:
    queue = registry.queue_of(ended.task)
    set_back = Job.objects.filter(
        _of(queue), is_set_back=True, done_at=None, given_up_at=None, due_at__lte=timezone.now()
    ).order_by("created_at", "pk")
    of_city = set_back.filter(schema_name=ended.schema_name)
    others = set_back.exclude(schema_name=ended.schema_name)
    long = [task.name for task in registry.TASKS.values() if registry.is_long(task.name)]
    if registry.is_long(ended.task):  # first another city's, or this one's would take it again
        busy = set(_held().filter(_of(queue), task__in=long).values_list("schema_name", flat=True))
        yield from others.exclude(schema_name__in=busy).filter(task__in=long)[:1]
    if _shares(queue).of_all is not None:  # any city's job may have waited for this very place
        yield from others.exclude(task__in=long)[:1]
        yield from others.filter(task__in=long)[:1]
    yield from of_city.exclude(task__in=long)[:1]
    yield from of_city.filter(task__in=long)[:1]


def await_turn() -> Q:
    """Jobs set back whose turn comes when one ends that is being done in their queue."""
    found = Q(pk=None)
    for queue in (registry.ORDINARY, registry.CONTENT):
        at_work = _held().filter(_of(queue))
        if _shares(queue).of_all is None:
            cities = set(at_work.values_list("schema_name", flat=True))
            found |= _of(queue) & Q(is_set_back=True, schema_name__in=cities)
        elif at_work.exists():
            found |= _of(queue) & Q(is_set_back=True)
    return found


def _of(queue: str) -> Q:
    content = [task.name for task in registry.TASKS.values() if task.queue == registry.CONTENT]
    return Q(task__in=content) if queue == registry.CONTENT else ~Q(task__in=content)


def _held() -> QuerySet[Job]:
    return Job.objects.filter(Q(leased_until__gte=timezone.now()), done_at=None, given_up_at=None)
