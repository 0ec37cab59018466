"""The lists of calls and of applications promise what every list does."""

from functools import cached_property

import pytest
from django.utils import timezone

from modules.applications.models import Recommendation
from modules.applications.permissions import Permission
from modules.applications.services import publish_call
from opium.permissions import SYSTEM
from procedures.permissions import Permission as Procedures
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.lists import ListTest, PagedTest, TakenTest

pytestmark = pytest.mark.django_db


class TestCalls(PagedTest):
    route, permission, queries = "applications/calls/", Permission.MANAGE_CALLS, 6
    filters = {
        "state": ("draft", "closed"),
        "year": (lambda call: str(call.year), "2001"),
        "procedure": (lambda call: str(call.procedure_id), "01a22ce2-3623-72f0-bf37-1adcded8c1bb"),
        "is_test": ("false", "true"),
        "search": ("granty", "nie ma"),
    }

    @cached_property
    def procedure(self):
        return procedures.published()

    def make(self, number):
        return made.draft(procedure=self.procedure)


class TestEditions(ListTest):
    """Of one call."""

    route, queries, closed = "applications/calls/{pk}/editions/", 6, 404

    @cached_property
    def reader(self):
        return made.clerk()

    @cached_property
    def call(self):
        UnitFactory()
        return made.published(is_test=True)

    def address(self):
        return {"pk": self.call.pk}

    def make(self, number):
        said = made.rules(made.window(days=40 + number))
        made.services.change_call(actor=SYSTEM, call=self.call, content={"rules": said})
        return publish_call(actor=SYSTEM, call=self.call).edition


class OfTheOffice:
    """Applications of one unit in one call, as the office sees them."""

    @cached_property
    def reader(self):
        return person_with(Permission.VIEW_CALLS, Procedures.VIEW_CASES)

    @cached_property
    def unit(self):
        return UnitFactory()

    @cached_property
    def head(self):
        return procedures.head_of(self.unit)

    @cached_property
    def call(self):
        assert self.unit
        return made.published()

    def make(self, number):
        return made.begun(self.call, self.head, self.unit)


class TestApplicationsOfACall(OfTheOffice, TakenTest):
    columns = ("due", "application")
    route, queries, closed = "applications/calls/{call_id}/applications/", 7, 404
    filters = {
        "standing": ("draft", "negative"),
        "stage": ("nabor", "ocena"),
        "round": ("tura", "inna"),
        "unit": (lambda one: str(one.unit_id), "01a22ce2-3623-72f0-bf37-1adcded8c1bb"),
        "side": ("applicant", "office"),
        "overdue": ("false", "true"),
        "search": ("grant", "nie ma"),
    }

    def address(self):
        return {"call_id": self.call.pk}

    @property
    def taken_at(self):
        return f"/api/v1/applications/calls/{self.call.pk}/applications/export/"


class TestRegister(OfTheOffice, TakenTest):
    """The applications of every call."""

    columns = ("granted", "year")
    route, queries, closed = "applications/register/", 6, 200
    filters = {
        "year": (lambda one: str(one.call.year), "2001"),
        "procedure": (
            lambda one: str(one.call.procedure_id),
            "01a22ce2-3623-72f0-bf37-1adcded8c1bb",
        ),
        "call": (lambda one: str(one.call_id), "01a22ce2-3623-72f0-bf37-1adcded8c1bb"),
        "unit": (lambda one: str(one.unit_id), "01a22ce2-3623-72f0-bf37-1adcded8c1bb"),
        "kind": (lambda one: one.unit.kind.code, "nie-ma"),
        "standing": ("draft", "negative"),
        "side": ("applicant", "office"),
        "overdue": ("false", "true"),
        "unsettled": ("false", "true"),
        "asked_from": ("0", "1"),
        "asked_to": ("0", "-1"),
        "granted_from": ("0", "1"),
        "granted_to": ("0", "-1"),
        "search": ("grant", "nie ma"),
    }


class TestOwnApplications(PagedTest):
    route, queries = "applications/own/", 9
    filters = {
        "standing": ("draft", "negative"),
        "call": (lambda one: str(one.call_id), "01a22ce2-3623-72f0-bf37-1adcded8c1bb"),
        "search": ("grant", "nie ma"),
    }

    @cached_property
    def unit(self):
        return UnitFactory()

    @cached_property
    def reader(self):
        return procedures.head_of(self.unit)

    @cached_property
    def call(self):
        assert self.unit
        return made.published()

    def make(self, number):
        return made.begun(self.call, self.reader, self.unit)


class TestScoring(ListTest):
    """Calls in which somebody scores: a row for each, however many applications there are."""

    route, queries, named = "applications/scoring/", 8, "call"

    @cached_property
    def reader(self):
        return procedures.officer("komisja")

    @cached_property
    def procedure(self):
        return procedures.published(
            [
                procedures.stage("nabor", "submission", "applicant"),
                procedures.stage("ocena", "scoring", "komisja", parameters={"points": "kwota"}),
                procedures.end(),
            ],
            [
                procedures.way("nabor", "submitted", "ocena"),
                procedures.way("ocena", "scored", "koniec"),
            ],
        )

    def id_of(self, row):
        return str(row.call_id)

    def make(self, number):
        assert self.reader
        unit = UnitFactory()
        return made.handed_in(made.published(self.procedure), procedures.head_of(unit), unit)


class TestOpenings(ListTest):
    route, queries = "applications/openings/", 9

    @cached_property
    def unit(self):
        return UnitFactory()

    @cached_property
    def reader(self):
        return procedures.head_of(self.unit)

    def make(self, number):
        assert self.unit
        return made.published()


class OfDividing:
    """What a call's money is divided by, as whoever divides it sees it."""

    @cached_property
    def reader(self):
        return person_with(Permission.DIVIDE_MONEY, Permission.VIEW_CALLS, Procedures.VIEW_CASES)

    @cached_property
    def call(self):
        UnitFactory()
        return made.published()

    def address(self):
        return {"call_id": self.call.pk}

    def scenario(self, number):
        said = {"order": [{"by": "kwota"}], "amount": {"way": "asked", "by": "kwota"}}
        return made.services.draft_scenario(
            actor=SYSTEM, call=self.call, name=f"Podział {number}", rules=said
        )


class TestScenarios(OfDividing, ListTest):
    route, queries, closed = "applications/calls/{call_id}/scenarios/", 6, 404

    def make(self, number):
        return self.scenario(number)


class TestRecommendations(OfDividing, ListTest):
    route, queries, closed = "applications/calls/{call_id}/recommendations/", 6, 404

    def make(self, number):
        edition = self.scenario(number).edition
        return Recommendation.objects.create(
            call=self.call,
            edition=edition,
            rows=[],
            total=0,
            made_at=timezone.now(),
            state=Recommendation.State.SENT_BACK,
            reason="Za dużo",
        )
