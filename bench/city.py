"""What benchmarks in a city share: the city itself, dropped at the end, and the stopwatch."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from celery import current_app
from django.core.management import call_command
from django.db import connection
from django_tenants.utils import tenant_context

from accounts import services as accounts
from accounts.models import Person
from accounts.selectors import role_named
from opium.permissions import SYSTEM
from outbox.models import Job
from provisioning import services as provisioning
from tenants.models import Domain, Tenant
from units.models import Unit, UnitKind

Place = tuple[str, UUID | None]
Query = tuple[str, Any]
IN_THE_CITY: Place = ("city", None)


@contextmanager
def own_city(schema: str, host: str) -> Iterator[Tenant]:
    """Work in a new city of that schema; afterwards nothing of it is left.

    In a city already (as in a test, whose transaction takes everything back) it is that one, which
    answers to the host as well.
    """
    current_app.conf.broker_url = "memory://"
    if isinstance(connection.tenant, Tenant):
        Domain.objects.create(domain=host, tenant=connection.tenant)
        yield connection.tenant
        return
    connection.set_schema_to_public()
    call_command("migrate_schemas", shared=True, verbosity=0)
    _drop(schema)
    tenant = provisioning.open_city(actor=SYSTEM, name="Pomiary", schema_name=schema, domain=host)
    try:
        with tenant_context(tenant):
            yield tenant
    finally:
        connection.set_schema_to_public()
        _drop(schema)


def _drop(schema: str) -> None:
    Job.objects.filter(schema_name=schema).delete()
    Domain.objects.filter(tenant__schema_name=schema).delete()
    for tenant in Tenant.objects.filter(schema_name=schema):
        tenant.delete(force_drop=True)


def add_units(count: int, kind: str = "szkola", first: int = 1) -> list[Unit]:
    of_kind = UnitKind.objects.create(code=kind, name="Szkoła", name_plural="Szkoły")
    return Unit.objects.bulk_create(
        Unit(kind=of_kind, short_name=f"SP nr {number}", name=f"Szkoła Podstawowa nr {number}")
        for number in range(first, first + count)
    )


def add_clerk(name: str, places: Sequence[Place] = (IN_THE_CITY,)) -> Person:
    """Somebody who holds the clerk's role in each of the places."""
    person = accounts.add_person(
        actor=SYSTEM, email=f"{name}@example.org", first_name="Ewa", last_name="Lis"
    )
    role = role_named("Referent")
    for kind, place in places:
        accounts.assign_role(
            actor=SYSTEM, person=person, role=role, scope_kind=kind, scope_id=place
        )
    return person


def queries_of(ask: Callable[[], Any]) -> list[Query]:
    """Every query of it, with its values."""
    queries: list[Query] = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        queries.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return queries


def ask_again(queries: Sequence[Query]) -> None:
    """The same queries bare, past the ORM, with all that they answer."""
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def seconds(deed: Callable[[], Any]) -> float:
    """After a collection, so that nobody pays for the rubbish of whoever ran before."""
    gc.collect()
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def row(
    name: str, ours: Sequence[float], peer: Sequence[float], compared: str, limit: float
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
