"""Questions about plans."""

from datetime import date

from django.db.models import Q

from billing.models import Plan, Subscription
from tenants.models import Tenant


def plan_of(tenant: Tenant, day: date) -> Plan | None:
    """The plan the city is on that day."""
    found = (
        Subscription.objects.filter(Q(until=None) | Q(until__gt=day), tenant=tenant, since__lte=day)
        .select_related("plan")
        .first()
    )
    return found.plan if found else None
