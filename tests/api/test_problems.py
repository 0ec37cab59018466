import pytest
from rest_framework.test import APIClient

from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
SESSION = "/api/v1/accounts/session/"


def test_wrong_fields_are_named_each_with_a_polish_sentence(api):
    answer = api().post(SESSION, {"email": "to nie adres"})

    assert answer.status_code == 400
    assert answer.json() == {
        "code": "invalid",
        "detail": "Podane dane są nieprawidłowe. Popraw wskazane pola.",
        "errors": [
            {"field": "email", "detail": "Podaj poprawny adres e-mail."},
            {"field": "password", "detail": "To pole jest wymagane."},
        ],
    }


def test_json_that_cannot_be_read_is_a_problem_and_not_a_crash(api):
    answer = api().post(SESSION, "{", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_an_address_that_does_not_exist_is_a_problem_too(api):
    answer = api(PersonFactory()).get("/api/v1/nic/tu/nie/ma/")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_a_method_that_is_not_offered_is_a_problem(api):
    answer = api(PersonFactory()).put(SESSION, {})

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_a_switched_off_module_does_not_exist_for_its_city(api, city):
    city.modules = []
    city.save()

    answer = api(PersonFactory()).get("/api/v1/directory/units/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_write_without_the_page_s_token_is_told_to_refresh(city):
    browser = APIClient(enforce_csrf_checks=True, HTTP_HOST="north.test")
    browser.force_login(PersonFactory())

    answer = browser.post("/api/v1/files/uploads/", {"name": "a.pdf", "size": 1})

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert answer.json()["detail"].startswith("Strona jest nieaktualna.")


def test_an_unknown_host_is_not_served(api):
    assert api(host="nigdzie.test").get(SESSION).status_code == 404


def test_every_answer_carries_a_policy_that_runs_no_foreign_or_inline_script(api):
    policy = api().get(SESSION).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
