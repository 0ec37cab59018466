from datetime import date
from decimal import Decimal

import pytest
from django_tenants.utils import schema_context

from audit.models import Entry
from billing import selectors, services
from billing.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


@pytest.fixture
def small(city):
    return services.add_plan(actor=SYSTEM, name="Mała", monthly_price=Decimal("49.00"))


@pytest.fixture
def large(city):
    return services.add_plan(
        actor=SYSTEM, name="Duża", monthly_price=Decimal("199.00"), max_units=200
    )


def log():
    with schema_context("public"):
        return list(Entry.objects.filter(deed__startswith="billing."))


def test_a_city_is_on_its_latest_plan_from_that_day(city, small, large):
    services.subscribe(actor=SYSTEM, tenant=city, plan=small, since=DAY)
    services.subscribe(actor=SYSTEM, tenant=city, plan=large, since=date(2027, 1, 1))

    assert selectors.plan_of(city, date(2026, 11, 30)) is None
    assert selectors.plan_of(city, date(2026, 12, 31)) == small
    assert selectors.plan_of(city, date(2027, 1, 1)) == large


def test_plans_and_who_is_on_them_are_written_down_in_the_operators_log(city, small, large):
    services.subscribe(actor=SYSTEM, tenant=city, plan=small, since=DAY)
    services.subscribe(actor=SYSTEM, tenant=city, plan=large, since=DAY)

    entries = [(one.deed, one.target_label, one.before, one.after) for one in log()]
    assert entries == [
        (
            "billing.add_plan",
            "Mała",
            None,
            {"name": "Mała", "monthly_price": "49.00", "max_units": None},
        ),
        (
            "billing.add_plan",
            "Duża",
            None,
            {"name": "Duża", "monthly_price": "199.00", "max_units": 200},
        ),
        (
            "billing.subscribe",
            "North",
            {"plan": None},
            {"plan": "Mała", "since": "2026-12-01"},
        ),
        (
            "billing.subscribe",
            "North",
            {"plan": "Mała"},
            {"plan": "Duża", "since": "2026-12-01"},
        ),
    ]
    assert not Entry.objects.filter(deed__startswith="billing.").exists()  # of the city's own log


def test_only_an_operator_with_the_right_sets_prices_and_plans(city, small):
    with schema_context("public"):
        pricing = person_with(Permission.ADD_PLAN)
    mayor = person_with(*Permission)

    services.add_plan(actor=pricing, name="Średnia", monthly_price=Decimal(99))
    assert log()[-1].actor_id == pricing.pk
    with pytest.raises(MissingPermission):
        services.subscribe(actor=pricing, tenant=city, plan=small, since=DAY)
    with pytest.raises(MissingPermission):
        services.add_plan(actor=mayor, name="Za darmo", monthly_price=Decimal(0))
    assert selectors.plan_of(city, DAY) is None
