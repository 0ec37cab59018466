import time
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal import auth as totp

from accounts import scopes, services
from accounts.models import Role
from accounts.permissions import Permission
from modules.directory.permissions import Permission as Directory
from opium.permissions import Reach
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory

API = "/api/v1/accounts/"
PASSWORD = "koc-w-kratę-17"


@pytest.fixture
def ala():
    person = PersonFactory(email="ala@example.org", first_name="Ala", last_name="Nowak")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def sign_in(api):
    """Send the e-mail and the password; the browser and the answer."""

    def signing(email="ala@example.org", password=PASSWORD, browser=None, **more):
        browser = browser or api(**more)
        return browser, browser.post(f"{API}session/", {"email": email, "password": password})

    return signing


@pytest.fixture
def enrol(sign_in):
    """Set up an app with codes for the person; its secret and the recovery codes."""

    def enrolling(browser):
        secret = browser.post(f"{API}account/totp/options/").json()["secret"]
        answer = browser.post(f"{API}account/totp/", {"code": code_of(secret)})
        assert answer.status_code == 201, answer.json()
        return secret, answer.json()["recovery_codes"]

    return enrolling


@pytest.fixture
def matters(monkeypatch):
    """Two kinds of matters, as the module that keeps them would explain them to accounts."""
    kinds = {uuid4(): name for name in ("Nagrody", "Granty")}
    told = scopes.Places(
        "rodzaj spraw",
        reach=lambda ids: {pk: Reach(kinds=frozenset({pk})) for pk in ids & kinds.keys()},
        names=lambda ids: {pk: kinds[pk] for pk in ids & kinds.keys()},
        is_fixed=True,
    )
    monkeypatch.setitem(scopes._places, scopes.MATTER, told)
    return list(kinds)


def code_of(secret, later=0):
    """The code that the app shows now, or so many half minutes later."""
    counter = int(time.time()) // 30 + later
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP nr 2")


@pytest.fixture
def role():
    return Role.objects.create(name="Sekretarka", permissions=[str(Directory.VIEW_UNITS)])


@pytest.fixture
def head(unit):
    head = person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        Directory.VIEW_UNITS,
        scope_kind="unit",
        scope_id=unit.pk,
        first_name="Maria",
        last_name="Kierująca",
    )
    MembershipFactory(person=head, unit=unit)
    return head


@pytest.fixture
def ask(head, unit, role, django_capture_on_commit_callbacks):
    """Ask somebody into the head's unit, with everything that happens after the commit."""

    def asking(email, actor=head, **more):
        given = {"role": role, "home": ("unit", unit.pk), "position": "sekretarz"} | more
        with django_capture_on_commit_callbacks(execute=True):
            return services.ask_to_join(
                actor=actor, email=email, first_name="Ewa", last_name="Nowa", **given
            )

    return asking


@pytest.fixture
def first():
    return person_with(*Permission, first_name="Jan", last_name="Pierwszy")


@pytest.fixture
def second():
    return person_with(Permission.MANAGE_ROLES, first_name="Ewa", last_name="Druga")


@pytest.fixture
def steward():
    return Role.objects.create(name="Zarządca", permissions=["accounts.manage_roles"])


@pytest.fixture
def motion(first, second, ala, steward):
    return services.propose_administrator(actor=first, person=ala, role=steward)
