"""What a newer edition proposes for a role waits for whoever keeps the city's roles."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from accounts.permissions import Permission
from opium.polish import plural
from todo.registry import Kind
from todo.services.waiting import Wait, settle

if TYPE_CHECKING:
    from accounts.models import Role

ANSWER_PROPOSAL = Kind(
    "accounts.answer_proposal",
    "Propozycja uprawnień dla roli",
    Permission.MANAGE_ROLES,
    in_person=True,
)


@transaction.atomic(savepoint=False)
def proposal_waits(role: "Role", proposed: Sequence[str]) -> None:
    """One row for the role while something is proposed for it, none when the city has decided."""
    count = plural(len(proposed), "uprawnienie", "uprawnienia", "uprawnień")
    row = Wait(
        subject=("accounts.role", role.pk),
        code=ANSWER_PROPOSAL.code,
        what="Zdecyduj o uprawnieniach, które proponuje nowe wydanie",
        title=f"Rola „{role.name}”",
        details=f"nowe wydanie proponuje {count}",
        url=f"/accounts/roles/{role.pk}",
    )
    settle(subject=row.subject, waits=[row] if proposed else ())
