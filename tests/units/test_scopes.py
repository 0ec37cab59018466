"""Where a role counts, which accounts ask of units."""

import pytest

from modules.directory import selectors
from modules.directory.permissions import Permission
from tests.factories.accounts import person_with
from tests.factories.directory import GroupFactory, SectionFactory, UnitFactory, UnitKindFactory

pytestmark = pytest.mark.django_db


def visible(scope_kind, place):
    person = person_with(Permission.VIEW_UNITS, scope_kind=scope_kind, scope_id=place.pk)
    return list(selectors.units_visible_to(person))


def test_a_role_in_a_unit_reaches_that_unit():
    unit, _ = UnitFactory(), UnitFactory()

    assert visible("unit", unit) == [unit]


def test_a_role_in_a_group_reaches_the_units_of_the_group():
    unit, _ = UnitFactory(), UnitFactory()
    GroupFactory(units=[_])

    assert visible("group", GroupFactory(units=[unit])) == [unit]


def test_a_role_in_a_kind_reaches_the_units_of_the_kind():
    kind = UnitKindFactory(code="przedszkole")
    unit, _ = UnitFactory(kind=kind), UnitFactory()

    assert visible("kind", kind) == [unit]


def test_a_role_in_a_section_reaches_the_section_and_no_unit():
    section, other = SectionFactory(), SectionFactory()
    UnitFactory()
    clerk = person_with(Permission.VIEW_UNITS, scope_kind="section", scope_id=section.pk)

    assert list(selectors.units_visible_to(clerk)) == []
    assert clerk.allows(Permission.VIEW_UNITS, section)
    assert not clerk.allows(Permission.VIEW_UNITS, other)
