from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django_tenants.utils import schema_context

from procedures.models import CaseClass, ClassYear


class Undone(Exception):
    pass


def case_class(symbol="4424"):
    return CaseClass.objects.create(unit_symbol="WES", symbol=symbol, name="Granty")


@pytest.mark.django_db
def test_numbers_begin_at_one_in_each_class_and_year():
    grants, awards = case_class(), case_class("4425")
    assert [ClassYear.draw(case_class=grants, year=2026) for _ in range(3)] == [1, 2, 3]
    assert ClassYear.draw(case_class=grants, year=2027) == 1
    assert ClassYear.draw(case_class=awards, year=2026) == 1


@pytest.mark.django_db
def test_a_transaction_rolled_back_gives_its_number_back():
    grants = case_class()
    assert ClassYear.draw(case_class=grants, year=2026) == 1
    with pytest.raises(Undone), transaction.atomic():
        assert ClassYear.draw(case_class=grants, year=2026) == 2
        raise Undone
    assert ClassYear.draw(case_class=grants, year=2026) == 2


@pytest.mark.django_db(transaction=True)
def test_a_thousand_numbers_drawn_by_twenty_threads_have_no_gap_and_no_double():
    grants = case_class()

    def draw(_):
        """Fifty numbers kept; after each fifth one that is rolled back."""
        drawn = []
        with schema_context("north"):
            for turn in range(60):
                if turn % 6 == 5:
                    with pytest.raises(Undone), transaction.atomic():
                        ClassYear.draw(case_class=grants, year=2026)
                        raise Undone
                else:
                    with transaction.atomic():
                        drawn.append(ClassYear.draw(case_class=grants, year=2026))
        connection.close()
        return drawn

    with ThreadPoolExecutor(20) as pool:
        drawn = [number for part in pool.map(draw, range(20)) for number in part]

    assert sorted(drawn) == list(range(1, 1001))
