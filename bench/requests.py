"""What an answer costs, against a bare Django view that runs the same SQL.

The ten requests that people make most go through the whole application, as the server calls it;
the peer is `serving.Bare`. Both are measured in turns, in processor time of this process and of
its database backend. Then a list of 1,000 rows, against its own SQL.

Everything happens in a city of its own, schema `bench_requests`, which is dropped at the end.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from celery import current_app

from bench import city, office
from bench.city import own_city
from bench.serving import Asked, Bare, Cost, Server, as_served, backend_seconds, cost

CITY, HOST = "bench_requests", "bench-requests.localhost"
LIMIT, LIST_LIMIT = 1.5, 2.0
ROUNDS, UNITS, EACH, MANY = 31, 119, 60, 1000
"""`EACH` is the number of messages and of cases, `MANY` that of the long list's rows."""
TINY = {"ROUNDS": 1, "UNITS": 2, "EACH": 2, "MANY": 4}


def rows() -> list[dict[str, Any]]:
    current_app.conf.broker_url = "memory://"
    with own_city(CITY, HOST):
        at_work = office.furnish(units=UNITS, messages=EACH, cases=EACH)
        as_served()
        found = [_row(asked) for asked in asked_most(at_work)]
        city.add_units(MANY - UNITS, kind="inne", first=UNITS + 1)
        return [*found, _long_list(at_work)]


def asked_most(at_work: office.Office) -> list[Asked]:
    """The ten requests, as the screens make them."""
    clerk, head = at_work.clerk, at_work.heads[0]
    api, sheet = "/api/v1", at_work.draft.sheet
    assert sheet is not None
    return [
        Asked("session", clerk, f"{api}/accounts/session/"),
        Asked("inbox", head, f"{api}/messaging/inbox/"),
        Asked("inbox message", head, f"{api}/messaging/inbox/{at_work.delivery.pk}/"),
        Asked("status page", clerk, f"{api}/messaging/messages/{at_work.message.pk}/deliveries/"),
        Asked("desk", head, f"{api}/todo/waiting/"),
        Asked("cases", clerk, f"{api}/procedures/cases/"),
        Asked("case page", clerk, f"{api}/procedures/cases/{at_work.case.pk}/"),
        Asked("autosave", head, f"{api}/forms/sheets/{sheet.pk}/", "PATCH", *typing(sheet)),
        Asked("units", clerk, f"{api}/directory/units/"),
        Asked("log", clerk, f"{api}/audit/entries/"),
    ]


def typing(sheet: Any) -> tuple[Callable[[], Any], Callable[[], object]]:
    """The next answer that somebody types into the sheet, and the version that they see."""

    def body() -> Any:
        return {"changes": {"pytanie_3": f"Odpowiedź {time.monotonic_ns()}"}}

    def seen() -> object:
        sheet.refresh_from_db(fields=["draft_version"])
        return sheet.draft_version

    return body, seen


def _row(asked: Asked) -> dict[str, Any]:
    whole, peer = Server(HOST), Bare(HOST)
    whole.listen(asked)
    ours, theirs = [], []
    for _ in range(ROUNDS + 1):
        if asked.method != "GET":  # where the bare view took its write back, nothing is prepared
            whole.answer(whole.environ(asked))
        ours.append(cost(whole, whole.environ(asked)))
        theirs.append(cost(peer, peer.environ(asked)))
    name = f"CPU of {asked.name}, {len(asked.queries)} queries"
    return _told(name, ours, theirs, "a bare view with its SQL and bytes", LIMIT)


def _long_list(at_work: office.Office) -> dict[str, Any]:
    """All the units by the longest pages there are."""
    server, size = Server(HOST), min(500, MANY // 2)
    pages = [
        Asked("units", at_work.clerk, f"/api/v1/directory/units/?page_size={size}&page={number}")
        for number in range(1, MANY // size + 1)
    ]
    for page in pages:
        server.listen(page)
    ours, theirs = [], []
    for _ in range(ROUNDS + 1):
        each = [cost(server, server.environ(page)) for page in pages]
        ours.append((sum(one[0] for one in each), sum(one[1] for one in each)))
        theirs.append(_bare_cost(pages))
    return _told(f"CPU of a list of {MANY} units", ours, theirs, "its SQL, fetched", LIST_LIMIT)


def _bare_cost(pages: Sequence[Asked]) -> Cost:
    before, begun = backend_seconds(), time.process_time()
    for page in pages:
        city.ask_again(page.queries)
    return time.process_time() - begun, backend_seconds() - before


def _told(
    name: str, ours: Sequence[Cost], theirs: Sequence[Cost], compared: str, limit: float
) -> dict[str, Any]:
    """The row; `without_database` is the part of this process alone, of us and of the peer."""
    summed = ([sum(one) for one in ours], [sum(one) for one in theirs])
    alone = [statistics.median(one[0] for one in costs[1:]) for costs in (ours, theirs)]
    return city.row(name, *summed, compared, limit) | {"without_database": alone}
