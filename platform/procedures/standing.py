"""Who stands where in a case: its applicant's side, who plays its functions, who was asked.

One `Standing` answers for one person in one request: it reads the person's parts once, however
many cases there are, and turns them into conditions for the database.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import scopes
from accounts.selectors import Part
from opium.permissions import Actor, System
from procedures.kinds import APPLICANT
from procedures.models import Case, Event, Exclusion, Opinion, Vote
from procedures.permissions import Permission
from procedures.waits import APPLY, OWNER
from todo import selectors as todo

if TYPE_CHECKING:
    from accounts.models import Person
    from todo.models import Waiting

CASE_COLUMNS = {"unit": "unit_id", "section": "section_id", "kind": "procedure_id"}


@dataclass(frozen=True, slots=True)
class Hat:
    """In what part somebody acts in a case, and in whose place."""

    function: str
    in_place_of: "Person | None" = None


class Standing:
    """What one person is in the cases of the city, today."""

    def __init__(self, person: "Person") -> None:
        self.person = person

    @cached_property
    def standpoint(self) -> todo.Standpoint:
        """For what the person is waited for."""
        return todo.Standpoint(self.person)

    @property
    def absent(self) -> "list[Person]":
        return self.standpoint.absent

    @property
    def parts(self) -> list[Part]:
        return self.standpoint.parts

    @property
    def people(self) -> "list[Person]":
        """The person, then those in whose place they act."""
        return [self.person, *self.absent]

    @property
    def homes(self) -> frozenset[UUID]:
        """The units that the person belongs to."""
        return self.standpoint.homes[self.person.pk]

    @cached_property
    def units(self) -> "dict[UUID, frozenset[UUID]]":
        """Person -> the units on whose side they act; own, and those of the absent."""
        return {who.pk: self._units_of(who) for who in self.people}

    def _units_of(self, who: "Person") -> frozenset[UUID]:
        reach = who.reach(Permission.OPEN_CASE)
        return self.standpoint.homes[who.pk] if reach.everywhere else reach.units

    def hats(self, case: Case, functions: Collection[str]) -> Iterator[Hat]:
        """In which of the functions the person may act in the case, own ones first."""
        for who in self.people:
            absent = None if who == self.person else who
            if APPLICANT in functions and self.is_applicant(who, case):
                yield Hat(APPLICANT, absent)
            for part in self.parts:
                if (
                    part.in_place_of == absent
                    and part.function in functions
                    and part.covers(case)
                    and who.allows(Permission.ACT_IN_CASE, case)
                ):
                    yield Hat(part.function, absent)

    def is_applicant(self, who: "Person", case: Case) -> bool:
        """Whether they have the case: it is theirs, or they act for its unit."""
        if case.unit_id is None:
            return case.applicant_id == who.pk
        return who.allows(Permission.OPEN_CASE, case)

    def opinions_asked(self, case: Case) -> "dict[UUID, Person | None]":
        """The open questions of the case that the person may answer, and in whose place."""
        found: dict[UUID, Person | None] = {}
        rows = Opinion.objects.filter(
            case=case, stage=case.stage, round=case.round, answered_at=None, revoked_at=None
        )
        for row in rows:
            for who in self.people:
                if row.person_id == who.pk or row.unit_id in self.units[who.pk]:
                    found.setdefault(row.pk, None if who == self.person else who)
        return found

    def waited_for(self) -> Exists:
        """Of a case: whether it waits for the person now, in their own right or another's."""
        return Exists(self._rows().filter(self.standpoint.waits()))

    def _rows(self) -> "QuerySet[Waiting]":
        """Everybody on whom the case of the outer query waits or has waited."""
        return todo.rows_of_subjects(OWNER).filter(subject_id=OuterRef("pk"))

    def sees(self) -> Q:
        """The cases that the person may see, from either side."""
        return self.has() | self.keeps()

    def has(self) -> Q:
        """The cases on whose applicant's side the person stands."""
        people = [who.pk for who in self.people]
        units = frozenset().union(*self.units.values())
        return Q(applicant__in=people) | Q(unit_id__in=units) | Q(opened_by=self.person.pk)

    def keeps(self) -> Q:
        """The cases that the person sees from the office's side, but where they are excluded."""
        me = self.person.pk
        excluded = Exists(Exclusion.objects.filter(person=me, lifted_in=None, case=OuterRef("pk")))
        reach = self.person.reach(Permission.VIEW_CASES)
        if reach.everywhere:
            return ~Q(excluded)
        return (scopes.within(reach, **CASE_COLUMNS) | self._has_a_part()) & ~Q(excluded)

    def _has_a_part(self) -> Q:
        """The cases that wait for the person, or in which they have done something."""
        me = self.person.pk
        mine = {"case": OuterRef("pk")}
        rows = self._rows().exclude(code=APPLY.code)
        return (
            Q(Exists(rows.filter(self.standpoint.waits())))
            | Q(Exists(rows.filter(person=me)))
            | Q(Exists(Vote.objects.filter(person=me, **mine)))
            | Q(Exists(Opinion.objects.filter(self._asked(), **mine)))
            | Q(Exists(Event.objects.filter(actor=me, **mine).exclude(part__in=["", APPLICANT])))
        )

    def _asked(self) -> Q:
        people = [who.pk for who in self.people]
        units = frozenset().union(*self.units.values())
        return Q(person__in=people) | Q(unit_id__in=units)


def standing_of(actor: Actor) -> Standing | None:
    """None for the platform itself, which stands everywhere."""
    return None if isinstance(actor, System) else Standing(cast("Person", actor))
