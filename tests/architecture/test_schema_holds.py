"""The OpenAPI document keeps its word: schemathesis asks every operation of it, as three people.

No answer is a 5xx, and each has a status, a type and a body that the document promises. Requests
are made from the document alone, right ones and wrong ones; most of the right ones name what is
really there, and the first carries a whole form, so that the answers are not refusals only.
Nothing is left out: each request is undone, even the one that ends the session of the run. (The
signed addresses of bytes are in no document; tests/files ask them.)
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django
from django.core.signals import got_request_exception, request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
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

from accounts import selectors, services
from opium.permissions import SYSTEM
from tenants.models import Tenant
from tests.architecture import world
from tests.architecture.test_endpoints import ROWS
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory
from tests.factories.messaging import draft

pytestmark = pytest.mark.django_db
RIGHT, WRONG = 4, 3
"""How many requests of each sort an operation gets from each person."""
HOST, CSRF = "http://north.test", "c" * 32
PROMISES = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
POOL: list[str] = []
"""The ids of the world of the running test, for whatever the document calls a uuid."""
schemathesis.openapi.format("uuid", st.integers(0, 99).map(lambda n: POOL[n % len(POOL)]))


@pytest.fixture(scope="module")
def document() -> Any:
    """The whole document of the city, as schemathesis reads it."""
    described = SchemaGenerator(urlconf="config.urls").get_schema(public=True)
    generation = GenerationConfig(with_security_parameters=False)
    config = SchemathesisConfig(
        projects=ProjectsConfig(default=ProjectConfig(generation=generation))
    )
    schema = schemathesis.openapi.from_dict(described, config=config)
    schema.app = get_wsgi_application()
    return schema


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
    built = world.build()
    POOL[:] = [str(one.pk) for one in vars(built).values() if hasattr(one, "pk")]
    return built


def administrator(here):
    return _person("Administrator miasta")


def clerk(here):
    person = _person("Referent")
    here.draft = draft(person, [here.unit], subject=world.SECRET)
    return person


def head(here):
    person = _person("Dyrektor jednostki", scope_kind="unit", scope_id=here.unit.pk)
    MembershipFactory(person=person, unit=here.unit)
    return person


def _person(role: str, **scope: Any):
    person = PersonFactory()
    services.assign_role(actor=SYSTEM, person=person, role=selectors.role_named(role), **scope)
    return person


class Visitor:
    """One signed-in person who asks operations, undoes each request, and notes broken promises."""

    def __init__(self, document: Any, here: SimpleNamespace, session: str) -> None:
        self.document = document
        self.here = here
        self.cookies = {django.SESSION_COOKIE_NAME: session, django.CSRF_COOKIE_NAME: CSRF}
        self.faults: dict[str, str] = {}
        self.asked = 0
        self.served: set[str] = set()
        self.crashes: list[BaseException] = []

    def ask_everything(self) -> None:
        got_request_exception.connect(self._note)
        try:
            for found in self.document.get_all_operations():
                operation = found.ok()
                self._ask_often(operation, GenerationMode.POSITIVE, RIGHT)
                if operation.body or any(operation.query) or any(operation.path_parameters):
                    self._ask_often(operation, GenerationMode.NEGATIVE, WRONG)
        finally:
            got_request_exception.disconnect(self._note)

    def _note(self, sender: Any, **_: Any) -> None:
        self.crashes.append(sys.exc_info()[1])

    def _ask_often(self, operation: APIOperation, mode: GenerationMode, times: int) -> None:
        numbers = iter(range(1000))

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=times,
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: schemathesis.Case) -> None:
            if mode is GenerationMode.POSITIVE:
                self._name_real_things(case, next(numbers))
            self._ask(case)

        ask()

    def _name_real_things(self, case: schemathesis.Case, number: int) -> None:
        path = case.operation.path.removeprefix("/api/v1/").replace("{id}", "{pk}")
        row = ROWS[path]
        if number < RIGHT - 1 and row.pk:
            case.path_parameters = {name: str(row.pk(self.here)) for name in case.path_parameters}
        form = row.body(self.here)
        if number == 0 and form and case.operation.method == "post":
            case.body = form

    def _ask(self, case: schemathesis.Case) -> None:
        self.asked += 1
        self.crashes.clear()
        mark = transaction.savepoint()
        try:
            answer = case.call(
                base_url=HOST, cookies=self.cookies, headers={"X-CSRFToken": CSRF}
            )
        finally:
            transaction.savepoint_rollback(mark)
            connection.set_tenant(Tenant.objects.get(schema_name="north"))
        label = case.operation.label
        if answer.status_code < 400:
            self.served.add(label)
        if answer.status_code >= 500:
            self.faults.setdefault(
                f"{label}: {answer.status_code}",
                f"{self.crashes!r} {case.path_parameters} {case.query} {case.body!r}",
            )
            return
        try:
            case.validate_response(answer, checks=PROMISES)
        except FailureGroup as broken:
            for one in broken.exceptions:
                self.faults.setdefault(f"{label}: {one.title}", f"{one.message} {answer.text[:300]}")


@pytest.mark.parametrize(
    ("role", "serves"), [(administrator, 60), (clerk, 50), (head, 40)], ids=["administrator", "clerk", "head"]
)
def test_every_answer_is_one_that_the_document_promises(role, serves, document, here, api, capsys):
    person = role(here)
    browser = api(person)
    assert browser.get("/api/v1/accounts/session/").json()["person"]["id"] == str(person.pk)
    visitor = Visitor(document, here, browser.cookies[django.SESSION_COOKIE_NAME].value)

    with one_transaction():
        visitor.ask_everything()

    with capsys.disabled():
        print(
            f"\n{visitor.asked} requests as {role.__name__},"
            f" {len(visitor.served)} operations served"
        )
    assert "\n".join(f"{name}: {said}" for name, said in visitor.faults.items()) == ""
    assert len(visitor.served) >= serves
