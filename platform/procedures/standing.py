"""Who stands where in a case: its applicant's side, who plays its functions, who was asked.

One `Standing` answers for one person in one request, and only `standing_of` composes it: it reads
the person's parts once, however many cases there are, and turns them into conditions for the
database. A part alone lets nobody do anything: what each of `actors` may do here and now is asked
too, and of nobody else.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts import scopes
from accounts.selectors import Part, StandIn
from opium.permissions import Actor, Reach, System, may
from procedures import seating
from procedures.kinds import APPLICANT, ASKED
from procedures.models import Case, Event, Exclusion, Opinion, Referral, Vote
from procedures.permissions import Permission
from procedures.rows import OpinionRow
from procedures.waits import APPLY, OWNER
from todo import selectors as todo

if TYPE_CHECKING:
    from accounts.models import Person

CASE_COLUMNS = {"unit": "unit_id", "section": "section_id", "kind": "procedure_id"}


@dataclass(frozen=True, slots=True)
class Hat:
    """In what part somebody acts in a case, and in whose place."""

    function: str
    in_place_of: "Person | None" = None


class Asked(Protocol):
    """A question of a case: of whom it was asked."""

    @property
    def person_id(self) -> UUID | None: ...

    @property
    def unit_id(self) -> UUID | None: ...


class Standing:
    """What one person is in the cases of the city, today."""

    def __init__(self, person: "Person") -> None:
        self.person = person

    @property
    def standpoint(self) -> todo.Standpoint:
        """For what the person is waited for."""
        return todo.standpoint_of(self.person)

    @property
    def absent(self) -> "list[Person]":
        return self.standpoint.absent

    @property
    def actors(self) -> "Mapping[UUID, Person | StandIn]":
        """Whose rights -> who uses them: the person's own, then those of each of `absent`."""
        return self.standpoint.actors

    def actor_for(self, absent: "Person | None") -> "Person | StandIn":
        """Who asks for the rights to a deed in the place of one of `absent`, or to one's own."""
        return self.person if absent is None else self.actors[absent.pk]

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

    @cached_property
    def _owners(self) -> list[UUID]:
        """Those whose own matters the person may keep."""
        return [pk for pk, one in self.actors.items() if one.reach(Permission.KEEP_OWN_CASES)]

    def _units_of(self, who: "Person") -> frozenset[UUID]:
        reach = self.actors[who.pk].reach(Permission.OPEN_CASE)
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
                    and may(self.actors[who.pk], Permission.ACT_IN_CASE, case)
                ):
                    yield Hat(part.function, absent)

    def is_applicant(self, who: "Person", case: Case) -> bool:
        """Whether they have the case: it is theirs, or they act for its unit."""
        actor = self.actors[who.pk]
        if case.unit_id is None:
            return case.applicant_id == who.pk and may(actor, Permission.KEEP_OWN_CASES, case)
        return may(actor, Permission.OPEN_CASE, case)

    def could_repeat(self, done: Event, case: Case, answered: Asked | None = None) -> bool:
        """Whether the person could act now in the part and the place in which that was done.

        Whatever stage the case is in; `answered` is the question that was answered in it, where it
        was one.
        """
        absent = {one.pk: one for one in self.absent}.get(done.in_place_of_id or self.person.pk)
        if done.in_place_of_id is not None and absent is None:
            return False
        if answered is not None:
            return self._is_asked(answered, absent or self.person)
        sits = seating.sits(self.person.pk, case, done.part, timezone.now())
        if sits is not None:
            acts = may(self.person, Permission.ACT_IN_CASE, case)
            return sits and absent is None and acts
        return Hat(done.part, absent) in self.hats(case, (done.part,))

    def opinions_asked(
        self, case: Case, opinions: Iterable[OpinionRow]
    ) -> "dict[UUID, Person | None]":
        """Those of the questions that are open and the person's to answer, and in whose place."""
        found: dict[UUID, Person | None] = {}
        for row in opinions:
            is_here = (row.stage, row.round) == (case.stage, case.round)
            if not is_here or row.answered_at or row.revoked_at:
                continue
            for who in self.people:
                if self._is_asked(row, who):
                    found.setdefault(row.id, None if who == self.person else who)
        return found

    @cached_property
    def sight(self) -> "Sight":
        """What the conditions are made of."""
        acting = [one.reach(Permission.ACT_IN_CASE) for one in self.actors.values()]
        views = self.person.reach(Permission.VIEW_CASES)
        return Sight(
            me=self.person.pk,
            owners=frozenset(self._owners),
            units=frozenset().union(*self.units.values()),
            opens=self.person.reach(Permission.OPEN_CASE),
            views=views,
            acts=scopes.together(acting),
            view=None if views.everywhere else self.standpoint.view,
        )

    def waited_for(self, task: str = "") -> Exists:
        """Of a case: whether it waits for the person now, in their own right or another's.

        With `task` for that alone, such as a score.
        """
        waits = self.standpoint.waits()
        return _waited_for(waits & Q(what=task) if task else waits)

    def _is_asked(self, question: Asked, who: "Person") -> bool:
        if question.person_id is not None:
            return question.person_id == who.pk and who.pk in self._owners
        return question.unit_id in self.units[who.pk]

    def sees(self) -> Q:
        """The cases that the person may see, from either side."""
        return self.has() | self.keeps()

    def has(self) -> Q:
        """The cases on whose applicant's side the person stands."""
        return has(self.sight)

    def keeps(self) -> Q:
        """The cases that the person sees from the office's side, but where they are excluded.

        Nor those whose applicant is hidden from them: these open to them through few doors, and
        whoever opens one says so (`case_list`).
        """
        return keeps(self.sight, timezone.now())


@dataclass(frozen=True, slots=True)
class Sight:
    """A standing as plain values, of which its conditions are made."""

    me: UUID
    owners: frozenset[UUID]
    """Those whose own matters the person may keep."""
    units: frozenset[UUID]
    """On whose side they act, for themselves or for somebody absent."""
    opens: Reach
    views: Reach
    acts: Reach
    view: "todo.View | None"
    """For what they are waited for; None for whoever sees every case anyway."""


def has(sight: Sight) -> Q:
    """The cases on whose applicant's side the person stands.

    A unit's case that they opened themselves counts as long as they may open one there.
    """
    opens = scopes.within(sight.opens, **CASE_COLUMNS)
    return (
        (Q(unit_id=None) & Q(applicant_id__among=sight.owners))
        | Q(unit_id__among=sight.units)
        | (Q(opened_by=sight.me) & opens)
    )


def keeps(sight: Sight, now: datetime) -> Q:
    """The cases that the person sees from the office's side, whole: as `Standing.keeps`."""
    return keeps_veiled_too(sight, now) & ~is_veiled(sight, now)


def is_veiled(sight: Sight, now: datetime) -> Q:
    """The cases whose applicant is hidden from the person, who scores in their panel."""
    return seating.hidden_to(sight.me, now, "applicant")


def keeps_veiled_too(sight: Sight, now: datetime) -> Q:
    """The cases that the person sees from the office's side, whole or without their applicant."""
    exclusions = Exclusion.objects.filter(person=sight.me, lifted_in=None, case=OuterRef("pk"))
    if sight.views.everywhere:
        return ~Q(Exists(exclusions))
    covered = scopes.within(sight.views, **CASE_COLUMNS)
    return (covered | _has_a_part(sight, now)) & ~Q(Exists(exclusions))


def _has_a_part(sight: Sight, now: datetime) -> Q:
    """The cases that wait for the person, or in which they have done something.

    What they have done shows them the case as long as they may act in it; so does leading the
    panel before which it is, or keeping its papers, as long as they do.
    """
    mine = {"case": OuterRef("pk")}
    done = Q(Exists(Vote.objects.filter(person=sight.me, **mine)))
    events = Event.objects.filter(actor=sight.me, **mine)
    overseen = Referral.objects.filter(seating.overseen_by(sight.me, now), **mine)
    done |= Q(Exists(overseen))
    done |= Q(Exists(events.exclude(part__in=["", APPLICANT, ASKED])))
    asked = Q(person_id__among=sight.owners) | Q(unit_id__among=sight.units)
    found = Q(Exists(Opinion.objects.filter(asked, **mine)))
    if sight.view is not None:
        waits = todo.waits_in(sight.view, now) & ~Q(code=APPLY.code)
        found |= Q(_waited_for(waits))
    return found | (done & scopes.within(sight.acts, **CASE_COLUMNS))


def _waited_for(waits: Q) -> Exists:
    """Of a case: whether any of those rows is about it."""
    return Exists(todo.rows_of_subjects(OWNER).filter(waits, subject_id=OuterRef("pk")))


def standing_of(actor: Actor) -> Standing | None:
    """Of the person, in whosever place they act, composed once in a request.

    None for the platform, which stands everywhere.
    """
    if isinstance(actor, System):
        return None
    person = actor.person if isinstance(actor, StandIn) else cast("Person", actor)
    return person.once(Standing)
