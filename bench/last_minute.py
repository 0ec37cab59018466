"""300 schools hand in within the last seconds of a call, to a real server: all in, none twice.

Each presses once, most of them in the last seconds before the closing, every tenth after it; every
third sends the same again without waiting for the answer, as an impatient browser does. Then the
database is counted: what came before the closing second is handed in, each once; what came after
it is a draft still. The server is gunicorn with its shipped configuration (its workers are the
processors), and the benchmark notes when a request came, as the proxy before it does.

Everything happens in a city of its own, schema `bench_last_minute`, which is dropped at the end.
"""

import http.client
import json
import os
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from accounts import services as accounts
from accounts.models import Person
from bench.city import add_units, own_city
from bench.office import HEAD, head_of, procedure_of_office
from bench.serving import TOKEN, Asked, Server, session_of
from config.runtime import supervisor
from forms.services import save_answers
from modules.applications import services
from modules.applications.models import Application, Call, CallEdition
from opium.permissions import SYSTEM
from procedures.models import Event

CITY, HOST = "bench_last_minute", "bench-last-minute.localhost"
SCHOOLS, SECONDS, SERVERS = 300, 20.0, 1
TINY: dict[str, float] = {"SCHOOLS": 6, "SECONDS": 1.0, "SERVERS": 0}
"""No process but this one, which sees what the test has not committed."""
LATE, TWICE = 10, 3
"""Every tenth is late, every third sends twice."""
ANSWERED = {200, 409}


@dataclass(frozen=True, slots=True)
class Press:
    """One school's: when it is sent, for which case, by which cookies."""

    at: float
    case: UUID
    who: Person
    cookies: str
    is_late: bool
    is_sent_twice: bool


Send = Callable[[Press, str], int]


def rows() -> list[dict[str, Any]]:
    with own_city(CITY, HOST):
        call, drafts = _furnish()
        with _served() as send:
            closing = _close_soon(call)
            presses = _plan(drafts, closing)
            took = _pressed(presses, send)
        handed_in, doubled = _counted(presses)
        wanted = {one.case for one in presses if not one.is_late}
        lost, late = len(wanted - handed_in), len(handed_in - wanted)
        slowest = max(took)
        return [
            {
                "name": f"{SCHOOLS} hand in at once: {lost} lost, {doubled} doubled, {late} late",
                "ours_s": statistics.median(took),
                "peer_s": None,
                "ratio": None,
                "limit": "0, 0, 0",
                "peer": f"the slowest answer took {slowest:.1f} s",
                "ok": not lost and not doubled and not late,
            }
        ]


def _furnish() -> tuple[Call, list[tuple[Application, Person]]]:
    """A draft of each school, filled in."""
    call = services.draft_call(
        actor=SYSTEM, procedure=procedure_of_office(), title="Granty", year=timezone.now().year
    )
    places = add_units(SCHOOLS)
    call = _published(call, timezone.now() + timedelta(days=1))
    role = accounts.add_role(actor=SYSTEM, name="Dyrekcja", permissions=sorted(HEAD))
    drafts = []
    for number, unit in enumerate(places):
        head = head_of(number, unit, role)
        begun = services.begin_application(actor=head, call=call, unit_id=unit.pk)
        sheet = begun.case.sheet
        assert sheet is not None
        changes = {"pytanie_0": f"Szkoła {number}"}
        save_answers(actor=head, sheet=sheet, changes=changes, draft_version=sheet.draft_version)
        drafts.append((begun, head))
    return call, drafts


def _published(call: Call, closes_at: datetime) -> Call:
    window = {
        "key": "tura",
        "name": "Tura",
        "opens_at": (timezone.now() - timedelta(days=1)).isoformat(),
        "closes_at": closes_at.isoformat(),
        "pots": [],
    }
    rules = {"rounds": [window], "audience": {"all_units": True}}
    call = services.change_call(actor=SYSTEM, call=call, content={"rules": rules})
    return services.publish_call(actor=SYSTEM, call=call)


def _close_soon(call: Call) -> float:
    """The closing second, so far ahead that everybody can press before it; nobody is told."""
    closes_at = (timezone.now() + timedelta(seconds=SECONDS + 2)).replace(microsecond=0)
    edition = call.edition
    assert edition is not None
    document = {**call.rules}
    document["rounds"] = [{**document["rounds"][0], "closes_at": closes_at.isoformat()}]
    newest = CallEdition.objects.create(
        call=call,
        number=edition.number + 1,
        title=call.title,
        rules=document,
        published_at=timezone.now(),
    )
    Call.objects.filter(pk=call.pk).update(rules=document, edition=newest)
    return closes_at.timestamp()


def _plan(drafts: Sequence[tuple[Application, Person]], closing: float) -> list[Press]:
    """The nearer to the closing, the more of them: half press in its last eighth."""
    presses = []
    for number, (one, head) in enumerate(drafts):
        is_late = number % LATE == LATE - 1
        before = SECONDS * (1 - (number + 1) / (len(drafts) + 1)) ** 3 + 0.005
        at = closing + 0.005 + number / 1_000 if is_late else closing - before
        cookies = session_of(head, HOST)
        presses.append(Press(at, one.case_id, head, cookies, is_late, number % TWICE == 0))
    return presses


def _pressed(presses: Sequence[Press], send: Send) -> list[float]:
    """How long each answer took; the same again has to be answered as well."""

    def press(one: Press) -> float:
        key = str(uuid4())
        time.sleep(max(one.at - time.time(), 0))
        begun = time.perf_counter()
        status = send(one, key)
        assert status in ANSWERED, status
        return time.perf_counter() - begun

    if not SERVERS:
        return [press(one) for one in sorted(presses, key=lambda one: one.at)]
    again = [one for one in presses if one.is_sent_twice]
    with ThreadPoolExecutor(len(presses) + len(again)) as threads:
        return [*threads.map(press, [*presses, *again])]


def _counted(presses: Sequence[Press]) -> tuple[set[UUID], int]:
    """What is handed in, and how much of it more than once."""
    cases = [one.case for one in presses]
    events = list(Event.objects.filter(case__in=cases, outcome="submitted"))
    times: dict[UUID, int] = {}
    for one in events:
        times[one.case_id] = times.get(one.case_id, 0) + 1
    known = Application.objects.exclude(submitted_at=None).filter(case__in=cases)
    handed_in = set(known.values_list("case", flat=True))
    assert handed_in == set(times)
    return handed_in, sum(number > 1 for number in times.values())


@contextmanager
def _served() -> Iterator[Send]:
    """The web server as it is shipped, or, in a test, the application alone."""
    if not SERVERS:
        with override_settings(TRUSTED_PROXIES=1):
            yield _send_within(Server(HOST))
        return
    port = _free_port()
    given = {**os.environ, "DATABASE_URL": _database(), "TRUSTED_PROXIES": "1"}
    bound = ("--bind", f"127.0.0.1:{port}")
    program = ("-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi:application")
    server = subprocess.Popen(supervisor.python(*program, *bound), env=given)
    try:
        deadline = time.monotonic() + supervisor.ANSWER_SECONDS
        while not supervisor.answers(port):
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)
        yield _send_to(port)
    finally:
        server.terminate()
        server.wait()


def _send_within(server: Server) -> Send:
    def send(one: Press, key: str) -> int:
        url = f"/api/v1/procedures/cases/{one.case}/perform/"
        environ = server.environ(Asked("press", one.who, url, "POST", _body))
        environ |= {"HTTP_X_REQUEST_START": f"t={one.at:.3f}", "HTTP_IDEMPOTENCY_KEY": key}
        told: list[str] = []
        answer: Any = server.application(environ, lambda status, *_: told.append(status))
        answer.close()
        return int(told[0][:3])

    return send


def _send_to(port: int) -> Send:
    def send(one: Press, key: str) -> int:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        headers = {
            "Host": HOST,
            "Content-Type": "application/json",
            "Cookie": f"{one.cookies}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Idempotency-Key": key,
            "X-Request-Start": f"t={time.time():.3f}",
        }
        url = f"/api/v1/procedures/cases/{one.case}/perform/"
        try:
            asked.request("POST", url, json.dumps(_body()), headers)
            return asked.getresponse().status
        finally:
            asked.close()

    return send


def _body() -> dict[str, str]:
    return {"action": "submitted"}


def _database() -> str:
    known: Any = settings.DATABASES["default"]
    host = known.get("HOST") or ""
    return os.environ.get("DATABASE_URL") or f"postgres://{known['USER']}@{host}/{known['NAME']}"


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
