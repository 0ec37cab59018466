"""Matters before panels: who is excluded from which, whose each one is to score, who sits where."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from outbox.services import after_commit, after_commit_each, plan_at
from procedures import registry, seating
from procedures.kinds import KINDS
from procedures.models import Case, Exclusion, Nick, Panel, Phase, Referral, Seat, Tie
from procedures.selectors.questions import excluded_from
from procedures.waits import OWNER
from threads.services.entrusted import excuse
from units.selectors import homes_of

if TYPE_CHECKING:
    from procedures.desk import Desk

Owner = tuple[str, UUID]
LETTERS = "ABCDEFGHJKLMNPRSTUWXYZ"
"""Without those that are taken for digits, or for one another."""
RENEW_CASE, RENEW_PANEL = "procedures.renew_waiting", "procedures.renew_panel"


@dataclass(frozen=True, slots=True)
class SeatSaid:
    person: UUID
    part: str
    from_at: datetime
    to_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PhaseSaid:
    """What is hidden from those who score, from when until when, as in `models.Phase`."""

    from_at: datetime
    to_at: datetime | None
    hides_applicant: bool
    hides_members: bool


@dataclass(frozen=True, slots=True)
class PanelSaid:
    """A panel as its owner says it is from now on; the names mean what they mean in `Panel`."""

    key: str
    name: str
    function: str
    kind_id: UUID
    seats: Sequence[SeatSaid]
    each_to: int | None = None
    phases: Sequence[PhaseSaid] = ()


def exclude(case: Case, found: Mapping[str, Mapping[UUID, str]], number: int) -> None:
    """Stage -> person -> how the conflict is known; whoever is excluded already stays so."""
    Exclusion.objects.bulk_create(
        [
            Exclusion(
                case=case,
                stage=stage,
                person_id=pk,
                reason=reason,
                is_declared=False,
                excluded_in=number,
            )
            for stage, people in found.items()
            for pk, reason in sorted(people.items())
        ],
        ignore_conflicts=True,
    )
    if any(found.values()):
        excuse_excluded([case.pk])


def excuse_excluded(cases: Collection[UUID]) -> None:
    """What is asked about the cases waits for nobody who is excluded from them by now."""
    excuse(OWNER, excluded_from(cases))


def refer(desk: "Desk") -> None:
    """Put the case before the panel that its intake names for the stage, or before none."""
    case, function = desk.case, desk.stage.function
    intake = registry.intake_of(case.intake)
    if intake is None:
        return
    panel = intake.panel(case, function)
    found = Referral.objects.filter(case=case, function=function)
    if panel is None:
        found.delete()
        return
    _name(case, Panel.objects.get(pk=panel))
    made, is_new = Referral.objects.get_or_create(
        case=case, function=function, defaults={"panel_id": panel}
    )
    if not is_new and made.panel_id != panel:
        made.panel_id = panel
        made.save(update_fields=["panel", "updated_at"])


def _name(case: Case, panel: Panel) -> None:
    """Give the case a name for those from whom its applicant is hidden; one that it has stays.

    Drawn by lot among those that no other matter of the panel's owner has.
    """
    owner = {"owner_kind": panel.owner_kind, "owner_id": panel.owner_id}
    while not Nick.objects.filter(case=case).exists():
        taken = set(Nick.objects.filter(**owner).values_list("name", flat=True))
        drawn = Nick(case=case, name=_drawn(taken), **owner)
        Nick.objects.bulk_create([drawn], ignore_conflicts=True)


def _drawn(taken: Collection[str]) -> str:
    """With two digits as long as half of such names are free, then with more."""
    digits = 2
    while len(taken) * 2 >= len(LETTERS) * 10**digits:
        digits += 1
    while True:
        number = secrets.randbelow(10**digits - 1) + 1
        name = f"{seating.NAMELESS} {secrets.choice(LETTERS)}-{number:0{digits}}"
        if name not in taken:
            return name


@transaction.atomic(savepoint=False)
def settle_panels(
    *, owner: Owner, said: Iterable[PanelSaid], cases: Collection[UUID]
) -> list[Panel]:
    """Let the owner have exactly these panels, with these seats, from now on; gives them.

    A seat that is said no more ends now, and one that has not begun goes. Of `cases`, those of the
    owner, whoever is too near is excluded at once, before anybody has seen anything; who scores
    what follows in the background, and again when a seat begins or ends.
    """
    now, found = timezone.now(), []
    for one in said:
        panel, _ = Panel.objects.update_or_create(
            owner_kind=owner[0],
            owner_id=owner[1],
            key=one.key,
            defaults={
                "name": one.name,
                "function": one.function,
                "kind_id": one.kind_id,
                "each_to": one.each_to,
            },
        )
        _seat(panel, one.seats, now)
        _hide(panel, one.phases, now)
        found.append(panel)
    gone = Panel.objects.filter(owner_kind=owner[0], owner_id=owner[1])
    for panel in gone.exclude(pk__in=[one.pk for one in found]):
        _seat(panel, (), now)
        _hide(panel, (), now)
    nameless = Referral.objects.filter(panel__in=found, case__nick_row=None)
    for referral in nameless.select_related("case", "panel"):
        _name(referral.case, referral.panel)
    scored = being_scored(cases)
    people = Seat.objects.filter(panel__in=found).filter(Q(to_at=None) | Q(to_at__gt=now))
    exclude_from(scored, set(people.values_list("person", flat=True)))
    after_commit_each(RENEW_CASE, [case.pk for case in scored])
    return found


def _seat(panel: Panel, said: Sequence[SeatSaid], now: datetime) -> None:
    wanted = {(one.person, one.from_at): one for one in said}
    for seat in Seat.objects.filter(panel=panel):
        one = wanted.pop((seat.person_id, seat.from_at), None)
        if one is not None:
            seat.part, seat.to_at = one.part, one.to_at
            seat.save()
        elif seat.from_at >= now:
            seat.delete()
        elif seat.to_at is None or seat.to_at > now:
            seat.to_at = now
            seat.save()
    Seat.objects.bulk_create(
        Seat(panel=panel, person_id=one.person, part=one.part, from_at=one.from_at, to_at=one.to_at)
        for one in wanted.values()
    )
    _plan(panel, said, now)


def _hide(panel: Panel, said: Sequence[PhaseSaid], now: datetime) -> None:
    """What is shown is read at each moment anew; what was written for people is written again."""
    panel.phases.all().delete()
    Phase.objects.bulk_create(
        Phase(
            panel=panel,
            from_at=one.from_at,
            to_at=one.to_at,
            hides_applicant=one.hides_applicant,
            hides_members=one.hides_members,
        )
        for one in said
    )
    _plan(panel, said, now)


def _plan(panel: Panel, said: Sequence[SeatSaid | PhaseSaid], now: datetime) -> None:
    moments = {moment for one in said for moment in (one.from_at, one.to_at) if moment is not None}
    for moment in sorted(one for one in moments if one > now):
        plan_at(moment, RENEW_PANEL, str(panel.pk))


def being_scored(cases: Collection[UUID]) -> list[Case]:
    kinds = [code for code, kind in KINDS.items() if kind.has_members]
    open_ones = Case.objects.filter(pk__in=cases, state=Case.State.OPEN, stage_kind__in=kinds)
    return list(open_ones.order_by("pk"))


def exclude_from(cases: Sequence[Case], people: Collection[UUID]) -> None:
    """Exclude those of the people who are too near to one of the cases; three queries.

    As `seating.conflicts` knows it of one case, of many at once.
    """
    homes = {
        pk: {one.id for one in found if one.kind == "unit"}
        for pk, found in homes_of(people).items()
    }
    tied: dict[UUID, set[UUID]] = {}
    ties = Tie.objects.filter(person__in=people, ended_at=None)
    for pk, unit, other in ties.values_list("person", "unit_id", "other"):
        tied.setdefault(pk, set()).add(unit or other)
    found = [
        Exclusion(
            case=case,
            stage=case.stage,
            person_id=pk,
            reason=reason,
            is_declared=False,
            excluded_in=case.version,
        )
        for case in cases
        for pk in people
        if (reason := _nearness(pk, case, homes, tied))
    ]
    Exclusion.objects.bulk_create(found, ignore_conflicts=True)
    if found:
        excuse_excluded({one.case_id for one in found})


def exclude_near(person: UUID) -> None:
    """Exclude them from what they would score and are too near to, since they declared a tie.

    At once where a panel scores in which they sit; who scores instead follows in the background,
    and so does the whole where holders of a function score.
    """
    now = timezone.now()
    seats = Seat.objects.filter(Q(to_at=None) | Q(to_at__gt=now), person=person)
    before = Referral.objects.filter(panel__in=seats.values("panel"))
    cases = being_scored(list(before.values_list("case", flat=True)))
    exclude_from(cases, [person])
    mine = Exclusion.objects.filter(person=person, lifted_in=None, case__in=cases)
    after_commit_each(RENEW_CASE, sorted(mine.values_list("case", flat=True)))
    after_commit("procedures.members_change")


def _nearness(
    pk: UUID,
    case: Case,
    homes: Mapping[UUID, Collection[UUID]],
    tied: Mapping[UUID, Collection[UUID]],
) -> str:
    concerned = {case.applicant_id, case.opened_by_id, *case.authors} - {None}
    if pk in concerned:
        return seating.OWN_MATTER
    if case.unit_id in homes.get(pk, ()):
        return seating.OWN_UNIT
    near = tied.get(pk, ())
    is_tied = case.unit_id in near or any(one in near for one in concerned)
    return seating.TIED if is_tied else ""


def renew_panel(panel: UUID) -> int:
    """Plan that each open matter of the panel looks again at who scores; the number of jobs.

    Those that it scores no more are looked at too: what waits in them may be called otherwise.
    """
    open_ones = Case.objects.filter(referrals__panel=panel, state=Case.State.OPEN)
    return after_commit_each(
        RENEW_CASE, list(open_ones.order_by("pk").values_list("pk", flat=True))
    )
