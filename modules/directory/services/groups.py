"""The verbs of named groups."""

from collections.abc import Collection
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import transaction

from accounts import selectors as accounts
from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.errors import GroupNameTaken, UnknownMembers
from modules.directory.permissions import Permission
from opium.constraints import refusing
from opium.errors import FieldError
from opium.permissions import Actor, require
from units.models import Group, Unit

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def make_group(
    *,
    actor: Actor,
    name: str,
    description: str = "",
    units: Collection[UUID] = (),
    people: Collection[UUID] = (),
) -> Group:
    """Name a group of open or closed units and of active people; the actor owns it.

    Raises `GroupNameTaken`, `UnknownMembers`.
    """
    group = Group(name=name.strip(), description=description)
    require(actor, Permission.CHANGE_GROUPS, group)
    if actor.pk is not None:
        group.owner = cast("Person", actor)
    _save(group)
    _set_units(group, units)
    _set_people(group, people)
    audit.record(
        actor=actor,
        deed=Deed.MAKE_GROUP,
        right=Permission.CHANGE_GROUPS,
        target=group,
        after={"name": group.name, "units": _texts(units), "people": _texts(people)},
    )
    return group


@transaction.atomic
def change_group(
    *,
    actor: Actor,
    group: Group,
    name: str | None = None,
    description: str | None = None,
    units: Collection[UUID] | None = None,
    people: Collection[UUID] | None = None,
) -> Group:
    """Change what is given; `units` and `people` replace the whole list. Raises as `make_group`.

    Messages already sent keep the recipients they had.
    """
    require(actor, Permission.CHANGE_GROUPS, group)
    group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    before, after = {}, {}
    if name is not None and name.strip() != group.name:
        before["name"], group.name = group.name, name.strip()
        after["name"] = group.name
    if description is not None and description != group.description:
        before["description"], group.description = group.description, description
        after["description"] = description
    _save(group)
    changes: dict[str, object] = {**after}
    if units is not None:
        _set_units(group, units)
        changes["units"] = _texts(units)
    if people is not None:
        _set_people(group, people)
        changes["people"] = _texts(people)
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_GROUP,
        right=Permission.CHANGE_GROUPS,
        target=group,
        before=before,
        after=changes,
    )
    return group


@transaction.atomic
def delete_group(*, actor: Actor, group: Group) -> None:
    """Delete the group, not its members; what was sent to it stays sent."""
    require(actor, Permission.CHANGE_GROUPS, group)
    audit.record(
        actor=actor,
        deed=Deed.DELETE_GROUP,
        right=Permission.CHANGE_GROUPS,
        target=group,
        before={"name": group.name},
    )
    group.delete()


def _save(group: Group) -> None:
    with refusing(one_group_per_name=GroupNameTaken(name=group.name)):
        group.save()


def _set_units(group: Group, units: Collection[UUID]) -> None:
    found = list(Unit.objects.filter(pk__in=units))
    if len(found) != len(set(units)):
        raise UnknownMembers(errors=[FieldError("units", "Nie ma wskazanej jednostki.")])
    group.units.set(found)


def _set_people(group: Group, people: Collection[UUID]) -> None:
    found = list(accounts.active_people().filter(pk__in=people))
    if len(found) != len(set(people)):
        raise UnknownMembers(errors=[FieldError("people", "Nie ma wskazanej osoby.")])
    group.people.set(found)


def _texts(ids: Collection[UUID]) -> list[str]:
    return sorted(str(one) for one in ids)
