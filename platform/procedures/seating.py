"""Who sits in the panel before which a matter is, at a moment; read, never written, here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from opium.models import annotated
from procedures.kinds import CHAIR
from procedures.models import Allotment, Case, Nick, Panel, Phase, Referral, Seat, Tie
from units.selectors import homes_of

if TYPE_CHECKING:
    from accounts.models import Person

LEADING = (Seat.Part.CHAIR, Seat.Part.DEPUTY)
SCORING = (Seat.Part.MEMBER, *LEADING)
OVERSEEING = (*LEADING, Seat.Part.SECRETARY)
"""They see every matter of the panel."""
WORTH_MOVING = 2
"""A matter less here and one more there even nothing where only one lies between."""
NAMELESS = "Wniosek"
OWN_UNIT = "Należy do jednostki, która składa sprawę."
OWN_MATTER = "To jest jej lub jego własna sprawa."
TIED = "Zgłoszone powiązanie."


def in_force(now: datetime, prefix: str = "") -> Q:
    """Of a seat: whether it counts at that moment, to the second."""
    return Q(**{f"{prefix}from_at__lte": now}) & (
        Q(**{f"{prefix}to_at": None}) | Q(**{f"{prefix}to_at__gt": now})
    )


def seats_from(panel: Panel, now: datetime) -> "QuerySet[Seat]":
    """Those that count at that moment or will, in Polish order of their people; one query."""
    lasting = Seat.objects.filter(Q(to_at=None) | Q(to_at__gt=now), panel=panel)
    open_ones = lasting.filter(person__is_active=True).select_related("person")
    return open_ones.order_by("person__sort_key", "from_at", "pk")


@dataclass(frozen=True, slots=True)
class Bench:
    """A panel as it sits over one matter now."""

    panel: Panel
    referral: Referral
    seats: tuple[Seat, ...]
    """In force or still to begin, of people whose account is open."""
    now: datetime

    @property
    def sitting(self) -> list[Seat]:
        """In force now."""
        return [one for one in self.seats if one.from_at <= self.now]

    @property
    def members(self) -> "list[Person]":
        """Whose it is to score now: in force, and the matter allotted to them."""
        return [one.person for one in self.sitting if one.is_allotted and one.part in SCORING]

    @property
    def chairs(self) -> "list[Person]":
        """Who leads, then who may lead in their stead."""
        leading = [one for one in self.sitting if one.part in LEADING]
        return [one.person for one in sorted(leading, key=lambda one: LEADING.index(one.part))]

    @property
    def people(self) -> "list[Person]":
        return list({one.person_id: one.person for one in self.seats}.values())

    @property
    def hides_applicants(self) -> bool:
        """Whether the panel hides, has hidden or will hide who applies; one query."""
        return Phase.objects.filter(panel=self.panel, hides_applicant=True).exists()

    def ends_at(self, person: UUID) -> datetime | None:
        """When the person's seat counts no more."""
        return next((one.to_at for one in self.sitting if one.person_id == person), None)


def bench_of(case: Case, function: str, now: datetime | None = None) -> Bench | None:
    """The panel that plays the function in the matter, as it sits now; None where none does.

    Two queries, and none for a matter that no module has taken in.
    """
    if not case.intake:
        return None
    moment = now or timezone.now()
    referral = (
        Referral.objects.filter(case=case.pk, function=function).select_related("panel").first()
    )
    if referral is None:
        return None
    allotted = Allotment.objects.filter(
        referral=referral.pk, person=OuterRef("person"), ended_at=None
    )
    seats = annotated(seats_from(referral.panel, moment), is_allotted=Exists(allotted))
    return Bench(referral.panel, referral, tuple(seats), moment)


def overseen_by(person: UUID, now: datetime) -> Q:
    """Of a referral: whether the person sees every matter of its panel at that moment."""
    overseeing = Q(panel__seats__person=person, panel__seats__part__in=OVERSEEING)
    return overseeing & in_force(now, "panel__seats__")


def hiding(now: datetime, what: str, person: UUID | None = None) -> Q:
    """Of a referral: whether its panel hides the `applicant` or the `members` at that moment.

    From the person, if they score, scored or will score in it; None: from anybody at all.
    """
    phases = Phase.objects.filter(in_force(now), panel=OuterRef("panel"), **{f"hides_{what}": True})
    if person is None:
        return Q(Exists(phases))
    seats = Seat.objects.filter(panel=OuterRef("panel"), person=person, part__in=SCORING)
    return Q(Exists(phases)) & Q(Exists(seats))


def hidden_to(person: UUID, now: datetime, what: str) -> Q:
    """Of a case: whether its panel hides the `applicant` or the `members` from them."""
    return Q(Exists(Referral.objects.filter(hiding(now, what, person), case=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class Veil:
    """That a matter's applicant is hidden now: under what name, and from whom."""

    nick: str
    people: frozenset[UUID]


def veil_over(case: Case, now: datetime | None = None) -> Veil | None:
    """None where nobody's sight is veiled; one query, none for a matter that no module took in."""
    if not case.intake:
        return None
    before = Referral.objects.filter(hiding(now or timezone.now(), "applicant"), case=case.pk)
    rows = list(
        before.filter(panel__seats__part__in=SCORING).values_list(
            "case__nick_row__name", "panel__seats__person"
        )
    )
    if not rows:
        return None
    return Veil(rows[0][0] or NAMELESS, frozenset(person for _, person in rows))


def nick_of(pk: str = "pk") -> Subquery:
    """Of a case: what it is called where its applicant is hidden."""
    found = Nick.objects.filter(case=OuterRef(pk)).values("name")
    return Subquery(found[:1])


def sits(person: UUID, case: Case, part: str, now: datetime) -> bool | None:
    """Whether they act in that part by a seat of theirs now; None where the part is no panel's."""
    if part == CHAIR:
        chairs = Seat.objects.filter(in_force(now), person=person, part__in=LEADING)
        return chairs.filter(panel__referrals__case=case.pk).exists()
    bench = bench_of(case, part, now)
    return None if bench is None else person in {one.pk for one in bench.members}


def conflicts(case: Case, people: "Iterable[Person]") -> Mapping[UUID, str]:
    """Who of them is too near to the matter, and how that is known; two queries.

    They belong to the applicant's unit, it is their own matter, or they have declared a tie.
    """
    ids = [one.pk for one in people]
    concerned = {case.applicant_id, case.opened_by_id, *case.authors} - {None}
    found: dict[UUID, str] = {}
    tied = Q(other__in=concerned)
    if case.unit_id is not None:
        tied |= Q(unit_id=case.unit_id)
        found = {
            pk: OWN_UNIT
            for pk, homes in homes_of(ids).items()
            if any((one.kind, one.id) == ("unit", case.unit_id) for one in homes)
        }
    ties = Tie.objects.filter(tied, person__in=ids, ended_at=None)
    found |= dict.fromkeys(ties.values_list("person", flat=True), TIED) | found
    found |= {pk: OWN_MATTER for pk in ids if pk in concerned}
    return found


def least_loaded(people: Sequence[UUID], loads: Mapping[UUID, int], number: int) -> list[UUID]:
    """The so many who have the fewest, of those alike the first in their order."""
    return sorted(people, key=lambda pk: loads.get(pk, 0))[: max(number, 0)]


@dataclass(frozen=True, slots=True)
class Move:
    """A matter that goes from one member to another."""

    matter: UUID
    source: UUID
    target: UUID


def evened(
    people: Sequence[UUID],
    theirs: Mapping[UUID, Collection[UUID]],
    movable: Mapping[UUID, Collection[UUID]],
    barred: Mapping[UUID, Collection[UUID]],
) -> list[Move]:
    """The moves after which the loads are as even as they can be; pure, and the same each time.

    Person -> the matters that are theirs, those of them that may go (nothing is begun), and those
    that they may never have. A matter moves once, and never to somebody who has it; what is even
    stays as it is, so whoever asks again is given no moves.
    """
    held = {pk: set(theirs.get(pk, ())) for pk in people}
    free = {pk: set(movable.get(pk, ())) & held[pk] for pk in people}
    moves: list[Move] = []
    while (found := _next_move(people, held, free, barred)) is not None:
        held[found.source].remove(found.matter)
        free[found.source].remove(found.matter)
        held[found.target].add(found.matter)
        moves.append(found)
    return moves


def _next_move(
    people: Sequence[UUID],
    held: Mapping[UUID, set[UUID]],
    free: Mapping[UUID, set[UUID]],
    barred: Mapping[UUID, Collection[UUID]],
) -> Move | None:
    """From whoever has most to whoever has least, wherever a matter can go and two lie between."""
    by_load = sorted(people, key=lambda pk: len(held[pk]))
    for source in reversed(by_load):
        for target in by_load:
            if len(held[source]) - len(held[target]) < WORTH_MOVING:
                break
            can_go = free[source] - held[target] - set(barred.get(target, ()))
            if can_go:
                return Move(min(can_go), source, target)
    return None
