"""What somebody has running, and the city in numbers, as the modules tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from opium.permissions import WHOLE_CITY, Actor, require
from todo import registry
from todo.models import Waiting
from todo.permissions import Permission
from todo.registry import Figure, Part, Run, RunSource, Tone
from todo.selectors.standpoints import waits_now
from todo.selectors.waiting import GROUPS, in_group

if TYPE_CHECKING:
    from accounts.models import Person

MOST = 6
"""How many of one module's runs the desk shows; the rest it counts."""


@dataclass(frozen=True, slots=True)
class Section:
    """One module's part of „W toku”, where there is anything in it."""

    source: RunSource
    count: int
    runs: Sequence[Run]


def running_of(person: "Person") -> list[Section]:
    """What the person has running, module by module; each costs a fixed number of queries."""
    found = []
    for source in registry.run_sources_here():
        if any(person.reach(right) for right in source.rights):
            running = source.of(person, MOST)
            found.append(Section(source, running.count, running.runs))
    return [one for one in found if one.count]


def overview_for(actor: Actor) -> list[Figure]:
    """The city in numbers, for whoever sees the whole of it. Raises `MissingPermission`."""
    require(actor, Permission.VIEW_OVERVIEW, WHOLE_CITY)
    own = _terms()
    return [*own, *(one for source in registry.figure_sources_here() for one in source.of())]


_LABELS: dict[str, tuple[str, Tone]] = {
    "overdue": ("po terminie", "danger"),
    "today": ("na dziś", "warning"),
    "week": ("w ciągu 7 dni", "info"),
    "later": ("później i bez terminu", "neutral"),
}


def _terms() -> list[Figure]:
    """What waits in the whole city by deadline, and by kind; two queries."""
    now = timezone.now()
    kinds = {one.code: one for one in registry.kinds_here()}
    rows = Waiting.objects.filter(waits_now(kinds.values()))
    asked = {group: Count("pk", filter=in_group(group, now)) for group in GROUPS}
    by_group = rows.aggregate(**asked)
    late = rows.filter(due_at__lt=now).values("code").annotate(rows=Count("pk"))
    by_kind = sorted(late, key=lambda one: -one["rows"])
    return [
        Figure(
            "todo.terms",
            "Co czeka w mieście",
            "whole",
            [Part(_LABELS[one][0], by_group[one], _LABELS[one][1]) for one in GROUPS],
            "Wszystko, na co ktoś teraz czeka, według terminu.",
        ),
        Figure(
            "todo.late",
            "Co jest po terminie",
            "bars",
            [Part(kinds[one["code"]].label, one["rows"], "danger") for one in by_kind],
            "Rodzaje spraw, których termin minął.",
        ),
    ]
