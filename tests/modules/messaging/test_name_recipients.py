"""Recipients are called as people call them, not by bare numbers of units and people."""

import pytest

from modules.messaging.selectors.naming import named_recipients
from tests.factories.accounts import PersonFactory
from tests.factories.directory import UnitFactory, UnitKindFactory

pytestmark = pytest.mark.django_db


def some(code, count, position):
    kind = UnitKindFactory(code=code, position=position)
    return [one.pk for one in UnitFactory.create_batch(count, kind=kind)]


def words(units, people=0):
    named = named_recipients(units, [one.pk for one in PersonFactory.create_batch(people)])
    return named.alone, named.after_do


def test_one_is_called_by_its_name(city):
    unit = UnitFactory(short_name="SP 1")
    person = PersonFactory(first_name="Ewa", last_name="Lis")
    assert words([unit.pk]) == ("SP 1", "SP 1")
    assert named_recipients([], [person.pk]).alone == "Ewa Lis"
    assert words([]) == ("", "")


def test_many_are_called_by_their_kinds(city):
    nurseries, schools = some("przedszkole", 5, 1), some("szkola-podstawowa", 2, 2)
    assert words(nurseries) == ("5 przedszkoli", "5 przedszkoli")
    assert words([*schools, nurseries[0]]) == (
        "1 przedszkole i 2 szkoły podstawowe",
        "1 przedszkola i 2 szkół podstawowych",
    )
    assert words([*nurseries, *schools], people=2) == (
        "5 przedszkoli, 2 szkoły podstawowe i 2 osoby",
        "5 przedszkoli, 2 szkół podstawowych i 2 osób",
    )


def test_kinds_that_the_city_named_itself_are_units(city):
    assert words(some("zlobek", 3, 1)) == ("3 jednostki", "3 jednostek")


@pytest.mark.parametrize("count", [2, 20])
def test_naming_is_one_query_for_any_number(city, count, django_assert_num_queries):
    units = some("przedszkole", count, 1)
    with django_assert_num_queries(1):
        named_recipients(units, [])
