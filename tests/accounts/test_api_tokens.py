from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services
from accounts.errors import TokenBeyondRights, TokenDates
from accounts.models import ApiToken
from accounts.permissions import Permission
from accounts.services import tokens
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from opium.permissions import SYSTEM, MissingPermission
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db
URL = f"{API}tokens/"
UNITS = "/api/v1/directory/units/"


@pytest.fixture
def integrator():
    return person_with(
        Permission.MAKE_TOKENS, Directory.VIEW_UNITS, Directory.CHANGE_UNITS, "accounts.view_rights"
    )


def make(person, *permissions, days=30):
    return services.make_token(
        actor=person,
        name="System kadrowy",
        permissions=permissions or [Directory.VIEW_UNITS],
        expires_at=timezone.now() + timedelta(days=days),
    )


@pytest.fixture
def program(api):
    def with_key(secret, **more):
        client = api(**more)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return with_key


def test_a_key_is_shown_once_and_kept_as_a_hash(integrator, api, program):
    browser = api(integrator)

    made = browser.post(
        URL,
        {
            "name": "System kadrowy",
            "permissions": ["directory.view_units"],
            "expires_at": timezone.now() + timedelta(days=30),
        },
    )

    assert made.status_code == 201
    secret = made.json()["secret"]
    assert secret.startswith("opium_")
    assert len(secret) == 49
    assert secret not in browser.get(URL).content.decode()
    assert secret not in str(list(ApiToken.objects.values())) + str(list(Entry.objects.values()))
    UnitFactory()
    assert program(secret).get(UNITS).json()["count"] == 1


def test_a_key_acts_as_its_person_within_its_permissions(integrator, program):
    _, secret = make(integrator)
    client = program(secret)

    session = client.get(f"{API}session/").json()
    assert session["person"]["id"] == str(integrator.pk)
    assert session["permissions"] == ["directory.view_units"]
    person = services.use_token(secret)
    unit = UnitFactory()
    assert person.allows(Directory.VIEW_UNITS, unit)
    assert not person.allows(Directory.CHANGE_UNITS, unit)
    assert client.get(f"{API}roles/").status_code == 403


def test_what_the_person_loses_the_key_loses(integrator, program):
    _, secret = make(integrator)
    integrator.assignments.all().delete()
    assert program(secret).get(f"{API}session/").json()["permissions"] == []


def test_a_key_keeps_nobodys_account_and_makes_no_key(integrator, program):
    _, secret = make(integrator, Permission.MAKE_TOKENS)
    client = program(secret)
    later = timezone.now() + timedelta(days=1)

    for answer in (
        client.get(f"{API}account/"),
        client.get(f"{API}account/sessions/"),
        client.put(f"{API}account/password/", {"current": "", "password": "koc-w-kratę-17"}),
        client.post(f"{API}account/totp/options/"),
        client.post(URL, {"name": "x", "permissions": [], "expires_at": later}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_permission")


def test_a_key_may_not_do_what_its_person_may_not(integrator):
    with pytest.raises(TokenBeyondRights, match=r"directory\.import_units"):
        make(integrator, Directory.IMPORT_UNITS)
    with pytest.raises(MissingPermission):
        make(person_with(Directory.VIEW_UNITS))


def test_a_key_ends_with_its_day_of_at_most_a_year(integrator, program):
    for days in (-1, 400):
        with pytest.raises(TokenDates):
            make(integrator, days=days)
    _, secret = make(integrator, days=2)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert program(secret).get(UNITS).status_code == 401


def test_a_revoked_key_opens_nothing_at_once(integrator, api, program):
    token, secret = make(integrator)
    client = program(secret)
    assert client.get(UNITS).status_code == 200

    answer = api(integrator).post(f"{URL}{token.pk}/revoke/")

    assert (answer.status_code, answer.json()["is_usable"]) == (200, False)
    assert client.get(UNITS).status_code == 401
    again = api(integrator).post(f"{URL}{token.pk}/revoke/")
    assert again.json()["code"] == "token_revoked"


def test_closing_the_account_revokes_its_keys(integrator, program):
    _, secret = make(integrator)
    services.close_account(actor=SYSTEM, person=integrator)
    services.reopen_account(actor=SYSTEM, person=integrator)
    assert program(secret).get(UNITS).status_code == 401


def test_one_sees_and_revokes_ones_own_keys_and_the_office_everybodys(integrator, api):
    token, _ = make(integrator)
    other = person_with(Permission.MAKE_TOKENS)
    assert api(other).get(URL).json()["count"] == 0
    assert api(other).post(f"{URL}{token.pk}/revoke/").status_code == 404
    assert api(PersonFactory()).get(URL).status_code == 403
    office = person_with(Permission.MANAGE_PEOPLE)
    assert api(office).get(URL).json()["count"] == 1
    assert api(office).post(f"{URL}{token.pk}/revoke/").status_code == 200


@pytest.mark.parametrize("secret", ["", "x", "opium_" + "A" * 43, "ąę"])
def test_a_made_up_key_is_worth_nothing(secret, program, city):
    assert program(secret.encode().decode("latin-1")).get(UNITS).status_code == 401


def test_a_key_of_one_city_is_worth_nothing_in_the_other(integrator, program, in_south):
    _, secret = make(integrator)
    assert program(secret, host="south.test").get(UNITS).status_code == 401


def test_a_key_that_asks_too_often_waits_a_minute(integrator, program, monkeypatch):
    monkeypatch.setattr(tokens, "PER_MINUTE", 3)
    _, secret = make(integrator)
    client = program(secret)
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [client.get(UNITS).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert client.get(UNITS).status_code == 200


def test_a_key_needs_no_csrf_token_and_a_session_does(integrator, city):
    _, secret = make(integrator, Directory.VIEW_UNITS)
    client = APIClient(enforce_csrf_checks=True, HTTP_HOST="north.test")
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert client.post(f"{API}roles/", {"name": "x", "permissions": []}).json()["code"] == (
        "missing_permission"
    )


def test_a_key_takes_two_queries(integrator, django_assert_num_queries):
    _, secret = make(integrator)
    with django_assert_num_queries(2):
        services.use_token(secret)
