"""Entering a stage and leaving it: its sheets, its clock, and on whom it waits."""

from typing import TYPE_CHECKING
from uuid import UUID

from forms import selectors as forms
from forms.services import entrusted as filling
from opium.permissions import SYSTEM
from procedures.definition import Stage
from procedures.desk import APPLICATION, OWNER, id_of
from procedures.kinds import APPLICANT, KINDS, StageKind, Wait
from procedures.kinds.registry import CorrectionAsked
from procedures.models import Case, Exclusion, Vote, Waiting
from procedures.services.cases import clock

if TYPE_CHECKING:
    from accounts.models import Person
    from forms.models import Sheet
    from procedures.desk import Desk

OWN_UNIT = "Należy do jednostki, która składa sprawę."


def enter(desk: "Desk", stage: Stage, *, asked: CorrectionAsked | None = None) -> None:
    """Let the case stand in the stage: a new round, sheets, deadline, and those it waits for.

    A stage entered again takes back the votes given since it was entered; so does a stage that
    opens the application again, for nobody has approved what it will say.
    """
    case, kind = desk.case, KINDS[stage.kind]
    before = case.entered.get(stage.key)
    if before is not None or kind.reopens:
        since = None if kind.reopens else int(before["order"])
        _cancel_votes(desk, since)
    order = 1 + max((one["order"] for one in case.entered.values()), default=0)
    case.round = int(before["round"]) + 1 if before is not None else 1
    case.entered = {
        **case.entered,
        stage.key: {"round": case.round, "order": order, "at": desk.now.isoformat()},
    }
    case.stage, case.stage_kind, case.stage_name = stage.key, stage.kind, stage.name
    case.public_name = stage.public_name or stage.name
    desk.forget()
    clock.start(desk)
    if kind.ends:
        _close(desk, kind)
    elif kind.reopens:
        _reopen(desk, asked)
    add_sheets(desk)
    settle_waiting(desk, is_new_stage=True)


def leave(desk: "Desk", entered: Stage) -> None:
    """Nobody is waited for in this stage any longer; its clock stops or is let go."""
    clock.stop(desk, desk.stage, entered)
    close_waiting(desk)


def close_waiting(desk: "Desk") -> None:
    Waiting.objects.filter(case=desk.case, done_at=None).update(
        done_at=desk.now, closed_in=desk.next_number, updated_at=desk.now
    )


def settle_waiting(desk: "Desk", *, is_new_stage: bool = False) -> None:
    """Make the open rows of `Waiting` what the stage's kind says it waits for, and the ball too."""
    if desk.kind.has_members:
        _exclude_own_people(desk)
        desk.forget_state()
    wanted = {_key(wait): wait for wait in desk.kind.waits(desk.state)}
    rows = [] if is_new_stage else list(Waiting.objects.filter(case=desk.case, done_at=None))
    for row in rows:
        wait = wanted.pop(_key_of(row), None)
        if wait is None:
            row.done_at, row.closed_in = desk.now, desk.next_number
        else:
            row.what, row.done_by = wait.what, _ids(wait)
        row.save(update_fields=["done_at", "closed_in", "what", "done_by", "updated_at"])
    rows += Waiting.objects.bulk_create([_row(desk, wait) for wait in wanted.values()])
    _pass_ball(desk, [row for row in rows if row.done_at is None], is_new_stage=is_new_stage)


def _pass_ball(desk: "Desk", open_now: list[Waiting], *, is_new_stage: bool) -> None:
    case = desk.case
    if not open_now:
        side = Case.Side.NOBODY
    elif all(one.function == APPLICANT for one in open_now):
        side = Case.Side.APPLICANT
    elif all(one.opinion_id for one in open_now):
        side = Case.Side.ASKED
    else:
        side = Case.Side.OFFICE
    if is_new_stage or side != case.ball_side:
        case.ball_side, case.ball_since = side, desk.now


def _row(desk: "Desk", wait: Wait) -> Waiting:
    case = desk.case
    opinion = case.opinions.get(pk=id_of(wait.key)) if wait.key else None
    return Waiting(
        case=case,
        stage=case.stage,
        round=case.round,
        function=wait.function,
        person_id=UUID(wait.person) if wait.person else None,
        unit_id=UUID(wait.unit) if wait.unit else None,
        opinion=opinion,
        who=opinion.whom if opinion is not None else _name(desk, wait.function),
        what=wait.what,
        done_by=_ids(wait),
        bars_own_unit=desk.kind.has_members,
        since=desk.now,
        opened_in=desk.next_number,
        due_at=opinion.due_at if opinion is not None else case.due_at,
    )


def _name(desk: "Desk", function: str) -> str:
    case = desk.case
    if function != APPLICANT:
        return desk.procedure.function_name(function)
    return case.unit_name or (case.applicant.display_name if case.applicant else "")


def _ids(wait: Wait) -> list[UUID]:
    return sorted(UUID(one) for one in wait.done_by)


def _key(wait: Wait) -> tuple[str, str, str, str]:
    return wait.function, wait.person, wait.unit, str(id_of(wait.key)) if wait.key else ""


def _key_of(row: Waiting) -> tuple[str, str, str, str]:
    named = (row.person_id, row.unit_id, row.opinion_id)
    person, unit, opinion = (str(one) if one else "" for one in named)
    return row.function, person, unit, opinion


def _exclude_own_people(desk: "Desk") -> None:
    """Members of the applicant's own unit take no part: a conflict known from data."""
    Exclusion.objects.bulk_create(
        [
            Exclusion(
                case=desk.case,
                stage=desk.case.stage,
                person_id=pk,
                reason=OWN_UNIT,
                is_declared=False,
                excluded_in=desk.next_number,
            )
            for pk in sorted(desk.own_people())
        ],
        ignore_conflicts=True,
    )


def _cancel_votes(desk: "Desk", since: int | None) -> None:
    """Take back the votes of the stages entered since that order, or all of them."""
    stages = [
        stage
        for stage, entered in desk.case.entered.items()
        if since is None or entered["order"] >= since
    ]
    Vote.objects.filter(case=desk.case, stage__in=stages, is_valid=True).update(
        is_valid=False, cancelled_in=desk.next_number, updated_at=desk.now
    )


def _close(desk: "Desk", kind: StageKind) -> None:
    case = desk.case
    case.state, case.closed_at = Case.State.CLOSED, desk.now
    case.meaning, case.due_at = Case.Meaning(kind.meaning(desk.stage)), None


def _reopen(desk: "Desk", asked: CorrectionAsked | None) -> None:
    sheet = desk.case.sheet
    if sheet is None or sheet.state == "draft":
        return
    desk.case.sheet = filling.reopen_sheet(
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
        _added(desk, stage.form, desk.purpose(stage.key))
    elif stage.form:
        excluded = {UUID(one) for one in desk.state.excluded} | desk.own_people()
        for member in desk.members:
            if member.pk not in excluded:
                _added(desk, stage.form, desk.purpose(stage.key, member.pk), member)


def _added(desk: "Desk", form: str, purpose: str, person: "Person | None" = None) -> "Sheet":
    found = forms.forms_visible_to(SYSTEM).get(pk=form)
    return filling.add_sheet(
        actor=SYSTEM,
        form=forms.newest_revision(found),
        owner_kind=OWNER,
        owner_id=desk.case.pk,
        purpose=purpose,
        unit_id=desk.case.unit_id,
        person=person,
        link=desk.link if purpose == APPLICATION else None,
    )
