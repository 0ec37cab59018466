"""Ending a case whose own record is taken back, whoever it waits for."""

from typing import TYPE_CHECKING

from opium.permissions import Actor
from procedures.deeds import Deed
from procedures.desk import Desk, locked
from procedures.errors import ActionNotAvailable
from procedures.kinds import KINDS
from procedures.models import Case
from procedures.services.entrusted import effects, recording
from procedures.services.steps import money, stages, telling
from procedures.standing import Hat

if TYPE_CHECKING:
    from procedures.definition import Stage
    from procedures.models import Event


def withdraw_subject(actor: Actor, case: Case, *, label: str, reason: str) -> "Event | None":
    """End the case on its procedure's negative end and let its record's module settle that.

    In the caller's transaction, by the right that the caller has asked for. None, and nothing
    happens, where somebody has ended it meanwhile. Raises `ActionNotAvailable` where the procedure
    has no such end.
    """
    desk = Desk(locked(case))
    if not desk.case.is_open:
        return None
    left, target = desk.stage, _end(desk)
    before = recording.snapshot(desk.case)
    stages.leave(desk, target)
    stages.enter(desk, target)
    money.entered(desk, before["entered"], by=actor, reason=reason)
    event = recording.record(
        desk,
        actor,
        Deed.WITHDRAW_SUBJECT,
        recording.Step(
            action="withdraw_subject",
            label=label,
            left=left,
            entered=target,
            hat=Hat(""),
            reason=reason,
            before={"case": before, "sheets": {}},
        ),
    )
    effects.close_subject(actor, desk.case, event)
    telling.tell_later(event)
    return event


def _end(desk: Desk) -> "Stage":
    for stage in desk.procedure.stages:
        kind = KINDS[stage.kind]
        if kind.ends and kind.meaning(stage) == Case.Meaning.NEGATIVE:
            return stage
    raise ActionNotAvailable(sentence="Procedura tej sprawy nie ma negatywnego zakończenia.")
