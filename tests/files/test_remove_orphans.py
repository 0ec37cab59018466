"""Bytes without a row are found and removed; bytes with one never."""

import io
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from files import removing, selectors, services, storage
from files.errors import TooManyOrphans
from files.models import File
from opium.permissions import SYSTEM
from tests.factories.files import stored, uploaded
from tests.factories.killing import killed_at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def later(monkeypatch):
    """From now on whatever has been stored is old; the clock stays, for S3 would not believe it."""
    return lambda: monkeypatch.setattr(selectors, "GRACE", -DAY)


def rolled_back(person, name="pismo.pdf"):
    """The key of a file whose transaction did not come to its end."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        file = stored(person, name)
        raise ZeroDivisionError
    assert not File.objects.filter(pk=file.pk).exists()
    return file.key


def there(key):
    try:
        storage.current().open(key).close()
    except storage.Missing:
        return False
    return True


@pytest.fixture
def swept(place):
    """Nothing in the store is left over from another test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selectors, "GRACE", -DAY)
        services.remove_orphans()


def test_bytes_of_a_rolled_back_deed_go_a_day_later_and_no_others(person, swept, later):
    lost, kept = rolled_back(person), stored(person)
    assert services.remove_orphans() == 0
    assert there(lost)
    later()

    assert services.remove_orphans() == 1

    assert not there(lost)
    assert there(kept.key)
    assert services.remove_orphans() == 0


def test_an_upload_that_was_finished_stays(person, later):
    sent = uploaded(person)
    later()

    assert services.remove_orphans() == 0
    assert there(sent.key)


def test_an_upload_under_way_is_left_to_its_own_sweep(person, later):
    upload = services.begin_upload(actor=person, name="a.pdf", size=5)
    storage.current().save(storage.incoming(upload.file.pk), io.BytesIO(b"12345"))
    later()

    assert services.remove_orphans() == 0
    assert there(storage.incoming(upload.file.pk))


def test_the_other_citys_bytes_are_not_touched(person, place, in_south, later):
    later()
    services.remove_orphans()  # what other tests left in the shared store
    with in_south():
        services.remove_orphans()
        theirs = rolled_back(SYSTEM)

    assert services.remove_orphans() == 0

    with in_south():
        assert there(theirs)
        assert services.remove_orphans() == 1


def test_a_draft_that_a_broken_write_left_behind_goes_too(person, folder, later):
    key = stored(person).key
    draft = (folder / key).with_name("x.part")
    draft.write_bytes(b"half")
    later()

    assert services.remove_orphans() == 1
    assert not draft.exists()
    assert there(key)


def test_an_old_database_removes_nothing(person, folder, later, monkeypatch):
    monkeypatch.setattr(removing, "ORPHANS_AT_ONCE", 2)
    for _ in range(20):
        stored(person)
    lost = [rolled_back(person) for _ in range(3)]
    later()

    with pytest.raises(TooManyOrphans, match="3 plików, o których baza nie wie"):
        services.remove_orphans()

    assert all(there(key) for key in lost)


def test_one_that_cannot_be_removed_keeps_no_other(person, folder, later):
    first, second = rolled_back(person), rolled_back(person)
    (folder / first).unlink()
    (folder / first).mkdir()
    (folder / first / "x").write_bytes(b"x")
    later()

    assert services.remove_orphans() == 2
    assert not there(second)


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_between_the_bytes_and_the_commit_leaves_nothing_for_long(person, later):
    def store():
        with transaction.atomic():
            stored(person)

    killed_at(services, "store", store)
    [left] = list(storage.current().keys("north", before=timezone.now() + DAY))
    assert not File.objects.exists()
    later()

    assert services.remove_orphans() == 1

    assert not there(left)
