"""What benchmarks of requests share: our application, a bare view beside it, and the meter.

The bare view is Django itself without our code: its handler, its own middleware, and a view that
sends the very queries of a request to the database, reads every row, and answers the same bytes.
"""

import gc
import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt

from accounts.models import Person
from bench.city import Query, ask_again, queries_of

TOKEN = "a" * 32
Environ = dict[str, Any]
Cost = tuple[float, float]
"""Processor seconds of this process, and of its database backend."""


@dataclass(slots=True)
class Asked:
    """One request: who asks, what for, and what it sends (made anew for each asking)."""

    name: str
    who: Person
    url: str
    method: str = "GET"
    body: Callable[[], Any] | None = None
    seen: Callable[[], object] | None = None
    """The version that a change is made from."""
    queries: list[Query] = field(default_factory=list)
    answer: bytes = b""


class Server:
    """Calls our application in the city of the moment, as the web server does; all signed in."""

    def __init__(self, host: str) -> None:
        self.host, self.application = host, WSGIHandler()
        self.schema = cast("Any", connection).schema_name
        for signal in (request_started, request_finished):  # the connection is the benchmark's own
            signal.disconnect(close_old_connections)
        self.sessions: dict[Any, str] = {}

    def environ(self, asked: Asked) -> Environ:
        body = json.dumps(asked.body()).encode() if asked.body else b""
        path, _, query = asked.url.partition("?")
        return {
            "REQUEST_METHOD": asked.method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": self.host,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.host,
            "HTTP_ACCEPT": "application/json",
            "HTTP_COOKIE": f"{self._session(asked.who)}; csrftoken={TOKEN}",
            "HTTP_X_CSRFTOKEN": TOKEN,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            **({"HTTP_IF_MATCH": f'"{asked.seen()}"'} if asked.seen else {}),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "bench.asked": asked,
            "bench.schema": self.schema,
        }

    def _session(self, who: Person) -> str:
        if who.pk not in self.sessions:
            self.sessions[who.pk] = session_of(who, self.host)
        return self.sessions[who.pk]

    def answer(self, environ: Environ) -> bytes:
        told: list[str] = []
        answer: Any = self.application(environ, cast("Any", lambda status, _: told.append(status)))
        content = b"".join(answer)
        answer.close()
        assert told[0].startswith("2"), (told, content[:500])
        return content

    def listen(self, asked: Asked) -> None:
        """Learn the queries and bytes of the answer, on a connection that stands at the city."""
        self.answer(self.environ(asked))
        environ = self.environ(asked)
        queries = queries_of(lambda: setattr(asked, "answer", self.answer(environ)))
        asked.queries = [one for one in queries if not one[0].startswith("SET search_path")]


def session_of(who: Person, host: str) -> str:
    """The cookies of a browser in which the person has signed in."""
    browser = Client(HTTP_HOST=host)
    browser.force_login(who)
    return "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())


class Bare(Server):
    """The same, with the bare view in the place of our application."""

    def __init__(self, host: str) -> None:
        with override_settings(MIDDLEWARE=BARE):
            super().__init__(host)


BARE = (
    "bench.serving.in_the_city",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
"""Of the middleware what asks the database nothing; the rest's queries are in the SQL itself."""


def in_the_city(get_response: Any) -> Callable[[HttpRequest], HttpResponseBase]:
    def respond(request: HttpRequest) -> HttpResponseBase:
        here: Any = connection
        if here.schema_name != request.META["bench.schema"]:
            here.set_schema(request.META["bench.schema"])
        request.urlconf = __name__  # type: ignore[attr-defined]  # Django's own way to choose
        answer: HttpResponseBase = get_response(request)
        return answer

    return respond


def bare(request: HttpRequest) -> HttpResponse:
    """The same SQL and bytes; a write is checked as at its end, and taken back."""
    asked: Asked = request.META["bench.asked"]
    if asked.method == "GET":
        ask_again(asked.queries)
    else:
        with transaction.atomic():
            ask_again([*asked.queries, ("SET CONSTRAINTS ALL IMMEDIATE", None)])
            transaction.set_rollback(True)
    return HttpResponse(asked.answer, content_type="application/json")


urlpatterns = [re_path("", csrf_exempt(bare))]


def cost(server: Server, environ: Environ) -> Cost:
    """After a collection, so that nobody pays for the rubbish of whoever ran before."""
    gc.collect()
    before, begun = backend_seconds(), time.process_time()
    server.answer(environ)
    spent = time.process_time() - begun
    return spent, backend_seconds() - before


def spent(deed: Callable[[], Any]) -> float:
    """Processor seconds of this process and of its database backend together."""
    gc.collect()
    before, begun = backend_seconds(), time.process_time()
    deed()
    return time.process_time() - begun + backend_seconds() - before


def backend_seconds() -> float:
    """Of the backend that serves this thread; 0 where the system does not tell."""
    told = Path(f"/proc/{cast('Any', connection).connection.info.backend_pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0


def as_served() -> None:
    """What the server does once it has loaded: what is there stays, uncollected."""
    gc.collect()
    gc.freeze()
