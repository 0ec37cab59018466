"""What sends again whatever waits too long."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from outbox.models import ClockTick, Job
from outbox.services.publishing import publish
from outbox.services.sharing import await_turn

RELAY_AFTER = timedelta(seconds=15)
"""How long a published job may wait for a worker before it is published again."""
KEEP_DONE = timedelta(days=7)
KEEP_LEFT = timedelta(days=90)
"""How long a job that was left undone stays; the log keeps who left it and why."""
RELAY_BATCH = 500


def relay_jobs() -> int:
    """Publish again each job that waits too long, whatever the reason; forget what is long over.

    Cities take turns: one with thousands of waiting jobs does not keep the others' waiting. That
    it ran is written down first (`selectors.facts`).
    """
    now = timezone.now()
    ClockTick.objects.bulk_create(
        [ClockTick(at=now)], update_conflicts=True, unique_fields=["id"], update_fields=["at"]
    )
    jobs = list(_in_turns(_waiting(now - RELAY_AFTER))[:RELAY_BATCH])
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(due_at=now)
    published = publish(jobs)
    Job.objects.filter(Q(done_at__lt=now - KEEP_DONE) | Q(left_at__lt=now - KEEP_LEFT)).delete()
    return published


def _waiting(before: datetime) -> QuerySet[Job]:
    return Job.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=timezone.now()),
        done_at=None,
        given_up_at=None,
        due_at__lt=before,
    ).exclude(await_turn())


def _in_turns(jobs: QuerySet[Job]) -> QuerySet[Job]:
    turn = Window(RowNumber(), partition_by=[F("schema_name")], order_by=[F("due_at").asc()])
    return jobs.annotate(turn=turn).order_by("turn", "due_at")
