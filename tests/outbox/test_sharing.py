"""One city holds no more workers than its share, long work no more than its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import registry, selectors, services
from outbox.errors import CityMissing, UnknownTask
from outbox.models import Job
from outbox.services.relaying import RELAY_AFTER

pytestmark = pytest.mark.django_db
BEGUN: list[str] = []


@registry.task("tests.quick", label="Krótkie")
def quick(word, *others):
    """While it is done, other workers are handed the others."""
    BEGUN.append(word)
    for other in others:
        services.run_job(other)


@registry.task("tests.slow", label="Długie", lease=900)
def slow(word, *others):
    quick(word, *others)


@registry.task("tests.content", label="Treść z zewnątrz", queue=registry.CONTENT)
def content(word, *others):
    quick(word, *others)


@registry.task("tests.long_content", label="Scalanie", lease=900, queue=registry.CONTENT)
def long_content(word, *others):
    quick(word, *others)


@pytest.fixture(autouse=True)
def _shares(settings):
    BEGUN.clear()
    settings.JOBS_AT_ONCE_OF_CITY = 2
    settings.LONG_JOBS_AT_ONCE = 2
    settings.CONTENT_WORKERS = 2
    settings.CONTENT_JOBS_AT_ONCE_OF_CITY = 1


def job(word, *others, task="tests.quick", schema="north", **fields):
    args = [word, *(str(other.pk) for other in others)]
    return Job.objects.create(schema_name=schema, task=task, args=args, **fields)


def test_a_city_with_its_share_waits_while_another_city_is_served(city, south):
    third, other = job("trzecie"), job("obce", schema=south.schema_name)
    second = job("drugie", third, other)
    first = job("pierwsze", second)

    services.run_job(str(first.pk))

    assert BEGUN == ["pierwsze", "drugie", "obce", "trzecie"]
    third.refresh_from_db()
    assert (third.attempts, third.is_set_back) == (1, False)


def test_each_job_that_ends_hands_its_place_to_the_oldest_set_back(city):
    sooner = job("wcześniej", due_at=timezone.now() - timedelta(seconds=1))
    later = job("później", due_at=timezone.now() - timedelta(seconds=9))
    second = job("drugie", later, sooner, job("ostatnie"))

    services.run_job(str(job("pierwsze", second).pk))

    assert BEGUN == ["pierwsze", "drugie", "wcześniej", "później", "ostatnie"]


def test_long_work_of_a_city_leaves_its_letters_a_worker(city):
    long, letter = job("scalanie 2", task="tests.slow"), job("list")
    services.run_job(str(job("scalanie", long, letter, task="tests.slow").pk))
    assert BEGUN == ["scalanie", "list", "scalanie 2"]


def test_long_work_leaves_the_citys_letters_a_worker_however_small_its_share(city, south, settings):
    settings.JOBS_AT_ONCE_OF_CITY = 1
    letter, other = job("list"), job("list obcy", schema=south.schema_name)
    services.run_job(str(job("scalanie", letter, other, task="tests.slow").pk))
    assert BEGUN == ["scalanie", "list", "list obcy"]


def test_long_work_that_ends_makes_room_first_for_another_citys_that_has_none(
    city, south, settings
):
    settings.LONG_JOBS_AT_ONCE = 1
    own = job("scalanie 2", task="tests.slow")
    other = job("scalanie obce", task="tests.slow", schema=south.schema_name)
    services.run_job(str(job("scalanie", own, other, task="tests.slow").pk))
    assert BEGUN == ["scalanie", "scalanie obce", "scalanie 2"]


def test_a_city_whose_long_work_runs_stands_in_no_other_citys_way(city, south):
    begun = {"leased_until": timezone.now() + timedelta(seconds=30), "attempts": 1}
    job("scalanie obce", task="tests.slow", schema=south.schema_name, **begun)
    older = job("obce 2", task="tests.slow", schema=south.schema_name, is_set_back=True)
    third = job("trzecie miasto", task="tests.slow", schema="west", is_set_back=True)
    with pytest.raises(CityMissing, match="west"):  # it was begun, and there is no such city here
        services.run_job(str(job("scalanie", task="tests.slow").pk))
    older.refresh_from_db()
    third.refresh_from_db()
    assert (older.is_set_back, third.is_set_back) == (True, False)


def test_long_work_of_all_cities_leaves_a_worker_for_the_rest(city, south, settings):
    settings.LONG_JOBS_AT_ONCE = 1
    long = job("scalanie obce", task="tests.slow", schema=south.schema_name)
    letter = job("list obcy", schema=south.schema_name)
    services.run_job(str(job("scalanie", long, letter, task="tests.slow").pk))
    assert BEGUN == ["scalanie", "list obcy", "scalanie obce"]


def test_a_job_that_fails_hands_on_as_well(city):
    waiting = job("czeka", is_set_back=True)
    with pytest.raises(UnknownTask):
        services.run_job(str(job("zepsute", task="tests.unknown").pk))
    waiting.refresh_from_db()
    assert waiting.is_set_back is False


def test_a_killed_worker_holds_no_place_longer_than_its_lease(city):
    long_ago = timezone.now() - timedelta(minutes=5)
    for word in "ab":
        job(word, leased_until=long_ago, attempts=1)
    assert services.run_job(str(job("następne").pk))


def test_the_relay_leaves_what_waits_for_its_turn_until_nobody_would_hand_on(city):
    due = timezone.now() - RELAY_AFTER * 2
    waiting = job("czeka", is_set_back=True, due_at=due)
    held = job("trwa", leased_until=timezone.now() + timedelta(seconds=30), attempts=1)
    assert services.relay_jobs() == 0
    Job.objects.filter(pk=held.pk).update(leased_until=None, done_at=timezone.now())
    assert services.relay_jobs() == 1
    waiting.refresh_from_db()
    assert waiting.due_at > due


def test_waiting_for_a_turn_is_no_trouble_of_the_background(city):
    job("czeka", is_set_back=True)
    assert selectors.facts(mail=()).oldest_due is None


def test_content_from_outside_takes_no_letters_place_nor_the_other_way_round(city):
    letters = [job("list 2"), job("list")]
    read = job("odczyt", *letters, task="tests.content")
    services.run_job(str(job("pierwszy list", read).pk))
    assert BEGUN == ["pierwszy list", "odczyt", "list 2", "list"]


def test_one_citys_content_leaves_a_worker_for_anothers(city, south):
    second = job("odczyt 2", task="tests.content")
    other = job("odczyt obcy", task="tests.content", schema=south.schema_name)
    services.run_job(str(job("odczyt", second, other, task="tests.content").pk))
    assert BEGUN == ["odczyt", "odczyt obcy", "odczyt 2"]


def test_a_merge_leaves_its_citys_uploads_a_worker(city):
    read, merge = job("odczyt", task="tests.content"), job("drugie", task="tests.long_content")
    services.run_job(str(job("scalanie", merge, read, task="tests.long_content").pk))
    assert BEGUN == ["scalanie", "odczyt", "drugie"]


@pytest.mark.parametrize(
    ("workers", "begun"),
    [(2, ["scalanie", "odczyt", "scalanie obce"]), (3, ["scalanie", "scalanie obce", "odczyt"])],
)
def test_merges_of_two_cities_run_side_by_side_where_a_third_worker_is_left_for_uploads(
    city, south, settings, workers, begun
):
    settings.CONTENT_WORKERS = workers
    settings.CONTENT_JOBS_AT_ONCE_OF_CITY = workers - 1
    other = job("scalanie obce", task="tests.long_content", schema=south.schema_name)
    read = job("odczyt", task="tests.content", schema=south.schema_name)
    services.run_job(str(job("scalanie", other, read, task="tests.long_content").pk))
    assert begun == BEGUN


def test_no_more_content_is_opened_at_once_than_there_are_workers_for_it(city, south, settings):
    settings.CONTENT_JOBS_AT_ONCE_OF_CITY = 5
    third = job("obcy", task="tests.content", schema=south.schema_name)
    second = job("odczyt 2", third, task="tests.content")
    services.run_job(str(job("odczyt", second, task="tests.content").pk))
    assert BEGUN == ["odczyt", "odczyt 2", "obcy"]


def test_content_that_waits_for_its_turn_is_left_by_the_relay_while_its_queue_works(city):
    due = timezone.now() - RELAY_AFTER * 2
    job("odczyt", task="tests.content", is_set_back=True, due_at=due)
    begun = {"leased_until": timezone.now() + timedelta(seconds=30), "attempts": 1}
    reading = job("trwa", task="tests.content", **begun)
    job("list", **begun)
    assert services.relay_jobs() == 0
    Job.objects.filter(pk=reading.pk).update(leased_until=None, done_at=timezone.now())
    assert services.relay_jobs() == 1


def test_whatever_opens_content_from_outside_stands_in_its_own_queue():
    names = {one.name for one in registry.TASKS.values() if one.queue == registry.CONTENT}
    assert {name for name in names if not name.startswith("tests.")} == {
        "applications.draw_paper",
        "files.make",
        "files.pack",
        "files.read_upload",
        "files.scan_upload",
        "messaging.check_workbook",
        "messaging.merge_answers",
    }
