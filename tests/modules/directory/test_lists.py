"""The directory's lists promise what every list does."""

from uuid import uuid4

import pytest

from modules.directory.permissions import Permission
from tests.factories.accounts import PersonFactory
from tests.factories.directory import (
    GroupFactory,
    MembershipFactory,
    RegisterEntryFactory,
    SectionFactory,
    UnitFactory,
    UnitKindFactory,
)
from tests.lists import ListTest, PagedTest, TakenTest

pytestmark = pytest.mark.django_db


class TestUnits(TakenTest):
    columns = ("email", "unit")
    route, permission = "directory/units/", Permission.VIEW_UNITS
    queries = 6  # city with two search paths, session, person, roles, units with kinds, entries
    filters = {
        "search": ("SP", "nie ma"),
        "kind": ("szkola-podstawowa", "przedszkole"),
        "group": (lambda unit: unit.groups.get().pk, lambda _: uuid4()),
        "is_open": ("true", "false"),
    }

    def make(self, number):
        unit = UnitFactory()
        RegisterEntryFactory.create_batch(2, unit=unit)
        GroupFactory(units=[unit])
        return unit


class TestGroups(PagedTest):
    route, permission, queries = "directory/groups/", Permission.VIEW_UNITS, 7
    filters = {"search": ("Grupa", "nie ma")}

    def make(self, number):
        return GroupFactory(units=[UnitFactory()], people=[PersonFactory()])


class TestPeople(PagedTest):
    route, permission, queries = "directory/people/", Permission.VIEW_UNITS, 6
    filters = {
        "search": ("Kowalska", "nie ma"),
        "group": (lambda person: GroupFactory(people=[person]).pk, lambda _: GroupFactory().pk),
        "ids": (lambda person: person.pk, lambda _: uuid4()),
    }

    def make(self, number):
        person = PersonFactory()
        MembershipFactory(person=person, unit=UnitFactory())
        return person


class TestKinds(ListTest):
    route, permission, queries = "directory/kinds/", Permission.VIEW_UNITS, 5
    closed = None

    def make(self, number):
        return UnitKindFactory(code=f"rodzaj-{number}", name=f"R {number}", name_plural=f"{number}")


class TestSections(ListTest):
    route, permission, queries = "directory/sections/", Permission.VIEW_UNITS, 5

    def make(self, number):
        return SectionFactory()
