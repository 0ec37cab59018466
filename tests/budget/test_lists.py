"""The lists of pots and of their ledgers promise what every list does."""

from functools import cached_property
from uuid import uuid4

import pytest

from budget import services as budget
from budget.permissions import Permission
from opium.permissions import SYSTEM
from tests.factories import budget as made
from tests.lists import PagedTest, TakenTest

pytestmark = pytest.mark.django_db


class TestPots(TakenTest):
    columns = ("left", "pot")
    route, permission, queries = "budget/pots/", Permission.VIEW_POTS, 7
    by_code = {"code"}
    filters = {
        "year": (lambda pot: pot.year, "2031"),
        "code": (lambda pot: pot.code, "nie_ma"),
        "parent": (lambda pot: pot.parent_id, lambda _: uuid4()),
        "is_part": ("true", "false"),
        "search": ("część", "nie ma"),
    }

    def make(self, number):
        return made.part(made.pot("10.00"), "1.00")


class TestEntries(TakenTest):
    columns = ("amount", "at")
    route, permission = "budget/pots/{pot_id}/entries/", Permission.VIEW_POTS
    queries, closed = 6, 404
    filters = {
        "kind": ("granted", "returned"),
        "owner": (lambda entry: entry.owner_id, lambda _: uuid4()),
    }

    @cached_property
    def pot(self):
        return made.pot("1000.00")

    def address(self):
        return {"pot_id": self.pot.pk}

    @property
    def logged(self):
        return {"pot": str(self.pot.pk)}

    def make(self, number):
        made.book("grant", made.repair(), (self.pot, "1.00"))
        return self.pot.entries.order_by("pk").last()


class TestClassifications(PagedTest):
    route, permission, queries = "budget/classifications/", Permission.VIEW_POTS, 5
    by_code = {"chapter", "paragraph"}
    filters = {
        "year": ("2031", "2030"),
        "is_active": ("true", "false"),
        "search": ("ŻYWNOŚĆ 80101", "nie ma"),
    }

    def make(self, number):
        return budget.add_classification(
            actor=SYSTEM,
            year=2031,
            chapter="80101",
            paragraph=str(4210 + number),
            name="Zakup żywności i żywność",
        )
