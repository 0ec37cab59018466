"""What came from outside is read in the background; the request only says where to look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Permission as Accounts
from files import selectors, services
from files.errors import FileAlreadyUsed, FileNotRead, ReadingRefused, UnknownFile
from files.models import File, FileReading
from files.registry import PURPOSES, Purpose
from forms.permissions import Permission as Forms
from opium.errors import FieldError, Invalid, NotFound
from opium.models import uuid7
from outbox import services as outbox
from outbox.models import Job
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.files import TEXT, read, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_purpose")]
URL = "/api/v1/files/readings/"
PLAIN = "tests.plain"


def purpose(monkeypatch, way, ask=lambda actor, about: None):
    monkeypatch.setitem(PURPOSES, PLAIN, Purpose(way, ask))


def purpose_about_one(monkeypatch):
    way = Purpose(lambda source: {}, lambda actor, about: None, is_about_one=True)
    monkeypatch.setitem(PURPOSES, PLAIN, way)


def refusing(_source):
    raise Invalid("To nie lista.", errors=[FieldError("rows.3", "Brak nazwiska.")])


def asked(browser, file, **said):
    return browser.post(URL, {"file": str(file.pk), "purpose": PLAIN, **said})


def test_a_request_reads_nothing_and_says_where_the_reading_is(person, api, monkeypatch):
    purpose(monkeypatch, refusing)
    file = uploaded(person, "lista.txt", TEXT)

    answer = asked(api(person), file)

    assert answer.status_code == 202
    assert answer["Location"] == f"{URL}{answer.json()['id']}/"
    told = api(person).get(answer["Location"]).json()
    assert (told["state"], told["file"]["name"], told["failure"]) == ("waiting", "lista.txt", "")
    [job] = Job.objects.filter(task="files.read_upload")
    assert job.args == [told["id"]]


def test_the_background_reads_and_the_deed_finds_what_was_read(person, api):
    file = uploaded(person, "lista.txt", TEXT)
    address = asked(api(person), file)["Location"]
    with pytest.raises(FileNotRead, match="nie jest jeszcze odczytany"):
        selectors.outcome_of(person, file.pk, purpose=PLAIN)

    assert outbox.run_job(str(Job.objects.get(task="files.read_upload").pk))

    assert api(person).get(address).json()["state"] == "done"
    assert selectors.outcome_of(person, file.pk, purpose=PLAIN) == {"size": len(TEXT)}
    with pytest.raises(FileNotRead):
        selectors.outcome_of(person, file.pk, purpose=PLAIN, about="inna tabela")


def test_a_second_press_finds_the_first_reading_whatever_its_key(person, api):
    file, browser = uploaded(person), api(person)

    keys = [{"HTTP_IDEMPOTENCY_KEY": key} for key in ("a", "a", "b")]
    found = [
        browser.post(URL, {"file": str(file.pk), "purpose": PLAIN}, **key).json() for key in keys
    ]

    assert len({one["id"] for one in found}) == 1
    assert Job.objects.filter(task="files.read_upload").count() == 1


def test_a_refusal_is_kept_with_its_sentence_and_fields_and_raised_by_the_deed(
    person, api, monkeypatch
):
    purpose(monkeypatch, refusing)
    file = uploaded(person)
    reading = read(person, file, PLAIN)

    told = api(person).get(f"{URL}{reading.pk}/").json()

    assert (told["state"], told["failure"], told["failure_code"]) == (
        "failed",
        "To nie lista.",
        "invalid",
    )
    assert told["faults"] == [{"field": "rows.3", "detail": "Brak nazwiska."}]
    assert told["may_help_again"] is False
    with pytest.raises(ReadingRefused, match="To nie lista") as refused:
        selectors.outcome_of(person, file.pk, purpose=PLAIN)
    assert refused.value.errors == (FieldError("rows.3", "Brak nazwiska."),)


def test_a_reading_that_keeps_failing_is_given_up_and_a_press_tries_it_again(
    person, api, monkeypatch
):
    def broken(_source):
        raise ZeroDivisionError

    purpose(monkeypatch, broken)
    file = uploaded(person)
    address = asked(api(person), file)["Location"]
    job = Job.objects.get(task="files.read_upload")
    for _ in range(3):
        Job.objects.filter(pk=job.pk).update(due_at=job.created_at)
        with pytest.raises(ZeroDivisionError):
            outbox.run_job(str(job.pk))
    told = api(person).get(address).json()
    assert (told["state"], told["may_help_again"]) == ("failed", True)
    assert told["failure"].startswith("Nie udało się odczytać pliku. Wystąpił błąd programu.")

    purpose(monkeypatch, lambda source: {"rows": 1})
    again = api(person).post(f"{address}again/")

    assert (again.status_code, again.json()["state"], again.json()["failure"]) == (
        202,
        "waiting",
        "",
    )
    job = Job.objects.filter(task="files.read_upload", given_up_at=None).get()
    assert outbox.run_job(str(job.pk))
    assert selectors.outcome_of(person, file.pk, purpose=PLAIN) == {"rows": 1}


def test_a_press_on_what_has_not_failed_changes_nothing(person, api):
    reading = read(person, uploaded(person), PLAIN)

    assert api(person).post(f"{URL}{reading.pk}/again/").json()["state"] == "done"
    assert Job.objects.filter(task="files.read_upload").count() == 1


def test_a_job_that_runs_twice_reads_once(person, monkeypatch):
    seen = []
    purpose(monkeypatch, lambda source: {"seen": seen.append(source.name)})
    reading = read(person, uploaded(person, "a.pdf"), PLAIN)
    services.run_reading(reading_id=reading.pk)
    services.run_reading(reading_id=uuid7())
    assert seen == ["a.pdf"]


def test_a_reading_that_a_killed_worker_began_is_done_by_the_next(person):
    reading = services.begin_reading(actor=person, file_id=uploaded(person).pk, purpose=PLAIN)
    FileReading.objects.filter(pk=reading.pk).update(state="running")
    services.run_reading(reading_id=reading.pk)
    reading.refresh_from_db()
    assert reading.state == "done"


def test_what_the_file_holds_waits_for_its_screen_until_it_is_taken_or_let_go(
    person, api, monkeypatch
):
    purpose_about_one(monkeypatch)
    browser, table = api(person), uuid7()
    file = uploaded(person, "a.pdf")
    reading = read(person, file, PLAIN, table)

    def shown(about=table):
        found = browser.get(f"{URL}?purpose={PLAIN}&about={about}").json()
        return [one["file"]["name"] for one in found]

    assert (shown(), shown(uuid7())) == (["a.pdf"], [])
    services.claim(actor=person, files=[file.pk])
    assert shown() == []
    assert browser.delete(f"{URL}{reading.pk}/").status_code == 409
    assert list(File.objects.all()) == [file]

    other = read(person, uploaded(person, "b.pdf"), PLAIN, table)
    assert shown() == ["b.pdf"]
    assert browser.delete(f"{URL}{other.pk}/").status_code == 204
    assert shown() == []
    assert list(File.objects.all()) == [file]


def test_a_newer_file_of_a_place_takes_the_place_of_the_older_which_is_let_go(
    person, stranger, monkeypatch
):
    purpose_about_one(monkeypatch)
    table, elsewhere = uuid7(), uuid7()
    names = [
        (person, "starszy.pdf", table),
        (person, "gdzie indziej.pdf", elsewhere),
        (stranger, "cudzy.pdf", table),
        (person, "nowszy.pdf", table),
    ]
    for who, name, about in names:
        read(who, uploaded(who, name), PLAIN, about)

    found = selectors.waiting_readings(person, purpose=PLAIN)
    assert [one.file.name for one in found] == ["nowszy.pdf", "gdzie indziej.pdf"]
    kept = set(File.objects.values_list("name", flat=True))
    assert kept == {"gdzie indziej.pdf", "cudzy.pdf", "nowszy.pdf"}

    services.claim(actor=person, files=[found[0].file_id])
    left = selectors.waiting_readings(person, purpose=PLAIN)
    assert [one.file.name for one in left] == ["gdzie indziej.pdf"]


def test_what_is_let_go_while_it_is_read_is_gone_without_a_fault(person, monkeypatch):
    older = uploaded(person, "starszy.pdf")

    def chosen_anew(_source):
        services.begin_reading(actor=person, file_id=newer.pk, purpose=PLAIN)
        return {}

    newer = uploaded(person, "nowszy.pdf")
    purpose(monkeypatch, chosen_anew)
    reading = services.begin_reading(actor=person, file_id=older.pk, purpose=PLAIN)

    services.run_reading(reading_id=reading.pk)

    assert [one.file.name for one in FileReading.objects.all()] == ["nowszy.pdf"]
    assert list(File.objects.all()) == [newer]


def test_an_older_file_that_is_read_for_something_else_too_or_taken_stays(person, monkeypatch):
    purpose_about_one(monkeypatch)
    table, elsewhere = uuid7(), uuid7()
    both, taken = uploaded(person, "w dwóch.pdf"), uploaded(person, "wzięty.pdf")
    read(person, taken, PLAIN, table)
    services.claim(actor=person, files=[taken.pk])
    read(person, both, PLAIN, table)
    read(person, both, PLAIN, elsewhere)

    read(person, uploaded(person, "nowszy.pdf"), PLAIN, table)

    assert File.objects.count() == 3
    assert set(both.readings.values_list("about", flat=True)) == {str(elsewhere)}
    assert taken.readings.count() == 1


def test_of_readings_that_an_older_edition_left_only_the_newest_of_a_place_is_offered(person):
    older, newer = (uploaded(person, name) for name in ("a.pdf", "b.pdf"))
    for file in (older, newer):
        FileReading.objects.create(file=file, purpose=PLAIN)
    found = selectors.waiting_readings(person, purpose=PLAIN)
    assert [one.file.name for one in found] == ["b.pdf"]
    services.claim(actor=person, files=[newer.pk])
    assert not selectors.waiting_readings(person, purpose=PLAIN).exists()


def test_another_persons_reading_and_file_are_not_there(person, stranger, api):
    file = uploaded(person)
    reading = read(person, file, PLAIN)
    browser = api(stranger)

    address = f"{URL}{reading.pk}/"
    assert [
        browser.get(address).status_code,
        browser.post(f"{address}again/").status_code,
        browser.delete(address).status_code,
    ] == [404, 404, 404]
    assert browser.get(f"{URL}?purpose={PLAIN}").json() == []
    assert asked(browser, file).status_code == 422
    for verb in (services.read_again, services.forget_reading):
        with pytest.raises(NotFound):
            verb(actor=stranger, reading=reading)
    with pytest.raises(UnknownFile):
        selectors.outcome_of(stranger, file.pk, purpose=PLAIN)
    assert api().get(address).status_code == 401


def test_a_reading_of_this_city_does_not_exist_in_the_other(person, api, in_south):
    reading = read(person, uploaded(person), PLAIN)
    with in_south():
        browser = api(PersonFactory(), host="south.test")

    assert browser.get(f"{URL}{reading.pk}/").status_code == 404
    assert browser.post(f"{URL}{reading.pk}/again/").status_code == 404


def test_an_unknown_purpose_and_a_file_in_use_are_refused_in_words(person, api):
    file = uploaded(person)
    answer = api(person).post(URL, {"file": str(file.pk), "purpose": "tests.none"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_purpose")
    services.claim(actor=person, files=[file.pk])
    with pytest.raises(FileAlreadyUsed):
        services.begin_reading(actor=person, file_id=file.pk, purpose=PLAIN)


@pytest.mark.parametrize("name", ["accounts.invitations", "forms.form"])
def test_a_file_is_read_about_nothing_that_its_purpose_does_not_know(city, api, name):
    person = person_with(Accounts.MANAGE_PEOPLE, Forms.MANAGE_FORMS)
    file = str(uploaded(person).pk)
    given = {"file": file, "purpose": name}

    refused = api(person).post(URL, given | {"about": "cokolwiek"})

    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_subject")
    assert "„cokolwiek”" in refused.json()["detail"]
    assert not FileReading.objects.exists()
    assert api(person).post(URL, given).status_code == 202


@pytest.mark.parametrize("spell", [str.upper, lambda one: one.replace("-", ""), lambda one: ""])
def test_a_thing_that_a_file_is_read_about_has_one_spelling(person, api, monkeypatch, spell):
    purpose_about_one(monkeypatch)
    file, table = uploaded(person), str(uuid7())

    assert asked(api(person), file, about=spell(table)).status_code == 422
    assert asked(api(person), file, about=table).status_code == 202
    assert FileReading.objects.get().about == table


def test_looking_at_readings_fetches_nothing_of_what_was_read(person, api):
    reading = read(person, uploaded(person), PLAIN)
    browser = api(person)

    with CaptureQueriesContext(connection) as asked_for:
        browser.get(f"{URL}?purpose={PLAIN}")
        browser.get(f"{URL}{reading.pk}/")
        browser.post(f"{URL}{reading.pk}/again/")

    assert [one["sql"] for one in asked_for if '"files_filereading"."outcome"' in one["sql"]] == []
    assert any('"files_filereading"' in one["sql"] for one in asked_for)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ({"a": "x\0"}, "content_not_storable"),
        ({"a": "\ud800"}, "content_not_storable"),
        ({"a": "\\u0000 w tekście"}, ""),
        ({"a": "x" * (16 * 2**20)}, "content_too_large"),
        ({"a": "x" * (16 * 2**20 - 9)}, ""),
    ],
)
def test_what_the_database_cannot_keep_is_refused_with_a_sentence(
    person, monkeypatch, outcome, code
):
    purpose(monkeypatch, lambda source: outcome)
    reading = read(person, uploaded(person, "lista.pdf"), PLAIN)
    assert reading.failure_code == code
    if code:
        assert "„lista.pdf”" in reading.failure
    else:
        assert reading.outcome == outcome


def test_so_many_readings_an_hour_and_no_more(person, api, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "reading": 2}
    file, browser = uploaded(person), api(person)
    assert [asked(browser, file).status_code for _ in range(3)] == [202, 202, 429]


def test_looking_at_readings_asks_the_database_the_same_however_many_there_are(
    person, api, django_assert_num_queries, monkeypatch
):
    purpose_about_one(monkeypatch)
    browser = api(person)
    for count in (1, 5):
        for _ in range(count):
            read(person, uploaded(person), PLAIN, uuid7())
        with django_assert_num_queries(5):
            browser.get(f"{URL}?purpose={PLAIN}")
