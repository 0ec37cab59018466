"""What an answer costs, against a bare Django view that runs the same SQL.

The ten requests that people make most go through the whole application, as the server calls it.
The peer is Django itself without our code: its handler, its own middleware, and a view that
sends the very queries of that request to the database, reads every row, and answers the same
bytes. Both are measured in turns, in processor time of this process and of its database backend.

Everything happens in a city of its own, schema `bench_requests`, which is dropped at the end.
"""

import gc
import io
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from celery import current_app
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt

from accounts.models import Person
from bench import office
from bench.city import Query, ask_again, own_city, queries_of

CITY, HOST = "bench_requests", "bench-requests.localhost"
ROUNDS, LIMIT = 31, 1.5
TOKEN = "a" * 32

Environ = dict[str, Any]


@dataclass(slots=True)
class Asked:
    """One request: who asks, what for, and what it sends (made anew for each asking)."""

    name: str
    who: Person
    url: str
    method: str = "GET"
    body: Callable[[], Any] | None = None
    queries: list[Query] = field(default_factory=list)
    answer: bytes = b""
    media: str = ""


def rows() -> list[dict[str, Any]]:
    current_app.conf.broker_url = "memory://"
    with own_city(CITY, HOST):
        at_work = office.furnish(units=119, messages=60, cases=60)
        return [_row(asked) for asked in asked_most(at_work)]


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
        Asked("autosave", head, f"{api}/forms/sheets/{sheet.pk}/", "PATCH", _typing(sheet)),
        Asked("units", clerk, f"{api}/directory/units/"),
        Asked("log", clerk, f"{api}/audit/entries/"),
    ]


def _typing(sheet: Any) -> Callable[[], Any]:
    """The next answer that somebody types into the sheet."""

    def body() -> Any:
        sheet.refresh_from_db(fields=["draft_version"])
        text = f"Odpowiedź {time.monotonic_ns()}"
        return {"changes": {"pytanie_3": text}, "draft_version": sheet.draft_version}

    return body


class Server:
    """Calls an application as the server does, as somebody who is signed in."""

    def __init__(self) -> None:
        self.application = WSGIHandler()
        self.cookies: dict[Any, str] = {}

    def environ(self, asked: Asked) -> Environ:
        body = json.dumps(asked.body()).encode() if asked.body else b""
        url, _, query = asked.url.partition("?")
        return {
            "REQUEST_METHOD": asked.method,
            "PATH_INFO": url,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST,
            "HTTP_ACCEPT": "application/json",
            "HTTP_COOKIE": f"{self._session(asked.who)}; csrftoken={TOKEN}",
            "HTTP_X_CSRFTOKEN": TOKEN,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
        }

    def _session(self, who: Person) -> str:
        if who.pk not in self.cookies:
            browser = Client(HTTP_HOST=HOST)
            browser.force_login(who)
            self.cookies[who.pk] = "; ".join(f"{k}={v.value}" for k, v in browser.cookies.items())
        return self.cookies[who.pk]

    def answer(self, environ: Environ) -> bytes:
        told: list[str] = []
        parts = self.application(environ, lambda status, _: told.append(status))
        answer = b"".join(parts)
        parts.close()
        assert told[0].startswith("2"), (told, answer[:500])
        return answer


BARE = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
"""Of the middleware what asks the database nothing; the rest's queries are in the SQL itself."""
_current: dict[str, Asked] = {}


def bare(request: HttpRequest) -> HttpResponse:
    """The same SQL and the same bytes; a write is taken back, so that it can be sent again."""
    asked = _current[request.path]
    if asked.method == "GET":
        ask_again(asked.queries)
    else:
        with transaction.atomic():
            ask_again(asked.queries)
            transaction.set_rollback(True)
    return HttpResponse(asked.answer, content_type="application/json")


urlpatterns = [re_path("", csrf_exempt(bare))]


def bare_server() -> Server:
    with override_settings(MIDDLEWARE=BARE):
        return Server()


def _row(asked: Asked) -> dict[str, Any]:
    whole, peer = Server(), bare_server()
    environ = whole.environ(asked)
    asked.queries = queries_of(lambda: whole.answer(environ))
    asked.answer = whole.answer(whole.environ(asked))
    _current[asked.url] = asked
    ours, bare_ = [], []
    for _ in range(ROUNDS + 1):
        ours.append(cost(whole, whole.environ(asked)))
        environ = whole.environ(asked)
        with override_settings(ROOT_URLCONF=__name__):
            bare_.append(cost(peer, environ))
    return _told(f"{asked.name}, {len(asked.queries)} queries", ours, bare_)


Cost = tuple[float, float]


def cost(server: Server, environ: Environ) -> Cost:
    """Seconds of this process and of its database backend."""
    gc.collect()
    before, begun = backend_seconds(), time.process_time()
    server.answer(environ)
    spent = time.process_time() - begun
    return spent, backend_seconds() - before


def backend_seconds() -> float:
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _told(name: str, ours: Sequence[Cost], peer: Sequence[Cost]) -> dict[str, Any]:
    def median(costs: Sequence[Cost], part: Callable[[Cost], float]) -> float:
        return statistics.median(map(part, costs[1:]))

    ours_s, peer_s = (median(costs, sum) for costs in (ours, peer))
    ratio = ours_s / peer_s
    return {
        "name": f"CPU of {name}",
        "ours_s": ours_s,
        "peer_s": peer_s,
        "ratio": ratio,
        "limit": LIMIT,
        "peer": "a bare view with its SQL and its bytes",
        "without_database": [median(costs, lambda one: one[0]) for costs in (ours, peer)],
        "ok": ratio <= LIMIT,
    }
