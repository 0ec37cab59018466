"""Questions to the log."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Max, Min, Model, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from audit.models import Entry, Outcome
from audit.permissions import Permission
from opium.deeds import Deed, all_deeds
from opium.permissions import WHOLE_CITY, Actor, all_permissions, may, require
from opium.polish import sort_key
from opium.prepared import Prepared
from opium.registry import rooms_here

_newest_first = Prepared(lambda: Entry.objects.order_by("-id"))
UNLOGGED = timedelta(seconds=2)
"""A record written so long after its last entry was changed since without one, as drafts are."""


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """The whole log of the city, newest first; who may not view it gets `Forbidden`."""
    require(actor, Permission.VIEW_LOG, WHOLE_CITY)
    return _newest_first.queryset()


def entries_matching(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Those that name the text as actor, target, what was done, or the right to it."""
    wanted = text.casefold()
    deeds = [name for one in all_deeds() if wanted in one.label.casefold() for name in one.names]
    rights = [str(one) for one in all_permissions() if wanted in one.label.casefold()]
    return entries.filter(
        Q(actor_name__icontains=text)
        | Q(in_place_of_name__icontains=text)
        | Q(target_label__icontains=text)
        | Q(target_id=text)
        | Q(deed__in=deeds)
        | Q(right__in=rights)
    )


def entries_of_deed(entries: QuerySet[Entry], deed: str) -> QuerySet[Entry]:
    """Those of the deed, under whichever name the log has it."""
    known = {str(one): one.names for one in all_deeds()}
    return entries.filter(deed__in=known.get(deed, (deed,)))


def tied_to(person: UUID, deeds: Collection[Deed], *, since: datetime) -> frozenset[str]:
    """Ids of whom the person has done any of the deeds to since, and who has to the person.

    The deeds are those done to people. For a rule of rights; one query.
    """
    between = Entry.objects.filter(
        Q(actor_id=person) | Q(target_id=str(person)),
        deed__in=deeds,
        outcome=Outcome.DONE,
        at__gt=since,
    )
    pairs = between.values_list("actor_id", "target_id")
    return frozenset(str(one) for pair in pairs for one in pair) - {str(person), "None"}


@cache
def words_of_deeds() -> Mapping[str, str]:
    """What the log says in Polish for each deed that an entry may hold."""
    return {name: deed.label for deed in all_deeds() for name in deed.names}


@cache
def names_of_rights() -> Mapping[str, str]:
    """The Polish name of each right that an entry may hold."""
    return {str(permission): permission.label for permission in all_permissions()}


@dataclass(frozen=True, slots=True)
class DeedsOfModule:
    """What can be done in one module."""

    module: str
    label: str
    """The module's Polish name."""
    deeds: list[Deed]


def deeds_by_module(actor: Actor) -> list[DeedsOfModule]:
    """Every deed that the log of this schema may hold, in the order of the modules' names."""
    require(actor, Permission.VIEW_LOG, WHOLE_CITY)
    rooms = rooms_here()
    found: dict[str, list[Deed]] = {}
    for deed in all_deeds():
        found.setdefault(deed.partition(".")[0], []).append(deed)
    return sorted(
        (
            DeedsOfModule(module, str(apps.get_app_config(module).verbose_name), deeds)
            for module, deeds in found.items()
            if module in rooms
        ),
        key=lambda one: sort_key(one.label),
    )


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a record last, and what; empty where the log is not for the reader's eyes."""

    at: datetime
    who: str
    is_own: bool
    """Whether it was the reader: in another tab, then."""
    what: str
    """The deed, in Polish."""
    fields: list[str]


def last_change(actor: Actor, target: Model) -> LastChange | None:
    """The last change of the record: who and what for whoever views the log, or did it; else when.

    Drafts are saved without an entry: of these only the time is known.
    """
    written: datetime | None = getattr(target, "updated_at", None)
    entry = (
        Entry.objects.filter(
            target_type=target._meta.label_lower, target_id=str(target.pk), outcome=Outcome.DONE
        )
        .exclude(after__has_key="viewed")
        .exclude(before=None, after=None)
        .order_by("-id")
        .first()
    )
    if entry is None or (written and written - entry.at > UNLOGGED):
        return LastChange(written, "", False, "", []) if written else None
    is_own = entry.actor_id is not None and entry.actor_id == actor.pk
    if not is_own and not may(actor, Permission.VIEW_LOG, WHOLE_CITY):
        return LastChange(entry.at, "", is_own, "", [])
    what = words_of_deeds().get(entry.deed, entry.deed)
    fields = sorted({*(entry.before or {}), *(entry.after or {})})
    return LastChange(entry.at, entry.actor_name, is_own, what, fields)


@dataclass(frozen=True, slots=True)
class MonthlyCount:
    """How many entries of one month share a deed, a right and an outcome."""

    month: datetime
    deed: str
    """In Polish, or as it is written where no module declares it any more; so is the right."""
    right: str
    outcome: str
    """In Polish: „wykonano” or „odmówiono”."""
    count: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody was refused, how often, and when first and last."""

    actor: str
    """Empty for a stranger."""
    origin: str
    deed: str
    right: str
    target: str
    count: int
    first_at: datetime
    last_at: datetime


def counts_by_month(actor: Actor) -> list[MonthlyCount]:
    """The whole log by month (of Polish time), deed, right and outcome, the newest first."""
    deeds, rights = words_of_deeds(), names_of_rights()
    rows = (
        entries_visible_to(actor)
        .values("deed", "right", "outcome", month=TruncMonth("at"))
        .annotate(count=Count("id"))
        .order_by("-month", "deed", "right", "outcome")
    )
    return [
        MonthlyCount(
            row["month"],
            deeds.get(row["deed"], row["deed"]),
            rights.get(row["right"], row["right"]),
            Outcome(row["outcome"]).label,
            row["count"],
        )
        for row in rows
    ]


def refused_attempts(actor: Actor, *, within: timedelta) -> list[Attempt]:
    """What was refused lately, by person, address, deed, right and record; most often first."""
    deeds, rights = words_of_deeds(), names_of_rights()
    rows = (
        entries_visible_to(actor)
        .filter(outcome=Outcome.REFUSED, at__gte=timezone.now() - within)
        .values("actor_id", "actor_name", "origin", "deed", "right", "target_label")
        .annotate(count=Count("id"), first_at=Min("at"), last_at=Max("at"))
        .order_by("-count", "-last_at")
    )
    return [
        Attempt(
            row["actor_name"],
            row["origin"] or "",
            deeds.get(row["deed"], row["deed"]),
            rights.get(row["right"], row["right"]),
            row["target_label"],
            row["count"],
            row["first_at"],
            row["last_at"],
        )
        for row in rows
    ]
