"""Sending to 119 units against the bare SQL, and the status page against its queries.

Everything happens in a city of its own, schema `bench`, which is dropped at the end.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from celery import current_app  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tenants.utils import tenant_context  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402

from accounts import selectors as accounts  # noqa: E402  # after settings
from accounts import services as people  # noqa: E402
from files.models import File  # noqa: E402
from modules.directory.models import Unit, UnitKind  # noqa: E402
from modules.messaging import services  # noqa: E402
from modules.messaging.models import Answer, AnswerFile, Delivery, Message  # noqa: E402
from opium.permissions import SYSTEM  # noqa: E402
from outbox.models import Job  # noqa: E402
from provisioning import services as provisioning  # noqa: E402
from tenants.models import Domain, Tenant  # noqa: E402

CITY, HOST = "bench", "bench.localhost"
UNITS, ROUNDS, LIMIT = 119, 21, 3.0


def rows() -> list[dict[str, Any]]:
    current_app.conf.broker_url = "memory://"
    with _city() as clerk:
        return [_sending(clerk), *_status_page(clerk)]


@contextmanager
def _city() -> Iterator[Any]:
    connection.set_schema_to_public()
    call_command("migrate_schemas", shared=True, verbosity=0)
    _drop()
    tenant = provisioning.open_city(name="Pomiary", schema_name=CITY, domain=HOST)
    try:
        with tenant_context(tenant):
            yield _clerk_and_units()
    finally:
        connection.set_schema_to_public()
        _drop()


def _drop() -> None:
    Job.objects.filter(schema_name=CITY).delete()
    Domain.objects.filter(tenant__schema_name=CITY).delete()
    for tenant in Tenant.objects.filter(schema_name=CITY):
        tenant.delete(force_drop=True)


def _clerk_and_units() -> Any:
    kind = UnitKind.objects.create(code="szkola", name="Szkoła", name_plural="Szkoły")
    Unit.objects.bulk_create(
        Unit(kind=kind, short_name=f"SP nr {number}", name=f"Szkoła Podstawowa nr {number}")
        for number in range(1, UNITS + 1)
    )
    clerk = people.add_person(
        actor=SYSTEM, email="ewa@example.org", first_name="Ewa", last_name="Lis"
    )
    people.assign_role(actor=SYSTEM, person=clerk, role=accounts.role_named("Referent"))
    return clerk


def _draft(clerk: Any, **audience: Any) -> Message:
    return services.write_draft(
        actor=clerk,
        content={
            "subject": "Obiady",
            "body": "Proszę o odpowiedź.",
            "audience": audience or {"all_units": True},
            "answer_request": {"wants_files": True},
        },
    )


def _sending(clerk: Any) -> dict[str, Any]:
    """One send by the service; then the rows of another one, all by hand in one transaction."""
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        message, other = _draft(clerk), _draft(clerk)
        writes = _writes_of(clerk, other)
        ours.append(_seconds(lambda m=message: services.send_message(actor=clerk, message=m)))
        peer.append(_seconds(lambda w=writes: _write(w)))
        assert Delivery.objects.filter(message=message).count() == UNITS
        assert Delivery.objects.filter(message=other).count() == UNITS
    return _row(f"send to {UNITS} units", ours, peer, "the same rows in one raw SQL transaction")


def _writes_of(clerk: Any, message: Message) -> list[tuple[str, Any]]:
    """Every INSERT and UPDATE of the send, with its values; the send itself is undone."""
    writes: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if sql.lstrip().startswith(("INSERT", "UPDATE")):
            writes.append((sql, params))
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        services.send_message(actor=clerk, message=message)
        transaction.set_rollback(True)
    return writes


def _write(writes: list[tuple[str, Any]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in writes:
            cursor.cursor.execute(sql, params)


def _status_page(clerk: Any) -> list[dict[str, Any]]:
    browser = APIClient(HTTP_HOST=HOST)
    browser.force_login(clerk)
    few, many = (
        _collected(clerk, units) for units in (Unit.objects.in_order()[:1], Unit.objects.in_order())
    )
    url = f"/api/v1/messaging/messages/{many.pk}/deliveries/?page_size=500"
    queries = _queries_of(lambda: browser.get(url))
    shown = browser.get(url).json()
    assert len(shown["results"]) == UNITS
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        ours.append(_seconds(lambda: browser.get(url)))
        peer.append(_seconds(lambda: _ask(queries)))
    of_one = _queries_of(
        lambda: browser.get(f"/api/v1/messaging/messages/{few.pk}/deliveries/?page_size=500")
    )
    page = _row(f"status page of {UNITS} deliveries", ours, peer, "its own SQL, fetched")
    growth = {
        "name": f"queries of the status page of {UNITS}",
        "ours_s": len(queries),
        "peer_s": len(of_one),
        "ratio": len(queries) / len(of_one),
        "limit": 1.0,
        "peer": "queries of the page of 1",
        "unit": "",
        "ok": len(queries) == len(of_one),
    }
    return [page, growth]


def _collected(clerk: Any, units: Any) -> Message:
    """A message that all have opened and answered with a file."""
    message = services.send_message(
        actor=clerk, message=_draft(clerk, units=[unit.pk for unit in units])
    )
    now = timezone.now()
    for delivery in Delivery.objects.filter(message=message):
        answer = Answer.objects.create(delivery=delivery, version=1, author=clerk, sent_at=now)
        file = File.objects.create(name="obiady.xlsx", size=1, key=str(delivery.pk))
        AnswerFile.objects.create(answer=answer, file=file)
        Delivery.objects.filter(pk=delivery.pk).update(
            delivered_at=now,
            first_opened_at=now,
            first_opened_by=clerk,
            openings=1,
            newest=answer,
            answered_at=now,
            answer_version=1,
        )
    return message


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
            if cursor.description:
                cursor.fetchall()


def _seconds(deed: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def _row(name: str, ours: list[float], peer: list[float], compared: str) -> dict[str, Any]:
    """Medians without the first round, which warms the caches."""
    ours_s, peer_s = statistics.median(ours[1:]), statistics.median(peer[1:])
    ratio = ours_s / peer_s
    return {
        "name": name,
        "ours_s": ours_s,
        "peer_s": peer_s,
        "ratio": ratio,
        "limit": LIMIT,
        "peer": compared,
        "ok": ratio <= LIMIT,
    }
