"""The money of a call by kind of unit and beside its earlier years."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from modules.applications import services
from modules.applications.permissions import Permission
from modules.applications.selectors import charts_of
from opium.permissions import SYSTEM
from procedures.models import Exclusion
from procedures.permissions import Permission as Procedures
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory, UnitKindFactory
from tests.factories.procedures import end, from_pots, stage, way
from tests.modules.applications.test_scenarios import scenario

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def procedure():
    parameters = from_pots(made.POT, requested="kwota")
    stages = [
        stage("nabor", "submission", "applicant"),
        stage("podzial", "allocation", "kierownik", parameters=parameters),
        end(),
        end("odmowa", "negative"),
    ]
    ways = [
        way("nabor", "submitted", "podzial"),
        way("podzial", "allocated", "koniec"),
        way("podzial", "none", "odmowa"),
    ]
    UnitFactory()
    return procedures.published(stages, ways)


@pytest.fixture
def watcher():
    return person_with(Permission.VIEW_CALLS, Procedures.VIEW_CASES)


def handed_in(call, amount, kind):
    unit = UnitFactory(kind=kind)
    return made.handed_in(call, procedures.head_of(unit), unit, kwota=amount)


def told(slices):
    return [(one.name, one.money.asked, one.money.granted) for one in slices]


def test_each_kind_of_unit_has_what_it_asked_and_got_the_largest_first(procedure, watcher):
    school = UnitKindFactory(code="inna-szkola", name="szkoła")
    nursery = UnitKindFactory(code="inne-przedszkole", name="przedszkole")
    call = made.published(procedure)
    for amount, kind in (("3000", school), ("2000", school), ("1000", nursery)):
        handed_in(call, amount, kind)
    recommended = services.recommend_scenario(
        actor=SYSTEM,
        scenario=scenario(call, pots=[{"code": made.POT, "amount": "3000.00"}]),
    )
    services.award_recommendation(
        actor=SYSTEM, recommendation=recommended, decision="1", decided_on=date(2026, 11, 30)
    )

    charts = charts_of(watcher, call)

    assert told(charts.by_kind) == [
        ("szkoła", Decimal(5000), Decimal(3000)),
        ("przedszkole", Decimal(1000), Decimal(0)),
    ]
    assert told(charts.by_year) == [(str(YEAR), Decimal(6000), Decimal(3000))]


def test_the_years_of_one_procedure_stand_beside_each_other(procedure, watcher):
    kind = UnitKindFactory(name="szkoła")
    for year, amount in ((YEAR, "3000"), (YEAR + 1, "2000")):
        handed_in(
            made.published(procedure, made.rules(made.window(days=400)), year=year), amount, kind
        )
    made.published(title="W innej procedurze")

    [call, *_] = made.Application.objects.order_by("created_at")

    assert told(charts_of(watcher, call.call).by_year) == [
        (str(YEAR), Decimal(3000), 0),
        (str(YEAR + 1), Decimal(2000), 0),
    ]


def test_an_application_from_which_one_is_excluded_is_in_no_bar_of_a_kind(procedure, watcher):
    call = made.published(procedure)
    case = handed_in(call, "3000", UnitKindFactory(name="szkoła")).case
    Exclusion.objects.create(
        case=case,
        stage=case.stage,
        person=watcher,
        reason="Rodzina",
        is_declared=True,
        excluded_in=1,
    )

    assert told(charts_of(watcher, call).by_kind) == []
