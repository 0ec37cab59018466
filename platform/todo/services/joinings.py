"""Whoever is asked into a place has to say yes or no, in person."""

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.permissions import Permission
from opium.registry import in_console
from todo.registry import Kind
from todo.services.waiting import Wait, settle

if TYPE_CHECKING:
    from accounts.models import Joining

ANSWER_JOINING = Kind(
    "accounts.answer_joining",
    "Prośba o dołączenie",
    Permission.MANAGE_UNIT_PEOPLE,
    own_right=Permission.KEEP_OWN_ACCOUNT,
)


@transaction.atomic(savepoint=False)
def joining_waits(joining: "Joining") -> None:
    """One row for the person asked while the answer is waited for, none afterwards."""
    if in_console() or joining.person_id is None:
        return
    row = Wait(
        subject=("accounts.joining", joining.pk),
        code=ANSWER_JOINING.code,
        what="Zgódź się albo odmów",
        title=f"Prośba o dołączenie do: {joining.place}",
        details=f"prosi {joining.asker.display_name}",
        url=f"/accounts/joinings/{joining.pk}",
        person=joining.person_id,
        ends_at=joining.expires_at,
    )
    settle(subject=row.subject, waits=[row] if joining.is_open else ())
