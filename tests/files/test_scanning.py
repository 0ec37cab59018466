"""Debian's clamd reads the bytes of an upload before anybody may."""

import hashlib
import io
import shutil
import socket
import subprocess
import threading
import time

import pytest

from config.deployment import reached
from files import services, storage
from files.errors import FileInfected, FileNotReady, FileTooLargeToScan, ScannerSilent
from files.models import File
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


@pytest.mark.usefixtures("scanner")
def test_a_clean_file_is_ready(person):
    file = services.finish_upload(actor=person, file=sent(person, TEXT))
    assert file.state == "ready"


@pytest.mark.usefixtures("scanner")
def test_an_infected_file_is_refused_by_its_name_and_its_bytes_are_removed(person, folder):
    file = sent(person, SAMPLE)

    with pytest.raises(FileInfected) as refused:
        services.finish_upload(actor=person, file=file)

    assert str(refused.value).startswith(
        "W pliku „notatka.txt” program antywirusowy znalazł złośliwe oprogramowanie (Test-Malware"
    )
    file.refresh_from_db()
    assert (file.state, file.refusal_code) == ("refused", "file_infected")
    assert [one for one in folder.rglob("*") if one.is_file()] == []
    with pytest.raises(FileNotReady):
        services.claim(actor=person, files=[file.pk])
    with pytest.raises(FileInfected):
        services.finish_upload(actor=person, file=file)


@pytest.mark.usefixtures("scanner")
def test_a_file_that_the_scanner_will_not_read_whole_is_refused(person):
    with pytest.raises(FileTooLargeToScan, match="za duży dla programu antywirusowego"):
        services.finish_upload(actor=person, file=sent(person, b"a\n" * LIMIT * 3))


def test_no_file_is_ready_while_the_scanner_is_silent_and_it_is_when_it_speaks_again(
    person, settings, request
):
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    file = sent(person, TEXT)
    for _ in range(2):
        with pytest.raises(ScannerSilent, match="chwilowo nie odpowiada"):
            services.finish_upload(actor=person, file=file)
    assert File.objects.get().state == "waiting"

    settings.CLAMD = ""
    assert services.finish_upload(actor=person, file=file).state == "ready"


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
        services.finish_upload(actor=person, file=sent(person, TEXT))
    assert File.objects.get().state == "waiting"


def told():
    return [one.id for one in reached.scanner()]


def test_the_deployment_check_tells_that_nobody_scans_or_answers(settings):
    settings.CLAMD = ""
    assert told() == ["opium.E090"]
    for address in (f"127.0.0.1:{free_port()}", "/nie/ma/gniazda", "bez portu"):
        settings.CLAMD = address
        assert told() == ["opium.E091"]


@pytest.mark.usefixtures("scanner")
def test_the_deployment_check_is_content_with_a_scanner_that_answers():
    assert told() == []
