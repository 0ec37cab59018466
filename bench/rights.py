"""What rights cost: one `require`, and a list of 1,000 units as an actor may see it.

Everything happens in a city of its own, schema `bench_rights`, which is dropped at the end.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Prefetch  # noqa: E402
from django_tenants.utils import tenant_context  # noqa: E402

from accounts import selectors as accounts  # noqa: E402  # after settings
from accounts import services as people  # noqa: E402
from accounts.models import Person  # noqa: E402
from modules.directory.models import Group, RegisterEntry, Unit, UnitKind  # noqa: E402
from modules.directory.permissions import Permission  # noqa: E402
from modules.directory.selectors import units_visible_to  # noqa: E402
from opium.permissions import SYSTEM, WHOLE_CITY, require  # noqa: E402
from outbox.models import Job  # noqa: E402
from provisioning import services as provisioning  # noqa: E402
from tenants.models import Domain, Tenant  # noqa: E402

CITY, HOST = "bench_rights", "bench-rights.localhost"
UNITS, MANY, ROUNDS, REPEATS, LIMIT = 1000, 50, 21, 1000, 1.5
FIRST_LIMIT = 6.0
"""The ORM that builds the query and its rows over the same SQL sent bare: a fence, no promise."""


class Cast(NamedTuple):
    """Who asks: with one assignment, with many; and who sees each unit by a group of them all."""

    one: UUID
    many: UUID
    grouped: UUID


def rows() -> list[dict[str, Any]]:
    with _city() as cast:
        return [
            _first_question("1 assignment", cast.one),
            _first_question(f"{MANY} assignments", cast.many),
            _later_questions(cast),
            _list("right in the city", cast.one),
            _list("right by a group of them", cast.grouped),
        ]


@contextmanager
def _city() -> Iterator[Cast]:
    connection.set_schema_to_public()
    call_command("migrate_schemas", shared=True, verbosity=0)
    _drop()
    tenant = provisioning.open_city(name="Pomiary praw", schema_name=CITY, domain=HOST)
    try:
        with tenant_context(tenant):
            yield _cast()
    finally:
        connection.set_schema_to_public()
        _drop()


def _drop() -> None:
    Job.objects.filter(schema_name=CITY).delete()
    Domain.objects.filter(tenant__schema_name=CITY).delete()
    for tenant in Tenant.objects.filter(schema_name=CITY):
        tenant.delete(force_drop=True)


def _cast() -> Cast:
    kind = UnitKind.objects.create(code="szkola", name="Szkoła", name_plural="Szkoły")
    units = Unit.objects.bulk_create(
        Unit(kind=kind, short_name=f"SP nr {number}", name=f"Szkoła Podstawowa nr {number}")
        for number in range(1, UNITS + 1)
    )
    group = Group.objects.create(name="Wszystkie")
    group.units.set(units)
    return Cast(
        one=_person("jedna", [("city", None)]),
        many=_person("wiele", [("unit", unit.pk) for unit in units[: MANY - 1]] + [("city", None)]),
        grouped=_person("grupa", [("group", group.pk)]),
    )


def _person(name: str, places: list[tuple[str, UUID | None]]) -> UUID:
    """Somebody who holds the clerk's role in each of the places."""
    person = people.add_person(
        actor=SYSTEM, email=f"{name}@example.org", first_name="Ewa", last_name="Lis"
    )
    role = accounts.role_named("Referent")
    for kind, place in places:
        people.assign_role(actor=SYSTEM, person=person, role=role, scope_kind=kind, scope_id=place)
    return person.pk


def _first_question(holding: str, pk: UUID) -> dict[str, Any]:
    """The first `require` of a request, which reads the assignments, and its bare query."""
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        person = Person.objects.get(pk=pk)
        queries: list[tuple[str, Any]] = _queries_of(
            lambda p=person: require(p, Permission.VIEW_UNITS, WHOLE_CITY)
        )
        again = Person.objects.get(pk=pk)
        ours.append(_seconds(lambda p=again: require(p, Permission.VIEW_UNITS, WHOLE_CITY)))
        peer.append(_seconds(lambda q=queries: _ask(q)))
    name = f"first require of a request, {holding}"
    return _row(name, ours, peer, "its own SQL, fetched", FIRST_LIMIT)


def _later_questions(cast: Cast) -> dict[str, Any]:
    """Every later `require` of the same request: no query, and the same with 50 as with 1."""
    few, many = (Person.objects.get(pk=pk) for pk in (cast.one, cast.many))
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        ours.append(_seconds(lambda: _require_often(many)) / REPEATS)
        peer.append(_seconds(lambda: _require_often(few)) / REPEATS)
    assert _queries_of(lambda: _require_often(many)) == []
    name = f"later require of a request, {MANY} assignments"
    return _row(name, ours, peer, "the same with 1 assignment", LIMIT)


def _require_often(person: Person) -> None:
    for _ in range(REPEATS):
        require(person, Permission.VIEW_UNITS, WHOLE_CITY)


def _list(whose: str, pk: UUID) -> dict[str, Any]:
    """The list as the actor sees it, rights read anew each time, and with no rights at all."""
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        person = Person.objects.get(pk=pk)
        ours.append(_seconds(lambda p=person: list(units_visible_to(p))))
        peer.append(_seconds(lambda: list(_all_units())))
        assert units_visible_to(person).count() == UNITS
    return _row(f"list of {UNITS} units, {whose}", ours, peer, "the list without rights", LIMIT)


def _all_units() -> Any:
    entries = Prefetch("entries", RegisterEntry.objects.order_by("rspo"))
    return Unit.objects.select_related("kind").prefetch_related(entries).in_order()


def _queries_of(ask: Callable[[], Any]) -> list[tuple[str, Any]]:
    queries: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        queries.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return queries


def _ask(queries: list[tuple[str, Any]]) -> None:
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.cursor.execute(sql, params)
            cursor.fetchall()


def _seconds(deed: Callable[[], Any]) -> float:
    """After a collection, so that nobody pays for the rubbish of whoever ran before."""
    gc.collect()
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def _row(
    name: str, ours: list[float], peer: list[float], compared: str, limit: float
) -> dict[str, Any]:
    """Medians without the first round, which warms the caches."""
    ours_s, peer_s = statistics.median(ours[1:]), statistics.median(peer[1:])
    ratio = ours_s / peer_s
    return {
        "name": name,
        "ours_s": ours_s,
        "peer_s": peer_s,
        "ratio": ratio,
        "limit": limit,
        "peer": compared,
        "ok": ratio <= limit,
    }
