"""What one person proposes waits for a second one, who assigns roles in the whole city."""

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.permissions import Permission
from opium.registry import in_console
from todo.registry import Kind
from todo.services.waiting import Wait, settle

if TYPE_CHECKING:
    from accounts.models import Motion

DECIDE_MOTION = Kind(
    "accounts.decide_motion", "Potwierdzenie drugiej osoby", Permission.MANAGE_ROLES, in_person=True
)


@transaction.atomic(savepoint=False)
def motion_waits(motion: "Motion") -> None:
    """One row for everybody but the proposer while a decision is waited for, none afterwards."""
    if in_console():
        return
    excused = [who for who in (motion.proposer_id, motion.person_id) if who is not None]
    row = Wait(
        subject=("accounts.motion", motion.pk),
        code=DECIDE_MOTION.code,
        what="Potwierdź jako druga osoba albo odmów",
        title=motion.title,
        details=f"proponuje {motion.proposer.display_name}",
        url=f"/accounts/motions/{motion.pk}",
        excused=excused,
        ends_at=motion.expires_at,
    )
    settle(subject=row.subject, waits=[row] if motion.is_open else ())
