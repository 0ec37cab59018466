"""The verbs of the public schema's first table. Each is an entry of the operators' log."""

import re
from collections.abc import Iterable

from django.db import connection, transaction
from django_tenants.utils import get_public_schema_name, schema_context, schema_exists
from psycopg import sql

from audit import services as audit
from opium import registry
from opium.errors import Conflict, Invalid
from opium.permissions import Actor, require
from tenants import blueprint
from tenants.deeds import Deed
from tenants.models import Domain, Tenant
from tenants.permissions import Permission

PLAIN = re.compile(r"(?!pg_)[a-z][a-z0-9_]{1,47}")
TAKEN = frozenset({"public", "information_schema"})
HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)


def create_tenant(
    *,
    actor: Actor,
    schema_name: str,
    name: str,
    domain: str,
    teryt: str = "",
    modules: Iterable[str] = (),
) -> Tenant:
    """Make the row, its host name and its schema with every table, in one transaction.

    Whatever fails, and even where the process is killed, nothing of it stays. A host name is kept
    as browsers send it (`Żnin.pl` as `xn--nin-22a.pl`). Raises `TenantExists` where it or the
    schema is taken, `SchemaNameRefused` or `DomainRefused` where one of them can be none.
    """
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.CREATE_TENANT)
        if not PLAIN.fullmatch(schema_name) or schema_name in TAKEN:
            raise SchemaNameRefused(name=schema_name)
        domain = _as_sent(domain)
        if Tenant.objects.filter(schema_name=schema_name).exists() or schema_exists(schema_name):
            raise TenantExists(what=schema_name)
        if Domain.objects.filter(domain=domain).exists():
            raise TenantExists(what=domain)
        tenant: Tenant = Tenant.objects.create(
            schema_name=schema_name, name=name, teryt=teryt, modules=_complete(modules)
        )
        Domain.objects.create(tenant=tenant, domain=domain, is_primary=True)
        blueprint.make_schema(schema_name)
        audit.record(
            actor=actor,
            deed=Deed.CREATE_TENANT,
            right=Permission.CREATE_TENANT,
            target=tenant,
            after={"schema_name": schema_name, "domain": domain, "modules": tenant.modules},
        )
        return tenant


def switch_modules(*, actor: Actor, tenant: Tenant, modules: Iterable[str]) -> None:
    """Leave exactly these modules switched on; each one's requirements are switched on with it.

    Raises `UnknownModule`.
    """
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.SWITCH_MODULES, tenant)
        before = Tenant.objects.select_for_update().get(pk=tenant.pk).modules
        tenant.modules = _complete(modules)
        tenant.save(update_fields=["modules"])
        audit.record(
            actor=actor,
            deed=Deed.SWITCH_MODULES,
            right=Permission.SWITCH_MODULES,
            target=tenant,
            before={"modules": before},
            after={"modules": tenant.modules},
        )


GRANTS = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
REVOKE UPDATE, DELETE ON {schema}.audit_entry, {schema}.audit_link FROM {role};
"""


def grant_to_role(*, actor: Actor, role: str) -> int:
    """Let a role that owns nothing run the application, in every schema; how many there are.

    It reads and changes rows, makes and empties no table, and of the log it only reads and adds.
    To be repeated after each update and each new city. Raises `UnknownRole`.
    """
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.GRANT_TO_ROLE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                raise UnknownRole(role=role)
            schemas = list(Tenant.objects.order_by("pk").values_list("schema_name", flat=True))
            for schema in {get_public_schema_name(), *schemas}:
                names = {"schema": sql.Identifier(schema), "role": sql.Identifier(role)}
                cursor.execute(sql.SQL(GRANTS).format(**names))
        audit.record(
            actor=actor,
            deed=Deed.GRANT_TO_ROLE,
            right=Permission.GRANT_TO_ROLE,
            target=Tenant.objects.get(schema_name=get_public_schema_name()),
            after={"role": role, "schemas": len(schemas)},
        )
        return len(schemas)


def _as_sent(domain: str) -> str:
    try:
        sent = domain.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        sent = ""
    if not HOST.fullmatch(sent):
        raise DomainRefused(name=domain)
    return sent


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


class SchemaNameRefused(Invalid):
    code = "schema_name_refused"
    message = (
        "„{name}” nie może być nazwą schematu. Użyj od 2 do 48 małych liter bez polskich znaków,"
        " cyfr i podkreśleń, zaczynając od litery, np. bydgoszcz. Nazwy bazy danych są zajęte."
    )


class DomainRefused(Invalid):
    code = "domain_refused"
    message = (
        "„{name}” nie może być adresem miasta. Podaj samą nazwę hosta, np."
        " bydgoszcz.example.pl: bez https://, ścieżki, portu i spacji."
    )


class TenantExists(Conflict):
    code = "tenant_exists"
    message = "„{what}” jest już zajęte. Wybierz inną nazwę schematu albo inny adres."


class UnknownRole(Invalid):
    code = "unknown_role"
    message = "Nie ma roli „{role}” w bazie. Utwórz ją: CREATE ROLE {role} LOGIN PASSWORD '…'"


class UnknownModule(Invalid):
    code = "unknown_module"
    message = "Nie ma modułu „{label}”, który miasto mogłoby włączyć."
