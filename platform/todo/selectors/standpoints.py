"""Who is waited for, as conditions for the database.

One `Standpoint` answers for one person in one request. It reads the person's functions, places
and absences once, in a number of queries that depends on the person alone, and turns them into
one condition over the rows of every module.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts import scopes
from accounts import selectors as accounts
from accounts.selectors import Part, StandIn
from opium.permissions import NOWHERE, Permission, Reach
from todo import registry
from todo.models import Waiting
from todo.registry import Kind
from units.selectors import Home, homes_of

if TYPE_CHECKING:
    from accounts.models import Person

COLUMNS = {"unit": "unit_id", "section": "section_id", "kind": "kind_id"}
NOBODY = Q(pk__in=())


class Standpoint:
    """For what one person is waited for, in their own right and in the place of the absent."""

    def __init__(self, person: "Person") -> None:
        self.person = person

    @cached_property
    def kinds(self) -> list[Kind]:
        return registry.kinds_here()

    @cached_property
    def absences(self) -> accounts.Absences:
        """Everybody's, of today."""
        return accounts.Absences()

    @cached_property
    def absent(self) -> "list[Person]":
        return self.absences.stood_in_for([self.person])[self.person.pk]

    @cached_property
    def actors(self) -> "Mapping[UUID, Person | StandIn]":
        """Whose rights -> who uses them: the person's own, then those of each of `absent`."""
        if self.absent:
            accounts.with_rights([self.person, *self.absent])
        substitutes = {one.pk: accounts.acting_as(self.person, one) for one in self.absent}
        return {self.person.pk: self.person, **substitutes}

    @cached_property
    def parts(self) -> list[Part]:
        return accounts.parts_of(self.person, self.absent)

    @cached_property
    def homes(self) -> "Mapping[UUID, frozenset[UUID]]":
        """Person -> the open units that they belong to today; the person's own and the absent's."""
        people = [self.person, *self.absent]
        return _open_units(people, homes_of([one.pk for one in people]))

    @cached_property
    def view(self) -> "View":
        """What the conditions are made of."""
        alike = tuple(_alike(self.kinds))
        return View(
            me=self.person.pk,
            barred=self.homes[self.person.pk],
            codes=tuple(one.code for one in self.kinds),
            alike=tuple(Alike(tuple(codes), kind.members_only) for kind, codes in alike),
            people=tuple(self._seen(who, alike) for who in (self.person, *self.absent)),
        )

    def _seen(self, who: "Person", alike: Iterable[tuple[Kind, list[str]]]) -> "Seen":
        actor = self.actors[who.pk]
        absent = None if who == self.person else who
        return Seen(
            pk=who.pk,
            name="" if absent is None else who.display_name,
            homes=self.homes[who.pk],
            reaches=tuple(
                (NOWHERE, NOWHERE)
                if kind.in_person and absent is not None
                else (actor.reach(kind.right_of_named), actor.reach(kind.right))
                for kind, _ in alike
            ),
            parts=tuple(
                (part.function, part.within, part.outside)
                for part in self.parts
                if part.in_place_of == absent
            ),
        )

    def waits(self) -> Q:
        """The rows that wait for the person now."""
        return waits_in(self.view, timezone.now())

    def means(self, row: Waiting) -> bool:
        """Whether an open row waits for the person: `waits`, asked of a row that was read."""
        if self.person.pk in row.excused or row.barred_unit_id in self.homes[self.person.pk]:
            return False
        kind = registry.kind_named(row.code)
        return any(self._means(who, row, kind) for who in (self.person, *self.absent))

    def _means(self, who: "Person", row: Waiting, kind: Kind) -> bool:
        actor = self.actors[who.pk]
        if kind.in_person and who != self.person:
            return False
        if row.person_id is not None:
            return row.person_id == who.pk and actor.reach(kind.right_of_named).covers(row)
        reach = actor.reach(kind.right)
        if row.function:
            absent = None if who == self.person else who
            return reach.covers(row) and any(
                part.function == row.function and part.in_place_of == absent and part.covers(row)
                for part in self.parts
            )
        at_home = row.unit_id in self.homes[who.pk] and reach.covers(row)
        citywide = row.unit_id is None and reach.everywhere
        return at_home or (not kind.members_only and (citywide or row.unit_id in reach.units))


def standpoint_of(person: "Person") -> Standpoint:
    """The person's standpoint, read once in a request."""
    return person.once(Standpoint)


def standpoints_of(people: "Collection[Person]") -> Mapping[UUID, Standpoint]:
    """Person -> their standpoint with everything read; as many queries for many as for one."""
    absent = accounts.Absences().stood_in_for(people)
    away = [one for found in absent.values() for one in found]
    everybody = accounts.with_rights([*people, *away])
    homes = homes_of([one.pk for one in everybody])
    parts = accounts.parts_of_each({one: absent[one.pk] for one in people})
    found = {}
    for one in people:
        standpoint = Standpoint(one)
        units = _open_units([one, *absent[one.pk]], homes)
        standpoint.__dict__.update(absent=absent[one.pk], parts=parts[one.pk], homes=units)
        found[one.pk] = standpoint
    return found


def _open_units(
    people: "Collection[Person]", homes: Mapping[UUID, Sequence[Home]]
) -> Mapping[UUID, frozenset[UUID]]:
    return {
        who.pk: frozenset(
            home.id for home in homes.get(who.pk, ()) if home.kind == "unit" and home.is_open
        )
        for who in people
    }


@dataclass(frozen=True, slots=True)
class Alike:
    """Kinds that mean the same people."""

    codes: tuple[str, ...]
    members_only: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One person for whose matters somebody looks: the one who looks, or one of the absent."""

    pk: UUID
    name: str
    """Of an absent person; "" for the one who looks."""
    homes: frozenset[UUID]
    reaches: tuple[tuple[Reach, Reach], ...]
    """For each of `View.alike`: where somebody named is waited for, and where anybody else."""
    parts: tuple[tuple[str, tuple[Reach, ...], Reach], ...]
    """Function, `Part.within` and `Part.outside`."""


@dataclass(frozen=True, slots=True)
class View:
    """A standpoint as plain values, of which its conditions are made."""

    me: UUID
    barred: frozenset[UUID]
    codes: tuple[str, ...]
    alike: tuple[Alike, ...]
    people: tuple[Seen, ...]


def waits_in(view: View, now: datetime) -> Q:
    """The rows that wait for whoever has that view."""
    mine = NOBODY
    for who in view.people:
        mine |= means(view, who)
    barred = Q(barred_unit_id__among=view.barred) if view.barred else NOBODY
    return (
        waits_at(view.codes, now)
        & ~Q(excused__contains=[view.me])
        & (~barred | Q(barred_unit_id=None))
        & mine
    )


def means(view: View, who: Seen) -> Q:
    """The rows that mean that one person."""
    rows = NOBODY
    for alike, (named, reach) in zip(view.alike, who.reaches, strict=True):
        of_kind = Q(code__in=alike.codes)
        to_name = Q(person=who.pk) & scopes.within(named, **COLUMNS)
        rows |= of_kind & (to_name | _at_unit(who, alike, reach) | _played(who, reach))
    return rows


def _at_unit(who: Seen, alike: Alike, reach: Reach) -> Q:
    """Rows of units: where the right is held for the unit, or the person is at home.

    A row without a unit is the whole city's.
    """
    if not reach:
        return NOBODY
    at_home = Q(unit_id__among=who.homes) if who.homes else NOBODY
    there = at_home & scopes.within(reach, **COLUMNS)
    if not alike.members_only and reach.everywhere:
        there |= Q(unit_id=None)
    elif not alike.members_only and reach.units:
        there |= Q(unit_id__among=reach.units)
    return Q(function="", person=None) & there


def _played(who: Seen, reach: Reach) -> Q:
    may = scopes.within(reach, **COLUMNS)
    rows = NOBODY
    for function, within, outside in who.parts:
        rows |= Q(function=function) & Part(function, within, outside).rows(**COLUMNS) & may
    return rows


def waits_now(kinds: Iterable[Kind]) -> Q:
    """The rows of these kinds that wait for somebody at all."""
    return waits_at(tuple(one.code for one in kinds), timezone.now())


def waits_at(codes: tuple[str, ...], now: datetime) -> Q:
    return Q(done_at=None, since__lte=now, code__in=codes) & (Q(ends_at=None) | Q(ends_at__gt=now))


def _alike(kinds: Iterable[Kind]) -> Iterable[tuple[Kind, list[str]]]:
    """Kinds that mean the same people, each group once with all its codes."""
    found: dict[tuple[Permission, Permission, bool, bool], tuple[Kind, list[str]]] = {}
    for one in kinds:
        key = (one.right, one.right_of_named, one.members_only, one.in_person)
        found.setdefault(key, (one, []))[1].append(one.code)
    return found.values()
