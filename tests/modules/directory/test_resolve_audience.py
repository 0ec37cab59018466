from datetime import timedelta

import factory
import pytest
from django.utils import timezone

from modules.directory import selectors
from tests.factories.accounts import PersonFactory
from tests.factories.directory import GroupFactory, UnitFactory, UnitKindFactory

pytestmark = pytest.mark.django_db


def test_nobody_named_means_nobody():
    UnitFactory()
    PersonFactory()

    assert selectors.resolve_audience() == ([], [])


def test_a_unit_named_in_three_ways_is_meant_once():
    unit = UnitFactory()
    group = GroupFactory(units=[unit])

    found = selectors.resolve_audience(
        units=[unit.pk], kinds=[unit.kind.code], groups=[group.pk], all_units=True
    )

    assert found.units == [unit.pk]


def test_a_kind_means_its_units_alone():
    kindergarten = UnitFactory(kind=UnitKindFactory(code="przedszkole"))
    UnitFactory()

    assert selectors.resolve_audience(kinds=["przedszkole"]).units == [kindergarten.pk]


def test_a_group_means_its_units_and_its_people():
    unit, person = UnitFactory(), PersonFactory()
    UnitFactory()
    PersonFactory()
    group = GroupFactory(units=[unit], people=[person])

    assert selectors.resolve_audience(groups=[group.pk]) == ([unit.pk], [person.pk])


def test_an_excepted_unit_gets_nothing_however_it_is_named():
    kept, excepted = UnitFactory.create_batch(2)
    group = GroupFactory(units=[kept, excepted])

    found = selectors.resolve_audience(
        units=[excepted.pk],
        kinds=[excepted.kind.code],
        groups=[group.pk],
        all_units=True,
        except_units=[excepted.pk],
    )

    assert found.units == [kept.pk]


def test_a_closed_unit_and_a_closed_account_are_left_out():
    today = timezone.localdate()
    closed = UnitFactory(closed_on=today)
    closing = UnitFactory(closed_on=today + timedelta(days=1))
    gone = PersonFactory(is_active=False)

    found = selectors.resolve_audience(units=[closed.pk, closing.pk], people=[gone.pk])

    assert found == ([closing.pk], [])


def test_units_come_in_polish_order():
    names = ["SP nr 10", "SP nr 2", "Łuczniczka", "Ląd"]
    UnitFactory.create_batch(4, short_name=factory.Iterator(names))

    found = selectors.resolve_audience(all_units=True).units

    stored = {unit.pk: unit.short_name for unit in selectors.Unit.objects.all()}
    assert [stored[pk] for pk in found] == ["Ląd", "Łuczniczka", "SP nr 2", "SP nr 10"]


@pytest.mark.parametrize("count", [1, 30])
def test_an_audience_of_any_size_takes_two_queries(count, django_assert_num_queries):
    units, people = UnitFactory.create_batch(count), PersonFactory.create_batch(count)
    groups = [GroupFactory(units=[unit], people=people) for unit in units]

    with django_assert_num_queries(2):
        found = selectors.resolve_audience(
            units=[unit.pk for unit in units],
            kinds=["szkola-podstawowa"],
            groups=[group.pk for group in groups],
            people=[person.pk for person in people],
        )

    assert (len(found.units), len(found.people)) == (count, count)


def test_the_units_of_the_other_city_are_never_meant(in_south):
    with in_south():
        foreign = UnitFactory()
    own = UnitFactory()

    found = selectors.resolve_audience(units=[foreign.pk, own.pk], all_units=False)

    assert found.units == [own.pk]
