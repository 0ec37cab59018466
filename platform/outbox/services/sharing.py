"""Whose turn it is: one city holds no more workers than its share, long work no more than its own.

A job whose city has its share is set back in its row, not in the broker, so it stops nobody. Each
job that ends hands its place to the oldest one set back; the relay catches a link that was lost.
"""

from collections.abc import Iterator

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


def has_room(job: Job) -> bool:
    """Whether one more worker may begin this job now."""
    held = list(_held().values_list("schema_name", "task"))
    of_city = [task for schema, task in held if schema == job.schema_name]
    long_of_city = [task for task in of_city if registry.is_long(task)]
    is_long = registry.is_long(job.task)
    share = settings.JOBS_AT_ONCE_OF_CITY
    # However small the share, long work of a city stops none of its letters.
    if len(of_city) >= (share if is_long else max(share, 1 + len(long_of_city))):
        return False
    if not is_long:
        return True
    of_all = [task for _, task in held if registry.is_long(task)]
    return len(of_all) < settings.LONG_JOBS_AT_ONCE and not long_of_city


def hand_on(ended: Job) -> None:
    """Publish the jobs for which the one that ended has made room."""
    with transaction.atomic():
        wait_for_others()  # whoever has counted the ended one has set its own job back by now
        found = list(_next(ended))
    for waiting in found:
        if Job.objects.filter(pk=waiting.pk, is_set_back=True).update(is_set_back=False):
            publish([waiting])


def _next(ended: Job) -> Iterator[Job]:
    set_back = Job.objects.filter(
        is_set_back=True, done_at=None, given_up_at=None, due_at__lte=timezone.now()
    ).order_by("created_at", "pk")
    of_city = set_back.filter(schema_name=ended.schema_name)
    long = [task.name for task in registry.TASKS.values() if registry.is_long(task.name)]
    if registry.is_long(ended.task):  # first another city's, or this one's would take it again
        busy = set(_held().filter(task__in=long).values_list("schema_name", flat=True))
        others = set_back.exclude(schema_name__in=busy | {ended.schema_name})
        yield from others.filter(task__in=long)[:1]
    yield from of_city.exclude(task__in=long)[:1]
    yield from of_city.filter(task__in=long)[:1]


def cities_at_work() -> set[str]:
    """The schemas whose jobs are being done, each of which will hand on to the next."""
    return set(_held().values_list("schema_name", flat=True))


def _held() -> QuerySet[Job]:
    return Job.objects.filter(Q(leased_until__gte=timezone.now()), done_at=None, given_up_at=None)
