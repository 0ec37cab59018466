"""Entering a stage and leaving it: its sheets, its clock, and on whom it waits."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from forms import selectors as forms
from forms.registry import SHEET
from forms.services import entrusted
from opium.permissions import SYSTEM
from procedures.definition import Stage
from procedures.desk import APPLICATION
from procedures.kinds import APPLICANT, KINDS, StageKind
from procedures.kinds.changes import CorrectionAsked
from procedures.models import Case, Vote
from procedures.services.entrusted import allotting, panels
from procedures.services.steps import awaiting, clock
from procedures.waits import APPLY, GIVE_OPINION, OWNER
from threads.services.entrusted import nothing_waits
from todo import services as todo

if TYPE_CHECKING:
    from accounts.models import Person
    from forms.models import Sheet
    from procedures.desk import Desk
    from todo.models import Waiting

UNDONE = "undone"
"""In `Case.entered`: the case has gone back over the stage since it was entered."""


def enter(desk: "Desk", stage: Stage, *, asked: CorrectionAsked | None = None) -> None:
    """Let the case stand in the stage: a new round, sheets, deadline, and those it waits for.

    A case that goes back to a stage takes back the votes given since it was entered; a stage that
    opens the application again takes back all, for nobody has approved what it will say.
    """
    case, kind = desk.case, KINDS[stage.kind]
    before = case.entered.get(stage.key)
    undone = gone_back_over(case.entered, stage.key)
    _cancel_votes(desk, list(case.entered) if kind.reopens else undone)
    order = 1 + max((one["order"] for one in case.entered.values()), default=0)
    case.round = int(before["round"]) + 1 if before is not None else 1
    case.entered = {
        **case.entered,
        **{key: {**case.entered[key], UNDONE: True} for key in undone},
        stage.key: {"round": case.round, "order": order, "at": desk.now.isoformat()},
    }
    case.stage, case.stage_kind, case.stage_name = stage.key, stage.kind, stage.name
    case.public_name = stage.public_name or stage.name
    clock.start(desk)
    if kind.ends:
        _close(desk, kind)
    elif kind.reopens:
        _reopen(desk, asked)
    add_sheets(desk)
    settle_waiting(desk, is_new_stage=True)


def gone_back_over(entered: Mapping[str, Any], key: str) -> list[str]:
    """The stage and those entered after it, where to enter it now is to go back; else none.

    `entered` is `Case.entered` before. A stage that the case has gone back over is not behind it
    any longer: to come to it again is to go on, and takes nothing back of what was done meanwhile.
    """
    target = entered.get(key)
    if target is None or target.get(UNDONE):
        return []
    return [
        stage
        for stage, one in entered.items()
        if one["order"] >= target["order"] and not one.get(UNDONE)
    ]


def leave(desk: "Desk", entered: Stage) -> None:
    """Nobody is waited for in this stage any longer; its clock stops or is let go."""
    clock.stop(desk, desk.stage, entered)
    close_waiting(desk)


def close_waiting(desk: "Desk") -> None:
    todo.done(subject_kind=OWNER, subjects=[desk.case.pk], step=desk.next_number)


def settle_waiting(desk: "Desk", *, is_new_stage: bool = False) -> None:
    """Let the case wait for whom the stage's kind wants, and nobody else; pass the ball too."""
    if desk.kind.has_members:
        _exclude_known(desk)
    wanted, step = awaiting.waits_of(desk), desk.next_number
    if is_new_stage:
        rows = todo.wait(wanted, step=step)
    else:
        rows = todo.settle(subject=(OWNER, desk.case.pk), waits=wanted, step=step)
    _pass_ball(desk, rows, is_new_stage=is_new_stage)


def _pass_ball(desk: "Desk", rows: "list[Waiting]", *, is_new_stage: bool) -> None:
    case = desk.case
    if not rows:
        side = Case.Side.NOBODY
    elif all(one.code == APPLY.code for one in rows):
        side = Case.Side.APPLICANT
    elif all(one.code == GIVE_OPINION.code for one in rows):
        side = Case.Side.ASKED
    else:
        side = Case.Side.OFFICE
    if is_new_stage or side != case.ball_side:
        case.ball_side, case.ball_since = side, desk.now


def _exclude_known(desk: "Desk") -> None:
    """Whoever is too near to the case takes no part: a conflict known from data."""
    found = desk.look().conflicts
    panels.exclude(desk.case, {desk.case.stage: found}, desk.next_number)


def _cancel_votes(desk: "Desk", stages: list[str]) -> None:
    if not stages:
        return
    Vote.objects.filter(case=desk.case, stage__in=stages, is_valid=True).update(
        is_valid=False, cancelled_in=desk.next_number, updated_at=desk.now
    )


def _close(desk: "Desk", kind: StageKind) -> None:
    case = desk.case
    case.state, case.closed_at = Case.State.CLOSED, desk.now
    case.meaning, case.due_at = Case.Meaning(kind.meaning(desk.stage)), None
    if case.sheet_id is not None:
        todo.done(subject_kind=SHEET, subjects=[case.sheet_id], step=desk.next_number)
    nothing_waits(OWNER, [case.pk])


def _reopen(desk: "Desk", asked: CorrectionAsked | None) -> None:
    sheet = desk.case.sheet
    if sheet is None or sheet.state == "draft":
        return
    desk.case.sheet = entrusted.reopen_sheet(
        actor=SYSTEM,
        sheet=sheet,
        sections=list(asked.sections) if asked is not None and asked.sections else None,
        sentence=asked.sentence if asked is not None else "",
    )


def add_sheets(desk: "Desk") -> None:
    """The application, where the case begins; the stage's own form; one for each member.

    Those that are there stay, so it may run again when somebody joins.
    """
    case, stage = desk.case, desk.stage
    if desk.kind.starts and case.sheet is None and desk.procedure.form:
        case.sheet = _added(desk, desk.procedure.form, APPLICATION)
    if stage.form and not desk.kind.has_members:
        _added(desk, stage.form, desk.purpose(stage.key), earlier=_returned(desk))
    elif stage.form:
        panels.refer(desk)
        _exclude_known(desk)
        allotting.allot(desk)
        look = desk.look()
        excluded = {UUID(one) for one in look.state.excluded}
        is_blind = look.bench is not None and look.bench.hides_applicants
        for member in look.members:
            if member.pk not in excluded:
                purpose = desk.purpose(stage.key, member.pk)
                _added(desk, stage.form, purpose, member, is_blind=is_blind)


def _returned(desk: "Desk") -> "Sheet | None":
    """What the applicant has filled in here before, where it came back to be completed."""
    stage, acts = desk.stage, desk.kind.acts
    theirs = stage.function == APPLICANT or any(
        one.completes_form and APPLICANT in desk.kind.pressed_by(stage, code)
        for code, one in acts.items()
    )
    if not theirs or desk.case.round == 1:
        return None
    before = f"{stage.key}/{desk.case.round - 1}"
    return forms.sheets_of(OWNER, [desk.case.pk]).filter(purpose=before).first()


def _added(
    desk: "Desk",
    form: str,
    purpose: str,
    person: "Person | None" = None,
    earlier: "Sheet | None" = None,
    *,
    is_blind: bool = False,
) -> "Sheet":
    """`is_blind`: it does not know whose unit's matter it is about."""
    found = forms.forms_visible_to(SYSTEM).get(pk=form)
    return entrusted.add_sheet(
        actor=SYSTEM,
        form=forms.newest_revision(found),
        owner_kind=OWNER,
        owner_id=desk.case.pk,
        purpose=purpose,
        unit_id=None if is_blind else desk.case.unit_id,
        person=person,
        link=desk.link if purpose == APPLICATION else None,
        reference_day=_reference_day(desk),
        is_trial=desk.case.is_trial,
        earlier=earlier,
    )


def _reference_day(desk: "Desk") -> date | None:
    """What its forms reckon from: the day of its intake, else of its procedure."""
    day = desk.procedure.limits.reference_day
    return desk.case.reference_day or (date.fromisoformat(day) if day else None)
