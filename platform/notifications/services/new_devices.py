"""Telling people that somebody has signed in to their account with an unknown browser."""

from typing import TYPE_CHECKING

from notifications.registry import Kind
from notifications.services.telling import News, notify
from opium.registry import in_console

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Person

NEW_DEVICE = Kind(
    "accounts.new_device",
    "Logowanie z nowego urządzenia",
    "Gdy ktoś zaloguje się na Twoje konto w przeglądarce, której jeszcze nie znamy.",
)


def tell_new_device(person: "Person", news: "UUID", subject: str, body: str) -> bool:
    """Tell the person as they have chosen; whether it is told here, for operators have no bell."""
    if in_console():
        return False
    notify(
        [
            News(
                person=person,
                kind=NEW_DEVICE.key,
                subject_id=news,
                title="Zalogowano się na Twoje konto z nowego urządzenia",
                url="/accounts/me",
                letter_subject=subject,
                letter_body=body,
            )
        ]
    )
    return True
