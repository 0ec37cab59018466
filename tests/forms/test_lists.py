"""The lists of forms, dictionaries and tables promise what every list does."""

from functools import cached_property

import pytest

from forms import services
from forms.models import UnitTableRow
from forms.permissions import Permission
from opium.permissions import SYSTEM
from tests.factories import forms as made
from tests.factories.directory import UnitFactory
from tests.lists import ListTest, PagedTest

pytestmark = pytest.mark.django_db
COLUMNS = [services.TableColumn("kwota", "Kwota")]


class TestForms(PagedTest):
    route, permission, queries = "forms/forms/", Permission.VIEW_FORMS, 5
    filters = {"is_archived": ("false", "true"), "search": ("wniosek", "nie ma")}

    def make(self, number):
        return made.published()


class TestDictionaries(PagedTest):
    route, permission, queries = "forms/dictionaries/", Permission.MANAGE_DICTIONARIES, 6

    def make(self, number):
        return services.add_dictionary(actor=SYSTEM, key=f"slownik_{number}", name="Słownik")


class TestTables(PagedTest):
    route, permission, queries = "forms/tables/", Permission.MANAGE_DICTIONARIES, 5

    def make(self, number):
        return services.add_table(
            actor=SYSTEM, key=f"tabela_{number}", name="Tabela", columns=COLUMNS
        )


class TestRows(ListTest):
    route, permission = "forms/tables/{pk}/rows/", Permission.MANAGE_DICTIONARIES
    queries, closed, named = 9, 404, "unit_id"
    whole = {"page_size": 100}

    @cached_property
    def table(self):
        return services.add_table(actor=SYSTEM, key="tabela", name="Tabela", columns=COLUMNS)

    def address(self):
        return {"pk": self.table.pk}

    def make(self, number):
        return UnitTableRow.objects.create(
            table=self.table, unit_id=UnitFactory().pk, values={"kwota": "1"}
        )
