"""What the entries come to: sums by pot, by year, by kind of unit, each of them from the rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from budget.models import Entry
from budget.selectors.pots import pots_visible_to
from opium.permissions import Actor
from units.selectors import unit_facts

NOTHING = Decimal("0.00")
NO_KIND = "bez jednostki"
"""Money of subjects that belong to no unit, and of units that are no more."""


@dataclass(slots=True)
class Figures:
    """Sums in złote; what was released is off from what it was."""

    planned: Decimal = NOTHING
    delegated: Decimal = NOTHING
    """What the parts were given; it is theirs to dispose of."""
    asked: Decimal = NOTHING
    reserved: Decimal = NOTHING
    granted: Decimal = NOTHING
    """Everything granted, what of it is invoiced, settled or returned included."""
    paid: Decimal = NOTHING
    """What of it was handed to the bank."""
    invoiced: Decimal = NOTHING
    settled: Decimal = NOTHING
    returned: Decimal = NOTHING

    @property
    def taken(self) -> Decimal:
        """What nobody else can get."""
        return self.reserved + self.granted - self.returned

    @property
    def free(self) -> Decimal:
        """What was granted and is neither spent nor returned."""
        spent = max(self.invoiced, self.settled, self.paid - self.returned)
        return self.granted - spent - self.returned

    @property
    def kept(self) -> Decimal:
        """What was granted and has not been returned."""
        return self.granted - self.returned

    @property
    def left(self) -> Decimal:
        return self.planned - self.delegated - self.taken

    def add(self, kind: str, releases: str, amount: Decimal) -> None:
        """Count in a sum of entries of a kind."""
        if kind == Entry.Kind.RELEASED:
            kind, amount = releases, -amount
        setattr(self, kind, getattr(self, kind) + amount)


def figures_of(pots: Collection[UUID]) -> dict[UUID, Figures]:
    """Pot -> its figures, for each one given; two queries, however many pots and entries."""
    found = {pk: Figures() for pk in pots}
    for pot, kind, releases, amount in _summed(Entry.objects.filter(pot__in=pots), "pot"):
        found[pot].add(kind, releases, amount)
    parts = Entry.objects.filter(pot__parent__in=pots, kind=Entry.Kind.PLANNED)
    for pot, _, _, amount in _summed(parts, "pot__parent"):
        found[pot].delegated += amount
    return found


def total_of(pots: Mapping[UUID, UUID | None], figures: Mapping[UUID, Figures]) -> Figures:
    """The figures of several pots together; `pots` says of each what it was delegated from.

    A part is planned once: with its pot, where that is among them too.
    """
    total = Figures()
    for pk, parent in pots.items():
        for name in SUMMED:
            setattr(total, name, getattr(total, name) + getattr(figures[pk], name))
        if parent not in pots:
            total.planned += figures[pk].planned
    return total


SUMMED = tuple(one.name for one in fields(Figures) if one.name not in {"planned", "delegated"})


@dataclass(frozen=True, slots=True)
class YearFigures:
    year: int
    pots: int
    figures: Figures


def figures_by_year(actor: Actor) -> list[YearFigures]:
    """Each year in which the actor sees a pot, the newest first; a number of queries that stays."""
    known = pots_visible_to(actor).order_by().values_list("pk", "year", "parent")
    years: dict[int, dict[UUID, UUID | None]] = defaultdict(dict)
    for pk, year, parent in known:
        years[year][pk] = parent
    figures = figures_of([pk for pots in years.values() for pk in pots])
    return [
        YearFigures(year, len(pots), total_of(pots, figures))
        for year, pots in sorted(years.items(), reverse=True)
    ]


@dataclass(frozen=True, slots=True)
class KindFigures:
    kind: str
    """How people call the kind of units: „szkoła podstawowa”."""
    units: int
    figures: Figures


def figures_by_unit_kind(actor: Actor, year: int) -> list[KindFigures]:
    """Whose the money of the year is, by kind of unit, by the largest sum granted.

    Nothing is planned or left for a kind: those two stay zero. A number of queries that stays.
    """
    entries = Entry.objects.filter(pot__in=pots_visible_to(actor).filter(year=year).order_by())
    rows = list(_summed(entries.exclude(kind=Entry.Kind.PLANNED), "unit_id"))
    facts = unit_facts({unit for unit, *_ in rows if unit is not None})
    found: dict[str, Figures] = defaultdict(Figures)
    members: dict[str, set[UUID]] = defaultdict(set)
    for unit, kind, releases, amount in rows:
        name = facts.get(unit, {}).get("kind_name", "") or NO_KIND
        found[name].add(kind, releases, amount)
        members[name] |= {unit} - {None}
    return sorted(
        (KindFigures(name, len(members[name]), figures) for name, figures in found.items()),
        key=lambda one: (-one.figures.granted, one.kind),
    )


def sum_of_owner(owner_kind: str, figure: str) -> Coalesce:
    """An expression for a query of owners: one of the sums of `Figures` of each, zero without any.

    So that a list can be ordered and narrowed by it. It decides nothing about rights.
    """
    signed = Case(When(kind=figure, then=F("amount")), default=-F("amount"))
    released = Q(kind=Entry.Kind.RELEASED, releases=figure)
    entries = Entry.objects.filter(
        Q(kind=figure) | released, owner_kind=owner_kind, owner_id=OuterRef("pk")
    )
    summed = entries.order_by().values("owner_id").annotate(total=Sum(signed)).values("total")
    return Coalesce(
        Subquery(summed), NOTHING, output_field=DecimalField(max_digits=14, decimal_places=2)
    )


def figures_of_groups(owner_kind: str, group: QuerySet[Any, Any]) -> dict[Any, Figures]:
    """Group -> what of the ledger is about the owners in it; one query, however many there are.

    `group` tells the group of an owner (`OuterRef("owner_id")`); those in none are left out. It
    decides nothing about rights: the caller has asked.
    """
    entries = Entry.objects.filter(owner_kind=owner_kind).annotate(group=Subquery(group))
    found: dict[Any, Figures] = defaultdict(Figures)
    for key, kind, releases, amount in _summed(entries.filter(group__isnull=False), "group"):
        found[key].add(kind, releases, amount)
    return dict(found)


def _summed(entries: QuerySet[Entry], by: str) -> Iterator[tuple[Any, str, str, Decimal]]:
    """(what it is grouped by, kind, what it releases, sum) of the entries; one query."""
    grouped: Iterable[tuple[Any, str, str, Decimal]] = (
        entries.order_by()
        .values_list(by, "kind", "releases")
        .annotate(total=Sum("amount"))
        .values_list(by, "kind", "releases", "total")
    )
    yield from grouped
