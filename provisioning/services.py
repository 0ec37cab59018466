"""The verbs of opening a city."""

from collections.abc import Sequence

from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from accounts import services as accounts
from modules.directory import services as directory
from opium.permissions import SYSTEM, all_permissions
from opium.registry import optional_modules
from provisioning.roles import STARTING_ROLES, spelled_out
from tenants import services as tenants
from tenants.models import Domain, Tenant


def open_city(
    *,
    name: str,
    schema_name: str,
    domain: str,
    teryt: str = "",
    modules: Sequence[str] | None = None,
) -> Tenant:
    """A city ready for its first administrator: schema, host name, modules, starting roles.

    Without `modules` every one is on. Raises `tenants.TenantExists`; then nothing has changed.
    """
    known = frozenset(str(permission) for permission in all_permissions())
    permissions = {role: spelled_out(role.permissions, known) for role in STARTING_ROLES}
    tenant = tenants.create_tenant(
        schema_name=schema_name,
        name=name,
        domain=domain,
        teryt=teryt,
        modules=optional_modules() if modules is None else modules,
    )
    with tenant_context(tenant), transaction.atomic():
        directory.add_starting_kinds(actor=SYSTEM)
        for role in STARTING_ROLES:
            accounts.add_role(
                actor=SYSTEM,
                name=role.name,
                description=role.description,
                permissions=permissions[role],
            )
    return tenant


def open_console(*, domain: str) -> Tenant:
    """The operators' own row and host name; safe to repeat."""
    with schema_context(get_public_schema_name()), transaction.atomic():
        tenant: Tenant = Tenant.objects.get_or_create(
            schema_name=get_public_schema_name(), defaults={"name": "OPIUM"}
        )[0]
        Domain.objects.get_or_create(domain=domain, defaults={"tenant": tenant, "is_primary": True})
    return tenant
