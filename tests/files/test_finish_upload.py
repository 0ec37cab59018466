import hashlib
import io
from threading import Barrier, Thread

import pytest
import requests
from django.db import connection

from audit.models import Entry
from files import services, storage
from files.errors import UnknownFile
from files.models import File
from files.storage import Missing
from tenants.models import Tenant
from tests.factories.accounts import PersonFactory
from tests.factories.files import PDF, archive_of, uploaded

pytestmark = pytest.mark.django_db


def finish_url(file):
    return f"/api/v1/files/uploads/{file.pk}/finish/"


def sent(person, name="pismo.pdf", content=PDF, declared=None):
    """An upload whose bytes lie in the store, not finished yet."""
    upload = services.begin_upload(actor=person, name=name, size=declared or len(content))
    storage.current().save(f"north/incoming/{upload.file.pk}", io.BytesIO(content))
    return upload.file


def is_stored(file):
    try:
        storage.current().open(file.key).close()
    except Missing:
        return False
    return True


def test_the_server_itself_finds_out_size_checksum_and_type(person, api):
    file = sent(person, "Zażółć.pdf")

    answer = api(person).post(finish_url(file))

    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(file.pk),
        "name": "Zażółć.pdf",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "content_type": "application/pdf",
        "is_checked": True,
        "held_up": "",
    }
    assert File.objects.get().state == "ready"
    entry = Entry.objects.get(deed="files.finish_upload")
    assert (entry.actor_id, entry.target_id) == (person.pk, str(file.pk))
    assert entry.after["sha256"] == hashlib.sha256(PDF).hexdigest()


def test_finishing_again_answers_the_same_and_does_nothing(person, api):
    file = sent(person)
    browser = api(person)

    answers = [browser.post(finish_url(file)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert Entry.objects.filter(deed="files.finish_upload").count() == 1


def test_finishing_before_the_bytes_arrived_can_be_tried_again(person, api):
    upload = services.begin_upload(actor=person, name="pismo.pdf", size=len(PDF))
    browser = api(person)

    early = browser.post(finish_url(upload.file))
    browser.put(upload.target.url, PDF, content_type="application/octet-stream")
    late = browser.post(finish_url(upload.file))

    assert (early.status_code, early.json()["code"]) == (409, "file_not_arrived")
    assert early.json()["detail"].startswith("Plik „pismo.pdf” jeszcze nie dotarł")
    assert late.status_code == 200


def test_what_did_not_arrive_in_time_is_told_so(person, api, clock):
    upload = services.begin_upload(actor=person, name="pismo.pdf", size=5)
    clock.move_to(upload.file.expires_at)
    clock.shift(1)
    browser = api(person)

    answer = browser.post(finish_url(upload.file))

    assert (answer.status_code, answer.json()["code"]) == (409, "upload_expired")


XLSX_TYPES = (
    '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"MZ\x90\x00\x03\x00\x00\x00", "file_type_not_allowed"),
        ("a.txt", b"\x7fELF\x02\x01\x01\x00", "file_type_not_allowed"),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n", "file_type_not_allowed"),
        ("a.csv", b"<!DOCTYPE html><html></html>", "file_type_not_allowed"),
        ("a.xls", "\ufeff<html><table>".encode(), "file_type_not_allowed"),
        ("a.xml", b"<?xml version='1.0'?><!-- x --><svg xmlns='x'/>", "file_type_not_allowed"),
        ("a.pdf", b"\x00\x01\x02\x03", "file_type_not_allowed"),
        ("a.jpg", PDF, "file_content_disagrees"),
        ("a.xlsx", b"nazwa;kwota\n", "file_content_disagrees"),
        ("a.xls", archive_of({"[Content_Types].xml": XLSX_TYPES}), "file_content_disagrees"),
        ("a.zip", archive_of({"[Content_Types].xml": XLSX_TYPES}), "file_content_disagrees"),
        ("a.xlsx", archive_of({"a.txt": "x"}), "file_content_disagrees"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "file_damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_damaged"),
    ],
)
def test_contents_that_are_not_what_the_name_says_are_refused_and_removed(
    person, api, name, content, code
):
    file = sent(person, name, content)

    answer = api(person).post(finish_url(file))

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["detail"].startswith(f"Plik „{name}”")
    assert File.objects.get().state == "refused"
    assert not is_stored(file)
    assert not Entry.objects.filter(deed="files.finish_upload").exists()


def test_a_refusal_stays_the_same_however_often_one_asks(person, api):
    file = sent(person, "a.jpg")
    browser = api(person)

    first, second = (browser.post(finish_url(file)) for _ in range(2))

    assert first.json() == second.json()
    assert second.status_code == 422
    assert first.json()["detail"] == (
        "Plik „a.jpg” ma rozszerzenie .jpg, ale w środku jest dokument PDF. Otwórz go w programie, "
        "w którym powstał, i zapisz ponownie jako .jpg."
    )


def test_an_empty_file_in_the_store_is_refused(person, api):
    file = sent(person, content=b"", declared=5)

    answer = api(person).post(finish_url(file))

    assert (answer.status_code, answer.json()["code"]) == (422, "file_empty")


@pytest.mark.parametrize("declared", [len(PDF) - 1, len(PDF) + 1])
def test_another_size_in_the_store_than_declared_is_refused(person, api, declared):
    file = sent(person, declared=declared)

    answer = api(person).post(finish_url(file))

    assert (answer.status_code, answer.json()["code"]) == (422, "file_size_differs")
    assert not is_stored(file)


def test_the_list_of_what_is_allowed_is_the_operators(person, api, settings):
    file = sent(person)
    settings.FILES_ALLOWED_EXTENSIONS = ["xlsx"]

    answer = api(person).post(finish_url(file))

    assert answer.json()["detail"] == (
        "Plik „pismo.pdf” to dokument PDF, a takich plików system nie przyjmuje. "
        "Dozwolone są: xlsx."
    )


def test_only_the_uploader_may_finish(person, stranger, api):
    file = sent(person)

    answer = api(stranger).post(finish_url(file))

    assert answer.status_code == 404
    with pytest.raises(UnknownFile):
        services.finish_upload(actor=stranger, file=file)
    assert File.objects.get().state == "waiting"


def test_a_stranger_may_not_finish(person, api):
    assert api().post(finish_url(sent(person))).status_code == 401


def test_an_upload_of_this_city_does_not_exist_in_the_other(person, api, in_south):
    file = sent(person)
    with in_south():
        browser = api(PersonFactory(), host="south.test")

    answer = browser.post(finish_url(file))

    assert answer.status_code == 404


def test_a_finish_that_died_half_way_is_taken_up_again(person, api):
    file = sent(person)
    storage.current().move(f"north/incoming/{file.pk}", file.key)

    assert api(person).post(finish_url(file)).status_code == 200


def test_the_same_story_ends_well_in_s3(s3, person, api):
    content = b"%PDF-1.7\n" + bytes(3_000_000)
    browser = api(person)
    told = browser.post("/api/v1/files/uploads/", {"name": "Żółw.pdf", "size": len(content)}).json()

    sent_answer = requests.put(told["url"], content, headers=told["headers"], timeout=60)
    file = browser.post(f"/api/v1/files/uploads/{told['id']}/finish/").json()
    too_late = requests.put(told["url"], bytes(len(content)), headers=told["headers"], timeout=60)
    again = browser.post(f"/api/v1/files/uploads/{told['id']}/finish/").json()

    assert told["url"].startswith(s3)
    assert sent_answer.status_code == too_late.status_code == 200
    assert file["sha256"] == again["sha256"] == hashlib.sha256(content).hexdigest()
    url = services.download_url(File.objects.get())
    assert requests.get(url, timeout=60).content == content
    with services.local_path(File.objects.get()) as path:
        assert path.read_bytes() == content


def test_a_refused_upload_is_removed_from_s3(s3, person, api):
    file = sent(person, "a.jpg")

    answer = api(person).post(finish_url(file))

    assert answer.json()["code"] == "file_content_disagrees"
    assert not is_stored(file)


@pytest.mark.django_db(transaction=True)
def test_two_finishes_at_once_make_one_file_and_one_entry(person):
    file = sent(person)
    start, ready = Barrier(2), []

    def finish():
        connection.set_tenant(Tenant.objects.get(schema_name="north"))
        start.wait(10)
        ready.append(services.finish_upload(actor=person, file=file).state)
        connection.close()

    threads = [Thread(target=finish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert ready == ["ready", "ready"]
    assert Entry.objects.filter(deed="files.finish_upload", target_id=str(file.pk)).count() == 1


def test_finishing_asks_the_database_the_same_however_many_files_there_are(
    person, api, django_assert_num_queries
):
    browser = api(person)
    for others in (0, 5):
        for _ in range(others):
            uploaded(person)
        file = sent(person)
        with django_assert_num_queries(10):
            browser.post(finish_url(file))
