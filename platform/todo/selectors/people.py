"""The people behind a row: whom to tell of it."""

from typing import TYPE_CHECKING

from accounts import selectors as accounts
from accounts.scopes import CITY
from opium.permissions import SYSTEM, Actor, Permission, Reach
from todo import registry

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import Person
    from todo.models import Waiting


def people_behind(row: "Waiting") -> "list[Person]":
    """For whom the row waits today: present people, without those who have done their part."""
    kind = registry.kind_named(row.code)
    if row.person is not None:
        found = [row.person] if _may(row.person, kind.right_of_named, row) else []
    elif row.function:
        found = players(row, row.function)
    elif row.unit_id is None:
        found = _in_the_city(kind.right)
    else:
        people = _at_home(row.unit_id).filter(is_active=True).order_by("sort_key")
        found = [one for one in people if _may(one, kind.right, row)]
    barred = set(row.excused)
    if row.barred_unit_id is not None:
        barred |= set(_at_home(row.barred_unit_id).values_list("pk", flat=True))
    return [one for one in found if one.is_active and one.pk not in barred]


def players(row: "Waiting", function: str) -> "list[Person]":
    """Who plays the function where the row stands, and holds the right of its kind."""
    right = registry.kind_named(row.code).right
    return [one.person for one in accounts.holders_of(function, row) if _may(one.actor, right, row)]


def _in_the_city(right: Permission) -> "list[Person]":
    """Who holds the right in the whole city and may use it now."""
    holdings = accounts.who_may(SYSTEM, right, (CITY, None))
    return [one.person for one in holdings if not one.is_withheld]


def _may(actor: Actor, right: Permission, row: "Waiting") -> bool:
    """Whether the actor holds the right where the row stands; its module's rules ask of a deed."""
    return actor.reach(right).covers(row)


def _at_home(unit_id: "UUID | None") -> "QuerySet[Person]":
    units = frozenset({unit_id} if unit_id is not None else ())
    return accounts.people_within(Reach(units=units))
