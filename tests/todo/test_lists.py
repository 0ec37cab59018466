"""The desk's list promises what every list does."""

from uuid import uuid4

import pytest

from modules.messaging.permissions import Permission
from tests.lists import PagedTest
from todo import services

pytestmark = pytest.mark.django_db


class TestWaiting(PagedTest):
    """Each waits for the reader in person."""

    route, permission, queries = "todo/waiting/", Permission.SEND_MESSAGE, 8
    filters = {
        "module": ("messaging", "procedures"),
        "code": ("messaging.correct", "messaging.chase"),
        "group": ("later", "overdue"),
        "search": ("ankieta", "nie ma"),
    }

    def make(self, number):
        wait = services.Wait(
            subject=("messaging.message", uuid4()),
            code="messaging.correct",
            what="Popraw",
            title="Ankieta",
            url="/messaging/drafts",
            person=self.reader.pk,
        )
        return services.wait([wait])[0]
