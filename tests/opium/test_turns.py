from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django_tenants.utils import schema_context

from opium.turns import turn

pytestmark = pytest.mark.django_db(transaction=True)


def asked(schema="north", kind="test", most=3, most_of_city=2):
    """Whether another process of this city would get a turn now."""

    def work():
        try:
            with (
                schema_context(schema),
                turn(kind, most=most, most_of_city=most_of_city, wait=0) as has_turn,
            ):
                return has_turn
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_a_city_has_no_more_turns_than_its_own_and_leaves_the_rest_to_others(city, south):
    with transaction.atomic(), turn("test", most=3, most_of_city=1, wait=0) as first:
        assert first
        assert asked(most_of_city=1) is False
        assert asked(south.schema_name, most_of_city=1) is True
        assert asked(kind="other", most_of_city=1) is True
    assert asked(most_of_city=1) is True


def test_all_cities_together_have_no_more_turns_than_the_installation(city, south):
    with transaction.atomic(), turn("test", most=1, most_of_city=2, wait=0):
        assert asked(south.schema_name, most=1) is False
    assert asked(south.schema_name, most=1) is True


def test_a_city_that_waits_for_the_installation_keeps_no_turn_of_its_own(city, south):
    with transaction.atomic(), turn("test", most=1, most_of_city=1, wait=0):
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(refused_then_free, south.schema_name).result() == (False, True)


def refused_then_free(schema):
    """One try that the installation refuses, and one of the city's own turns in the same breath."""
    try:
        with schema_context(schema), transaction.atomic():
            with turn("test", most=1, most_of_city=1, wait=0) as refused:
                pass
            return refused, asked_of_city(schema)
    finally:
        connection.close()


def asked_of_city(schema):
    return asked(schema, most=5, most_of_city=1)


def test_a_turn_comes_back_with_an_error(city):
    with pytest.raises(ZeroDivisionError), turn("test", most=1, most_of_city=1, wait=0):
        raise ZeroDivisionError
    assert asked(most=1, most_of_city=1) is True
