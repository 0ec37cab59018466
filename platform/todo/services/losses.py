"""Somebody who has lost the second factor waits for whoever keeps the city's accounts."""

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.permissions import Permission
from opium.registry import in_console
from todo.registry import Kind
from todo.services.waiting import Wait, settle

if TYPE_CHECKING:
    from accounts.models import Person

DECIDE_LOSS = Kind(
    "accounts.decide_factor_loss",
    "Utrata drugiego składnika",
    Permission.MANAGE_PEOPLE,
    in_person=True,
)


@transaction.atomic(savepoint=False)
def factor_loss_waits(person: "Person", waits: bool) -> None:  # noqa: FBT001  # a registry's hearer
    """One row for the person while the loss waits for a decision, none afterwards."""
    if in_console():
        return
    row = Wait(
        subject=("accounts.person", person.pk),
        code=DECIDE_LOSS.code,
        what="Zdecyduj, czy usunąć drugi składnik",
        title=f"Konto: {person.display_name}",
        details="zgłoszenie przez odnośnik z listu, przy ustawianiu nowego hasła",
        url=f"/accounts/people/{person.pk}",
    )
    settle(subject=row.subject, waits=[row] if waits else ())
