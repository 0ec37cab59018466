from uuid import uuid4

import pytest

from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory, RegisterEntryFactory, UnitFactory
from units.selectors import UNIT_LABELS, unit_facts, units_named

pytestmark = pytest.mark.django_db


def test_a_unit_is_told_by_its_name_address_number_and_head(city):
    unit = UnitFactory(short_name="SP nr 7", flat="2", nip="5540000000", phone="52 111 22 33")
    RegisterEntryFactory(unit=unit, rspo="999")
    RegisterEntryFactory(unit=unit, rspo="12345", is_main=True)
    deputy, head = PersonFactory(), PersonFactory(first_name="Maria", last_name="Wójcik")
    MembershipFactory(unit=unit, person=deputy, position="wicedyrektor")
    MembershipFactory(unit=unit, person=head, position="Dyrektor szkoły")

    facts = unit_facts([unit.pk, uuid4()])

    assert list(facts) == [unit.pk]
    assert list(facts[unit.pk]) == list(UNIT_LABELS)
    told = {key: facts[unit.pk][key] for key in ("short_name", "kind", "kind_name", "rspo", "head")}
    assert told == {
        "short_name": "SP nr 7",
        "kind": "szkola-podstawowa",
        "kind_name": "Szkoła podstawowa",
        "rspo": "12345",
        "head": "Maria Wójcik",
    }
    assert facts[unit.pk]["address"] == "ul. Gdańska 1/2, 85-006 Bydgoszcz"


def test_a_table_finds_a_unit_by_its_number_or_short_name(city):
    unit = UnitFactory(short_name="SP nr 7")
    RegisterEntryFactory(unit=unit, rspo="12345")

    assert units_named(["sp nr 7", "12345", "SP nr 70"]) == {
        "sp nr 7": unit.pk,
        "12345": unit.pk,
    }


def test_the_other_citys_units_are_not_told(city, in_south):
    with in_south():
        theirs = UnitFactory(short_name="SP nr 7")

    assert unit_facts([theirs.pk]) == {}


@pytest.mark.parametrize("units", [1, 20])
def test_facts_cost_as_many_queries_for_one_unit_as_for_many(
    city, units, django_assert_num_queries
):
    ids = [unit.pk for unit in UnitFactory.create_batch(units)]

    with django_assert_num_queries(3):
        assert len(unit_facts(ids)) == units
