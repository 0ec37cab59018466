"""Taking back what one has excluded oneself from by mistake."""

from django.db import transaction

from opium.errors import NotFound
from opium.permissions import Actor, require
from procedures import seating
from procedures.deeds import Deed
from procedures.desk import Desk, locked
from procedures.errors import ConflictKnown
from procedures.models import Event, Exclusion
from procedures.permissions import Permission
from procedures.selectors.reopening import own_conflicts
from procedures.services.entrusted import panels, recording
from procedures.services.steps import stages
from procedures.standing import Hat

TAKEN_BACK = "Członek komisji wycofał swoje wyłączenie"


@transaction.atomic
def take_back_conflict(*, actor: Actor, exclusion: Exclusion, reason: str) -> Event:
    """Score the matter after all: the actor has excluded themselves from it by mistake.

    Until the scoring is closed. Raises `NotFound` for another's exclusion, or one that is over, and
    `ConflictKnown` where it is known from data by now that they are too near to the matter.
    """
    require(actor, Permission.ACT_IN_CASE, exclusion.case)
    desk = Desk(locked(exclusion.case))
    found = own_conflicts(actor).filter(pk=exclusion.pk).first()
    if found is None:
        raise NotFound
    if seating.conflicts(desk.case, [found.person]):
        raise ConflictKnown
    found.lifted_in = desk.next_number
    found.save(update_fields=["lifted_in", "updated_at"])
    panels.excuse_excluded([desk.case.pk])
    stages.add_sheets(desk)
    stages.settle_waiting(desk)
    return recording.record(
        desk,
        actor,
        Deed.TAKE_BACK_CONFLICT,
        recording.Step(
            action="take_back_conflict",
            label=TAKEN_BACK,
            left=desk.stage,
            entered=None,
            hat=Hat(desk.stage.function),
            reason=reason.strip(),
        ),
    )
