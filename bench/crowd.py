"""Fifty people who read and answer at once, against the bare view.

Each asks for the next page as soon as the last has come; the server answers in as many processes
and threads as ours has (`config.gunicorn`). Our application and the bare view take turns of a few
seconds, so that whatever else the machine does meets both. Everything happens in a city of its
own, schema `bench_crowd`.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from queue import Empty, Queue
from typing import Any

from celery import current_app
from django.db import connection, connections

from bench import office
from bench.city import own_city
from bench.requests import typing
from bench.serving import Asked, Bare, Server, as_served
from config import gunicorn
from modules.messaging.models import Delivery
from procedures.models import Case

CITY, HOST = "bench_crowd", "bench-crowd.localhost"
LIMIT = 0.7
SECONDS, WARMING, TURNS = 60.0, 3.0, 6
PROCESSES, THREADS = gunicorn.workers, gunicorn.threads
USERS, UNITS, MESSAGES = 50, 119, 20
TINY: dict[str, float] = {"SECONDS": 0.2, "WARMING": 0.0, "TURNS": 1, "PROCESSES": 0}
TINY |= {"USERS": 10, "UNITS": 10, "MESSAGES": 1}
"""No process but this one, so that a test sees what it has not committed."""
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
        with _at_work(whole, rounds) as answer, _at_work(bare, rounds) as answer_barely:
            for turn in (answer, answer_barely):
                turn(WARMING)  # as a server that has answered before
            ours, theirs = [], []
            for _ in range(TURNS):
                ours += answer(SECONDS / TURNS / 2)
                theirs += answer_barely(SECONDS / TURNS / 2)
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


@contextmanager
def _at_work(server: Server, rounds: list[list[Asked]]) -> Iterator[Callable[[float], list[float]]]:
    """A server in processes of its own, each with its share of the users: gives a turn of theirs.

    They keep their threads and connections from turn to turn.
    """
    if not PROCESSES:
        yield lambda seconds: _turn(server, rounds, seconds, None)
        return
    connections.close_all()  # no two processes talk over one
    apart, share = get_context("fork"), -(-len(rounds) // PROCESSES)
    ends = []
    for first in range(0, len(rounds), share):
        end, far_end = apart.Pipe()
        given = (far_end, server, rounds[first : first + share])
        apart.Process(target=_serve_turns, args=given, daemon=True).start()
        ends.append(end)

    def turn(seconds: float) -> list[float]:
        for end in ends:
            end.send(seconds)
        return [one for end in ends for one in end.recv()]

    try:
        yield turn
    finally:
        for end in ends:
            end.send(None)


def _serve_turns(end: Any, server: Server, rounds: list[list[Asked]]) -> None:
    with ThreadPoolExecutor(THREADS, initializer=_enter_city) as threads:
        while (seconds := end.recv()) is not None:
            end.send(_turn(server, rounds, seconds, threads))
        for _ in range(THREADS):
            threads.submit(connections.close_all)


def _enter_city() -> None:
    here: Any = connection
    here.set_schema(CITY)


def _turn(
    server: Server, rounds: list[list[Asked]], seconds: float, threads: ThreadPoolExecutor | None
) -> list[float]:
    """How long each answer took that came within the time, waiting for a thread included."""
    waiting: Queue[tuple[float, int, int]] = Queue()
    begun = time.perf_counter()
    for user in range(len(rounds)):
        waiting.put((begun, user, user))
    took: list[float] = []
    given = (server, rounds, waiting, begun + seconds, took)
    if threads is None:
        _serve(*given)
    else:
        for one in [threads.submit(_serve, *given) for _ in range(THREADS)]:
            one.result()
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
