"""Every route of the API against everybody who has no business there.

The routes come from the URL configuration; each needs a row here that says what its parameters are
and who may ask it. A new route without a row turns `test_every_route_has_a_row` red.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.utils.timezone import get_current_timezone

from accounts.models import Role
from api.versions import CHANGING
from audit.models import Entry
from opium.registry import ModuleConfig
from tenants.models import Tenant
from tests.architecture import world
from tests.architecture.routes import routes
from tests.architecture.rows import ALL, IN_PERSON, SELF, Row, rows
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.keys import secret_of
from tests.seeing import version_of

ROWS = rows()

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

    def all_of(
        actor: str, person, host: str = "north.test", limits: tuple[str, ...] | None = None
    ) -> list[Attempt]:
        key = {"HTTP_AUTHORIZATION": f"Bearer {secret_of(person, *limits)}"} if limits else {}
        browser = api(None if limits else person, host=host)
        browser.credentials(**key)
        signed_in = browser.cookies.copy()
        # Who may change it tells the version, so that nothing but the right is missing.
        lookers = {"admin": api(here.admin), "head": api(here.head)}
        tried = []
        for path, method in ASKED:
            browser.cookies = signed_in.copy()  # the attempt before may have signed out
            looker = lookers[ROWS[path].by or "admin"]
            tried.append(_attempt(here, browser, looker, path, method))
        with capsys.disabled():
            print(f"\n{len(tried)} routes x methods as {actor}")
        return tried

    return all_of


def _attempt(here: SimpleNamespace, browser: Any, looker: Any, path: str, method: str) -> Attempt:
    row = ROWS[path]
    asked = row.pk(here) if row.pk else {}
    parameters = asked if isinstance(asked, dict) else {row.parameter: asked}
    mark = transaction.savepoint()
    try:
        said, seen = row.body(here), {}
        address = ROUTES[path].address(**parameters)
        if method.upper() in CHANGING:
            seen["HTTP_IF_MATCH"] = version_of(looker, address, said.get("kind")) or "nothing-seen"
        before = Entry.objects.filter(outcome="done").count()
        if method in READING:  # a body is for what is written, unless nothing is
            asks = ROUTES[path].methods == ("get",)
            said = {name: one for name, one in said.items() if asks and isinstance(one, str)}
        answer = getattr(browser, method)(address, said, **seen)
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
                or one.row.is_shipped
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


ONE = "directory.view_units"
OF_ONE = re.compile("directory/(units|kinds|sections|people|groups)/")
"""What that right opens to whoever holds it; of everything else a key limited to it is refused."""


def is_refused(one: Attempt) -> bool:
    """Nothing is done, and lists are empty or closed."""
    if one.row.pk or one.method not in READING:
        return one.status in {403, 404} and one.deeds == 0
    return one.status in {200, 403}


def test_a_key_limited_to_one_right_reaches_nothing_but_what_that_opens(attempts, here):
    tried = attempts("a key limited to one right", world.renamed(here.admin), limits=(ONE,))
    opened = [one for one in tried if OF_ONE.match(one.path) and one.method in READING]

    assert [one.status for one in opened if one.status != 200] == []
    assert faults([one for one in tried if one not in opened], is_right_of_key) == ""


def is_right_of_key(one: Attempt) -> bool:
    if one.row.serves == SELF:
        return not one.row.own or is_withheld(one)
    return one.row.serves == ALL or is_refused(one)


def is_withheld(one: Attempt) -> bool:
    """What is one's own stays closed; a form that is wrong besides may be refused as that."""
    wrong = set() if one.method in READING else {400}
    return one.status in {403, 404} | wrong and one.deeds == 0


def test_the_key_of_a_substitute_reaches_nothing_of_the_absent(attempts, here):
    substitute = world.substitute_of(here.admin, here.head)

    tried = attempts("a substitute's key limited to one right", substitute, limits=(ONE,))

    assert faults(tried, is_right_of_key) == ""


@pytest.mark.parametrize("who", ["admin", "head"])
def test_whose_role_ended_a_second_ago_does_and_learns_nothing_more(attempts, here, who):
    person = world.renamed(getattr(here, who))
    person.assignments.update(valid_to=here.today)
    midnight = datetime.combine(here.today + timedelta(days=1), time(), get_current_timezone())

    with time_machine.travel(midnight + timedelta(seconds=1)):
        tried = attempts(f"the {who}, whose role ended a second ago", person)

    def is_free(one: Attempt) -> bool:
        """What is everybody's, or their own whatever the role: inbox, bell, uploads, absences."""
        return one.row.serves != "the entitled" or bool(one.row.own and one.row.by == who)

    for one in tried:
        one.leaks = one.leaks and not is_free(one)
    assert faults(tried, lambda one: is_free(one) or is_refused(one)) == ""


def is_of_own_account(one: Attempt) -> bool:
    """Such as into which place one is asked, by whom: told to the person in person."""
    return one.row.serves == SELF and one.row.own == IN_PERSON


def test_who_lacks_the_second_factor_that_the_role_demands_keeps_only_the_account(attempts, here):
    person = world.renamed(here.admin)
    Role.objects.filter(assignments__person=person).update(requires_mfa=True)

    tried = attempts("without the second factor that the role demands", person)

    for one in tried:
        one.leaks = one.leaks and not is_of_own_account(one)

    def is_right(one: Attempt) -> bool:
        if one.row.serves == SELF and one.row.own not in {"", IN_PERSON}:
            return is_withheld(one)
        return one.row.serves != "the entitled" or is_refused(one)

    assert faults(tried, is_right) == ""


def test_the_entitled_reach_what_the_others_were_refused(attempts, here):
    for who in ("admin", "head"):
        tried = attempts(f"the entitled ({who})", getattr(here, who))

        refused = [str(one) for one in tried if one.row.by == who and one.status in REFUSED]
        broken = [str(one) for one in tried if one.status >= 500]
        assert (refused, broken) == ([], [])
