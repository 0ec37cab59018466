"""Every PATCH and PUT names the version that it changes; a stale one changes nothing."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Person, Role
from api.versions import CHANGING
from audit.models import Entry
from tenants.models import Tenant
from tests.architecture import world
from tests.architecture.routes import routes
from tests.architecture.rows import rows
from tests.factories.accounts import PersonFactory, person_with
from tests.seeing import LookingClient, version_of

pytestmark = pytest.mark.django_db
ROLES = "/api/v1/accounts/roles/"
WITHOUT_VERSION = {
    ("accounts/account/email/", "put"),  # only asks for a letter
    ("accounts/account/password/", "put"),  # the password in force is its version
    ("files/upload/{token}", "put"),  # its address is the right, for one upload
}
"""Which changes name no version; each view says why in `unversioned`."""
OF_KEYS = {("forms/tables/{pk}/grid/", "put")}
"""What wants a table with keys, which the world has not; `forms/rows/test_grids` changes one."""
CHANGES = [
    (route, method)
    for route in routes()
    for method in route.methods
    if method.upper() in CHANGING and (route.path, method) not in WITHOUT_VERSION | OF_KEYS
]
REAL = {
    "accounts/account/": {"phone": "52 000 00 01"},
    "accounts/assignments/{pk}/": {"valid_from": None, "valid_to": "2031-01-01"},
    "accounts/functions/{pk}/": {"name": "Całkiem inna"},
    "accounts/people/{pk}/": {"phone": "52 000 00 02"},
    "accounts/providers/{pk}/": {"name": "Inne logowanie"},
    "accounts/sign-in-rules/": {"tells_new_devices": False},
    "messaging/sending-rules/": {"undo_seconds": 30},
    "accounts/roles/{pk}/": {"name": "Rola inna"},
    "applications/calls/{pk}/": {"title": "Nabór inny"},
    "applications/scenarios/{pk}/": {"name": "Podział inny"},
    "budget/classifications/{pk}/": {"name": "Pozycja inna"},
    "budget/pots/{pk}/": {"name": "Pula inna"},
    "directory/groups/{pk}/": {"name": "Grupa inna"},
    "directory/kinds/{pk}/": {"name": "Rodzaj inny"},
    "directory/units/{pk}/": {"phone": "52 000 00 03"},
    "forms/dictionaries/{pk}/": {"name": "Słownik inny"},
    "forms/school-year/": {
        "begins": {"month": 9, "day": 3},
        "second_semester": {"month": 2, "day": 2},
    },
    "forms/forms/{pk}/": {"name": "Formularz inny"},
    "forms/sheets/{pk}/": {"changes": {"tytul": "Tytuł inny"}},
    "forms/tables/{pk}/": {"name": "Tabela inna"},
    "messaging/messages/{pk}/": {"subject": "Temat inny"},
    "notifications/settings/": {"kind": "messaging.message", "channel": "digest"},
    "procedures/classes/{pk}/": {"name": "Klasa inna"},
    "procedures/letter-templates/{pk}/": {"name": "Wzór inny"},
    "procedures/procedures/{pk}/": {"name": "Procedura inna"},
}
"""A change of each that really changes something; a new route without one turns a test red."""


def test_every_change_of_the_api_stands_here():
    assert sorted(route.path for route, _ in CHANGES) == sorted(REAL)


@pytest.fixture
def here(city):
    return world.build()


def other(change):
    return json.loads(json.dumps(change).replace("inn", "obc"))


def asked(here, api, route):
    """The address, and who of the world may change what stands there."""
    row = rows()[route.path]
    given = row.pk(here) if row.pk else {}
    parameters = given if isinstance(given, dict) else {row.parameter: given}
    return route.address(**parameters), api(getattr(here, row.by or "admin"))


def test_no_change_is_made_without_a_version_and_none_over_a_stale_one(here, api):
    told = []
    for route, method in CHANGES:
        mark = transaction.savepoint()
        address, browser = asked(here, api, route)
        change, kind = REAL[route.path], REAL[route.path].get("kind")
        base = super(LookingClient, browser)
        before, deeds = version_of(browser, address, kind), Entry.objects.count()
        without = getattr(base, method)(address, change)
        star = getattr(base, method)(address, change, HTTP_IF_MATCH="*")
        unseen = getattr(base, method)(address, change, HTTP_IF_MATCH='"0"')
        new = Entry.objects.order_by("id")[deeds:]
        done = [one for one in new if (one.after or {}).keys() - {"viewed"}]
        same = version_of(browser, address, kind) == before
        right = getattr(base, method)(address, change, HTTP_IF_MATCH=f'"{before}"')
        changed = version_of(browser, address, kind) != before
        stale = getattr(base, method)(address, other(change), HTTP_IF_MATCH=f'"{before}"')
        told.append(
            (
                route.path,
                [without.status_code, star.status_code, unseen.status_code],
                done,
                same,
                right.status_code,
                changed,
                stale.status_code,
            )
        )
        transaction.savepoint_rollback(mark)
        connection.set_tenant(Tenant.objects.get(schema_name="north"))

    expected = [(route.path, [428, 428, 409], [], True, 200, True, 409) for route, _ in CHANGES]
    assert told == expected


def test_who_reads_the_log_is_told_who_changed_what_and_others_only_when(api):
    first, second = person_with("accounts.manage_roles"), person_with("accounts.manage_roles")
    auditor = person_with("accounts.manage_roles", "audit.view_log")
    role = Role.objects.create(name="Rola próby", permissions=["directory.view_units"])
    address = f"{ROLES}{role.pk}/"
    seen = api(first).get(address)["ETag"]
    api(second).patch(address, {"permissions": []}, HTTP_IF_MATCH=seen)
    back = {"permissions": ["directory.view_units"]}

    told = [api(one).patch(address, back, HTTP_IF_MATCH=seen) for one in (first, second, auditor)]

    assert [one.status_code for one in told] == [409, 409, 409]
    assert {one.json()["code"] for one in told} == {"changed_meanwhile"}
    to_first, to_second, to_auditor = (one.json()["changes"] for one in told)
    at = Entry.objects.get(deed="accounts.change_role").at.isoformat().replace("+00:00", "Z")
    assert to_first == {"at": at, "who": "", "is_own": False, "what": "", "fields": []}
    assert to_second["is_own"] is True
    assert to_auditor == {
        "at": at,
        "who": second.display_name,
        "is_own": False,
        "what": "Zmiana roli",
        "fields": ["permissions"],
    }
    role.refresh_from_db()
    assert role.permissions == []


def test_a_sign_in_makes_nobodys_page_stale(api):
    person = PersonFactory()
    browser = api(person)
    seen = browser.get("/api/v1/accounts/account/")["ETag"]
    Person.objects.filter(pk=person.pk).update(last_login=timezone.now() + timedelta(hours=1))

    answer = browser.patch("/api/v1/accounts/account/", {"phone": "1"}, HTTP_IF_MATCH=seen)

    assert answer.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_the_same_moment_one_wins_and_the_other_is_told(api, city):
    admin = person_with("accounts.manage_roles")
    role = Role.objects.create(name="Rola próby", permissions=[])
    address = f"{ROLES}{role.pk}/"
    browsers = [api(admin), api(admin)]
    seen = browsers[0].get(address)["ETag"]
    gate, answers = threading.Barrier(2), {}

    def change(number):
        try:
            gate.wait(10)
            body = {"description": f"Opis {number}"}
            answers[number] = browsers[number].patch(address, body, HTTP_IF_MATCH=seen).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(number,)) for number in (0, 1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)

    assert sorted(answers.values()) == [200, 409]
    [winner] = [number for number, status in answers.items() if status == 200]
    assert Role.objects.get(pk=role.pk).description == f"Opis {winner}"
