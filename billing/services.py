"""The verbs of plans. Each is an entry of the operators' log."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context

from audit import services as audit
from billing.deeds import Deed
from billing.models import Plan, Subscription
from billing.permissions import Permission
from opium.permissions import Actor, require
from tenants.models import Tenant


def add_plan(
    *, actor: Actor, name: str, monthly_price: Decimal, max_units: int | None = None
) -> Plan:
    """A plan on the price list; `monthly_price` in złoty, net; no `max_units` means any number."""
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.ADD_PLAN)
        plan = Plan.objects.create(name=name, monthly_price=monthly_price, max_units=max_units)
        audit.record(
            actor=actor,
            deed=Deed.ADD_PLAN,
            right=Permission.ADD_PLAN,
            target=plan,
            after={"name": name, "monthly_price": monthly_price, "max_units": max_units},
        )
        return plan


def subscribe(*, actor: Actor, tenant: Tenant, plan: Plan, since: date) -> Subscription:
    """Put the city on the plan from that day; the plan before ends the same day."""
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.SUBSCRIBE_CITY, tenant)
        Tenant.objects.select_for_update().get(pk=tenant.pk)
        running = Subscription.objects.filter(tenant=tenant, until=None)
        before = running.values_list("plan__name", flat=True).first()
        running.update(until=since)
        subscription = Subscription.objects.create(tenant=tenant, plan=plan, since=since)
        audit.record(
            actor=actor,
            deed=Deed.SUBSCRIBE,
            right=Permission.SUBSCRIBE_CITY,
            target=tenant,
            before={"plan": before},
            after={"plan": plan.name, "since": since},
        )
        return subscription
