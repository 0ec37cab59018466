"""Every POST of the API sent twice under one key: the first answer again, and nothing twice."""

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from api.models import FirstAnswer
from tenants.models import Tenant
from tests.architecture import world
from tests.architecture.routes import routes
from tests.architecture.rows import ALL, rows

pytestmark = pytest.mark.django_db
ROWS = rows()
POSTS = [one for one in routes() if "post" in one.methods and ROWS[one.path].serves != ALL]
SECRET_NAMES = {"secret", "recovery_codes", "token", "publicKey", "uri", "exists"}
"""Of fields; `exists` stands beside the address of a calendar."""
REFUSED = {
    "accounts/account/keys/",
    "accounts/account/proof/",
    "accounts/account/recovery-codes/",
    "accounts/account/totp/",
    "accounts/functions/{pk}/holders/",
    "accounts/invitations/",
    "accounts/people/{pk}/propose-recovery/",
    "accounts/people/{pk}/refuse-factor-loss/",
    "accounts/people/{pk}/reopen/",
    "accounts/roles/{pk}/answer-offer/",
    "applications/awards/{award_id}/retry/",
    "applications/calls/{pk}/close/",
    "applications/calls/{pk}/settle/",
    "applications/recommendations/{pk}/approval/",
    "applications/recommendations/{pk}/letters/",
    "applications/recommendations/{pk}/payments/",
    "applications/recommendations/{pk}/publish/",
    "applications/calls/{pk}/throw_away/",
    "applications/committees/{committee_id}/allotments/",
    "applications/committees/{committee_id}/withdrawals/",
    "applications/scenarios/{pk}/recommend/",
    "catalogue/types/{key}/edition/",
    "forms/forms/import/",
    "forms/forms/{pk}/publish/",
    "forms/tables/{pk}/upload/",
    "invoices/about/{kind}/{pk}/",
    "invoices/{pk}/accept/",
    "invoices/{pk}/return/",
    "invoices/{pk}/withdraw/",
    "messaging/deliveries/{pk}/answers/",
    "messaging/inbox/{pk}/answers/",
    "messaging/inbox/{pk}/hand-over/",
    "messaging/inbox/{pk}/take-back/",
    "messaging/messages/{message_id}/deadline/",
    "messaging/messages/{message_id}/recall/",
    "messaging/messages/{message_id}/recipients/",
    "messaging/messages/{pk}/reminders/",
    "procedures/cases/{pk}/reopen_scoring/",
    "procedures/cases/{pk}/undo/",
    "procedures/conflicts/{pk}/take_back/",
    "procedures/letter-templates/",
    "procedures/letters/{pk}/retry/",
    "procedures/procedures/import/",
    "procedures/procedures/{pk}/move/",
    "procedures/procedures/{pk}/publish/",
}
"""What wants a file of its own sort, a device or a state that the world has not."""


@dataclass
class Pair:
    """A request sent twice, undone afterwards; the rows that the second one made or changed."""

    path: str
    first: Any
    second: Any
    changed: list[str]
    kept: int

    def is_right(self) -> bool:
        if self.first.status_code >= 400:
            return self.kept == 0
        if self.second.status_code == 409:
            return self.second.json()["code"] == "told_once" and self.changed == []
        same = (self.first.status_code, self.first.content)
        return (
            (self.second.status_code, self.second.content) == same
            and "Idempotency-Replayed" in self.second.headers
            and self.changed == []
        )

    def __str__(self) -> str:
        answers = [one.content.decode()[:300] for one in (self.first, self.second)]
        statuses = f"{self.first.status_code}, {self.second.status_code}"
        return f"{self.path}: {statuses} {answers} {self.changed}"


def sent_twice(here: SimpleNamespace, browser: Any, path: str) -> Pair:
    row = ROWS[path]
    asked = row.pk(here) if row.pk else {}
    parameters = asked if isinstance(asked, dict) else {row.parameter: asked}
    mark = transaction.savepoint()
    try:
        address = next(one for one in POSTS if one.path == path).address(**parameters)
        said = {"HTTP_IDEMPOTENCY_KEY": path.replace("{", "").replace("}", "")}
        body = row.body(here)
        first = browser.post(address, body, **said)
        before = counts()
        second = browser.post(address, body, **said)
        after = counts()
        changed = [name for name, count in after.items() if before[name] != count]
        return Pair(path, first, second, changed, FirstAnswer.objects.count())
    finally:
        transaction.savepoint_rollback(mark)
        connection.set_tenant(Tenant.objects.get(schema_name="north"))


def counts() -> dict[str, int]:
    """How many rows each table of ours has."""
    return {one._meta.label: one._base_manager.count() for one in apps.get_models()}


@pytest.fixture(scope="module")
def found() -> list[Pair]:
    """What the first test has found out for all: to ask everything twice takes half a minute."""
    return []


@pytest.fixture
def pairs(found, city, api):
    if not found:
        here = world.build()
        browsers = {who: api(getattr(here, who)) for who in ("admin", "head")}
        signed_in = {who: browser.cookies.copy() for who, browser in browsers.items()}
        for route in POSTS:
            who = ROWS[route.path].by or "admin"
            browsers[who].cookies = signed_in[who].copy()
            found.append(sent_twice(here, browsers[who], route.path))
    return found


def test_a_repeated_post_gives_its_first_answer_and_changes_nothing(pairs):
    assert [str(one) for one in pairs if not one.is_right()] == []


def test_every_post_was_done_but_those_for_which_the_world_is_not_ready(pairs):
    assert {one.path for one in pairs if one.first.status_code >= 400} == REFUSED


def test_an_answer_with_a_secret_is_not_told_again(pairs):
    """Whatever the document calls so: a view that forgets to say it is found here."""
    told = [one for one in pairs if SECRET_NAMES & names_in(one.first)]

    assert [one.path for one in told] == [
        "accounts/account/keys/options/",
        "accounts/account/proof/key/options/",
        "accounts/account/totp/options/",
        "accounts/tokens/",
        "todo/calendar-link/",
    ]
    assert {one.second.json()["code"] for one in told} == {"told_once"}


def names_in(answer: Any) -> set[str]:
    found = json.loads(answer.content) if answer.content else {}
    return set(found) if isinstance(found, dict) else set()
