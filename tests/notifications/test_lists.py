"""The bell promises what every list does."""

from uuid import uuid4

import pytest

from notifications.models import Notification
from tests.lists import PagedTest

pytestmark = pytest.mark.django_db


class TestNotifications(PagedTest):
    route, queries = "notifications/", 5

    def make(self, number):
        return Notification.objects.create(
            person=self.reader,
            kind="messaging.message",
            subject_id=uuid4(),
            title="Nowa wiadomość",
            url="/messaging/inbox/7",
        )
