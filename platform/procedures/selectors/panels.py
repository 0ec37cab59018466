"""Panels for whoever looks at them: which there are, who sits in them, what is before them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts import scopes
from opium.models import annotated
from opium.permissions import Actor
from procedures import seating
from procedures.kinds import KINDS
from procedures.kinds.registry import ABSTAINED, whole
from procedures.kinds.scoring import far_from
from procedures.models import Allotment, Case, Panel, Seat, Vote
from procedures.permissions import Permission
from procedures.published import definition_of
from procedures.rows import Rows, VoteRow, with_rows
from procedures.selectors.case_list import cases_worked_by, veiled
from procedures.selectors.scoring import SCORING

if TYPE_CHECKING:
    from procedures.definition import Stage

WAITS, SCORED, ABSTAINS, EXCLUDED = "waits", "scored", "abstained", "excluded"
STANDINGS = {
    WAITS: "jeszcze nie ocenia",
    SCORED: "oceniono",
    ABSTAINS: "wstrzymanie się",
    EXCLUDED: "wyłączenie",
}


def panel_of(owner: tuple[str, UUID], key: str) -> UUID | None:
    """The panel of that owner with that key; None before its owner has settled it."""
    found = Panel.objects.filter(owner_kind=owner[0], owner_id=owner[1], key=key)
    return found.values_list("pk", flat=True).first()


def panels_of_owners(kind: str, owners: "QuerySet[Any]") -> QuerySet[Panel]:
    """Those of these owners, by name; whose right it is to see them is the module's to ask."""
    return Panel.objects.filter(owner_kind=kind, owner_id__in=owners).order_by("name", "pk")


def panels_with(actor: Actor, *, overseeing: bool) -> QuerySet[Panel]:
    """Those in which the actor sits now, and acts by right; or that they lead or keep papers of."""
    parts = seating.OVERSEEING if overseeing else tuple(Seat.Part)
    seats = Seat.objects.filter(seating.in_force(timezone.now()), person=actor.pk, part__in=parts)
    acts = scopes.within(actor.reach(Permission.ACT_IN_CASE), kind="kind_id")
    return Panel.objects.filter(acts, pk__in=seats.values("panel")).order_by("name", "pk")


def leads(person: UUID | None, panel: Panel) -> bool:
    """Whether they lead the panel now, or may in its chair's stead; one query."""
    seats = Seat.objects.filter(seating.in_force(timezone.now()), panel=panel, person=person)
    return seats.filter(part__in=seating.LEADING).exists()


@dataclass(slots=True)
class Sitting:
    """A seat, and how far its person is with what they are to score, as far as the reader sees."""

    seat: Seat
    is_now: bool
    allotted: int = 0
    scored: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one member has to do with one matter."""

    person_id: UUID
    name: str
    standing: str
    """One of `STANDINGS`."""
    points: Decimal | None = None
    """None before the scoring of the matter is closed, where none was given, and where those who
    score are hidden from one another and the reader is one of them."""
    is_far: bool = False
    """Whether it lies far from the others (`kinds.scoring.far_from`)."""


@dataclass(frozen=True, slots=True)
class Before:
    """A matter before a panel, as whoever oversees the panel sees it."""

    case: Case
    is_being_scored: bool
    judgements: list[Judgement]
    result: Mapping[str, str] = field(default_factory=dict)
    """The facts of its scoring, once it is closed."""
    closing: str = ""
    """The transition whose button closes the scoring; "" where it is closed."""
    lacks: str = ""
    """What is missing to close it, as a sentence; "" where nothing is."""

    def count(self, standing: str) -> int:
        return sum(one.standing == standing for one in self.judgements)


def sittings_of(actor: Actor, panel: Panel) -> list[Sitting]:
    """Every seat there was or will be, by surname, with how far its person is; three queries.

    Only what the reader sees is counted.
    """
    now = timezone.now()
    seen = cases_worked_by(actor).filter(referrals__panel=panel).values("pk")
    open_ones = Allotment.objects.filter(
        referral__panel=panel, ended_at=None, referral__case__in=seen
    )
    allotted = _counted(open_ones)
    votes = Vote.objects.filter(case__in=seen, function=panel.function, is_valid=True)
    done = _counted(votes)
    seats = Seat.objects.filter(panel=panel).select_related("person")
    return [
        Sitting(
            seat=one,
            is_now=one.from_at <= now and (one.to_at is None or one.to_at > now),
            allotted=allotted.get(one.person_id, 0),
            scored=done.get(one.person_id, 0),
        )
        for one in seats.order_by("person__sort_key", "from_at", "pk")
    ]


def _counted(rows: "QuerySet[Any]") -> dict[UUID, int]:
    counted = rows.order_by().values("person").annotate(n=Count("pk"))
    return dict(counted.values_list("person", "n"))


def matters_before(actor: Actor, panel: Panel) -> QuerySet[Case]:
    """The matters of the panel that the actor sees, the oldest first, each with its rows.

    Who is excluded from one does not find it here, nor in a number.
    """
    seen = cases_worked_by(actor).filter(referrals__panel=panel)
    allotted = Allotment.objects.filter(
        referral__panel=panel, referral__case=OuterRef("pk"), ended_at=None
    ).order_by("person__sort_key", "pk")
    told = ArraySubquery(allotted.values_list(Cast("person", TextField())))
    whole = annotated(with_rows(seen), allotted_to=told)
    return whole.select_related("revision", "procedure").order_by("opened_at", "pk")


def told_before(panel: Panel, cases: Iterable[Case]) -> list[Before]:
    """Those of `matters_before`, told; one query besides theirs."""
    seats = Seat.objects.filter(panel=panel).select_related("person")
    names = {one.person_id: one.person.display_name for one in seats.order_by("person__sort_key")}
    return [_told(panel, case, names) for case in cases]


def _told(panel: Panel, case: Case, names: Mapping[UUID, str]) -> Before:
    stage = _stage_of(panel, case)
    rows = Rows.of(case)
    is_open = case.is_open and stage is not None and case.stage == stage.key
    number = case.entered.get(stage.key, {}).get("round", 1) if stage is not None else 0
    said = {
        one.person_id: one
        for one in rows.votes
        if stage is not None and one.is_valid and (one.stage, one.round) == (stage.key, number)
    }
    excluded = {who for _, who in rows.exclusions}
    people = {UUID(one) for one in case.allotted_to} | {*said} | excluded
    points = [one.points for one in said.values() if one.points is not None]
    far = set() if case.hides_members else far_from(points, stage)
    judgements = []
    for pk, name in names.items():
        if pk not in people:
            continue
        vote = said.get(pk)
        is_shut = vote is None or is_open or case.hides_members
        given = None if is_shut or vote is None else vote.points
        judgements.append(Judgement(pk, name, _standing(pk, vote, excluded), given, given in far))
    result = {} if is_open or stage is None else case.facts.get(stage.key, {})
    if not is_open or stage is None:
        return Before(veiled(case), is_open, judgements, result)
    ways = definition_of(case.revision).ways_from(stage.key)
    closing = next((one.key for one in ways if one.outcome in KINDS[stage.kind].chaired), "")
    return Before(
        veiled(case), is_open, judgements, closing=closing, lacks=_lacks(stage, judgements)
    )


def _lacks(stage: "Stage", judgements: Collection[Judgement]) -> str:
    """Whose scores are missing where the quorum is not there; the press itself is what decides."""
    waiting = [one.name for one in judgements if one.standing == WAITS]
    given = sum(one.standing == SCORED for one in judgements)
    needed = max(whole(stage, "quorum", given + len(waiting)), 1)
    if given >= needed:
        return ""
    who = f" Nie ocenili jeszcze: {', '.join(waiting)}." if waiting else ""
    return f"Oddano {given} z {needed} potrzebnych ocen.{who}"


def _standing(pk: UUID, vote: VoteRow | None, excluded: Collection[UUID]) -> str:
    if pk in excluded:
        return EXCLUDED
    if vote is None:
        return WAITS
    return ABSTAINS if vote.verdict == ABSTAINED else SCORED


def _stage_of(panel: Panel, case: Case) -> "Stage | None":
    """The stage in which the panel scores the matter now, or did last."""
    played = [
        one
        for one in definition_of(case.revision).stages
        if one.kind in SCORING and one.function == panel.function and one.key in case.entered
    ]
    return max(played, key=lambda one: int(case.entered[one.key]["order"]), default=None)
