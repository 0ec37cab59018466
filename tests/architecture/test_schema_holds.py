"""The OpenAPI document keeps its word: schemathesis asks every operation of it, as three people.

No answer is a 5xx, and each has a status, a type and a body that the document promises. Requests
are made from the document alone, right ones and wrong ones; most of the right ones name what is
really there, and the first carries a whole form, so that the answers are not refusals only.
Nothing is left out: each request is undone, even the one that ends the session of the run. (The
signed addresses of bytes are in no document; tests/files ask them.)
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception, request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from rest_framework.test import APIClient
from schemathesis import GenerationMode
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import Client

from accounts import selectors, services
from forms.models import Sheet
from opium.permissions import SYSTEM
from tenants.models import Tenant
from tests.architecture import world
from tests.architecture.rows import Row, rows
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory
from tests.factories.messaging import draft

ROWS = rows()

pytestmark = pytest.mark.django_db
RIGHT, WRONG = 3, 2
"""How many requests of each sort an operation gets from each person."""
HOST, CSRF = "http://north.test", "c" * 32
PROMISES = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PLACES = 30
_ID = "00000000-0000-4000-8000-0000000000{:02}"
schemathesis.openapi.format("uuid", st.integers(0, PLACES - 1).map(_ID.format))
"""Whatever the document calls a uuid is one of these, each told to mean something of the world."""


@dataclass(frozen=True, slots=True)
class Question:
    """A generated request, and the how manieth of the right ones to its operation it is."""

    case: schemathesis.Case
    number: int | None


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    """Every request of the run, made once from the whole document of the city."""
    described = SchemaGenerator(urlconf="config.urls").get_schema(public=True)
    generation = GenerationConfig(with_security_parameters=False)
    config = SchemathesisConfig(
        projects=ProjectsConfig(default=ProjectConfig(generation=generation))
    )
    schema = schemathesis.openapi.from_dict(described, config=config)
    schema.app = application
    operations = [found.ok() for found in schema.get_all_operations()]
    return [one for operation in operations for one in _questions_to(operation)]


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The product, behind a gateway that as every gateway tells where the request is from."""
    return _product()({"REMOTE_ADDR": "127.0.0.1", **environ}, start_response)


@cache
def _product() -> WSGIHandler:
    return get_wsgi_application()


def _questions_to(operation: APIOperation) -> Iterator[Question]:
    right = _generated(operation, GenerationMode.POSITIVE, RIGHT)
    yield from (Question(case, number) for number, case in enumerate(right))
    if operation.body or any(operation.query) or any(operation.path_parameters):
        with suppress(Unsatisfiable):  # where every text is right, there is nothing wrong to say
            wrong = _generated(operation, GenerationMode.NEGATIVE, WRONG)
            yield from (Question(case, None) for case in wrong)


def _generated(
    operation: APIOperation, mode: GenerationMode, times: int
) -> list[schemathesis.Case]:
    cases: list[schemathesis.Case] = []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=times,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def keep(case: schemathesis.Case) -> None:
        cases.append(case)

    keep()
    return cases


@contextmanager
def one_transaction() -> Iterator[None]:
    """A request, as in Django's own test client, does not end the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def here(city, settings, tmp_path) -> SimpleNamespace:
    settings.FILES_ROOT = str(tmp_path / "files")
    return world.build()


def administrator(here):
    return _person("Administrator miasta")


def clerk(here):
    person = _person("Referent")
    here.draft = draft(person, [here.unit], subject=world.SECRET)
    return person


def head(here):
    person = _person("Dyrektor jednostki", scope_kind="unit", scope_id=here.unit.pk)
    MembershipFactory(person=person, unit=here.unit)
    Sheet.objects.filter(pk=here.sheet.pk).update(person=person)
    return person


def _person(role: str, **scope: Any):
    person = PersonFactory()
    services.assign_role(actor=SYSTEM, person=person, role=selectors.role_named(role), **scope)
    return person


class Visitor:
    """One signed-in person who asks, undoes each request, and notes the broken promises."""

    def __init__(self, here: SimpleNamespace, session: str) -> None:
        self.here = here
        self.ids = [str(one.pk) for one in vars(here).values() if hasattr(one, "pk")]
        self.browser = Client(application, use_cookies=False)
        self.headers = {
            "Cookie": f"{django.SESSION_COOKIE_NAME}={session}; {django.CSRF_COOKIE_NAME}={CSRF}",
            "X-CSRFToken": CSRF,
        }
        self.faults: dict[str, str] = {}
        self.served: set[str] = set()
        self.crashes: list[BaseException | None] = []

    def ask(self, questions: list[Question]) -> None:
        got_request_exception.connect(self._note)
        try:
            for question in questions:
                self._ask(self._about_this_world(question))
        finally:
            got_request_exception.disconnect(self._note)

    def _note(self, sender: Any, **_: Any) -> None:
        self.crashes.append(sys.exc_info()[1])

    def _about_this_world(self, question: Question) -> schemathesis.Case:
        asked = question.case
        case = asked.operation.Case(
            path_parameters=self._real(asked.path_parameters),
            query=self._real(asked.query),
            body=self._real(asked.body),
            media_type=asked.media_type,
        )
        if question.number is None:
            return case
        row = ROWS.get(asked.operation.path.removeprefix("/api/v1/").replace("{id}", "{pk}"), Row())
        if row.pk and question.number < RIGHT - 1:
            case.path_parameters = _parameters(row.pk(self.here), case.path_parameters)
        form = row.body(self.here)
        if form and question.number == 0 and asked.operation.method == "post":
            case.body = form
        return case

    def _real(self, value: Any) -> Any:
        """The same with each made-up id told to mean something of the world."""
        if isinstance(value, dict):
            return {name: self._real(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._real(inner) for inner in value]
        if isinstance(value, str) and value.startswith(_ID[:-5]):
            return self.ids[int(value[-2:]) % len(self.ids)]
        return value

    def _ask(self, case: schemathesis.Case) -> None:
        self.crashes.clear()
        mark = transaction.savepoint()
        try:
            answer = case.call(base_url=HOST, headers=self.headers, session=self.browser)
        finally:
            transaction.savepoint_rollback(mark)
            connection.set_tenant(Tenant.objects.get(schema_name="north"))
        label = case.operation.label
        if answer.status_code >= 500:
            said = f"{self.crashes!r} {case.path_parameters} {case.query} {case.body!r}"
            self.faults.setdefault(f"{label}: {answer.status_code}", said)
            return
        if answer.status_code < 400:
            self.served.add(label)
        try:
            case.validate_response(answer, checks=PROMISES)
        except FailureGroup as broken:
            for one in broken.exceptions:
                said = f"{one.message} {answer.status_code} {answer.text[:300]}"
                self.faults.setdefault(f"{label}: {one.title}", said)


def _parameters(key: Any, asked: dict[str, Any]) -> dict[str, str]:
    """The row's key as the document names it: its `{pk}` is called `{id}` there."""
    named = key if isinstance(key, dict) else dict.fromkeys(asked, key)
    return {
        "id" if name == "pk" and "id" in asked else name: str(value)
        for name, value in named.items()
    }


@pytest.mark.parametrize(
    ("role", "serves"),
    [(administrator, 70), (clerk, 45), (head, 30)],
    ids=["administrator", "clerk", "head"],
)
def test_every_answer_is_one_that_the_document_promises(role, serves, questions, here, api):
    person = role(here)
    browser = api(person)
    assert browser.get("/api/v1/accounts/session/").json()["person"]["id"] == str(person.pk)
    visitor = Visitor(here, browser.cookies[django.SESSION_COOKIE_NAME].value)

    with one_transaction():
        visitor.ask(questions)

    assert not visitor.faults, "\n\n".join(": ".join(one) for one in visitor.faults.items())
    assert len(visitor.served) >= serves


@pytest.mark.parametrize("path", ["accounts/session/", "accounts/session/code/", "no/such/"])
def test_a_write_without_the_token_of_the_page_is_refused_with_a_problem(path, city):
    browser = APIClient(enforce_csrf_checks=True, HTTP_HOST="north.test")

    answer = browser.post(f"/api/v1/{path}", {"email": "a@example.org", "password": "x"})

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert sorted(answer.json()) == ["code", "detail", "errors"]
