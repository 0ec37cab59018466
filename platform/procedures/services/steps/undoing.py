"""Undoing the last step, by whoever made it, while nobody has acted since: a step of its own."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db import transaction

from forms.registry import SHEET
from forms.selectors import sheets_of
from forms.services import entrusted
from opium.errors import FieldError
from opium.permissions import SYSTEM, Actor
from procedures import registry
from procedures.deeds import Deed
from procedures.definition import Stage
from procedures.desk import Desk, locked
from procedures.errors import (
    ActionIncomplete,
    CaseChangedMeanwhile,
    NothingToUndo,
    NotYourPart,
)
from procedures.kinds import CHAIR, KINDS
from procedures.models import Case, Event, Exclusion, Opinion, Vote
from procedures.selectors.case_list import last_event, obstacle_to_undoing, still_has_the_part
from procedures.selectors.reopening import may_reopen, obstacle_to_reopening
from procedures.services.entrusted import panels, recording
from procedures.services.steps import money, stages, telling
from procedures.standing import Hat
from procedures.waits import OWNER
from todo import services as todo

if TYPE_CHECKING:
    from django.db.models import Field

    from forms.models import Sheet

STARTING = frozenset(code for code, kind in KINDS.items() if kind.starts)
NOTHING = "Nie ma kroku, który można cofnąć."
REOPENED = "Otwarto ocenę ponownie"
TAKEN_BACK = "Cofnięto złożenie. Możesz zmienić odpowiedzi i złożyć je ponownie."


@transaction.atomic
def undo(*, actor: Actor, case: Case, version: int | None = None) -> Event:
    """Take back the last step of the case, which this actor has made and could make now.

    The case stands as it stood before, with its deadline, votes and those it waited for; the step
    and its undoing stay in the log. What was submitted stays a version and is open again. Raises
    `NothingToUndo` with the reason, `NotYourPart`, `CaseChangedMeanwhile`, and the budget's
    `PotOverdrawn` where somebody else has got the money meanwhile.
    """
    desk = Desk(locked(case))
    if version is not None and version != desk.case.version:
        raise CaseChangedMeanwhile(story=recording.story(desk.case))
    last = last_event(desk.case)
    if last is None or (sentence := obstacle_to_undoing(actor, last)):
        raise NothingToUndo(sentence=sentence if last else NOTHING)
    if not still_has_the_part(actor, last, desk.look()):
        raise NotYourPart(who=last.function or desk.procedure.function_name(last.part))
    _require_taken_again(desk, last)
    left = desk.stage
    _take_back(desk, last, by=actor)
    step = _undoing(desk, last, left)
    event = recording.record(desk, actor, Deed.UNDO, step)
    telling.tell_later(event)
    return event


@transaction.atomic
def reopen_scoring(*, actor: Actor, case: Case, reason: str, version: int | None = None) -> Event:
    """Let members change their scores again, since the closing was a mistake; the scores stay.

    By whoever could close it now, whoever did; while nothing has come of it. The case stands as it
    stood before it was closed. Raises `NothingToUndo` with the reason, `NotYourPart`,
    `ActionIncomplete` without a reason, `CaseChangedMeanwhile`.
    """
    desk = Desk(locked(case))
    if version is not None and version != desk.case.version:
        raise CaseChangedMeanwhile(story=recording.story(desk.case))
    last = last_event(desk.case)
    if last is None or (sentence := obstacle_to_reopening(last)):
        raise NothingToUndo(sentence=sentence if last else NOTHING)
    if not may_reopen(actor, last, desk.look()):
        raise NotYourPart(who=last.function or desk.procedure.function_name(last.part))
    intake = registry.intake_of(desk.case.intake)
    if intake is not None and (sentence := intake.obstacle_to_reopen(desk.case)):
        raise NothingToUndo(sentence=sentence)
    if not reason.strip():
        why = FieldError("reason", "Podaj powód, dla którego otwierasz ocenę ponownie.")
        raise ActionIncomplete(errors=[why])
    left = desk.stage
    _take_back(desk, last, by=actor)
    step = replace(
        _undoing(desk, last, left),
        action="reopen_scoring",
        label=REOPENED,
        hat=Hat(CHAIR if last.part == CHAIR else last.part),
        reason=reason.strip(),
    )
    event = recording.record(desk, actor, Deed.REOPEN_SCORING, step)
    telling.tell_later(event)
    return event


def _take_back(desk: Desk, last: Event, *, by: Actor) -> None:
    """Let the case stand where it stood before its last step."""
    _require_place_to_return(desk)
    _restore(desk.case, last.before["case"])
    _restore_rows(desk, last.number)
    money.take_back(desk, last.number, by=by)
    _restore_sheets(desk, last.before)
    stages.settle_waiting(desk)
    desk.case.ball_since = _restored("ball_since", last.before["case"]["ball_since"])


def _undoing(desk: Desk, last: Event, left: Stage) -> recording.Step:
    return recording.Step(
        action="undo",
        label=f"Cofnięto: {last.label}",
        left=left,
        entered=desk.stage if last.to_stage else None,
        hat=Hat(last.part, last.in_place_of),
        undoes=last,
    )


def _require_taken_again(desk: Desk, last: Event) -> None:
    """Leave an application handed in where nobody would take it a second time."""
    intake = registry.intake_of(desk.case.intake)
    is_submission = last.before["case"]["stage_kind"] in STARTING and last.sheet_version is not None
    if intake is None or not is_submission:
        return
    if sentence := intake.obstacle(desk.case, desk.now):
        raise NothingToUndo(
            sentence="Nie można cofnąć złożenia, bo wniosku nie dałoby się złożyć ponownie. "
            f"{sentence}"
        )


def _require_place_to_return(desk: Desk) -> None:
    """Leave ended what its intake would not count among the others, such as past a limit."""
    intake = registry.intake_of(desk.case.intake)
    if intake is None or desk.case.is_open:
        return
    if sentence := intake.obstacle_to_return(desk.case):
        raise NothingToUndo(sentence=f"Tego kroku nie można cofnąć. {sentence}")


def _restore(case: Case, kept: dict[str, Any]) -> None:
    for name, value in kept.items():
        setattr(case, name, _restored(name, value))


def _restored(name: str, value: Any) -> Any:
    if name == "authors":
        return [UUID(one) for one in value]
    return cast("Field[Any, Any]", Case._meta.get_field(name.removesuffix("_id"))).to_python(value)


def _restore_rows(desk: Desk, number: int) -> None:
    """Bring back what the event has taken away, and take away what it has brought."""
    case, now, undoing = desk.case, desk.now, desk.next_number
    todo.take_back(subject=(OWNER, case.pk), step=number, by_step=undoing)
    if case.sheet_id is not None:
        todo.take_back(subject=(SHEET, case.sheet_id), step=number, by_step=undoing)
    votes = Vote.objects.filter(case=case)
    votes.filter(cast_in=number, is_valid=True).update(
        is_valid=False, cancelled_in=undoing, updated_at=now
    )
    cancelled = votes.filter(cancelled_in=number).exclude(cast_in=number)
    cancelled.update(is_valid=True, cancelled_in=None, updated_at=now)
    asked = Opinion.objects.filter(case=case)
    asked.filter(asked_in=number).update(revoked_at=now, revoked_in=undoing, updated_at=now)
    asked.filter(revoked_in=number).update(revoked_at=None, revoked_in=None, updated_at=now)
    asked.filter(answered_in=number).update(
        answered_at=None, answered_by=None, answered_in=None, verdict="", answer="", updated_at=now
    )
    lifted = Exclusion.objects.filter(case=case, excluded_in=number)
    if lifted.update(lifted_in=undoing, updated_at=now):
        panels.excuse_excluded([case.pk])


def _restore_sheets(desk: Desk, before: dict[str, Any]) -> None:
    """What the step has submitted or withdrawn is open again, as far as it was open."""
    changed: dict[str, dict[str, Any] | None] = before["sheets"]
    sheet = desk.case.sheet
    if before.get("reopened") is not None and sheet is not None:
        desk.case.sheet = entrusted.take_back_correction(actor=SYSTEM, sheet=sheet)
    if not changed:
        return
    for sheet in sheets_of(OWNER, [desk.case.pk]).filter(pk__in=list(changed)):
        asked = changed[str(sheet.pk)] or {}
        reopened = _reopened(sheet, asked)
        if desk.case.sheet_id == sheet.pk:
            desk.case.sheet = reopened


def _reopened(sheet: "Sheet", asked: dict[str, Any]) -> "Sheet":
    return entrusted.reopen_sheet(
        actor=SYSTEM,
        sheet=sheet,
        sections=asked.get("sections"),
        sentence=asked.get("sentence") or TAKEN_BACK,
    )
