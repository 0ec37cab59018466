"""Whose each matter before a panel is to score: by its rule, by hand, evened."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from forms import selectors as forms
from opium.constraints import refusing
from outbox.services import after_commit, after_commit_each
from procedures import seating
from procedures.desk import hold
from procedures.errors import (
    AllottedAlready,
    NotAllotted,
    NotBeingScored,
    NotSeated,
    PersonExcluded,
    ScoredAlready,
)
from procedures.models import Allotment, Case, Exclusion, Panel, Referral, Seat, Vote
from procedures.seating import SCORING, Bench
from procedures.services.entrusted.panels import RENEW_CASE, being_scored
from procedures.waits import OWNER

if TYPE_CHECKING:
    from procedures.desk import Desk

EXCLUDED, EVENED = "Wyłączenie z oceny.", "Wyrównanie przydziałów."


def allot(desk: "Desk") -> None:
    """Let the case be scored by whom the panel's rule means; whoever has it keeps it.

    Who is excluded loses it, and where the rule gives each matter to so many, the next one with
    the fewest matters gets it. Whose exclusion was lifted may get it again; what was taken away
    by hand no rule gives back.
    """
    look = desk.look()
    bench = look.bench
    if bench is None:
        return
    excluded = {UUID(one) for one in look.state.excluded}
    mine = Allotment.objects.filter(referral=bench.referral)
    mine.filter(ended_at=None, person__in=excluded).update(
        ended_at=desk.now, reason=EXCLUDED, updated_at=desk.now
    )
    lifted = Exclusion.objects.filter(case=desk.case).exclude(lifted_in=None).values("person")
    passed = mine.exclude(ended_at__isnull=False, reason=EXCLUDED, person__in=lifted)
    had = dict(passed.order_by("made_at", "pk").values_list("person", "ended_at"))
    new = _to_allot(bench, excluded, had)
    Allotment.objects.bulk_create(
        [Allotment(referral=bench.referral, person_id=pk, made_at=desk.now) for pk in new],
        ignore_conflicts=True,
    )


def _to_allot(
    bench: Bench, excluded: Collection[UUID], had: Mapping[UUID, datetime | None]
) -> list[UUID]:
    may = [one for one in bench.seats if one.part in SCORING and one.person_id not in excluded]
    free = list(dict.fromkeys(one.person_id for one in may if one.person_id not in had))
    if bench.panel.each_to is None:
        return free
    lasting = {one.person_id for one in may}
    kept = sum(ended is None and pk in lasting for pk, ended in had.items())
    now = {one.person_id for one in may if one.from_at <= bench.now}
    return seating.least_loaded(
        [pk for pk in free if pk in now], loads_in(bench.panel), bench.panel.each_to - kept
    )


def loads_in(panel: Panel) -> dict[UUID, int]:
    """Person -> how many matters of the panel are theirs to score; one query."""
    open_ones = Allotment.objects.filter(referral__panel=panel, ended_at=None)
    counted = open_ones.order_by().values("person").annotate(n=Count("pk"))
    return dict(counted.values_list("person", "n"))


def referral_of(case: UUID, panel: UUID) -> Referral:
    """The case before the panel, locked with it. Raises `NotBeingScored`."""
    hold([case])
    found = Referral.objects.filter(case=case, panel=panel)
    referral = found.select_related("panel", "case").first()
    if referral is None:
        raise NotBeingScored
    return referral


def give(referral: Referral, person: UUID, by: UUID | None) -> Allotment:
    """Let the person score the matter from now on, by somebody's hand.

    Raises `NotSeated`, `PersonExcluded`, `AllottedAlready`, `NotBeingScored`.
    """
    now = timezone.now()
    _require_scored(referral)
    seats = Seat.objects.filter(seating.in_force(now), panel=referral.panel_id, person=person)
    if not seats.filter(part__in=SCORING).exists():
        raise NotSeated
    if Exclusion.objects.filter(case=referral.case_id, person=person, lifted_in=None).exists():
        raise PersonExcluded
    with refusing(allotted_once=AllottedAlready()):
        made = Allotment.objects.create(
            referral=referral, person_id=person, is_by_hand=True, made_by_id=by, made_at=now
        )
    after_commit(RENEW_CASE, str(referral.case_id))
    return made


def take(referral: Referral, person: UUID, reason: str) -> Allotment:
    """Let the person score it no more; not once they have. Raises `NotAllotted`, `ScoredAlready`.

    No rule gives it back to them.
    """
    _require_scored(referral)
    found = Allotment.objects.filter(referral=referral, person=person, ended_at=None).first()
    if found is None:
        raise NotAllotted
    if person in _said_of(referral):
        raise ScoredAlready
    found.ended_at, found.reason = timezone.now(), reason
    found.save()
    after_commit(RENEW_CASE, str(referral.case_id))
    return found


def _require_scored(referral: Referral) -> None:
    if not being_scored([referral.case_id]):
        raise NotBeingScored


def _said_of(referral: Referral) -> set[UUID]:
    """Who has scored it or abstained, in the round that runs."""
    case = referral.case
    votes = Vote.objects.filter(case=case.pk, stage=case.stage, round=case.round, is_valid=True)
    return set(votes.values_list("person", flat=True))


def even(panel: Panel, by: UUID | None) -> int:
    """Move matters that nobody has begun to score from who has many to who has few; how many."""
    now = timezone.now()
    sitting = Seat.objects.filter(seating.in_force(now), panel=panel, part__in=SCORING)
    people = list(sitting.order_by("person__sort_key", "pk").values_list("person", flat=True))
    referred = list(Referral.objects.filter(panel=panel).values_list("case", flat=True))
    hold(referred)
    cases = {case.pk: case for case in being_scored(referred)}
    open_ones = Allotment.objects.filter(referral__panel=panel, ended_at=None)
    theirs: dict[UUID, set[UUID]] = {}
    for person, case in open_ones.values_list("person", "referral__case"):
        theirs.setdefault(person, set()).add(case)
    begun = _begun(list(cases.values()))
    movable = {
        pk: {case for case in found if case in cases and (case, pk) not in begun}
        for pk, found in theirs.items()
    }
    barred: dict[UUID, set[UUID]] = {}
    excluded = Exclusion.objects.filter(case__in=cases, lifted_in=None)
    for person, case in excluded.values_list("person", "case"):
        barred.setdefault(person, set()).add(case)
    ended = Allotment.objects.filter(referral__panel=panel, ended_at__isnull=False)
    for person, case in ended.values_list("person", "referral__case"):
        barred.setdefault(person, set()).add(case)
    moves = seating.evened(people, theirs, movable, barred)
    _carry_out(panel, moves, by, now)
    after_commit_each(RENEW_CASE, sorted({one.matter for one in moves}))
    return len(moves)


def _begun(cases: Sequence[Case]) -> set[tuple[UUID, UUID]]:
    """Case and member, where something is said already or the card is not empty any more."""
    said = {
        (vote.case_id, vote.person_id)
        for vote in Vote.objects.filter(case__in=cases, is_valid=True)
    }
    sheets = forms.sheets_of(OWNER, [case.pk for case in cases]).filter(person__isnull=False)
    filled = sheets.exclude(answers={})
    return said | {(one.owner_id, one.person_id) for one in filled if one.person_id is not None}


def _carry_out(panel: Panel, moves: Sequence[seating.Move], by: UUID | None, now: datetime) -> None:
    referrals = {
        one.case_id: one
        for one in Referral.objects.filter(panel=panel, case__in=[one.matter for one in moves])
    }
    for one in moves:
        Allotment.objects.filter(
            referral=referrals[one.matter], person=one.source, ended_at=None
        ).update(ended_at=now, reason=EVENED, updated_at=now)
    Allotment.objects.bulk_create(
        Allotment(referral=referrals[one.matter], person_id=one.target, made_by_id=by, made_at=now)
        for one in moves
    )
