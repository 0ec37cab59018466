"""The people behind rows: whom to tell of them."""

from typing import TYPE_CHECKING
from uuid import UUID

from accounts import selectors as accounts
from accounts.scopes import CITY, Spot
from opium.permissions import SYSTEM, Actor, Permission, Reach
from todo import registry
from units.selectors import homes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from accounts.models import Person
    from accounts.selectors import Acting
    from todo.models import Waiting


def people_behind(row: "Waiting") -> "list[Person]":
    """For whom the row waits today: present people, without those who have done their part."""
    return people_behind_each([row])[row.pk]


def people_behind_each(rows: "Collection[Waiting]") -> "dict[UUID, list[Person]]":
    """Row -> as `people_behind`; as many queries for many rows of one place as for one."""
    acting = _acting(rows)
    units = {row.unit_id for row in rows if row.person is None and not row.function}
    at_home = _at_home({one for one in units | {row.barred_unit_id for row in rows} if one})
    accounts.with_rights([row.person for row in rows if row.person is not None])
    found = {}
    for row in rows:
        barred = {*row.excused, *(one.pk for one in at_home.get(row.barred_unit_id, ()))}
        people = _people(row, acting.get(row.pk, ()), at_home)
        found[row.pk] = [one for one in people if one.is_active and one.pk not in barred]
    return found


def players(row: "Waiting", function: str) -> "list[Person]":
    """Who plays the function where the row stands, may act there, and is not excused from it."""
    right = registry.kind_named(row.code).right
    acting = accounts.ready_to_act(accounts.holders_of(function, row))
    found = [one.person for one in acting if _may(one.actor, right, row)]
    return [one for one in found if one.pk not in row.excused]


def _people(
    row: "Waiting",
    acting: "Iterable[Acting]",
    at_home: "Mapping[UUID | None, list[Person]]",
) -> "list[Person]":
    kind = registry.kind_named(row.code)
    if row.person is not None:
        return [row.person] if _may(row.person, kind.right_of_named, row) else []
    if row.function:
        return [one.person for one in acting if _may(one.actor, kind.right, row)]
    if row.unit_id is None:
        return _in_the_city(kind.right)
    return [one for one in at_home.get(row.unit_id, ()) if _may(one, kind.right, row)]


def _acting(rows: "Iterable[Waiting]") -> "dict[UUID, list[Acting]]":
    """Row -> who plays its function; rows of one place are asked about together."""
    by_place: dict[Spot, list[Waiting]] = {}
    for row in rows:
        if row.person is None and row.function:
            place = Spot(row.unit_id, row.section_id, row.kind_id)
            by_place.setdefault(place, []).append(row)
    absences = accounts.Absences() if by_place else None
    found = {}
    for place, there in by_place.items():
        holders = accounts.holders_of_each({row.function for row in there}, place, absences)
        found.update({row.pk: holders[row.function] for row in there})
    accounts.ready_to_act(one for acting in found.values() for one in acting)
    return found


def _at_home(units: set[UUID]) -> "dict[UUID | None, list[Person]]":
    """Unit -> who belongs to it today, by surname, with their rights read."""
    if not units:
        return {}
    within = accounts.people_within(Reach(units=frozenset(units))).order_by("sort_key")
    people = accounts.with_rights(list(within))
    homes = homes_of([one.pk for one in people])
    found: dict[UUID | None, list[Person]] = {}
    for one in people:
        for home in homes.get(one.pk, ()):
            if home.kind == "unit" and home.id in units:
                found.setdefault(home.id, []).append(one)
    return found


def _in_the_city(right: Permission) -> "list[Person]":
    """Who holds the right in the whole city and may use it now."""
    holdings = accounts.who_may(SYSTEM, right, (CITY, None))
    return [one.person for one in holdings if not one.is_withheld]


def _may(actor: Actor, right: Permission, row: "Waiting") -> bool:
    """Whether the actor holds the right where the row stands; its module's rules ask of a deed."""
    return actor.reach(right).covers(row)
