from datetime import timedelta

import pytest
from django.core import signing

from files import services
from files.storage import KeyOfAnotherCity
from tests.factories.files import stored, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(api):
    """What a stranger's browser gets, with the whole body read."""

    def read(url, host="north.test"):
        answer = api(host=host).get(url)
        answer.body = b"".join(answer)
        return answer

    return read


def test_whoever_has_the_address_gets_the_bytes_as_an_attachment(person, fetch):
    file = stored(person, "Żółw.pdf", b"%PDF-1.7")

    answer = fetch(services.download_url(file))

    assert answer.status_code == 200
    assert answer.body == b"%PDF-1.7"
    assert answer["Content-Length"] == "8"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C5%BB%C3%B3%C5%82w.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_the_given_name_replaces_the_files_own_and_is_made_safe(person, fetch):
    file = stored(person)

    answer = fetch(services.download_url(file, name='SP 1: "ankieta"\r\nX: y.pdf'))

    assert answer["Content-Disposition"] == "attachment; filename=\"SP 1- 'ankieta' X- y.pdf\""


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("plan.png", b"\x89PNG\r\n\x1a\n", "inline"),
        ("pismo.pdf", b"%PDF-1.7", "inline"),
        ("dane.xml", b"<a/>", "attachment"),
        ("dane.txt", b"abc", "attachment"),
    ],
)
def test_only_pictures_and_pdf_are_shown_in_the_browser(person, fetch, name, content, shown):
    file = uploaded(person, name, content)

    answer = fetch(services.download_url(file, inline=True))

    assert answer["Content-Disposition"].split(";")[0] == shown


@pytest.mark.parametrize(
    ("name", "policy"),
    [("plan.xml", "default-src 'none'; sandbox"), ("pismo.pdf", "frame-ancestors 'none'")],
)
def test_nothing_runs_in_what_is_given_out(person, fetch, name, policy):
    answer = fetch(services.download_url(stored(person, name)))

    assert answer["Content-Security-Policy"] == policy


def test_an_expired_address_is_refused_in_words(person, fetch, clock):
    url = services.download_url(stored(person), lifetime=timedelta(seconds=30))
    clock.shift(29)
    assert fetch(url).status_code == 200
    clock.shift(2)

    answer = fetch(url)

    assert (answer.status_code, answer.json()["code"]) == (403, "link_expired")
    assert answer.json()["detail"] == (
        "Ten odnośnik do pliku wygasł. Wróć do strony, na której jest plik, i spróbuj ponownie."
    )


def test_a_bent_address_is_refused_in_words(person, fetch):
    url = services.download_url(stored(person))

    for bent in (url[:-5], url.replace("download/", "download/x"), url[:-2] + "ab"):
        answer = fetch(bent)

        assert (answer.status_code, answer.json()["code"]) == (403, "link_tampered")
        assert answer.json()["detail"].startswith("Ten odnośnik do pliku jest niepełny")


def test_an_upload_address_gives_no_bytes(person, fetch):
    upload = services.begin_upload(actor=person, name="a.pdf", size=5)

    answer = fetch(upload.target.url.replace("/upload/", "/download/"))

    assert answer.status_code == 403


def test_an_address_of_this_city_is_worth_nothing_in_the_other(person, fetch, south):
    url = services.download_url(stored(person))

    assert fetch(url, host="south.test").status_code == 403


def test_even_an_address_that_we_signed_does_not_reach_a_key_of_another_city(person, in_south):
    stolen = {"key": stored(person).key, "name": "a", "content_type": "text/csv", "inline": True}
    token = signing.dumps([2**33, stolen], salt="files.download.south", compress=True)

    with in_south(), pytest.raises(KeyOfAnotherCity):
        services.open_download(token=token)


def test_lost_bytes_are_told_as_lost(person, fetch):
    file = stored(person)
    services.remove_bytes(key=file.key)

    answer = fetch(services.download_url(file))

    assert (answer.status_code, answer.json()["code"]) == (404, "file_lost")
