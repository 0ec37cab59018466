import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Session
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def is_inside(browser):
    return browser.get(f"{API}session/").json()["person"] is not None


def test_ones_sessions_are_listed_with_address_and_browser(ala, api, sign_in):
    phone = api()
    phone.credentials(HTTP_USER_AGENT="Telefon")
    here, _ = sign_in()
    sign_in(browser=phone)

    found = here.get(f"{API}account/sessions/").json()

    assert {(one["agent"], one["address"], one["is_current"]) for one in found} == {
        ("Telefon", "127.0.0.1", False),
        ("", "127.0.0.1", True),
    }
    keys = Session.objects.values_list("session_key", flat=True)
    assert not {one["id"] for one in found} & set(keys)


def test_a_session_is_ended_from_another_browser(ala, sign_in):
    here, there = sign_in()[0], sign_in()[0]
    other = next(one for one in here.get(f"{API}account/sessions/").json() if not one["is_current"])

    assert here.delete(f"{API}account/sessions/{other['id']}/").status_code == 204

    assert is_inside(here)
    assert not is_inside(there)
    assert here.delete(f"{API}account/sessions/{other['id']}/").status_code == 404


def test_all_the_others_end_at_once(ala, sign_in):
    browsers = [sign_in()[0] for _ in range(3)]
    assert browsers[0].delete(f"{API}account/sessions/").status_code == 204
    assert [is_inside(one) for one in browsers] == [True, False, False]


def test_nobody_sees_or_ends_anothers_session(ala, api, sign_in):
    browser, _ = sign_in()
    session = Session.objects.get(person=ala)
    other = api(PersonFactory())

    assert other.delete(f"{API}account/sessions/{session.id}/").status_code == 404
    assert is_inside(browser)
    assert [one["is_current"] for one in other.get(f"{API}account/sessions/").json()] == [True]


def test_signing_in_begins_a_new_session_key(ala, api, sign_in):
    browser = api()
    browser.get(f"{API}session/")
    planted = browser.session
    planted["x"] = 1
    planted.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key

    sign_in(browser=browser)

    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
    assert not Session.objects.filter(pk=planted.session_key).exists()


def test_a_session_key_of_one_city_opens_nothing_in_the_other(ala, api, sign_in, in_south):
    browser, _ = sign_in()
    with in_south():
        PersonFactory(pk=ala.pk, email=ala.email)
    other = api(host="south.test")
    other.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[
        settings.SESSION_COOKIE_NAME
    ].value
    assert not is_inside(other)


@pytest.mark.parametrize(
    "path", ["session/code/", "session/key/", "session/key/options/", "sign-in-ways/x/"]
)
def test_every_step_of_signing_in_asks_for_the_csrf_token(path, city):
    browser = Client(enforce_csrf_checks=True, headers={"host": "north.test"})
    assert browser.post(f"{API}{path}", {}, "application/json").status_code == 403
