"""Questions to the log."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from audit.models import Entry, Outcome
from audit.permissions import Permission
from opium.permissions import WHOLE_CITY, Actor, all_permissions, require


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """The whole log of the city, newest first; who may not view it gets `Forbidden`."""
    require(actor, Permission.VIEW_LOG, WHOLE_CITY)
    return Entry.objects.order_by("-id")


def entries_matching(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Those that name the text as actor, target, or the right that was used."""
    verbs = [str(one) for one in all_permissions() if text.casefold() in one.label.casefold()]
    return entries.filter(
        Q(actor_name__icontains=text)
        | Q(in_place_of_name__icontains=text)
        | Q(target_label__icontains=text)
        | Q(target_id=text)
        | Q(verb__in=verbs)
    )


def labels() -> dict[str, str]:
    """The Polish name of each right that an entry's verb may be."""
    return {str(permission): permission.label for permission in all_permissions()}


@dataclass(frozen=True, slots=True)
class MonthlyCount:
    """How many entries of one month share a right and an outcome."""

    month: datetime
    right: str
    """The right's Polish name, or the verb itself where no module declares it any more."""
    outcome: str
    """In Polish: „wykonano” or „odmówiono”."""
    count: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody was refused, how often, and when first and last."""

    actor: str
    """Empty for a stranger."""
    origin: str
    right: str
    target: str
    count: int
    first_at: datetime
    last_at: datetime


def counts_by_month(actor: Actor) -> list[MonthlyCount]:
    """The whole log added up by month (of Polish time), right and outcome, the newest first."""
    known = labels()
    rows = (
        entries_visible_to(actor)
        .values("verb", "outcome", month=TruncMonth("at"))
        .annotate(count=Count("id"))
        .order_by("-month", "verb", "outcome")
    )
    return [
        MonthlyCount(
            row["month"],
            known.get(row["verb"], row["verb"]),
            Outcome(row["outcome"]).label,
            row["count"],
        )
        for row in rows
    ]


def refused_attempts(actor: Actor, *, within: timedelta) -> list[Attempt]:
    """What was refused lately, gathered by person, address, right and record; most often first."""
    known = labels()
    rows = (
        entries_visible_to(actor)
        .filter(outcome=Outcome.REFUSED, at__gte=timezone.now() - within)
        .values("actor_id", "actor_name", "origin", "verb", "target_label")
        .annotate(count=Count("id"), first_at=Min("at"), last_at=Max("at"))
        .order_by("-count", "-last_at")
    )
    return [
        Attempt(
            row["actor_name"],
            row["origin"] or "",
            known.get(row["verb"], row["verb"]),
            row["target_label"],
            row["count"],
            row["first_at"],
            row["last_at"],
        )
        for row in rows
    ]
