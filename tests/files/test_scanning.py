"""Debian's clamd reads the bytes of an upload before anybody may."""

import hashlib
import io
import shutil
import socket
import subprocess
import threading
import time

import pytest

from audit.models import Entry
from config.deployment import reached
from files import selectors, services, storage
from files.errors import FileBeingChecked, FileInfected, FileNotReady, ScannerSilent
from files.models import File
from opium.errors import Forbidden
from outbox import services as outbox
from outbox.models import Job
from tests.factories.files import TEXT

pytestmark = pytest.mark.django_db
SAMPLE = b"To jest plik, za ktorym goni tylko ten test.\n"
"""Known to the scanner of the test by its digest, as EICAR is to everybody's."""
LIMIT = 100_000


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="session")
def clamd(tmp_path_factory):
    """A clamd of Debian's package with one signature of our own."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        pytest.skip("Debian's package clamav-daemon is not installed")
    folder, port = tmp_path_factory.mktemp("clamd"), free_port()
    digest = hashlib.md5(SAMPLE, usedforsecurity=False).hexdigest()
    (folder / "test.hdb").write_text(f"{digest}:{len(SAMPLE)}:Test-Malware\n")
    (folder / "conf").write_text(
        f"Foreground yes\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"DatabaseDirectory {folder}\nStreamMaxLength {LIMIT}\n"
    )
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen([program, "-c", folder / "conf"], stdout=log, stderr=log)
    try:
        for _ in range(600):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


@pytest.fixture
def scanner(clamd, settings):
    settings.CLAMD = clamd


def sent(person, content, name="notatka.txt"):
    """An upload whose bytes have arrived."""
    upload = services.begin_upload(actor=person, name=name, size=len(content))
    storage.current().save(storage.incoming(upload.file.pk), io.BytesIO(content))
    return upload.file


def scanned(person, file):
    """The file after it was finished and the background has done what it could."""
    services.finish_upload(actor=person, file=file)
    try:
        services.scan_upload(file_id=file.pk)
    finally:
        file.refresh_from_db()
    return file


@pytest.mark.usefixtures("scanner")
def test_a_clean_file_is_ready_once_the_background_has_had_it_scanned(person, api):
    file, browser = sent(person, TEXT), api(person)
    address = f"/api/v1/files/uploads/{file.pk}/"

    finished = browser.post(f"{address}finish/")

    assert (finished.status_code, finished.json()["is_checked"]) == (202, False)
    assert browser.get(address).json()["is_checked"] is False
    for verb in (
        lambda: services.claim(actor=person, files=[file.pk]),
        lambda: selectors.upload_of(person, file.pk),
        lambda: services.begin_reading(actor=person, file_id=file.pk, purpose="forms.form"),
    ):
        with pytest.raises((FileBeingChecked, Forbidden)):
            verb()
    [job] = Job.objects.filter(task="files.scan_upload")
    assert outbox.run_job(str(job.pk))
    assert browser.get(address).json()["is_checked"] is True
    assert browser.post(f"{address}finish/").status_code == 200
    assert [one.pk for one in services.claim(actor=person, files=[file.pk])] == [file.pk]
    services.scan_upload(file_id=file.pk)
    assert Entry.objects.get(deed="files.scan_upload").after["state"] == "ready"


@pytest.mark.usefixtures("scanner")
def test_an_infected_file_is_refused_by_its_name_and_its_bytes_are_removed(person, folder, api):
    file = scanned(person, sent(person, SAMPLE))

    assert (file.state, file.refusal_code) == ("refused", "file_infected")
    assert file.refusal.startswith(
        "W pliku „notatka.txt” program antywirusowy znalazł złośliwe oprogramowanie (Test-Malware"
    )
    assert [one for one in folder.rglob("*") if one.is_file()] == []
    with pytest.raises(FileNotReady):
        services.claim(actor=person, files=[file.pk])
    with pytest.raises(FileInfected):
        services.finish_upload(actor=person, file=file)
    told = api(person).get(f"/api/v1/files/uploads/{file.pk}/")
    assert (told.status_code, told.json()["code"]) == (422, "file_infected")


@pytest.mark.usefixtures("scanner")
def test_a_file_that_the_scanner_will_not_read_whole_is_refused(person):
    file = scanned(person, sent(person, b"a\n" * LIMIT * 3))
    assert "za duży dla programu antywirusowego" in file.refusal


def test_no_request_and_no_transaction_waits_for_the_scanner(person, settings):
    settings.CLAMD = "/nie/ma/gniazda"
    assert services.finish_upload(actor=person, file=sent(person, TEXT)).state == "checking"


def test_no_file_is_ready_while_the_scanner_is_silent_and_it_is_when_it_speaks_again(
    person, settings, api
):
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    file = sent(person, TEXT)
    services.finish_upload(actor=person, file=file)
    job = Job.objects.get(task="files.scan_upload")
    for _ in range(2):
        Job.objects.filter(pk=job.pk).update(due_at=job.created_at)
        with pytest.raises(ScannerSilent, match="chwilowo nie odpowiada"):
            outbox.run_job(str(job.pk))
    told = api(person).get(f"/api/v1/files/uploads/{file.pk}/").json()
    assert told["is_checked"] is False
    assert told["held_up"].startswith("Program antywirusowy serwera chwilowo nie odpowiada")

    settings.CLAMD = ""
    Job.objects.filter(pk=job.pk).update(due_at=job.created_at)
    assert outbox.run_job(str(job.pk))
    file.refresh_from_db()
    assert (file.state, file.refusal) == ("ready", "")


def test_a_scan_that_was_given_up_says_so_and_is_asked_for_again_by_a_press(person, settings):
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    file = sent(person, TEXT)
    services.finish_upload(actor=person, file=file)
    job = Job.objects.get(task="files.scan_upload")
    Job.objects.filter(pk=job.pk).update(attempts=11)
    with pytest.raises(ScannerSilent):
        outbox.run_job(str(job.pk))
    file.refresh_from_db()
    assert (file.state, file.refusal_code) == ("checking", "scan_given_up")
    assert file.held_up.startswith("Program antywirusowy")

    for _ in range(2):
        services.finish_upload(actor=person, file=file)

    assert Job.objects.filter(task="files.scan_upload", given_up_at=None).count() == 1


def answering(reply):
    """A port whose server speaks this at once, whatever it is sent."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = server.accept()
        with connection:
            connection.recv(10)
            connection.sendall(reply)

    threading.Thread(target=serve, daemon=True).start()
    return server, f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("reply", [b"", b"stream: Can't allocate memory ERROR\0", b"\xff\xfe"])
def test_what_is_no_word_on_the_file_lets_it_not_in(person, settings, reply):
    server, settings.CLAMD = answering(reply)
    with server, pytest.raises(ScannerSilent):
        scanned(person, sent(person, TEXT))
    assert File.objects.get().state == "checking"


def told():
    return [one.id for one in reached.SCANNER()]


def test_the_deployment_check_tells_that_nobody_scans_or_answers(settings):
    settings.CLAMD = ""
    assert told() == ["opium.E090"]
    for address in (f"127.0.0.1:{free_port()}", "/nie/ma/gniazda", "bez portu"):
        settings.CLAMD = address
        assert told() == ["opium.E091"]


@pytest.mark.usefixtures("scanner")
def test_the_deployment_check_is_content_with_a_scanner_that_answers():
    assert told() == []
