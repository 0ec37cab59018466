"""The verbs of opening a city. Each is an entry of the operators' log."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from accounts import permissions as rights
from accounts import selectors as people
from accounts import services as accounts
from audit import services as audit
from modules.directory import services as directory
from opium.permissions import SYSTEM, Actor, all_permissions, require
from opium.registry import optional_modules
from provisioning.permissions import Permission
from provisioning.roles import ADMINISTRATOR, OPERATOR, STARTING_ROLES, spelled_out
from tenants import services as tenants
from tenants.models import Domain, Tenant


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """Who will let everybody else in; without a password they are invited by a letter."""

    email: str
    first_name: str
    last_name: str
    password: str | None = None


def open_city(
    *,
    actor: Actor,
    name: str,
    schema_name: str,
    domain: str,
    teryt: str = "",
    modules: Sequence[str] | None = None,
    administrator: FirstAdministrator | None = None,
) -> Tenant:
    """A city ready for work: schema, host name, modules, kinds of units, roles, administrator.

    Without `modules` every one is on. It is one transaction: whichever step fails, no half of a
    city stays. Raises `tenants.TenantExists`, `tenants.UnknownModule`.
    """
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.OPEN_CITY)
        tenant = tenants.create_tenant(
            actor=actor,
            schema_name=schema_name,
            name=name,
            domain=domain,
            teryt=teryt,
            modules=optional_modules() if modules is None else modules,
        )
        with tenant_context(tenant):
            fill_city(actor=SYSTEM)
            if administrator is not None:
                _let_in(administrator, ADMINISTRATOR)
        audit.record(
            actor=actor,
            verb=Permission.OPEN_CITY,
            target=tenant,
            after={"administrator": administrator.email if administrator else None},
        )
    return tenant


@transaction.atomic
def fill_city(*, actor: Actor) -> None:
    """What every city starts with, put into the current one: kinds of units, and roles."""
    directory.add_starting_kinds(actor=actor)
    known = frozenset(str(permission) for permission in all_permissions())
    for role in STARTING_ROLES:
        accounts.add_role(
            actor=actor,
            name=role.name,
            description=role.description,
            permissions=spelled_out(role.permissions, known),
        )


def _let_in(administrator: FirstAdministrator, role: str) -> None:
    email, password = administrator.email, administrator.password
    first_name, last_name = administrator.first_name, administrator.last_name
    if password is None:
        person = accounts.invite_person(
            actor=SYSTEM, email=email, first_name=first_name, last_name=last_name
        )
    else:
        person = accounts.add_person(
            actor=SYSTEM,
            email=email,
            first_name=first_name,
            last_name=last_name,
            password=password,
        )
    accounts.assign_role(actor=SYSTEM, person=person, role=people.role_named(role))


def open_console(
    *, actor: Actor, domain: str, administrator: FirstAdministrator | None = None
) -> Tenant:
    """The operators' own row, host name, role, and its first holder; safe to repeat."""
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.OPEN_CONSOLE)
        tenant: Tenant = Tenant.objects.get_or_create(
            schema_name=get_public_schema_name(), defaults={"name": "OPIUM"}
        )[0]
        _, is_new = Domain.objects.get_or_create(
            domain=domain, defaults={"tenant": tenant, "is_primary": True}
        )
        if is_new:
            audit.record(
                actor=actor,
                verb=Permission.OPEN_CONSOLE,
                target=tenant,
                after={"domain": domain},
            )
        with tenant_context(tenant):
            _fill_console(administrator)
    return tenant


def _fill_console(administrator: FirstAdministrator | None) -> None:
    if not people.roles_visible_to(SYSTEM).filter(name=OPERATOR).exists():
        accounts.add_role(
            actor=SYSTEM,
            name=OPERATOR,
            description="Czuwa nad instalacją: konta operatorów, dziennik, zadania w tle.",
            permissions=sorted(str(right) for right in rights.grantable()),
        )
    if administrator is None:
        return
    if not people.people_visible_to(SYSTEM).filter(email__iexact=administrator.email).exists():
        _let_in(administrator, OPERATOR)
