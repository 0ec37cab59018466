"""What signing in and resetting a password cost, against the hashing that both cannot do without.

Processor time of this process and of its database backend, in turns with the hashing alone; reading
a message is a row of `requests`. Everything happens in a city of its own, schema `bench_sign_in`,
which is dropped at the end.
"""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client
from django.utils import timezone

from accounts import letters
from accounts.models import Attempts, Link, Person
from bench import city
from bench.city import own_city
from bench.serving import as_served, backend_seconds

CITY, HOST = "bench_sign_in", "bench-sign-in.localhost"
API = "/api/v1/accounts"
PASSWORD = "koc-w-kratę-w-lisy-17"
LIMIT = 1.25
"""Of signing in: 1.2 times what it was before browsers were known, which was 1.05 of the hash."""
RESET_LIMIT = 1.4
ROUNDS = 25
TINY = {"ROUNDS": 1}


def rows() -> list[dict[str, Any]]:
    current_app.conf.broker_url = "memory://"
    with own_city(CITY, HOST):
        person = city.add_clerk("ewa")
        person.set_password(PASSWORD)
        person.save()
        as_served()
        kept = Client(HTTP_HOST=HOST)
        return [
            _row("signing in with a known browser", lambda: _enter(kept), _checking, LIMIT),
            _row(
                "signing in with a new one",
                lambda: _enter(Client(HTTP_HOST=HOST)),
                _checking,
                LIMIT,
            ),
            _row("a reset by letter", lambda: _reset(person), _making, RESET_LIMIT),
        ]


def _row(
    name: str, deed: Callable[[], None], hashing: Callable[[], Callable[[], None]], limit: float
) -> dict[str, Any]:
    alone = hashing()
    ours, theirs = [], []
    for _ in range(ROUNDS + 1):
        Attempts.objects.all().delete()
        ours.append(_cost(deed))
        theirs.append(_cost(alone))
    return city.row(f"CPU of {name}", ours, theirs, "hashing the password alone", limit)


def _cost(deed: Callable[[], None]) -> float:
    before, begun = backend_seconds(), time.process_time()
    deed()
    return time.process_time() - begun + backend_seconds() - before


def _checking() -> Callable[[], None]:
    encoded = make_password(PASSWORD)
    return lambda: _must(check_password(PASSWORD, encoded))


def _making() -> Callable[[], None]:
    return lambda: _must(bool(make_password(PASSWORD)))


def _enter(browser: Client) -> None:
    _send(browser, f"{API}/session/", {"email": "ewa@example.org", "password": PASSWORD})


def _reset(person: Person) -> None:
    link = Link.objects.create(
        person=person,
        kind=Link.Kind.PASSWORD,
        address=person.email,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    given = {"token": letters.token_of(link), "password": PASSWORD}
    _send(Client(HTTP_HOST=HOST), f"{API}/password/", given)


def _send(browser: Client, address: str, body: dict[str, str]) -> None:
    answer = browser.post(address, json.dumps(body), content_type="application/json")
    _must(answer.status_code in {200, 204})


def _must(is_so: bool) -> None:  # noqa: FBT001  # a guard of the measurement
    if not is_so:
        raise AssertionError
