"""Who is waited for, as conditions for the database.

One `Standpoint` answers for one person in one request. It reads the person's functions, places
and absences once, in a number of queries that depends on the person alone, and turns them into
one condition over the rows of every module.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts import scopes
from accounts import selectors as accounts
from accounts.selectors import Part, StandIn
from opium.permissions import Permission
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

    def waits(self) -> Q:
        """The rows that wait for the person now."""
        mine = NOBODY
        for who in (self.person, *self.absent):
            mine |= self.waits_for(who)
        barred = self.homes[self.person.pk]
        return (
            waits_now(self.kinds)
            & ~Q(excused__contains=[self.person.pk])
            & (~Q(barred_unit_id__in=barred) | Q(barred_unit_id=None))
            & mine
        )

    def waits_for(self, who: "Person") -> Q:
        """The rows that mean that one person: the one who looks, or somebody absent."""
        rows = NOBODY
        for kind, codes in _alike(self.kinds):
            of_kind = Q(code__in=codes)
            rows |= of_kind & (
                self._named(who, kind) | self._at_unit(who, kind) | self._played(who, kind.right)
            )
        return rows

    def _named(self, who: "Person", kind: Kind) -> Q:
        reach = self.actors[who.pk].reach(kind.right_of_named)
        return Q(person=who.pk) & scopes.within(reach, **COLUMNS)

    def _at_unit(self, who: "Person", kind: Kind) -> Q:
        """Rows of units: where the right is held for the unit, or the person is at home.

        A row without a unit is the whole city's.
        """
        reach = self.actors[who.pk].reach(kind.right)
        if not reach:
            return NOBODY
        there = Q(unit_id__in=self.homes[who.pk]) & scopes.within(reach, **COLUMNS)
        if not kind.members_only:
            there |= Q(unit_id=None) if reach.everywhere else Q(unit_id__in=reach.units)
        return Q(function="", person=None) & there

    def _played(self, who: "Person", right: Permission) -> Q:
        absent = None if who == self.person else who
        may = scopes.within(self.actors[who.pk].reach(right), **COLUMNS)
        rows = NOBODY
        for part in self.parts:
            if part.in_place_of == absent:
                rows |= Q(function=part.function) & part.rows(**COLUMNS) & may
        return rows

    def means(self, row: Waiting) -> bool:
        """Whether an open row waits for the person: `waits`, asked of a row that was read."""
        if self.person.pk in row.excused or row.barred_unit_id in self.homes[self.person.pk]:
            return False
        kind = registry.kind_named(row.code)
        return any(self._means(who, row, kind) for who in (self.person, *self.absent))

    def _means(self, who: "Person", row: Waiting, kind: Kind) -> bool:
        actor = self.actors[who.pk]
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


def waits_now(kinds: Iterable[Kind]) -> Q:
    """The rows of these kinds that wait for somebody at all."""
    now = timezone.now()
    return Q(done_at=None, since__lte=now, code__in=[one.code for one in kinds]) & (
        Q(ends_at=None) | Q(ends_at__gt=now)
    )


def _alike(kinds: Iterable[Kind]) -> Iterable[tuple[Kind, list[str]]]:
    """Kinds that mean the same people, each group once with all its codes."""
    found: dict[tuple[Permission, Permission, bool], tuple[Kind, list[str]]] = {}
    for one in kinds:
        key = (one.right, one.right_of_named, one.members_only)
        found.setdefault(key, (one, []))[1].append(one.code)
    return found.values()
