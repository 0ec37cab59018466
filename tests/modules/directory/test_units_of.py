from datetime import timedelta

import pytest
from django.utils import timezone

from modules.directory import selectors
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory, SectionFactory, UnitFactory

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

    assert list(selectors.units_of(person)) == [today.unit]


def test_a_closed_unit_is_nobodys():
    person = PersonFactory()
    MembershipFactory(person=person, unit=UnitFactory(closed_on=YESTERDAY))

    assert list(selectors.units_of(person)) == []


def test_two_positions_in_a_unit_are_one_unit():
    person, unit = PersonFactory(), UnitFactory()
    MembershipFactory(person=person, unit=unit, position="dyrektor")
    MembershipFactory(person=person, unit=unit, position="nauczyciel")

    assert list(selectors.units_of(person)) == [unit]
    assert list(selectors.people_of_units([unit.pk])) == [person]


def test_people_of_units_are_those_who_belong_today_and_have_an_account():
    unit = UnitFactory()
    member = MembershipFactory(person=PersonFactory(), unit=unit).person
    MembershipFactory(person=PersonFactory(), unit=unit, valid_to=YESTERDAY)
    MembershipFactory(person=PersonFactory(), unit=unit, valid_from=TOMORROW)
    MembershipFactory(person=PersonFactory(is_active=False), unit=unit)
    MembershipFactory(person=PersonFactory(), unit=UnitFactory())

    assert list(selectors.people_of_units([unit.pk])) == [member]


@pytest.mark.parametrize("count", [1, 30])
def test_people_of_any_number_of_units_take_one_query(count, django_assert_num_queries):
    units = UnitFactory.create_batch(count)
    for unit in units:
        MembershipFactory(person=PersonFactory(), unit=unit)

    with django_assert_num_queries(1):
        assert len(selectors.people_of_units([unit.pk for unit in units])) == count


def test_the_session_names_the_persons_units(api):
    membership = MembershipFactory(person=PersonFactory(), unit=UnitFactory(short_name="SP nr 31"))

    answer = api(membership.person).get("/api/v1/accounts/session/")

    assert answer.json()["units"] == [{"id": str(membership.unit_id), "short_name": "SP nr 31"}]
