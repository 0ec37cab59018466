import io
import os
import subprocess
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from files import services
from files.errors import LinkExpired, LinkTampered, SizeDiffers
from files.models import File

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(person):
    return services.begin_upload(actor=person, name="pismo.pdf", size=5)


@pytest.fixture
def browser(city):
    return Client(enforce_csrf_checks=True, headers={"host": "north.test"})


def token_of(upload):
    return upload.target.url.rsplit("/", 1)[-1]


def left(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_address_alone_gives_the_right_without_session_and_csrf(upload, browser, folder):
    answer = browser.put(upload.target.url, b"bytes", "application/octet-stream")

    assert answer.status_code == 204
    assert [path.read_bytes() for path in left(folder)] == [b"bytes"]


@pytest.mark.parametrize("body", [b"", b"byte", b"bytes and more"])
def test_another_number_of_bytes_than_declared_is_refused_with_both_numbers(
    upload, browser, folder, body
):
    answer = browser.put(upload.target.url, body, "application/octet-stream")

    assert answer.status_code == 422
    assert answer.json()["code"] == "file_size_differs"
    assert answer.json()["detail"] == (
        f"Dotarło {len(body)}\u00a0B zamiast zapowiedzianych 5\u00a0B. Wyślij plik jeszcze raz."
    )
    assert left(folder) == []


def test_a_body_cut_off_on_its_way_leaves_nothing(upload, folder):
    with pytest.raises(SizeDiffers):
        services.receive_upload(token=token_of(upload), length=5, source=io.BytesIO(b"byt"))

    assert left(folder) == []


def test_no_more_is_read_than_was_declared(upload, folder):
    endless = io.BytesIO(b"bytes" * 1000)

    services.receive_upload(token=token_of(upload), length=5, source=endless)

    assert endless.tell() == 5
    assert [path.read_bytes() for path in left(folder)] == [b"bytes"]


def test_a_connection_that_breaks_leaves_the_bytes_of_the_try_before(upload, folder):
    class Broken(io.RawIOBase):
        def read(self, size=-1, /):
            raise ConnectionResetError

    services.receive_upload(token=token_of(upload), length=5, source=io.BytesIO(b"first"))
    with pytest.raises(ConnectionResetError):
        services.receive_upload(token=token_of(upload), length=5, source=Broken())

    assert [path.read_bytes() for path in left(folder)] == [b"first"]


def test_an_address_with_one_letter_changed_is_refused_in_words(upload, browser, folder):
    token = token_of(upload)
    for position in (0, len(token) // 2, len(token) - 1):
        letter = "A" if token[position] != "A" else "B"
        bent = token[:position] + letter + token[position + 1 :]

        answer = browser.put(f"/api/v1/files/upload/{bent}", b"bytes", "text/plain")

        assert answer.status_code == 403
        assert answer.json()["code"] == "link_tampered"
        assert answer.json()["detail"].startswith("Ten odnośnik do pliku jest niepełny")
    assert left(folder) == []


def test_an_address_signed_with_another_secret_is_refused(upload, settings):
    forged = signing.dumps(
        [2**33, {"key": "north/incoming/x", "size": 5}], salt="files.upload.north", key="guess"
    )

    with pytest.raises(LinkTampered):
        services.receive_upload(token=forged, length=5, source=io.BytesIO(b"bytes"))


def test_an_address_dies_at_its_time(upload, clock, folder):
    clock.move_to(upload.file.expires_at + timedelta(seconds=1))

    with pytest.raises(LinkExpired) as refusal:
        services.receive_upload(token=token_of(upload), length=5, source=io.BytesIO(b"bytes"))

    assert str(refusal.value).startswith("Ten odnośnik do pliku wygasł.")
    assert left(folder) == []


def test_an_address_of_this_city_is_worth_nothing_in_the_other(upload, browser, south, folder):
    answer = browser.put(
        upload.target.url, b"bytes", "application/octet-stream", headers={"host": "south.test"}
    )

    assert answer.status_code == 403
    assert left(folder) == []


def test_a_download_address_does_not_take_bytes(person, browser, folder):
    file = services.store(actor=person, name="a.pdf", content=b"kept!")
    token = services.download_url(file).rsplit("/", 1)[-1]

    answer = browser.put(f"/api/v1/files/upload/{token}", b"bytes", "text/plain")

    assert answer.status_code == 403
    assert [path.read_bytes() for path in left(folder)] == [b"kept!"]


def test_the_address_used_again_after_the_end_does_not_reach_the_finished_file(person, folder):
    first, second = b"%PDF-1.7 good", b"%PDF-1.7 evil"
    upload = services.begin_upload(actor=person, name="pismo.pdf", size=len(first))
    services.receive_upload(token=token_of(upload), length=13, source=io.BytesIO(first))
    file = services.finish_upload(actor=person, file=upload.file)

    services.receive_upload(token=token_of(upload), length=13, source=io.BytesIO(second))
    again = services.finish_upload(actor=person, file=File.objects.get())

    assert again.sha256 == file.sha256
    assert b"".join(services.read_chunks(again)) == first


@pytest.fixture
def full_disk(tmp_path, settings):
    """A store of 64 kB, as a real file system."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts no small disk")
    settings.FILES_ROOT = small
    yield small
    subprocess.run(["umount", str(small)], check=True)


def test_a_full_disk_refuses_an_upload_with_a_sentence_and_keeps_nothing_of_it(
    full_disk, person, browser
):
    upload = services.begin_upload(actor=person, name="duzy.pdf", size=200_000)

    answer = browser.put(upload.target.url, bytes(200_000), "application/octet-stream")

    assert (answer.status_code, answer.json()["code"]) == (409, "storage_full")
    assert left(full_disk) == []
    small = services.begin_upload(actor=person, name="maly.pdf", size=5)
    assert browser.put(small.target.url, b"bytes", "application/octet-stream").status_code == 204
