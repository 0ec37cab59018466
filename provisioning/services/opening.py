"""The verbs of opening a city. Each is an entry of the operators' log."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from accounts import services as accounts
from accounts.permissions import grantable
from accounts.selectors import people_visible_to, role_named, roles_visible_to
from audit import services as audit
from modules.directory import services as directory
from opium.permissions import SYSTEM, Actor, require
from opium.registry import current_city, optional_modules
from opium.starting import ADMINISTRATOR, starting_roles
from provisioning.deeds import Deed
from provisioning.permissions import Permission
from tenants import services as tenants
from tenants.models import Domain, Tenant

if TYPE_CHECKING:
    from django.db.models import Model

OPERATOR = "Operator systemu"
"""The one role of the operators' host: every right that a role can carry there."""


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
                _let_in(administrator, ADMINISTRATOR.name)
        audit.record(
            actor=actor,
            deed=Deed.OPEN_CITY,
            right=Permission.OPEN_CITY,
            target=tenant,
            after={"administrator": administrator.email if administrator else None},
        )
    return tenant


@transaction.atomic
def fill_city(*, actor: Actor) -> None:
    """What every city starts with, put into the current one: kinds of units, and roles."""
    require(actor, Permission.OPEN_CITY)
    directory.add_starting_kinds(actor=actor)
    accounts.offer_starting_roles(actor=actor)
    audit.record(
        actor=actor,
        deed=Deed.FILL_CITY,
        right=Permission.OPEN_CITY,
        target=cast("Model", current_city()),
        after={"roles": [role.name for role, _ in starting_roles()]},
    )


def upgrade_city(*, actor: Actor, tenant: Tenant) -> list[str]:
    """Carry into an existing city what the platform has gained since: rights of starting roles.

    Safe to repeat. Returns the names of the roles that the city has changed, for which something
    is only proposed to its administrator.
    """
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.UPGRADE_CITY, tenant)
        with tenant_context(tenant):
            asked = [role.name for role in accounts.offer_starting_roles(actor=SYSTEM)]
        audit.record(
            actor=actor,
            deed=Deed.UPGRADE_CITY,
            right=Permission.UPGRADE_CITY,
            target=tenant,
            after={"proposed_to": asked},
        )
    return asked


def switch_modules(*, actor: Actor, tenant: Tenant, modules: Sequence[str]) -> list[str]:
    """Leave exactly these modules on, with the rights that they bring; as `upgrade_city`."""
    tenants.switch_modules(actor=actor, tenant=tenant, modules=modules)
    return upgrade_city(actor=actor, tenant=tenant)


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
    accounts.assign_role(actor=SYSTEM, person=person, role=role_named(role))


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
                deed=Deed.OPEN_CONSOLE,
                right=Permission.OPEN_CONSOLE,
                target=tenant,
                after={"domain": domain},
            )
        with tenant_context(tenant):
            _fill_console(administrator)
    return tenant


def _fill_console(administrator: FirstAdministrator | None) -> None:
    if not roles_visible_to(SYSTEM).filter(name=OPERATOR).exists():
        accounts.add_role(
            actor=SYSTEM,
            name=OPERATOR,
            description="Czuwa nad instalacją: konta operatorów, dziennik, zadania w tle.",
            permissions=sorted(str(right) for right in grantable()),
        )
    if administrator is None:
        return
    if not people_visible_to(SYSTEM).filter(email__iexact=administrator.email).exists():
        _let_in(administrator, OPERATOR)
