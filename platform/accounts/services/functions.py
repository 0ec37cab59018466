"""The verbs of functions: who plays which part in the city's procedures."""

from uuid import UUID

from django.db import transaction

from accounts import scopes
from accounts.deeds import Deed
from accounts.errors import (
    AccountClosed,
    FunctionNameTaken,
    FunctionTaken,
    HolderMissing,
    HolderTaken,
    UnknownPlace,
)
from accounts.models import Function, Holder, Person, Role
from accounts.permissions import Permission
from accounts.registry import tell_players
from accounts.services import facts
from accounts.services.guards import require_recent_proof
from audit import services as audit
from opium.constraints import refusing
from opium.permissions import Actor, require
from opium.polish import fold


@transaction.atomic
def add_function(*, actor: Actor, code: str, name: str, description: str = "") -> Function:
    """Add a function; its code is what a procedure names.

    Raises `FunctionTaken`, and `FunctionNameTaken` where people could not tell it from another.
    """
    function = Function(code=code, name=name, description=description)
    require(actor, Permission.MANAGE_ROLES, function)
    if not Function.objects.filter(code=code).exists():
        _refuse_namesake(function)
    with refusing(one_function_per_code=FunctionTaken(code=code)):
        function.save()
    audit.record(
        actor=actor,
        deed=Deed.ADD_FUNCTION,
        right=Permission.MANAGE_ROLES,
        target=function,
        after={"code": code, "name": name, "description": description},
    )
    return function


@transaction.atomic
def change_function(
    *, actor: Actor, function: Function, name: str | None = None, description: str | None = None
) -> Function:
    """Rename or describe it anew; the code stays. Raises `FunctionNameTaken`."""
    require(actor, Permission.MANAGE_ROLES, function)
    function = Function.objects.select_for_update().get(pk=function.pk)
    before = {"name": function.name, "description": function.description}
    function.name = function.name if name is None else name
    if function.name != before["name"]:
        _refuse_namesake(function)
    function.description = function.description if description is None else description
    function.save()
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_FUNCTION,
        right=Permission.MANAGE_ROLES,
        target=function,
        before=before,
        after={"name": function.name, "description": function.description},
    )
    return function


@transaction.atomic
def delete_function(*, actor: Actor, function: Function) -> None:
    """Delete the function and forget who played it."""
    require(actor, Permission.MANAGE_ROLES, function)
    audit.record(
        actor=actor,
        deed=Deed.DELETE_FUNCTION,
        right=Permission.MANAGE_ROLES,
        target=function,
        before={"code": function.code, "holders": [str(one) for one in function.holders.all()]},
    )
    function.delete()


@transaction.atomic
def give_function(
    *,
    actor: Actor,
    function: Function,
    role: Role | None = None,
    person: Person | None = None,
    scope_kind: str = scopes.CITY,
    scope_id: UUID | None = None,
) -> Holder:
    """Let the person, or whoever has the role, play the function in the place.

    Asks for a recent proof: who plays a function decides. Raises `HolderMissing`, `HolderTaken`,
    `UnknownPlace`, `AccountClosed`, `ProofNeeded`, `NotByKey`.
    """
    require(actor, Permission.MANAGE_ROLES, function)
    require_recent_proof(actor)
    if (role is None) == (person is None):
        raise HolderMissing
    if person is not None and not person.is_active:
        raise AccountClosed(person=person)
    if (scope_kind, scope_id) not in scopes.names([(scope_kind, scope_id)]):
        raise UnknownPlace
    holder = Holder(
        function=function, role=role, person=person, scope_kind=scope_kind, scope_id=scope_id
    )
    with refusing(no_holder_twice=HolderTaken()):
        holder.save()
    audit.record(
        actor=actor,
        deed=Deed.GIVE_FUNCTION,
        right=Permission.MANAGE_ROLES,
        target=holder,
        after=_facts(holder),
    )
    tell_players()
    return holder


@transaction.atomic
def take_function(*, actor: Actor, holder: Holder) -> None:
    """Let the holder play the function there no more."""
    require(actor, Permission.MANAGE_ROLES, holder)
    audit.record(
        actor=actor,
        deed=Deed.TAKE_FUNCTION,
        right=Permission.MANAGE_ROLES,
        target=holder,
        before=_facts(holder),
    )
    holder.delete()
    tell_players()


def _refuse_namesake(function: Function) -> None:
    others = Function.objects.exclude(pk=function.pk).values_list("name", "code")
    for name, code in others:
        if function.name is not None and fold(name) == fold(function.name):
            raise FunctionNameTaken(name=name, code=code)


def _facts(holder: Holder) -> dict[str, object]:
    return {
        "function": holder.function.name,
        "function_code": holder.function.code,
        **facts.of_role(holder.role),
        **facts.of_person("person", holder.person),
        **facts.of_scope(holder.scope_kind, holder.scope_id),
    }
