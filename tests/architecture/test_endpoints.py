"""Every route of the API against everybody who has no business there.

The routes come from the URL configuration; each needs a row here that says what its parameters are
and who may ask it. A new route without a row turns `test_every_route_has_a_row` red.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from audit.models import Entry
from opium.registry import ModuleConfig
from tenants.models import Tenant
from tests.architecture import world
from tests.architecture.routes import routes
from tests.architecture.rows import ALL, ROWS, Row
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
ROUTES = {route.path: route for route in routes()}
ASKED = [(path, method) for path, route in ROUTES.items() for method in route.methods]
REFUSED = {401, 403, 404}
READING = {"get"}


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(ROUTES) == sorted(ROWS)


@dataclass
class Attempt:
    """One request, undone afterwards; what it answered, and whether it did anything."""

    path: str
    method: str
    status: int
    leaks: bool
    deeds: int

    @property
    def row(self) -> Row:
        return ROWS[self.path]

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.status}{' leaks' if self.leaks else ''}"


@pytest.fixture
def here(city):
    return world.build()


@pytest.fixture
def attempts(here, api, capsys):
    """Every route and method as one actor, on one host."""

    def all_of(actor: str, person, host: str = "north.test") -> list[Attempt]:
        browser = api(person, host=host)
        signed_in = browser.cookies.copy()
        tried = []
        for path, method in ASKED:
            browser.cookies = signed_in.copy()  # the attempt before may have signed out
            tried.append(_attempt(here, browser, path, method))
        with capsys.disabled():
            print(f"\n{len(tried)} routes x methods as {actor}")
        return tried

    return all_of


def _attempt(here: SimpleNamespace, browser: Any, path: str, method: str) -> Attempt:
    row = ROWS[path]
    asked = row.pk(here) if row.pk else {}
    parameters = asked if isinstance(asked, dict) else {row.parameter: asked}
    before = Entry.objects.filter(outcome="done").count()
    mark = transaction.savepoint()
    try:
        said = row.body(here)
        if method in READING:
            said = {name: value for name, value in said.items() if isinstance(value, str)}
        answer = getattr(browser, method)(ROUTES[path].address(**parameters), said)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        deeds = Entry.objects.filter(outcome="done").count() - before
    finally:
        transaction.savepoint_rollback(mark)
        connection.set_tenant(Tenant.objects.get(schema_name="north"))
    return Attempt(path, method, answer.status_code, world.SECRET.encode() in content, deeds)


def faults(tried: list[Attempt], is_right: Callable[[Attempt], bool]) -> str:
    wrong = (str(one) for one in tried if one.status >= 500 or one.leaks or not is_right(one))
    return "\n".join(wrong)


def test_a_stranger_is_asked_to_sign_in(attempts):
    tried = attempts("a stranger", None)

    assert faults(tried, lambda one: one.status == 401 or one.row.serves == ALL) == ""


def test_who_holds_no_right_does_and_learns_nothing(attempts):
    tried = attempts("somebody without a right", world.nobody())

    def is_right(one: Attempt) -> bool:
        if one.row.serves != "the entitled":
            return True
        if one.row.pk or one.method not in READING:
            return one.status in {403, 404} and one.deeds == 0
        return one.status in {200, 403}

    assert faults(tried, is_right) == ""


def test_who_holds_every_right_in_another_unit_reaches_nothing_of_this_one(attempts):
    tried = attempts("somebody with every right in another unit", world.neighbour())

    def is_right(one: Attempt) -> bool:
        if one.row.serves != "the entitled" or one.row.pk is None:
            return True
        if one.row.is_shared and one.method in READING:
            return True
        return one.status in {403, 404} and one.deeds == 0

    shared = [one for one in tried if one.row.is_shared and one.method in READING]
    for one in shared:
        one.leaks = False
    assert faults(tried, is_right) == ""


def test_who_holds_every_right_in_another_city_does_not_find_it(attempts, in_south):
    with in_south():
        admin = person_with(*world.everything())
    tried = attempts("the other city's administrator", admin, host="south.test")

    assert (
        faults(
            tried,
            lambda one: (
                one.row.pk is None
                or one.row.serves != "the entitled"
                or one.status in {400, 401, 403, 404}
            ),
        )
        == ""
    )


def test_the_same_person_id_in_another_city_is_somebody_else(attempts, here, in_south):
    with in_south():
        twin = PersonFactory(pk=here.admin.pk, first_name="Inna", last_name="Osoba")
    tried = attempts("the same id in the other city", twin, host="south.test")

    def is_right(one: Attempt) -> bool:
        if one.row.serves != "the entitled":
            return True
        if one.row.pk or one.method not in READING:
            return one.status in {400, 401, 403, 404}
        return one.status in {200, 401, 403}

    assert faults(tried, is_right) == ""


def test_a_switched_off_module_is_not_there_for_anybody(attempts, here, city):
    city.modules = []
    city.save()
    optional = {
        app.name
        for app in apps.get_app_configs()
        if isinstance(app, ModuleConfig) and not app.always_on
    }
    tried = [
        one
        for one in attempts("the administrator, modules off", here.admin)
        if ROUTES[one.path].app in optional
    ]

    assert len(tried) > 30
    assert faults(tried, lambda one: one.status == 404) == ""


def test_the_entitled_reach_what_the_others_were_refused(attempts, here):
    for who in ("admin", "head"):
        tried = attempts(f"the entitled ({who})", getattr(here, who))

        refused = [str(one) for one in tried if one.row.by == who and one.status in REFUSED]
        broken = [str(one) for one in tried if one.status >= 500]
        assert (refused, broken) == ([], [])
