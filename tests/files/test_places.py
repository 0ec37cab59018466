"""What both places of storage promise: the local folder and a real S3 server."""

import io
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client
from django.utils import timezone

from files import storage
from files.storage import KeyOfAnotherCity, Missing
from tests.files.object_store import free_ports

pytestmark = pytest.mark.django_db
KEY = "north/2026/11/file"


@pytest.fixture
def browser():
    """Asks an address as a browser does: ours without a session, S3's over the network."""
    return lambda method, url, body=None, headers=None: (
        requests.request(method, url, data=body, headers=headers, timeout=30)
        if urlsplit(url).netloc
        else _Answer(_own(method, url, body, headers or {}))
    )


def _own(method, url, body, headers):
    client = Client(headers={"host": "north.test"}, enforce_csrf_checks=True)
    if method == "GET":
        return client.get(url)
    return client.put(url, body, content_type=headers.get("Content-Type", "text/plain"))


class _Answer:
    def __init__(self, response):
        self.status_code, self.headers = response.status_code, response.headers
        self.content = b"".join(response)


def read(store, key=KEY):
    file = store.open(key)
    try:
        return file.read()
    finally:
        file.close()


def soon(**ahead):
    return timezone.now() + timedelta(**ahead)


def test_what_was_saved_is_read_back_whole_and_in_pieces(place):
    content = bytes(range(256)) * 4096 * 3

    place.save(KEY, io.BytesIO(content))

    assert read(place) == content
    with place.local_path(KEY) as path:
        assert path.read_bytes() == content


def test_saving_again_puts_the_new_bytes_in_the_place_of_the_old(place):
    place.save(KEY, io.BytesIO(b"old"))
    place.save(KEY, io.BytesIO(b"new"))

    assert read(place) == b"new"


def test_a_missing_key_is_told_as_missing(place):
    with pytest.raises(Missing):
        place.open("north/nothing")
    with pytest.raises(Missing), place.local_path("north/nothing"):
        pass


def test_moved_bytes_lie_under_the_new_key_only(place):
    place.save(KEY, io.BytesIO(b"content"))

    assert place.move(KEY, "north/2026/12/other") is True

    assert read(place, "north/2026/12/other") == b"content"
    with pytest.raises(Missing):
        place.open(KEY)


def test_moving_what_is_not_there_changes_nothing(place):
    place.save(KEY, io.BytesIO(b"kept"))

    assert place.move("north/incoming/nothing", KEY) is False

    assert read(place) == b"kept"


def test_deleted_bytes_are_gone_and_deleting_again_is_harmless(place):
    place.save(KEY, io.BytesIO(b"content"))

    place.delete(KEY)
    place.delete(KEY)

    with pytest.raises(Missing):
        place.open(KEY)


def test_only_keys_below_the_prefix_and_older_than_the_moment_are_listed(place):
    place.save("north/incoming-list/one", io.BytesIO(b"1"))
    place.save("north/incoming-list/two", io.BytesIO(b"2"))
    place.save("north/incoming-listed", io.BytesIO(b"3"))

    assert list(place.keys("north/incoming-list", before=soon(hours=-1))) == []
    assert sorted(place.keys("north/incoming-list", before=soon(hours=1))) == [
        "north/incoming-list/one",
        "north/incoming-list/two",
    ]
    assert list(place.keys("north/none", before=soon(hours=1))) == []


@pytest.mark.parametrize(
    "key",
    [
        "south/2026/11/file",
        "north/../south/file",
        "northern/file",
        "north",
        "north//file",
        "/north/x",
    ],
)
def test_a_key_outside_the_city_is_never_touched(place, key):
    with pytest.raises(KeyOfAnotherCity):
        place.open(key)
    with pytest.raises(KeyOfAnotherCity):
        place.save(key, io.BytesIO(b"x"))
    with pytest.raises(KeyOfAnotherCity):
        place.delete(key)
    with pytest.raises(KeyOfAnotherCity):
        place.move(KEY, key)
    with pytest.raises(KeyOfAnotherCity):
        place.move(key, KEY)
    with pytest.raises(KeyOfAnotherCity), place.local_path(key):
        pass
    if key != "north":  # the city itself may be listed
        with pytest.raises(KeyOfAnotherCity):
            list(place.keys(key, before=soon(hours=1)))
    with pytest.raises(KeyOfAnotherCity):
        place.upload_target(key, size=1, until=soon(hours=1))
    with pytest.raises(KeyOfAnotherCity):
        place.download_url(key, name="x", content_type="x/x", inline=False, until=soon(hours=1))


def test_the_store_of_the_other_city_does_not_open_this_ones_key(place, in_south):
    place.save(KEY, io.BytesIO(b"secret"))

    with in_south(), pytest.raises(KeyOfAnotherCity):
        storage.current().open(KEY)


def test_an_upload_address_takes_exactly_the_declared_bytes_without_a_session(place, browser):
    target = place.upload_target("north/incoming/u1", size=5, until=soon(minutes=1))

    answer = browser(target.method, target.url, b"bytes", target.headers)

    assert answer.status_code in (200, 204)
    assert read(place, "north/incoming/u1") == b"bytes"


@pytest.mark.parametrize("body", [b"byte", b"bytes!", b""])
def test_an_upload_address_refuses_another_length_and_keeps_nothing(place, browser, body):
    target = place.upload_target("north/incoming/u2", size=5, until=soon(minutes=1))

    answer = browser(target.method, target.url, body, target.headers)

    assert answer.status_code in (403, 422)
    with pytest.raises(Missing):
        place.open("north/incoming/u2")


def test_an_upload_address_cannot_be_bent_to_another_key(place, browser):
    target = place.upload_target("north/incoming/u3", size=5, until=soon(minutes=1))
    middle = len(target.url) // 2
    letter = "A" if target.url[middle] != "A" else "B"
    bent = (
        target.url.replace("u3", "u4")
        if "u3" in target.url
        else (target.url[:middle] + letter + target.url[middle + 1 :])
    )

    answer = browser(target.method, bent, b"bytes", target.headers)

    assert answer.status_code == 403


def test_a_download_address_gives_the_bytes_under_their_polish_name(place, browser):
    place.save(KEY, io.BytesIO(b"%PDF-1.7"))
    url = place.download_url(
        KEY,
        name="Żółw „ą”.pdf",
        content_type="application/pdf",
        inline=False,
        until=soon(minutes=1),
    )

    answer = browser("GET", url)

    assert answer.status_code == 200
    assert answer.content == b"%PDF-1.7"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C5%BB%C3%B3%C5%82w%20%E2%80%9E%C4%85%E2%80%9D.pdf"
    )
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_an_inline_download_is_shown_by_the_browser(place, browser):
    place.save(KEY, io.BytesIO(b"GIF89a"))
    url = place.download_url(
        KEY, name="plan.gif", content_type="image/gif", inline=True, until=soon(minutes=1)
    )

    assert browser("GET", url).headers["Content-Disposition"] == 'inline; filename="plan.gif"'


def test_addresses_die_at_their_time(place, browser):
    place.save(KEY, io.BytesIO(b"content"))
    download = place.download_url(
        KEY, name="a.txt", content_type="text/plain", inline=False, until=soon(seconds=1)
    )
    upload = place.upload_target("north/incoming/u5", size=5, until=soon(seconds=1))

    time.sleep(2.1)

    assert browser("GET", download).status_code == 403
    assert browser("PUT", upload.url, b"bytes", upload.headers).status_code == 403


def test_a_place_that_does_not_answer_is_told_as_a_broken_disk(s3, settings, monkeypatch):
    settings.S3_ENDPOINT_URL = f"http://127.0.0.1:{free_ports(1)[0]}"
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    with pytest.raises(OSError, match="Could not connect"):
        storage.current().open(KEY)
