import io
from datetime import timedelta

import pytest
from django.utils import timezone

from files import services, storage
from files.errors import TypeNotAllowed
from files.models import File, FileReading
from opium.isolation import SomeFailed
from outbox.models import Job
from tests.factories.files import read, stored, uploaded
from tests.factories.poison import poison

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def sweep(django_capture_on_commit_callbacks):
    def run():
        with django_capture_on_commit_callbacks(execute=True):
            return services.remove_abandoned()

    return run


def begun(person, content=b"bytes"):
    upload = services.begin_upload(actor=person, name="a.pdf", size=5)
    storage.current().save(f"north/incoming/{upload.file.pk}", io.BytesIO(content))
    return upload.file


def keys():
    return set(storage.current().keys("north/incoming", before=timezone.now() + 400 * DAY))


def test_an_upload_that_never_ended_goes_a_day_after_its_address_died(person, sweep, clock):
    begun(person)
    clock.shift(DAY)
    assert sweep() == 0
    clock.shift(timedelta(hours=3))

    assert sweep() == 1

    assert not File.objects.exists()
    assert keys() == set()


def test_a_refused_upload_goes_too(person, sweep, clock):
    upload = begun(person, b"MZ\x90\x00\x00")
    with pytest.raises(TypeNotAllowed):
        services.finish_upload(actor=person, file=upload)
    clock.shift(2 * DAY)

    assert sweep() == 1


def test_a_ready_file_that_no_module_takes_goes_after_a_week(person, folder, sweep, clock):
    file = uploaded(person)
    clock.shift(6 * DAY)
    assert sweep() == 0
    clock.shift(2 * DAY)

    assert sweep() == 1

    assert not (folder / file.key).exists()


def test_what_a_module_took_or_the_platform_made_stays(person, folder, sweep, clock):
    taken, made = uploaded(person), stored(person)
    services.claim(actor=person, files=[taken.pk])
    clock.shift(400 * DAY)

    assert sweep() == 0

    assert (folder / taken.key).exists()
    assert (folder / made.key).exists()


def test_bytes_that_came_for_nobody_go(person, sweep, clock):
    storage.current().save("north/incoming/nobody", io.BytesIO(b"again"))
    assert sweep() == 0
    assert keys() == {"north/incoming/nobody"}
    clock.shift(2 * DAY)

    sweep()

    assert keys() == set()


def test_the_other_citys_leftovers_are_not_touched(person, sweep, in_south, clock):
    with in_south():
        storage.current().save("south/incoming/theirs", io.BytesIO(b"x"))
    clock.shift(2 * DAY)

    sweep()

    with in_south():
        with storage.current().local_path("south/incoming/theirs") as path:
            assert path.read_bytes() == b"x"


def test_the_next_upload_starts_the_sweep_and_only_where_there_is_something(person, clock):
    begun(person)
    begun(person)
    assert not Job.objects.filter(task="files.remove_abandoned").exists()
    clock.shift(2 * DAY)

    begun(person)

    assert Job.objects.filter(task="files.remove_abandoned", schema_name="north").count() == 1


def test_one_that_cannot_be_forgotten_keeps_no_other(person, sweep, clock):
    stuck, other = begun(person), begun(person)
    poison(File, "DELETE", f"OLD.id = '{stuck.pk}'")
    clock.shift(2 * DAY)

    with pytest.raises(SomeFailed) as told:
        sweep()

    assert [row for row, _ in told.value.failures] == [stuck]
    assert list(File.objects.all()) == [stuck]
    assert other.pk != stuck.pk


@pytest.mark.usefixtures("plain_purpose")
def test_what_was_read_goes_with_its_file_and_in_a_month_where_a_module_keeps_that(
    person, sweep, clock
):
    taken, left = uploaded(person), uploaded(person)
    read(person, taken, "tests.plain")
    services.claim(actor=person, files=[taken.pk])
    read(person, left, "tests.plain")
    clock.shift(8 * DAY)
    sweep()
    assert [one.file_id for one in FileReading.objects.all()] == [taken.pk]
    clock.shift(23 * DAY)
    sweep()
    assert (FileReading.objects.count(), File.objects.count()) == (0, 1)
