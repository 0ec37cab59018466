"""Moving a running case to another revision of its procedure."""

from typing import TYPE_CHECKING

from django.db import transaction

from opium.permissions import Actor, require
from procedures.deeds import Deed
from procedures.desk import Desk
from procedures.errors import StageUnknown
from procedures.kinds import KINDS
from procedures.permissions import Permission
from procedures.services.entrusted import recording
from procedures.services.steps import money, stages, telling
from procedures.standing import Hat

if TYPE_CHECKING:
    from procedures.models import Case, Event, ProcedureRevision


@transaction.atomic
def move_case(
    *, actor: Actor, case: "Case", revision: "ProcedureRevision", stage_key: str | None
) -> "Event":
    """Let the case go on by the revision: in its stage as it stands, or entering another anew.

    Without `stage_key` it keeps its round, its votes and its deadline; on whom it waits follows
    the revision. The caller holds the case locked. Raises `StageUnknown`.
    """
    require(actor, Permission.MANAGE_PROCEDURES, case)
    old = Desk(case)
    before = {"case": recording.snapshot(case), "sheets": {}}
    left = old.stage
    case.revision = revision
    desk = Desk(case)
    stage = desk.procedure.stage_by_key.get(stage_key or case.stage)
    if stage is None:
        raise StageUnknown(stage=stage_key or case.stage)
    if stage_key is None:
        case.stage_name, case.public_name = stage.name, stage.public_name or stage.name
        case.stage_kind = stage.kind
        if not KINDS[stage.kind].ends:
            stages.add_sheets(desk)
        stages.settle_waiting(desk)
    else:
        stages.close_waiting(desk)
        stages.enter(desk, stage)
        money.moved(desk, by=actor)
    event = recording.record(
        desk,
        actor,
        Deed.MOVE_CASE,
        recording.Step(
            action="move",
            label=f"Przeniesiono na wydanie {revision.number}",
            left=left,
            entered=stage if stage_key is not None else None,
            hat=Hat(""),
            before=before,
        ),
    )
    telling.tell_later(event)
    return event
