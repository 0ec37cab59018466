"""The lists of messages promise what every list does."""

from functools import cached_property
from uuid import uuid4

import pytest
from django.utils import timezone

from modules.messaging import services
from modules.messaging.models import Delivery, Merge
from modules.messaging.permissions import Permission
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory
from tests.factories.directory import SectionFactory, UnitFactory
from tests.factories.messaging import TEXT_ONLY, clerk, sent
from tests.lists import ListTest, PagedTest, TakenTest

pytestmark = pytest.mark.django_db


class TestMessages(PagedTest):
    route, queries = "messaging/messages/", 5
    filters = {
        "state": ("sent", "draft"),
        "mine": ("true", "false"),
        "search": ("ankieta", "nie ma"),
    }

    @cached_property
    def reader(self):
        return clerk()

    def make(self, number):
        return sent(self.reader, [UnitFactory()])


class TestDeliveries(TakenTest):
    """The sender's page of one message."""

    columns = ("opened", "recipient")
    route, queries, closed = "messaging/messages/{message_id}/deliveries/", 6, 404
    filters = {"status": ("silent", "answered"), "search": ("SP", "nie ma")}

    @cached_property
    def reader(self):
        return clerk()

    @cached_property
    def message(self):
        return sent(self.reader, people=[PersonFactory()], answer_request=TEXT_ONLY)

    def address(self):
        return {"message_id": self.message.pk}

    @property
    def taken_at(self):
        return f"/api/v1/messaging/messages/{self.message.pk}/export/"

    def make(self, number):
        return Delivery.objects.create(
            message=self.message, unit=UnitFactory(), delivered_at=timezone.now()
        )


class TestInbox(PagedTest):
    route, queries = "messaging/inbox/", 5
    filters = {
        "search": ("ankieta", "nie ma"),
        "unread": ("true", "false"),
        "waiting": ("true", "false"),
    }

    def make(self, number):
        message = sent(clerk(), people=[self.reader], answer_request=TEXT_ONLY)
        return message.deliveries.get()


class TestRules(PagedTest):
    route, permission = "messaging/acceptance-rules/", Permission.SET_ACCEPTANCE
    queries, closed = 5, 403
    by_code = {"audience"}

    def make(self, number):
        return services.set_rule(
            actor=SYSTEM, section=SectionFactory(), audience="people", chain="none"
        )


class TestMerges(ListTest):
    """Of one message."""

    route, queries, closed = "messaging/messages/{pk}/merges/", 6, 404

    @cached_property
    def reader(self):
        return clerk()

    @cached_property
    def message(self):
        return sent(self.reader, people=[PersonFactory()], answer_request=TEXT_ONLY)

    def address(self):
        return {"pk": self.message.pk}

    def make(self, number):
        return Merge.objects.create(
            message=self.message, state="failed", failure=uuid4().hex, started_by=self.reader
        )
