"""The log promises what every list does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.deeds import Deed
from accounts.permissions import Permission as Accounts
from audit import services
from audit.permissions import Permission
from tests.factories.accounts import PersonFactory
from tests.lists import TakenTest

pytestmark = pytest.mark.django_db


class TestEntries(TakenTest):
    columns = ("what", "at")
    route, permission, queries, closed = "audit/entries/", Permission.VIEW_LOG, 5, 403
    named = "target_label"
    filters = {
        "search": (lambda entry: entry.target_label, "nie ma"),
        "actor": (lambda entry: entry.actor_id, lambda _: uuid4()),
        "target": (lambda entry: entry.target_id, lambda _: uuid4()),
        "deed": ("accounts.add_person", "accounts.close_account"),
        "right": ("accounts.manage_people", "accounts.view_rights"),
        "outcome": ("done", "refused"),
        "since": (
            lambda _: timezone.localdate(),
            lambda _: timezone.localdate() + timedelta(days=1),
        ),
        "until": (
            lambda _: timezone.localdate(),
            lambda _: timezone.localdate() - timedelta(days=1),
        ),
    }

    def make(self, number):
        person = PersonFactory(last_name=uuid4().hex)
        return services.record(
            actor=self.reader,
            deed=Deed.ADD_PERSON,
            right=Accounts.MANAGE_PEOPLE,
            target=person,
        )
