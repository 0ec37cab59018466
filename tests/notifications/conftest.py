from uuid import uuid4

import pytest

from notifications import registry
from notifications.registry import Kind
from notifications.services import News


@pytest.fixture
def award(monkeypatch):
    """A kind of news of another module than messaging, whose news wait for the digest."""
    kind = Kind("directory.award", "Nagroda", "Jednostka dostała nagrodę.", default="digest")
    monkeypatch.setitem(registry._kinds, kind.key, kind)
    return kind


def news(person, subject_id=None, **changes):
    return News(
        **{
            "person": person,
            "kind": "messaging.message",
            "subject_id": subject_id or uuid4(),
            "title": "Nowa wiadomość: Obiady",
            "url": "/messaging/inbox/7",
            "letter_subject": "Nowa wiadomość",
            "letter_body": "Wiadomość czeka:",
            **changes,
        }
    )
