from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import Person, Role
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from tests.accounts.conftest import API, code_of
from tests.accounts.keys import SoftKey
from tests.factories.accounts import PersonFactory, person_with, with_own

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_origins(settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


def is_inside(browser):
    return browser.get(f"{API}session/").json()["person"] is not None


def test_after_the_password_comes_the_code_of_the_app(ala, api, sign_in, enrol):
    secret, _ = enrol(api(ala))

    browser, answer = sign_in()

    assert answer.status_code == 200
    assert answer.json()["person"] is None
    assert answer.json()["second_factor"] == ["recovery_codes", "totp"]
    assert not is_inside(browser)
    assert browser.get(f"{API}account/").status_code == 401
    answer = browser.post(f"{API}session/code/", {"code": code_of(secret, later=1)})
    assert answer.json()["person"]["name"] == "Ala Nowak"
    assert is_inside(browser)
    entry = Entry.objects.filter(deed="accounts.start_session", actor_id=ala.pk).last()
    assert entry.after == {"by": "hasło i kod z aplikacji"}


def test_the_apps_secret_is_kept_encrypted_and_confirmed_first(ala, api):
    browser = api(ala)
    secret = browser.post(f"{API}account/totp/options/").json()["secret"]
    wrong = browser.post(f"{API}account/totp/", {"code": "000000"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_factor")
    assert not Authenticator.objects.exists()

    browser.post(f"{API}account/totp/", {"code": code_of(secret)})

    assert secret not in str(Authenticator.objects.get(type="totp").data)
    again = browser.post(f"{API}account/totp/options/")
    assert (again.status_code, again.json()["code"]) == (409, "factor_there")


def test_a_code_works_once(ala, api, sign_in, enrol):
    secret, _ = enrol(api(ala))
    code = code_of(secret, later=1)
    first, _ = sign_in()
    assert first.post(f"{API}session/code/", {"code": code}).status_code == 200

    second, _ = sign_in()
    answer = second.post(f"{API}session/code/", {"code": code})

    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_factor")
    assert not is_inside(second)


def test_a_recovery_code_replaces_the_app_once(ala, api, sign_in, enrol):
    _, codes = enrol(api(ala))
    assert len(codes) == 10

    for code, status in ((codes[0], 200), (codes[0], 422), (codes[1], 200)):
        browser, _ = sign_in()
        assert browser.post(f"{API}session/code/", {"code": code}).status_code == status
    assert api(ala).get(f"{API}account/").json()["recovery_codes_left"] == 8


def test_new_recovery_codes_make_the_old_worthless(ala, api, sign_in, enrol):
    browser = api(ala)
    _, old = enrol(browser)
    new = browser.post(f"{API}account/recovery-codes/").json()["recovery_codes"]

    for code, status in ((old[0], 422), (new[0], 200)):
        other, _ = sign_in()
        assert other.post(f"{API}session/code/", {"code": code}).status_code == status


def test_without_the_password_there_is_no_second_step(ala, api, enrol):
    secret, _ = enrol(api(ala))
    answer = api().post(f"{API}session/code/", {"code": code_of(secret, later=1)})
    assert (answer.status_code, answer.json()["code"]) == (422, "nothing_pending")


def test_the_second_step_waits_ten_minutes(ala, api, sign_in, enrol):
    secret, _ = enrol(api(ala))
    browser, _ = sign_in()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = browser.post(f"{API}session/code/", {"code": code_of(secret)})
    assert answer.json()["code"] == "nothing_pending"


def test_codes_cannot_be_guessed(ala, api, sign_in, enrol):
    secret, _ = enrol(api(ala))
    browser, _ = sign_in()
    answers = [browser.post(f"{API}session/code/", {"code": "000000"}) for _ in range(5)]
    assert {one.status_code for one in answers} == {422}

    again, _ = sign_in()
    answer = again.post(f"{API}session/code/", {"code": code_of(secret, later=1)})

    assert (answer.status_code, answer.json()["code"]) == (429, "locked")
    refused = Entry.objects.filter(
        deed="accounts.start_session", outcome="refused", actor_id=ala.pk
    )
    assert refused.count() == 5


def test_a_role_that_demands_a_second_factor_gives_nothing_before(api, enrol, settings):
    person = person_with(Directory.VIEW_UNITS)
    other = Role.objects.create(name="Silna", permissions=["accounts.view_rights"])
    other.assignments.create(person=person)
    Role.objects.filter(pk=other.pk).update(requires_mfa=True)
    browser = api(person)

    session = browser.get(f"{API}session/").json()
    assert (session["permissions"], session["must_enrol"]) == ([], True)
    assert browser.get("/api/v1/directory/units/").json().get("results", []) == []
    assert not Person.objects.get(pk=person.pk).allows(Directory.VIEW_UNITS)

    enrol(browser)

    session = browser.get(f"{API}session/").json()
    assert session["must_enrol"] is False
    assert session["permissions"] == with_own("accounts.view_rights", "directory.view_units")


def register(browser, key, name="Klucz w telefonie"):
    options = browser.post(f"{API}account/keys/options/").json()
    return browser.post(f"{API}account/keys/", {"name": name, "credential": key.make(options)})


def test_a_passkey_signs_in_alone(ala, api):
    key = SoftKey()
    answer = register(api(ala), key)
    assert (answer.status_code, len(answer.json()["recovery_codes"])) == (201, 10)

    browser = api()
    options = browser.post(f"{API}session/key/options/").json()
    answer = browser.post(f"{API}session/key/", {"credential": key.use(options)})

    assert answer.status_code == 200
    assert answer.json()["person"]["name"] == "Ala Nowak"
    assert is_inside(browser)


def test_a_key_is_a_second_factor_too(ala, api, sign_in):
    key, stranger = SoftKey(), SoftKey()
    register(api(ala), key)
    browser, answer = sign_in()
    assert answer.json()["second_factor"] == ["recovery_codes", "webauthn"]

    options = browser.post(f"{API}session/key/options/").json()
    refused = browser.post(f"{API}session/key/", {"credential": stranger.use(options)})
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_factor")
    options = browser.post(f"{API}session/key/options/").json()
    answer = browser.post(f"{API}session/key/", {"credential": key.use(options)})
    assert answer.json()["person"]["name"] == "Ala Nowak"


def test_an_answer_of_a_key_works_once(ala, api):
    key = SoftKey()
    register(api(ala), key)
    browser = api()
    used = key.use(browser.post(f"{API}session/key/options/").json())
    assert browser.post(f"{API}session/key/", {"credential": used}).status_code == 200
    browser.delete(f"{API}session/")

    assert browser.post(f"{API}session/key/", {"credential": used}).status_code == 422
    browser.post(f"{API}session/key/options/")
    assert browser.post(f"{API}session/key/", {"credential": used}).status_code == 422


def test_a_key_for_another_site_or_city_is_refused(ala, api, in_south):
    phishing = SoftKey(origin="https://north.test.evil.example")
    assert register(api(ala), phishing).status_code == 422

    key = SoftKey()
    register(api(ala), key)
    with in_south():
        PersonFactory(pk=ala.pk, email="ala@example.org")
    browser = api(host="south.test")
    options = browser.post(f"{API}session/key/options/").json()
    assert options["publicKey"]["rpId"] == "south.test"
    key.origin = "https://south.test"
    assert browser.post(f"{API}session/key/", {"credential": key.use(options)}).status_code == 422


def test_the_key_of_a_closed_account_opens_nothing(ala, api):
    key = SoftKey()
    register(api(ala), key)
    Person.objects.filter(pk=ala.pk).update(is_active=False)
    browser = api()
    options = browser.post(f"{API}session/key/options/").json()
    assert browser.post(f"{API}session/key/", {"credential": key.use(options)}).status_code == 422


@pytest.mark.parametrize(
    "credential", [{}, {"id": "x"}, {"id": "AA", "rawId": "AA", "response": {}, "type": "?"}]
)
def test_a_malformed_answer_is_refused_and_breaks_nothing(credential, api, city):
    browser = api()
    browser.post(f"{API}session/key/options/")
    answer = browser.post(f"{API}session/key/", {"credential": credential})
    assert answer.status_code == 422


def test_a_factor_is_removed_and_codes_go_with_the_last(ala, api, enrol, sign_in):
    browser = api(ala)
    enrol(browser)
    [factor] = browser.get(f"{API}account/").json()["factors"]

    assert browser.delete(f"{API}account/factors/{factor['id']}/").status_code == 204

    assert not Authenticator.objects.exists()
    assert sign_in()[1].json()["person"] is not None


def test_nobody_removes_anothers_factor(ala, api, enrol):
    enrol(api(ala))
    factor = Authenticator.objects.get(type="totp")
    answer = api(PersonFactory()).delete(f"{API}account/factors/{factor.pk}/")
    assert answer.status_code == 404
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_the_office_takes_a_lost_factor_away_and_every_session_ends(ala, api, enrol):
    browser = api(ala)
    enrol(browser)
    office = person_with(Permission.MANAGE_PEOPLE)

    answer = api(office).post(f"{API}people/{ala.pk}/reset-factors/")

    assert answer.status_code == 204
    assert not Authenticator.objects.exists()
    assert not is_inside(browser)
    assert api(ala).post(f"{API}people/{office.pk}/reset-factors/").status_code == 403
