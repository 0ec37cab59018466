import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from files.models import File
from tests.factories.files import PDF

pytestmark = pytest.mark.django_db
URL = "/api/v1/files/uploads/"


def begin(browser, name="pismo.pdf", size=100):
    return browser.post(URL, {"name": name, "size": size})


def test_an_upload_is_answered_with_an_address_of_its_own_and_its_end(person, api):
    answer = begin(api(person), "Zażółć gęślą.PDF", 1234)

    assert answer.status_code == 201
    told = answer.json()
    file = File.objects.get()
    assert told["id"] == str(file.pk)
    assert told["method"] == "PUT"
    assert told["headers"] == {"Content-Type": "application/octet-stream"}
    assert told["url"].startswith("/api/v1/files/upload/")
    assert told["expires_at"]
    assert (file.name, file.size, file.state) == ("Zażółć gęślą.PDF", 1234, "waiting")
    assert file.uploaded_by_id == person.pk
    assert file.key.startswith("north/")
    assert "pdf" not in file.key.lower()


def test_a_stranger_may_not_send(api):
    answer = begin(api())

    assert answer.status_code == 401
    assert not File.objects.exists()


def test_sending_needs_the_csrf_token_and_the_address_does_not(person, city):
    browser = Client(enforce_csrf_checks=True, headers={"host": "north.test"})
    browser.force_login(person)

    answer = browser.post(URL, {"name": "a.pdf", "size": 1}, "application/json")

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ala\\ankieta.xlsx", "ankieta.xlsx"),
        ("/etc/cron.d/x.txt", "x.txt"),
        ("ankieta\u202excod.pdf", "ankietaxcod.pdf"),
        ("  dwa   słowa\t.pdf ", "dwa słowa .pdf"),
        ("z\u0307o\u0301łw.pdf", "żółw.pdf"),
    ],
)
def test_only_the_visible_last_part_of_a_name_is_kept(person, api, name, kept):
    answer = begin(api(person), name)

    assert answer.status_code == 201
    assert File.objects.get().name == kept
    assert ".." not in File.objects.get().key


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("pismo.pdf", 0, "file_empty"),
        ("pismo.pdf", 500 * 1024 * 1024 + 1, "file_too_large"),
        ("pismo.pdf", 10**30, "file_too_large"),
        ("pismo", 10, "file_name_unusable"),
        ("..", 10, "file_name_unusable"),
        ("a/..", 10, "file_name_unusable"),
        (".pdf", 10, "file_name_unusable"),
        ("pismo.", 10, "file_name_unusable"),
        ("a" * 252 + ".pdf", 10, "file_name_too_long"),
        ("program.exe", 10, "file_type_not_allowed"),
        ("strona.html", 10, "file_type_not_allowed"),
        ("rysunek.svg", 10, "file_type_not_allowed"),
        ("pismo.pdf.js", 10, "file_type_not_allowed"),
        ("makra.docm", 10, "file_type_not_allowed"),
    ],
)
def test_what_cannot_be_accepted_is_refused_before_a_byte_is_sent(person, api, name, size, code):
    answer = begin(api(person), name, size)

    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert not File.objects.exists()


def test_a_refusal_says_what_is_wrong_and_what_to_do(person, api, settings):
    settings.FILES_MAX_BYTES = 1024 * 1024
    settings.FILES_ALLOWED_EXTENSIONS = ["pdf", "xlsx"]

    large = begin(api(person), "film.pdf", 3 * 1024 * 1024).json()["detail"]
    wrong = begin(api(person), "wirus.exe", 10).json()["detail"]

    assert large == (
        "Plik „film.pdf” ma 3\u00a0MB, a największy dozwolony rozmiar to 1\u00a0MB. "
        "Zmniejsz go albo podziel na części."
    )
    assert wrong == (
        "Plik „wirus.exe” to plik .exe, a takich plików system nie przyjmuje. "
        "Dozwolone są: pdf, xlsx."
    )


@pytest.mark.parametrize("size", [-1, "dużo", None, 1.5])
def test_a_size_that_is_no_number_of_bytes_is_a_wrong_field(person, api, size):
    answer = begin(api(person), size=size)

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["size"]


@pytest.mark.parametrize("name", ["a\\u0000.pdf", "a\\ud800.pdf", "", "x" * 1001])
def test_a_name_that_no_file_can_have_is_refused(person, api, name):
    body = f'{{"name": "{name}", "size": 5}}'

    answer = api(person).post(URL, body, content_type="application/json")

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["name"]


def test_beginning_asks_the_database_the_same_however_many_uploads_wait(person, api):
    browser = api(person)
    begin(browser)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            begin(browser, size=len(PDF))
        counts.append(len(queries))
        for _ in range(5):
            begin(browser)

    assert counts[0] == counts[1]
