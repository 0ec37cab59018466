"""Telling those who keep the city's roles that a newer edition proposes rights for one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import uuid5

from accounts import selectors as accounts
from accounts.permissions import Permission
from accounts.scopes import CITY
from notifications.registry import Kind
from notifications.services.telling import News, notify
from opium.permissions import SYSTEM

if TYPE_CHECKING:
    from accounts.models import Role

PROPOSED = Kind(
    "accounts.proposal",
    "Propozycja uprawnień dla roli",
    "Nowe wydanie OPIUM proponuje uprawnienia roli, którą miasto zmieniło.",
)


def tell_proposal(role: "Role", proposed: Sequence[str]) -> None:
    """Tell everybody who manages roles in the whole city, once of each set of proposed rights."""
    if not proposed:
        return
    sentence = f"Nowe wydanie proponuje uprawnienia roli „{role.name}”"
    subject = uuid5(role.pk, " ".join(proposed))
    holdings = accounts.who_may(SYSTEM, Permission.MANAGE_ROLES, (CITY, None))
    notify(
        News(
            person=one.person,
            kind=PROPOSED.key,
            subject_id=subject,
            title=sentence,
            url=f"/accounts/roles/{role.pk}",
            letter_subject=sentence,
            letter_body=(
                f"{sentence}. Ta rola była zmieniana w Twoim mieście, więc nic nie dodało się samo:"
                " zdecyduj, czy osoby, które ją mają, dostaną te uprawnienia.\n\nNa stronie:"
            ),
        )
        for one in holdings
    )
