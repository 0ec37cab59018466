"""Questions about cities."""

from functools import cache

from django.db import connection
from django.db.models import QuerySet
from django_tenants.utils import get_public_schema_name

from opium.statements import Statement
from tenants.models import Domain, Tenant


def cities() -> QuerySet[Tenant]:
    """Every city, by name; without the operators' own row."""
    everything: QuerySet[Tenant] = Tenant.objects.order_by("name")
    return everything.exclude(schema_name=get_public_schema_name())


def city_at(host: str) -> Tenant | None:
    """The city, or the operators' console, whose host name it is; None where it is nobody's.

    It names its schema, so it may be asked whichever schema the connection works in; and it is
    asked each time, so that what one process changes the others know at their next request.
    """
    rows = _by_host().rows([host])
    return Tenant.from_db(connection.alias, _columns(), rows[0]) if rows else None


@cache
def _columns() -> list[str]:
    return [field.attname for field in Tenant._meta.concrete_fields]  # Django's own


@cache
def _by_host() -> Statement:
    quote, public = connection.ops.quote_name, get_public_schema_name()
    tenants, domains = (
        f"{quote(public)}.{quote(model._meta.db_table)}"  # as above
        for model in (Tenant, Domain)
    )
    columns = ", ".join(f"t.{quote(name)}" for name in _columns())
    return Statement(
        f"SELECT {columns} FROM {domains} d JOIN {tenants} t ON t.id = d.tenant_id"  # noqa: S608  # our own names
        " WHERE d.domain = %s",
        [(0, None)],
    )
