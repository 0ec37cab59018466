"""What the entries come to: by pot, by year, by kind of unit; and whether a sum would fit."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budget import selectors
from budget.errors import PotUnknown
from budget.permissions import Permission
from opium.errors import NotFound
from tests.factories import budget as made
from tests.factories.accounts import person_with
from tests.factories.directory import SectionFactory, UnitFactory, UnitKindFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance():
    return person_with(Permission.VIEW_POTS)


def money(text):
    return Decimal(text)


def test_a_part_is_planned_once_in_the_sums_of_a_year(finance):
    pot = made.pot("1000.00", year=2031)
    part = made.part(pot, "400.00")
    made.book("grant", made.repair(), (part, "150.00"))
    made.book("grant", made.repair(), (pot, "100.00"))
    made.pot("7.00", year=2032)

    years = selectors.figures_by_year(finance)

    assert [(one.year, one.pots) for one in years] == [(2032, 1), (2031, 2)]
    last = years[1].figures
    assert (last.planned, last.granted, last.left) == (
        money("1000.00"), money("250.00"), money("750.00"),
    )  # fmt: skip
    one = selectors.figures_of([pot.pk, part.pk])
    assert (one[pot.pk].delegated, one[pot.pk].left) == (money("400.00"), money("500.00"))
    assert one[part.pk].left == money("250.00")


def test_whoever_sees_the_part_alone_has_its_plan_in_their_year():
    unit = UnitFactory()
    made.part(made.pot("1000.00", year=2031), "400.00", unit_id=unit.pk)
    head = person_with(Permission.VIEW_POTS, scope_kind="unit", scope_id=unit.pk)

    year = selectors.figures_by_year(head)[0]

    assert (year.pots, year.figures.planned, year.figures.left) == (
        1, money("400.00"), money("400.00"),
    )  # fmt: skip


def test_the_sums_by_kind_of_unit_leave_out_other_years(finance):
    school, nursery = (
        UnitKindFactory(code="szkola", name="szkoła"), UnitKindFactory(code="zlobek", name="żłobek")
    )  # fmt: skip
    pot, other = made.pot("1000.00", year=2031), made.pot("1000.00", year=2030)
    for kind, amount in ((school, "100.00"), (school, "50.00"), (nursery, "20.00")):
        made.book("grant", made.repair(UnitFactory(kind=kind)), (pot, amount))
    made.book("grant", made.repair(), (pot, "5.00"))
    made.book("grant", made.repair(UnitFactory(kind=nursery)), (other, "900.00"))

    found = selectors.figures_by_unit_kind(finance, 2031)

    assert [(one.kind, one.units, one.figures.granted) for one in found] == [
        ("szkoła", 2, money("150.00")),
        ("żłobek", 1, money("20.00")),
        ("bez jednostki", 0, money("5.00")),
    ]


@pytest.mark.parametrize("count", [1, 12])
def test_the_queries_do_not_grow_with_pots_entries_and_units(finance, count):
    for _ in range(count):
        pot = made.part(made.pot("100.00", year=2031), "50.00", unit_id=UnitFactory().pk)
        made.book("grant", made.repair(UnitFactory(), name="Dach"), (pot, "1.00"))
    asked = {
        "page": (lambda: selectors.shown(finance, selectors.pots_visible_to(finance)
            .select_related("parent", "classification"))),
        "years": lambda: selectors.figures_by_year(finance),
        "kinds": lambda: selectors.figures_by_unit_kind(finance, 2031),
    }  # fmt: skip
    counted = {}
    for name, ask in asked.items():
        with CaptureQueriesContext(connection) as queries:
            ask()
        counted[name] = len(queries)

    assert counted == {"page": 5, "years": 3, "kinds": 4}


def test_pots_are_seen_within_the_reach_of_the_right_and_in_one_city(in_south):
    unit, section = UnitFactory(), SectionFactory()
    of_unit = made.pot(unit_id=unit.pk, name="A")
    of_section = made.pot(section_id=section.pk, name="B")
    made.pot(name="C")
    with in_south():
        made.pot(name="Z południa")

    def seen(**scope):
        return list(selectors.pots_visible_to(person_with(Permission.VIEW_POTS, **scope)))

    assert seen(scope_kind="unit", scope_id=unit.pk) == [of_unit]
    assert seen(scope_kind="section", scope_id=section.pk) == [of_section]
    assert [one.name for one in seen()] == ["A", "B", "C"]
    assert list(selectors.pots_visible_to(person_with())) == []


def test_a_subject_that_somebody_may_not_see_is_told_by_its_kind_alone(finance):
    pot = made.pot("100.00")
    made.book("grant", made.repair(name="Dach SP 1"), (pot, "1.00"))
    made.book("grant", made.repair(), (pot, "2.00"))

    entries = list(selectors.entries_of(finance, pot.pk))
    owners = selectors.owners_of(finance, entries)

    told = [owners.get((one.owner_kind, one.owner_id)) for one in entries]
    assert [one and (one.label, one.name) for one in told] == [
        ("Remont", ""), ("Remont", "Dach SP 1"), None,
    ]  # fmt: skip


def test_while_typing_one_hears_what_would_be_left_or_is_missing(finance):
    pot = made.pot("100.00")
    made.book("reserve", made.repair(), (pot, "30.00"))

    fits = selectors.would_fit(finance, pot.pk, money("70.00"))
    not_fits = selectors.would_fit(finance, pot.pk, money("70.01"))

    assert (fits.fits, fits.left) == (True, 0)
    assert (not_fits.fits, not_fits.sentence) == (
        False, "Nie zmieści się: brakuje 0,01\xa0zł.",
    )  # fmt: skip


def test_what_cannot_be_checked_is_an_error_and_no_yes(finance):
    with pytest.raises(NotFound):
        selectors.would_fit(person_with(), made.pot("100.00").pk, money("1.00"))
    with pytest.raises(NotFound):
        selectors.would_fit(finance, made.repair().id, money("1.00"))
    with pytest.raises(PotUnknown, match="„brak”, „tez_brak”"):
        selectors.pots_by_code(["brak", "tez_brak"], 2031)
