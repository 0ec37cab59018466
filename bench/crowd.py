"""Fifty people who read and answer at once, against the bare view.

Each asks for the next page as soon as the last has come; the server answers in as many threads as
it has. Our application and the bare view take turns of a few seconds, so that whatever else the
machine does meets both. Everything happens in a city of its own, schema `bench_crowd`.
"""

import statistics
import time
from queue import Empty, Queue
from threading import Thread
from typing import Any

from celery import current_app
from django.db import connection, connections

from bench import office
from bench.city import own_city
from bench.requests import typing
from bench.serving import Asked, Bare, Server, as_served
from modules.messaging.models import Delivery
from procedures.models import Case

CITY, HOST = "bench_crowd", "bench-crowd.localhost"
LIMIT = 0.7
SECONDS, TURNS, THREADS = 60.0, 6, 8
USERS, UNITS, MESSAGES = 50, 119, 20
TINY = {"SECONDS": 0.2, "TURNS": 1, "THREADS": 1, "USERS": 10, "UNITS": 10, "MESSAGES": 1}
"""One thread is this one, so that a test sees what it has not committed."""
PERCENTILE = 95


def rows() -> list[dict[str, Any]]:
    current_app.conf.broker_url = "memory://"
    with own_city(CITY, HOST):
        at_work = office.furnish(units=UNITS, messages=MESSAGES, cases=USERS, heads=USERS)
        whole, bare = Server(HOST), Bare(HOST)
        rounds = [round_of(at_work, number) for number in range(USERS)]
        for asked in (one for each in rounds for one in each):
            whole.listen(asked)
            bare.environ(asked)
        as_served()
        ours, theirs = [], []
        for _ in range(TURNS):
            ours += _turn(whole, rounds, SECONDS / TURNS / 2)
            theirs += _turn(bare, rounds, SECONDS / TURNS / 2)
        return [_row(ours, theirs, SECONDS / 2)]


def round_of(at_work: office.Office, number: int) -> list[Asked]:
    """What one user does again and again; every tenth is of the department."""
    head = at_work.heads[number]
    api = "/api/v1"
    if number % 10 == 9:
        status = f"{api}/messaging/messages/{at_work.message.pk}/deliveries/"
        return [
            Asked("status page", at_work.clerk, status),
            Asked("cases", at_work.clerk, f"{api}/procedures/cases/"),
        ]
    delivery = Delivery.objects.get(message=at_work.message, unit__memberships__person=head)
    sheet = Case.objects.get(opened_by=head).sheet
    assert sheet is not None
    return [
        Asked("session", head, f"{api}/accounts/session/"),
        Asked("desk", head, f"{api}/todo/waiting/"),
        Asked("inbox", head, f"{api}/messaging/inbox/"),
        Asked("message", head, f"{api}/messaging/inbox/{delivery.pk}/"),
        Asked("answering", head, f"{api}/forms/sheets/{sheet.pk}/", "PATCH", *typing(sheet)),
    ]


def _turn(server: Server, rounds: list[list[Asked]], seconds: float) -> list[float]:
    """How long each answer took that came within the time, waiting for a thread included."""
    waiting: Queue[tuple[float, int, int]] = Queue()
    begun = time.perf_counter()
    for user in range(len(rounds)):
        waiting.put((begun, user, user))
    took: list[float] = []
    if THREADS == 1:
        _serve(server, rounds, waiting, begun + seconds, took)
        return took
    given = (server, rounds, waiting, begun + seconds, took)
    serving = [Thread(target=_serve_apart, args=given) for _ in range(THREADS)]
    for thread in serving:
        thread.start()
    for thread in serving:
        thread.join()
    return took


def _serve(
    server: Server,
    rounds: list[list[Asked]],
    waiting: "Queue[tuple[float, int, int]]",
    until: float,
    took: list[float],
) -> None:
    while time.perf_counter() < until or not took:
        try:
            asked_at, user, step = waiting.get(timeout=0.1)
        except Empty:
            continue
        asked = rounds[user][step % len(rounds[user])]
        server.answer(server.environ(asked))
        took.append(time.perf_counter() - asked_at)
        waiting.put((time.perf_counter(), user, step + 1))


def _serve_apart(*given: Any) -> None:
    here: Any = connection
    here.set_schema(CITY)
    try:
        _serve(*given)
    finally:
        connections.close_all()


def _row(ours: list[float], theirs: list[float], seconds: float) -> dict[str, Any]:
    late, late_bare = (
        statistics.quantiles(took, n=100)[PERCENTILE - 1] if len(took) > 1 else took[0]
        for took in (ours, theirs)
    )
    ratio = len(ours) / len(theirs)
    return {
        "name": f"{USERS} users at once, p95 {late:.2f} s against {late_bare:.2f} s",
        "ours_s": len(ours) / seconds,
        "peer_s": len(theirs) / seconds,
        "ratio": ratio,
        "limit": f">= {LIMIT}",
        "peer": "the bare view with their SQL and bytes",
        "unit": "answers/s",
        "p95_s": [late, late_bare],
        "ok": ratio >= LIMIT,
    }
