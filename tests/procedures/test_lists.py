"""The lists of cases and of what they are made from promise what every list does."""

import io
from functools import cached_property
from uuid import uuid4

import docx
import pytest

from procedures.models import CaseClass
from procedures.permissions import Permission
from procedures.services import correspondence
from tests.factories import procedures as made
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import uploaded_and_read
from tests.lists import ListTest, PagedTest, TakenTest

pytestmark = pytest.mark.django_db


def as_closed(case):
    """Nothing but a closed case has a meaning."""
    made.perform(case, made.officer("referent"), "rejected", reason="Nie spełnia warunków.")
    type(case).objects.filter(pk=case.pk).update(meaning="positive")
    return "positive"


class TestCases(TakenTest):
    columns = ("due", "case")
    route, permission, queries = "procedures/cases/", Permission.VIEW_CASES, 6
    by_code = {"sign"}
    filters = {
        "search": ("teatr", "nie ma"),
        "procedure": (lambda case: case.procedure_id, lambda _: uuid4()),
        "unit": (lambda case: case.unit_id, lambda _: uuid4()),
        "stage": ("ocena", "nabor"),
        "side": ("office", "applicant"),
        "mine": ("true", "false"),
        "overdue": ("false", "true"),
        "state": ("open", "closed"),
        "meaning": (as_closed, "negative"),
    }

    @cached_property
    def reader(self):
        return made.officer("referent")

    @cached_property
    def procedure(self):
        return made.published()

    def make(self, number):
        unit = UnitFactory()
        case = made.opened(self.procedure, made.head_of(unit), unit, title="Teatr")
        made.answered(case, tytul="Teatr")
        return made.perform(case, case.opened_by, "submitted")


class TestEvents(ListTest):
    """Of one case, in their order."""

    route, permission, queries = "procedures/cases/{pk}/events/", Permission.VIEW_CASES, 7
    closed, named = 404, "reason"

    @cached_property
    def case(self):
        unit = UnitFactory()
        return made.opened(made.published(), made.head_of(unit), unit)

    def address(self):
        return {"pk": self.case.pk}

    def make(self, number):
        last = self.case.events.order_by("number").last()
        last.pk, last.number, last.reason = uuid4(), last.number + 1, uuid4().hex
        last.save(force_insert=True)
        return last


class TestProcedures(PagedTest):
    route, permission, queries = "procedures/procedures/", Permission.MANAGE_PROCEDURES, 5
    filters = {"archived": ("false", "true"), "search": ("grant", "nie ma")}

    def make(self, number):
        return made.published()


class TestClasses(PagedTest):
    route, permission, closed = "procedures/classes/", Permission.MANAGE_CLASSES, 403
    queries = 5
    by_code = {"symbol", "unit_symbol"}
    filters = {"search": ("DOTACJE wes", "nie ma")}

    def make(self, number):
        return CaseClass.objects.create(
            unit_symbol="WES", symbol=f"4424{number}", name="Dotacje na książki"
        )


class TestTemplates(PagedTest):
    route, permission = "procedures/letter-templates/", Permission.MANAGE_LETTERS
    queries = 6
    filters = {"search": ("WEZWANIE", "nie ma")}

    def make(self, number):
        author = person_with(Permission.MANAGE_LETTERS)
        content = io.BytesIO()
        docx.Document().save(content)
        purpose = correspondence.NEW
        file = uploaded_and_read(author, "wzor.docx", content.getvalue(), purpose)
        return correspondence.add_template(
            actor=author, key=f"wzor_{number}", name="Wezwanie do uzupełnienia", file=file.pk
        )
