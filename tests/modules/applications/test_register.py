"""The register of all applications over the years, and the figures of what it shows (about 5 s)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from modules.applications import services
from modules.applications.permissions import Permission
from modules.applications.selectors import figures_of_register, register_of
from opium.permissions import SYSTEM
from procedures.models import Exclusion
from procedures.permissions import Permission as Procedures
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory, UnitKindFactory
from tests.factories.procedures import end, from_pots, stage, way
from tests.lists import taken, titles
from tests.modules.applications.test_scenarios import scenario

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
REGISTER = "/api/v1/applications/register/"


@pytest.fixture
def procedure():
    stages = [
        stage("nabor", "submission", "applicant"),
        stage(
            "podzial", "allocation", "kierownik", parameters=from_pots(made.POT, requested="kwota")
        ),
        end(),
        end("odmowa", "negative"),
    ]
    ways = [
        way("nabor", "submitted", "podzial"),
        way("podzial", "allocated", "koniec"),
        way("podzial", "none", "odmowa"),
    ]
    return procedures.published(stages, ways, name="Granty")


@pytest.fixture
def watcher():
    return person_with(Permission.VIEW_CALLS, Procedures.VIEW_CASES)


@pytest.fixture
def school():
    return UnitKindFactory(code="inna-szkola", name="szkoła")


@pytest.fixture
def nursery():
    return UnitKindFactory(code="inne-przedszkole", name="przedszkole")


def handed_in(call, amount, kind, name):
    unit = UnitFactory(kind=kind, short_name=name)
    return made.handed_in(call, procedures.head_of(unit), unit, kwota=amount)


def awarded(call, amount):
    recommended = services.recommend_scenario(
        actor=SYSTEM,
        scenario=scenario(call, pots=[{"code": made.POT, "amount": amount}]),
    )
    return services.award_recommendation(
        actor=SYSTEM, recommendation=recommended, decision="1", decided_on=date(2026, 11, 30)
    )


@pytest.fixture
def years(procedure, school, nursery):
    """Two years: in the first 3000 of 5000 was granted, in the second nothing is decided yet."""
    UnitFactory()
    first = made.published(procedure)
    for amount, kind, name in (("3000", school, "SP 1"), ("2000", nursery, "P 2")):
        handed_in(first, amount, kind, name)
    awarded(first, "3000.00")
    second = made.published(procedure, made.rules(made.window(days=400)), year=YEAR + 1)
    handed_in(second, "1000", school, "SP 3")
    return first, second


def units(browser, **query):
    answer = browser.get(REGISTER, query)
    assert answer.status_code == 200, answer.content
    return [row["unit"]["short_name"] for row in answer.json()["results"]]


def told(statistics):
    return [
        (one.name, one.handed_in, one.money.asked, one.money.granted, one.money.settled)
        for one in statistics
    ]


def test_every_application_of_every_year_stands_in_one_list_with_its_money(years, watcher, api):
    rows = {one["unit"]["short_name"]: one for one in api(watcher).get(REGISTER).json()["results"]}

    assert {
        name: (row["year"], row["procedure"]["name"], row["kind"], row["asked"], row["granted"])
        for name, row in rows.items()
    } == {
        "SP 1": (YEAR, "Granty", "szkoła", "3000.00", "3000.00"),
        "P 2": (YEAR, "Granty", "przedszkole", "2000.00", "0.00"),
        "SP 3": (YEAR + 1, "Granty", "szkoła", "1000.00", "0.00"),
    }


def test_it_is_narrowed_by_year_kind_sum_and_what_is_not_settled_and_ordered_by_sums(
    years, watcher, api
):
    browser = api(watcher)

    assert units(browser, year=YEAR + 1) == ["SP 3"]
    assert sorted(units(browser, kind="inna-szkola")) == ["SP 1", "SP 3"]
    assert units(browser, call=str(years[1].pk)) == ["SP 3"]
    assert units(browser, granted_from="2999.99") == ["SP 1"]
    assert sorted(units(browser, granted_to="0")) == ["P 2", "SP 3"]
    assert units(browser, unsettled="true") == ["SP 1"]
    assert units(browser, asked_from="1500", asked_to="2500") == ["P 2"]
    assert units(browser, ordering="-asked") == ["SP 1", "P 2", "SP 3"]
    assert units(browser, ordering="granted")[-1] == "SP 1"


def test_the_figures_are_of_what_the_list_shows_by_year_type_and_kind(years, watcher, api):
    figures = figures_of_register(register_of(watcher))

    assert told([figures.whole]) == [("", 3, Decimal(6000), Decimal(3000), Decimal(0))]
    assert told(figures.by_year) == [
        (str(YEAR), 2, Decimal(5000), Decimal(3000), Decimal(0)),
        (str(YEAR + 1), 1, Decimal(1000), Decimal(0), Decimal(0)),
    ]
    assert told(figures.by_procedure) == [("Granty", 3, Decimal(6000), Decimal(3000), Decimal(0))]
    assert told(figures.by_kind) == [
        ("szkoła", 2, Decimal(4000), Decimal(3000), Decimal(0)),
        ("przedszkole", 1, Decimal(2000), Decimal(0), Decimal(0)),
    ]
    narrowed = api(watcher).get(f"{REGISTER}figures/", {"kind": "inne-przedszkole"}).json()
    assert narrowed["whole"]["handed_in"] == 1
    assert narrowed["whole"]["money"]["asked"] == "2000.00"


def test_figures_of_many_rows_take_the_queries_of_one(
    years, watcher, school, django_assert_num_queries
):
    handed_in(years[1], "100", school, "SP 4")

    rows = register_of(watcher)
    with django_assert_num_queries(2):
        assert figures_of_register(rows).whole.handed_in == 4


def test_what_one_is_excluded_from_is_in_no_row_and_no_figure(years, watcher, api):
    case = made.Application.objects.get(unit__short_name="SP 3").case
    Exclusion.objects.create(
        case=case,
        stage=case.stage,
        person=watcher,
        reason="Rodzina",
        is_declared=True,
        excluded_in=1,
    )

    assert sorted(units(api(watcher))) == ["P 2", "SP 1"]
    assert told(figures_of_register(register_of(watcher)).by_year) == [
        (str(YEAR), 2, Decimal(5000), Decimal(3000), Decimal(0))
    ]


def test_trials_and_one_s_own_applications_without_the_right_are_in_no_register(
    procedure, school, watcher, api
):
    unit = UnitFactory(kind=school)
    head = procedures.head_of(unit)
    runner = person_with(Permission.MANAGE_CALLS, Procedures.OPEN_CASE, Procedures.VIEW_CASES)
    made.begun(made.published(procedure, is_test=True), runner, unit)

    assert register_of(watcher).count() == 0
    made.handed_in(made.published(procedure), head, unit)
    assert register_of(head).count() == 0
    assert api(head).get(f"{REGISTER}export/").status_code == 403


def test_it_is_taken_away_with_its_sums_as_numbers(years, watcher, api):
    browser = api(watcher)
    address = f"{REGISTER}export/?year={YEAR}&ordering=-asked"
    named = titles(browser.get(address))
    [first, second] = taken(browser.get(address))

    row = dict(zip(named, first, strict=True))
    assert (row["Jednostka"], row["Rok"], row["Rodzaj jednostki"]) == ("SP 1", YEAR, "szkoła")
    assert (row["Wnioskowano"], row["Przyznano"], row["Rozliczono"]) == (3000, 3000, 0)
    assert second[named.index("Jednostka")] == "P 2"


def test_the_choices_are_the_years_and_types_of_the_calls_that_one_watches(years, watcher, api):
    choices = f"{REGISTER}choices/"
    procedure = years[0].procedure

    assert api(watcher).get(choices).json() == {
        "years": [YEAR + 1, YEAR],
        "procedures": [{"id": str(procedure.pk), "name": "Granty"}],
    }
    assert api(person_with()).get(choices).json() == {"years": [], "procedures": []}
