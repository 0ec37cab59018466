"""Whatever goes wrong is told as a problem document, or to people as a Polish page."""

import stat
from io import BytesIO

import pytest
from django.db import OperationalError, connection

from files.storage.local import LocalStore
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
SESSION = "/api/v1/accounts/session/"
DEEP = "[" * 5000 + "]" * 5000
OBJECTS = '{"email":' * 5000 + "1" + "}" * 5000
BODIES = {
    "deep": (DEEP, 400),
    "deep objects": (OBJECTS, 400),
    "surrogates": (r'{"email": "\ud800@a.pl", "password": "\ud800"}', 400),
    "NUL": (r'{"email": "a\u0000@a.pl", "password": "x"}', 400),
    "400 digits": ('{"email": ' + "9" * 400 + ', "password": ' + "9" * 5000 + "}", 400),
    "oversize": ('{"email": "' + "a" * 4_000_000 + '"}', 413),
    "not UTF-8": (b"\xff\xfe{", 400),
}


@pytest.fixture
def browser(api):
    client = api()
    client.raise_request_exception = False
    return client


def is_problem(answer, status):
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    assert set(answer.json()) == {"code", "detail", "errors"}
    assert answer["Cache-Control"] == "no-store"
    return True


def is_page(answer, status):
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert '<html lang="pl">' in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    return True


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_read_is_a_problem(browser, name):
    body, status = BODIES[name]

    assert is_problem(browser.post(SESSION, data=body, content_type="application/json"), status)


def breaks(_execute, *_query):
    raise OperationalError("server closed the connection unexpectedly")


def test_without_the_database_the_api_says_that_it_is_away_and_people_read_a_page(browser):
    with connection.execute_wrapper(breaks):
        told = browser.get(SESSION)
        page = browser.get("/")

    assert is_problem(told, 503)
    assert told["Retry-After"] == "10"
    assert is_page(page, 503)
    assert "unexpectedly" not in told.content.decode() + page.content.decode()


def test_an_error_of_the_program_is_told_without_its_trace(browser, monkeypatch):
    monkeypatch.setattr("config.views.ills", None)

    assert is_problem(browser.get("/api/v1/health/"), 500)


@pytest.mark.parametrize("host", ["nobody.test", "bad_host!!"])
def test_a_host_where_nobody_lives_is_told_too(browser, host):
    assert is_problem(browser.get("/api/v1/health/", HTTP_HOST=host), 404)
    page = browser.get("/", HTTP_HOST=host)
    assert is_page(page, 404)
    assert "<h1>Pod tym adresem nie ma miasta</h1>" in page.content.decode()
    assert 'href="/"' not in page.content.decode()


@pytest.mark.parametrize("host", ["NORTH.test", "north.test.", "North.Test.:8000"])
def test_a_city_answers_whatever_the_case_of_its_name_and_with_a_dot_at_the_end(browser, host):
    assert browser.get("/api/v1/health/", HTTP_HOST=host).status_code == 200


def test_personal_json_is_kept_by_nobody_on_the_way(api):
    assert api(PersonFactory()).get(SESSION)["Cache-Control"] == "no-store"


def test_search_engines_are_told_to_stay_out_and_finders_of_weaknesses_whom_to_write_to(browser):
    assert browser.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    told = browser.get("/.well-known/security.txt").content.decode()
    assert told.startswith("Contact: mailto:opium@localhost\nExpires: 2")


def test_no_other_account_of_the_machine_looks_into_the_store(tmp_path):
    root = tmp_path / "files"
    root.mkdir(mode=0o755)

    LocalStore("north", root=root).save("north/a/b", BytesIO(b"x"))

    assert stat.S_IMODE(root.stat().st_mode) == 0o700
