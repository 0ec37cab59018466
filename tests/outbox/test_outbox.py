from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from outbox import registry, selectors, services
from outbox.errors import UnknownTask
from outbox.models import Job
from outbox.services.relaying import KEEP_DONE, RELAY_AFTER

pytestmark = pytest.mark.django_db
DONE: list[tuple[str, str]] = []
FAIL: list[Exception] = []


@registry.task("tests.note", lease=30, label="Notatka")
def note(word: str) -> None:
    if FAIL:
        raise FAIL[0]
    DONE.append((connection.schema_name, word))


@pytest.fixture(autouse=True)
def _clean():
    DONE.clear()
    FAIL.clear()
    yield
    registry.TASKS.setdefault("tests.note", registry.Task("tests.note", note, 30, label="Notatka"))


def test_work_starts_after_the_commit_in_the_city_of_the_deed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = services.after_commit("tests.note", "kot")
        assert DONE == []

    assert DONE == [("north", "kot")]
    job.refresh_from_db()
    assert job.done_at is not None
    assert job.attempts == 1


def test_work_for_a_later_moment_waits_for_it_and_worries_nobody(
    django_capture_on_commit_callbacks,
):
    tomorrow = timezone.now() + timedelta(days=1)

    with django_capture_on_commit_callbacks(execute=True):
        job = services.plan_at(tomorrow, "tests.note", "kot")
        services.relay_jobs()

    assert (DONE, job.due_at) == ([], tomorrow)
    assert selectors.facts(mail=()).oldest_due is None
    past = timezone.now() - RELAY_AFTER * 2
    Job.objects.update(due_at=past, updated_at=past)
    assert selectors.facts(mail=()).oldest_due == past
    assert services.relay_jobs() == 1
    assert DONE == [("north", "kot")]


def test_work_of_a_rolled_back_deed_never_starts(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        with transaction.atomic():
            services.after_commit("tests.note", "kot")
            raise ZeroDivisionError

    assert DONE == []
    assert Job.objects.count() == 0


def test_an_unknown_task_is_refused_before_the_commit():
    with pytest.raises(UnknownTask, match=r"tests\.typo"):
        services.after_commit("tests.typo")


def test_a_job_that_is_done_is_not_done_again():
    job = services.after_commit("tests.note", "kot")

    assert services.run_job(str(job.pk))
    assert not services.run_job(str(job.pk))

    assert DONE == [("north", "kot")]


def test_a_job_held_by_another_worker_is_left_to_it_until_the_lease_ends():
    job = services.after_commit("tests.note", "kot")
    Job.objects.update(leased_until=timezone.now() + timedelta(seconds=1))
    assert not services.run_job(str(job.pk))

    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert services.run_job(str(job.pk))


def test_the_relay_publishes_what_a_dead_broker_or_worker_left(settings):
    lost = services.after_commit("tests.note", "zgubione")
    fresh = services.after_commit("tests.note", "świeże")
    Job.objects.filter(pk=lost.pk).update(due_at=timezone.now() - RELAY_AFTER * 2)

    assert services.relay_jobs() == 1

    assert DONE == [("north", "zgubione")]
    fresh.refresh_from_db()
    assert fresh.done_at is None


def test_a_failure_is_recorded_and_tried_again_later_until_it_is_given_up():
    job = services.after_commit("tests.note", "kot")
    FAIL.append(ValueError("nie teraz"))

    with pytest.raises(ValueError, match="nie teraz"):
        services.run_job(str(job.pk))

    job.refresh_from_db()
    assert (job.attempts, job.last_error, job.given_up_at) == (1, "ValueError: nie teraz", None)
    assert job.due_at > timezone.now()
    Job.objects.update(attempts=registry.ATTEMPTS - 1, due_at=timezone.now())
    with pytest.raises(ValueError, match="nie teraz"):
        services.run_job(str(job.pk))
    job.refresh_from_db()
    assert job.given_up_at is not None
    assert not services.run_job(str(job.pk))


def test_each_city_works_in_its_own_schema(in_south):
    with in_south():
        job = services.after_commit("tests.note", "kot")

    services.run_job(str(job.pk))

    assert DONE == [("south", "kot")]
    assert connection.schema_name == "north"


def test_the_relay_forgets_what_is_long_done():
    job = services.after_commit("tests.note", "kot")
    services.run_job(str(job.pk))
    Job.objects.update(done_at=timezone.now() - KEEP_DONE * 2)

    services.relay_jobs()

    assert not Job.objects.exists()
