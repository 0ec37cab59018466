"""The verbs of plans."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from billing.models import Plan, Subscription
from tenants.models import Tenant


def add_plan(*, name: str, monthly_price: Decimal, max_units: int | None = None) -> Plan:
    """A plan on the price list; `monthly_price` in złoty, net; no `max_units` means any number."""
    return Plan.objects.create(name=name, monthly_price=monthly_price, max_units=max_units)


@transaction.atomic
def subscribe(*, tenant: Tenant, plan: Plan, since: date) -> Subscription:
    """Put the city on the plan from that day; the plan before ends the same day."""
    Tenant.objects.select_for_update().get(pk=tenant.pk)
    Subscription.objects.filter(tenant=tenant, until=None).update(until=since)
    return Subscription.objects.create(tenant=tenant, plan=plan, since=since)
