import pytest
from django.test import Client

from audit.models import Entry
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/session/"


@pytest.fixture
def headmistress():
    person = PersonFactory(email="Ala@example.org", first_name="Ala", last_name="Nowak")
    person.set_password("koc-w-kratę-17")
    person.save()
    return person


def test_the_right_password_starts_a_session_whatever_the_case_of_the_address(headmistress, api):
    browser = api()

    answer = browser.post(URL, {"email": "ala@EXAMPLE.org", "password": "koc-w-kratę-17"})

    assert answer.status_code == 200
    assert answer.json()["person"] == {
        "id": str(headmistress.pk),
        "name": "Ala Nowak",
        "email": "Ala@example.org",
    }
    assert browser.get(URL).json()["person"]["name"] == "Ala Nowak"
    assert (
        Entry.objects.filter(deed="accounts.start_session", actor_id=headmistress.pk).count() == 1
    )


def test_a_wrong_password_and_a_wrong_address_are_refused_in_the_same_words(headmistress, api):
    wrong = [
        api().post(URL, {"email": email, "password": password})
        for email, password in (
            ("ala@example.org", "inne-hasło"),
            ("nikt@example.org", "koc-w-kratę-17"),
        )
    ]

    assert [answer.status_code for answer in wrong] == [422, 422]
    assert wrong[0].json() == wrong[1].json()
    assert wrong[0].json()["code"] == "wrong_credentials"


def test_a_closed_account_cannot_sign_in(headmistress, api):
    headmistress.is_active = False
    headmistress.save()

    answer = api().post(URL, {"email": "ala@example.org", "password": "koc-w-kratę-17"})

    assert answer.status_code == 422


def test_signing_in_without_the_csrf_token_is_refused(headmistress, city):
    browser = Client(enforce_csrf_checks=True, headers={"host": "north.test"})

    answer = browser.post(
        URL, {"email": "ala@example.org", "password": "koc-w-kratę-17"}, "application/json"
    )

    assert answer.status_code == 403


def test_signing_out_ends_the_session(headmistress, api):
    browser = api(headmistress)

    assert browser.delete(URL).status_code == 204

    assert browser.get(URL).json()["person"] is None


def test_the_same_address_in_the_other_city_is_nobody(headmistress, api, south):
    answer = api(host="south.test").post(
        URL, {"email": "ala@example.org", "password": "koc-w-kratę-17"}
    )

    assert answer.status_code == 422


def test_a_session_of_one_city_is_worth_nothing_in_the_other(headmistress, api, south):
    browser = api(headmistress)
    assert browser.get(URL).json()["person"] is not None

    assert browser.get(URL, HTTP_HOST="south.test").json()["person"] is None
