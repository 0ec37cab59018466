"""Questions about background work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, get_tenant_model

from opium.permissions import WHOLE_CITY, Actor, require
from opium.registry import current_city
from outbox.models import ClockTick, Job
from outbox.permissions import Permission

LEFT_WHILE_ALIVE = timedelta(seconds=15)
"""How much of its lease a living worker always has left (`services.leasing`: of 40 s, lengthened
every 10 s)."""


@dataclass(frozen=True, slots=True)
class Work:
    """Work of the current city that is not at its end, and will come to it by itself."""

    is_interrupted: bool
    """Whether it has begun and nobody does it now: its worker was killed, which is known after
    some 25 s, or failed. Another takes it up, usually within a minute."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells whether the background works, of the whole installation."""

    last_tick: datetime | None
    """When the clock last had the relay run."""
    oldest_due: datetime | None
    """Since when the oldest job waits that no worker has begun, or whose worker was killed."""
    oldest_mail: datetime | None
    """Since when the oldest unsent mail waits, whatever the reason."""
    given_up: int
    """How many given-up jobs stand in the list."""


def facts(*, mail: Collection[str]) -> Facts:
    """The facts, in three queries; `mail` names the tasks that send mail.

    Waiting counts from when the job was put into the queue, for the relay moves `due_at`; that of a
    killed worker's job from the end of its lease. One that waits for its city's turn, or for a
    moment to come (`services.plan_at`), is left out.
    """
    now = timezone.now()
    tick = ClockTick.objects.filter(pk=ClockTick.ONLY).first()
    not_begun = Q(attempts=0, leased_until=None, is_set_back=False, updated_at__lte=now) | Q(
        leased_until__lt=now
    )
    oldest = Job.objects.filter(done_at=None, given_up_at=None).aggregate(
        due=Min(Coalesce("leased_until", "updated_at"), filter=not_begun),
        mail=Min("updated_at", filter=Q(task__in=mail)),
    )
    return Facts(
        last_tick=tick.at if tick else None,
        oldest_due=oldest["due"],
        oldest_mail=oldest["mail"],
        given_up=Job.objects.filter(given_up_at__isnull=False, left_at=None).count(),
    )


def work_left(task: str, *args: str) -> Work | None:
    """What is left of that work of the current city; None where it is done, given up or unknown."""
    jobs = Job.objects.filter(schema_name=current_city().schema_name, task=task, args=list(args))
    job = jobs.filter(done_at=None, given_up_at=None).order_by("-created_at").first()
    if job is None:
        return None
    lives = job.leased_until and job.leased_until > timezone.now() + LEFT_WHILE_ALIVE
    return Work(is_interrupted=job.attempts > 0 and not lives)


def is_at_work() -> bool:
    """Whether a worker does a job of the current city at this moment."""
    return Job.objects.filter(
        schema_name=current_city().schema_name,
        leased_until__gte=timezone.now(),
        done_at=None,
        given_up_at=None,
    ).exists()


def not_begun(task: str) -> QuerySet[Job]:
    """The current city's jobs of that name that no worker has begun.

    Each will see whatever is committed by the time of this question.
    """
    return Job.objects.filter(
        schema_name=current_city().schema_name,
        task=task,
        attempts=0,
        leased_until=None,
        done_at=None,
        given_up_at=None,
    )


def given_up_visible_to(actor: Actor) -> QuerySet[Job]:
    """Jobs that were given up and that nobody has settled, newest first, with their `city`.

    In a city its own, at the operators' host of every city. Without the right: `Forbidden`.
    """
    require(actor, Permission.MANAGE_JOBS, WHOLE_CITY)
    names = get_tenant_model().objects.filter(schema_name=OuterRef("schema_name")).values("name")
    jobs = Job.objects.filter(given_up_at__isnull=False, left_at=None).annotate(
        city=Coalesce(Subquery(names[:1]), F("schema_name"))
    )
    here = current_city().schema_name
    if here != get_public_schema_name():
        jobs = jobs.filter(schema_name=here)
    return jobs.order_by("-given_up_at", "-pk")
