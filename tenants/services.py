"""The verbs of the public schema's first table."""

from collections.abc import Iterable

from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context

from opium import registry
from opium.errors import Conflict, Invalid
from tenants.models import Domain, Tenant


def create_tenant(
    *, schema_name: str, name: str, domain: str, teryt: str = "", modules: Iterable[str] = ()
) -> Tenant:
    """Make the row, its host name and its schema with every table; nothing stays if one fails.

    Raises `TenantExists` where the schema or the host name is taken.
    """
    with schema_context(get_public_schema_name()):
        if Tenant.objects.filter(schema_name=schema_name).exists():
            raise TenantExists(what=schema_name)
        if Domain.objects.filter(domain=domain).exists():
            raise TenantExists(what=domain)
        with transaction.atomic():
            tenant: Tenant = Tenant.objects.create(
                schema_name=schema_name, name=name, teryt=teryt, modules=_complete(modules)
            )
            Domain.objects.create(tenant=tenant, domain=domain, is_primary=True)
        try:
            tenant.create_schema(check_if_exists=True, sync_schema=True, verbosity=0)
        except BaseException:
            Domain.objects.filter(tenant=tenant).delete()
            tenant.delete(force_drop=True)
            raise
        return tenant


def switch_modules(*, tenant: Tenant, modules: Iterable[str]) -> None:
    """Leave exactly these modules switched on; each one's requirements are switched on with it."""
    tenant.modules = _complete(modules)
    with schema_context(get_public_schema_name()):
        tenant.save(update_fields=["modules"])


def _complete(modules: Iterable[str]) -> list[str]:
    offered = {module.label: module for module in registry.installed_modules()}
    chosen: set[str] = set()
    waiting = list(modules)
    while waiting:
        label = waiting.pop()
        if label not in offered or offered[label].always_on:
            raise UnknownModule(label=label)
        if label not in chosen:
            chosen.add(label)
            waiting.extend(offered[label].requires)
    return sorted(chosen)


class TenantExists(Conflict):
    code = "tenant_exists"
    message = "„{what}” jest już zajęte. Wybierz inną nazwę schematu albo inny adres."


class UnknownModule(Invalid):
    code = "unknown_module"
    message = "Nie ma modułu „{label}”, który miasto mogłoby włączyć."
