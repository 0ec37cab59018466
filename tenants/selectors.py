"""Questions about cities."""

from django.db.models import QuerySet
from django_tenants.utils import get_public_schema_name

from tenants.models import Tenant


def cities() -> QuerySet[Tenant]:
    """Every city, by name; without the operators' own row."""
    everything: QuerySet[Tenant] = Tenant.objects.order_by("name")
    return everything.exclude(schema_name=get_public_schema_name())
