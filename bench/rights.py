"""What rights cost: one `require`, and a list of 1,000 units as an actor may see it.

Everything happens in a city of its own, schema `bench_rights`, which is dropped at the end.
"""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import Person
from bench.city import (
    IN_THE_CITY,
    add_clerk,
    add_units,
    ask_again,
    own_city,
    queries_of,
    row,
    seconds,
)
from modules.directory.permissions import Permission
from modules.directory.selectors import units_visible_to
from opium.permissions import WHOLE_CITY, require
from units.models import Group, RegisterEntry, Unit

CITY, HOST = "bench_rights", "bench-rights.localhost"
UNITS, MANY, ROUNDS, REPEATS, LIMIT = 1000, 50, 21, 1000, 1.5
TINY = {"UNITS": 5, "MANY": 3, "ROUNDS": 1, "REPEATS": 3}
FIRST_LIMIT = 6.0
"""The ORM that builds the query and its rows over the same SQL sent bare: a fence, no promise."""


class Cast(NamedTuple):
    """Who asks: with one assignment, with many; and who sees each unit by a group of them all."""

    one: UUID
    many: UUID
    grouped: UUID


def rows() -> list[dict[str, Any]]:
    with own_city(CITY, HOST):
        cast = _cast()
        return [
            _first_question("1 assignment", cast.one),
            _first_question(f"{MANY} assignments", cast.many),
            _later_questions(cast),
            _list("right in the city", cast.one),
            _list("right by a group of them", cast.grouped),
        ]


def _cast() -> Cast:
    units = add_units(UNITS)
    group = Group.objects.create(name="Wszystkie")
    group.units.set(units)
    places = [("unit", unit.pk) for unit in units[: MANY - 1]]
    return Cast(
        one=add_clerk("jedna").pk,
        many=add_clerk("wiele", [*places, IN_THE_CITY]).pk,
        grouped=add_clerk("grupa", [("group", group.pk)]).pk,
    )


def _first_question(holding: str, pk: UUID) -> dict[str, Any]:
    """The first `require` of a request, which reads the assignments, and its bare query."""
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        person = Person.objects.get(pk=pk)
        queries = queries_of(lambda p=person: require(p, Permission.VIEW_UNITS, WHOLE_CITY))
        again = Person.objects.get(pk=pk)
        ours.append(seconds(lambda p=again: require(p, Permission.VIEW_UNITS, WHOLE_CITY)))
        peer.append(seconds(lambda q=queries: ask_again(q)))
    name = f"first require of a request, {holding}"
    return row(name, ours, peer, "its own SQL, fetched", FIRST_LIMIT)


def _later_questions(cast: Cast) -> dict[str, Any]:
    """Every later `require` of the same request: no query, and the same with 50 as with 1."""
    few, many = (Person.objects.get(pk=pk) for pk in (cast.one, cast.many))
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        ours.append(seconds(lambda: _require_often(many)) / REPEATS)
        peer.append(seconds(lambda: _require_often(few)) / REPEATS)
    assert queries_of(lambda: _require_often(many)) == []
    name = f"later require of a request, {MANY} assignments"
    return row(name, ours, peer, "the same with 1 assignment", LIMIT)


def _require_often(person: Person) -> None:
    for _ in range(REPEATS):
        require(person, Permission.VIEW_UNITS, WHOLE_CITY)


def _list(whose: str, pk: UUID) -> dict[str, Any]:
    """The list as the actor sees it, rights read anew each time, and with no rights at all."""
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        person = Person.objects.get(pk=pk)
        ours.append(seconds(lambda p=person: list(units_visible_to(p))))
        peer.append(seconds(lambda: list(_all_units())))
        assert units_visible_to(person).count() == UNITS
    return row(f"list of {UNITS} units, {whose}", ours, peer, "the list without rights", LIMIT)


def _all_units() -> Any:
    entries = Prefetch("entries", RegisterEntry.objects.order_by("rspo"))
    return Unit.objects.select_related("kind").prefetch_related(entries).in_order()
