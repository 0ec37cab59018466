from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory, SectionFactory, UnitFactory
from units.selectors import units_of

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)
TOMORROW = timezone.localdate() + timedelta(days=1)


def test_a_person_belongs_to_units_from_the_first_day_to_the_last():
    person = PersonFactory()
    today = MembershipFactory(
        person=person,
        unit=UnitFactory(),
        valid_from=timezone.localdate(),
        valid_to=timezone.localdate(),
    )
    MembershipFactory(person=person, unit=UnitFactory(), valid_to=YESTERDAY)
    MembershipFactory(person=person, unit=UnitFactory(), valid_from=TOMORROW)
    MembershipFactory(person=person, section=SectionFactory())
    MembershipFactory(person=PersonFactory(), unit=UnitFactory())

    assert list(units_of(person.pk)) == [today.unit]


def test_a_closed_unit_is_nobodys():
    person = PersonFactory()
    MembershipFactory(person=person, unit=UnitFactory(closed_on=YESTERDAY))

    assert list(units_of(person.pk)) == []


def test_two_positions_in_a_unit_are_one_unit():
    person, unit = PersonFactory(), UnitFactory()
    MembershipFactory(person=person, unit=unit, position="dyrektor")
    MembershipFactory(person=person, unit=unit, position="nauczyciel")

    assert list(units_of(person.pk)) == [unit]


def test_the_session_names_the_persons_units(api):
    membership = MembershipFactory(person=PersonFactory(), unit=UnitFactory(short_name="SP nr 31"))

    answer = api(membership.person).get("/api/v1/accounts/session/")

    assert answer.json()["units"] == [{"id": str(membership.unit_id), "short_name": "SP nr 31"}]
