"""What somebody asked for is made in the background, for them alone, and does not stay."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from files import services
from files.models import File, FileMaking
from files.registry import MAKINGS, Made, Making
from opium.errors import Invalid, NotFound
from opium.permissions import MissingPermission
from outbox import services as outbox
from outbox.models import Job
from tests.factories.keys import program_of, secret_of

pytestmark = pytest.mark.django_db
PLAIN = "tests.made"
URL = "/api/v1/files/makings/"


@pytest.fixture(autouse=True)
def way(monkeypatch):
    """Makes a file of the told words; a test may put another way in."""

    def put(make=lambda told: Made(content=told["words"].encode()), ask=lambda actor, about: None):
        monkeypatch.setitem(MAKINGS, PLAIN, Making(make, ask))

    put()
    return put


def begun(person, words="a", about="1"):
    return services.begin_making(
        actor=person, purpose=PLAIN, about=about, name="wydruk.pdf", told={"words": words}
    )


def run(making):
    services.run_making(making_id=making.pk)
    making.refresh_from_db()
    return making


def content_of(making):
    return b"".join(services.read_chunks(making.file))


def test_it_is_made_once_whatever_runs_twice(person):
    making = run(begun(person))
    first = making.file_id

    assert (run(making).file_id, content_of(making)) == (first, b"a")
    assert making.file.uploaded_by == person
    assert File.objects.count() == 1


def test_what_is_asked_for_again_takes_the_place_of_what_was_made_before(person, stranger):
    of_another, of_something_else = run(begun(stranger)), run(begun(person, about="2"))
    older = run(begun(person))
    key = older.file.key

    newer = begun(person, "b")

    assert not FileMaking.objects.filter(pk=older.pk).exists()
    assert not File.objects.filter(pk=older.file_id).exists()
    assert Job.objects.filter(task="files.remove_bytes", args=[key]).exists()
    assert content_of(run(newer)) == b"b"
    assert {content_of(of_another), content_of(of_something_else)} == {b"a"}


def test_what_nobody_waits_for_any_longer_is_thrown_away(person, way):
    """Asked for anew while it is made: only the newer one has a file."""

    def meanwhile(told):
        if told["words"] == "a":
            begun(person, "b")
        return Made(content=told["words"].encode())

    way(meanwhile)
    services.run_making(making_id=begun(person).pk)

    assert File.objects.count() == 0
    assert content_of(run(FileMaking.objects.get())) == b"b"
    services.run_making(making_id=uuid4())


def test_a_refusal_and_a_fault_end_it_with_a_sentence(person, way, api):
    def refuse(told):
        raise Invalid("Za dużo wierszy.")

    way(refuse)
    refused = run(begun(person))
    assert (refused.state, refused.failure, refused.told) == ("failed", "Za dużo wierszy.", {})

    way(lambda told: 1 / 0)
    broken = begun(person)
    job = Job.objects.get(task="files.make", args=[str(broken.pk)])
    for _ in range(3):
        Job.objects.filter(pk=job.pk).update(due_at=job.created_at)
        with pytest.raises(ZeroDivisionError):
            outbox.run_job(str(job.pk))
    told = api(person).get(f"{URL}{broken.pk}/").json()
    assert told["state"] == "failed"
    assert told["failure"].startswith("Nie udało się przygotować pliku „wydruk.pdf”.")


def test_words_that_cannot_be_kept_are_refused(person, way):
    way(lambda told: Made(lines=["a\ud800"]))
    assert run(begun(person)).state == "failed"


def test_what_keeps_the_asker_from_it_by_now_is_asked_at_each_look(person, way, api):
    making = run(begun(person))
    browser = api(person)
    assert browser.get(f"{URL}{making.pk}/").json()["has_file"] is True

    def closed(actor, about):
        assert (actor.pk, about) == (person.pk, "1")
        raise NotFound

    way(ask=closed)
    assert browser.get(f"{URL}{making.pk}/").status_code == 404
    assert browser.get(f"{URL}{making.pk}/download/").status_code == 404


def test_it_is_nobody_elses(person, stranger, in_south, api):
    making = run(begun(person))

    assert api(stranger).get(f"{URL}{making.pk}/").status_code == 404
    assert api(stranger).get(f"{URL}{making.pk}/download/").status_code == 404
    with pytest.raises(NotFound):
        services.download_making(actor=stranger, making=making)
    with in_south():
        assert not FileMaking.objects.exists()


def test_a_key_that_does_not_name_it_reaches_nothing_of_it(person, api):
    making = run(begun(person))
    browser = api()
    for right, status in (("files.collect_made", 200), ("files.upload_file", 403)):
        browser.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(person, right)}")
        assert browser.get(f"{URL}{making.pk}/").status_code == status
    with pytest.raises(MissingPermission):
        begun(program_of(person, "files.upload_file"))


def test_it_goes_a_day_later_with_its_file(person, way):
    kept = run(begun(person, about="kept"))
    old = [run(begun(person, about="old")), begun(person, about="never made")]
    FileMaking.objects.filter(pk__in=[one.pk for one in old]).update(
        created_at=timezone.now() - timedelta(days=1, seconds=1)
    )

    services.remove_abandoned()

    assert list(FileMaking.objects.all()) == [kept]
    assert list(File.objects.all()) == [kept.file]
