"""The verbs of roles."""

from collections.abc import Iterable

from django.db import transaction

from accounts.deeds import Deed
from accounts.errors import RoleInUse, RoleTaken, UnknownPermission
from accounts.models import Joining, Role
from accounts.permissions import Permission, grantable
from accounts.registry import tell_proposal
from accounts.selectors.offers import proposed_to
from accounts.services.ending_joinings import void_joinings
from accounts.services.ending_motions import forget_role
from accounts.services.guards import (
    an_administrator_stays,
    nobody_new_administers,
    require_recent_proof,
)
from audit import services as audit
from opium.constraints import refusing
from opium.permissions import Actor, Held, all_permissions, require
from opium.polish import plural


@transaction.atomic
def add_role(
    *,
    actor: Actor,
    name: str,
    permissions: Iterable[str],
    description: str = "",
    requires_mfa: bool = False,
) -> Role:
    """Make a role of the city out of permissions that exist.

    Raises `UnknownPermission`, `RoleTaken`.
    """
    role = Role(name=name, description=description, requires_mfa=requires_mfa)
    require(actor, Permission.MANAGE_ROLES, role)
    role.permissions = _known(permissions)
    _save(role)
    audit.record(
        actor=actor,
        deed=Deed.ADD_ROLE,
        right=Permission.MANAGE_ROLES,
        target=role,
        after=_facts(role),
    )
    return role


@transaction.atomic
def change_role(
    *,
    actor: Actor,
    role: Role,
    name: str | None = None,
    permissions: Iterable[str] | None = None,
    description: str | None = None,
    requires_mfa: bool | None = None,
) -> Role:
    """Change what is given; everybody with the role has the new rights at the next request.

    So it asks for a recent proof, as giving the role does. Raises `UnknownPermission`,
    `RoleTaken`, `LastAdministrator`, `ProofNeeded`, `NotByKey`, `SecondPersonNeeded`.
    """
    require(actor, Permission.MANAGE_ROLES, role)
    require_recent_proof(actor)
    with an_administrator_stays(), nobody_new_administers(actor):
        role = Role.objects.select_for_update().get(pk=role.pk)
        before = _facts(role)
        given = {"name": name, "description": description, "requires_mfa": requires_mfa}
        for field, value in given.items():
            if value is not None:
                setattr(role, field, value)
        if permissions is not None:
            role.permissions = _known(permissions, kept=role.permissions)
        _save(role)
    if permissions is not None and hasattr(role, "offer"):
        tell_proposal(role, proposed_to(role))
    after = _facts(role)
    changed = {field for field, value in after.items() if value != before[field]}
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_ROLE,
        right=Permission.MANAGE_ROLES,
        target=role,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    return role


@transaction.atomic
def delete_role(*, actor: Actor, role: Role) -> None:
    """Delete a role that nobody holds and no function means. Raises `RoleInUse`."""
    require(actor, Permission.MANAGE_ROLES, role)
    role = Role.objects.select_for_update().get(pk=role.pk)
    count = role.assignments.count() + role.holders.count()
    if count:
        raise RoleInUse(role=role, count=plural(count, "raz", "razy", "razy"))
    audit.record(
        actor=actor,
        deed=Deed.DELETE_ROLE,
        right=Permission.MANAGE_ROLES,
        target=role,
        before=_facts(role),
    )
    if hasattr(role, "offer"):
        tell_proposal(role, ())
    void_joinings(Joining.objects.filter(role=role))
    forget_role(role)
    role.delete()


def _known(wanted: Iterable[str], kept: Iterable[str] = ()) -> list[str]:
    """The permissions sorted, each once, without those that everybody has anyway.

    One that a module no longer has may stay.
    """
    known = {str(permission) for permission in grantable()} | set(kept)
    everybodys = {one for one in all_permissions() if one.held is not Held.BY_ROLE}
    chosen = sorted(set(wanted) - everybodys)
    for permission in chosen:
        if permission not in known:
            raise UnknownPermission(name=permission)
    return chosen


def _save(role: Role) -> None:
    with refusing(one_role_per_name=RoleTaken(name=role.name)):
        role.save()


def _facts(role: Role) -> dict[str, object]:
    return {
        "name": role.name,
        "description": role.description,
        "permissions": list(role.permissions),
        "requires_mfa": role.requires_mfa,
    }
