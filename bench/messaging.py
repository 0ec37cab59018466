"""Sending to 119 units against the bare SQL, and the status page against its queries.

Everything happens in a city of its own, schema `bench`, which is dropped at the end.
"""

from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from bench import city
from bench.city import add_clerk, add_units, ask_again, own_city, queries_of, seconds
from files.models import File
from modules.messaging import services
from modules.messaging.models import Answer, AnswerFile, Delivery, Message
from opium.permissions import SYSTEM
from units.models import Unit

CITY, HOST = "bench", "bench.localhost"
UNITS, ROUNDS, LIMIT = 119, 21, 3.0
TINY = {"UNITS": 3, "ROUNDS": 1}
row = partial(city.row, limit=LIMIT)


def rows() -> list[dict[str, Any]]:
    with own_city(CITY, HOST):
        add_units(UNITS)
        services.change_sending_rules(actor=SYSTEM, undo_seconds=0)
        clerk = add_clerk("ewa")
        return [_sending(clerk), *_status_page(clerk)]


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
        ours.append(seconds(lambda m=message: services.send_message(actor=clerk, message=m)))
        peer.append(seconds(lambda w=writes: _write(w)))
        assert Delivery.objects.filter(message=message).count() == UNITS
        assert Delivery.objects.filter(message=other).count() == UNITS
    return row(f"send to {UNITS} units", ours, peer, "the same rows in one raw SQL transaction")


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
    queries = queries_of(lambda: browser.get(url))
    shown = browser.get(url).json()
    assert len(shown["results"]) == UNITS
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        ours.append(seconds(lambda: browser.get(url)))
        peer.append(seconds(lambda: ask_again(queries)))
    of_one = queries_of(
        lambda: browser.get(f"/api/v1/messaging/messages/{few.pk}/deliveries/?page_size=500")
    )
    page = row(f"status page of {UNITS} deliveries", ours, peer, "its own SQL, fetched")
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
