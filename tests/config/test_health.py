"""What the installation says of itself, from facts."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.health import MAIL
from outbox import services as outbox
from outbox.models import ClockTick, Job
from outbox.registry import TASKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ticking")]
URL = "/api/v1/health/"


@pytest.fixture
def ticking():
    outbox.relay_jobs()


def queued(task: str, ago: timedelta, **fields: object) -> Job:
    job = Job.objects.create(schema_name="north", task=task, **fields)
    Job.objects.filter(pk=job.pk).update(updated_at=timezone.now() - ago)
    return job


def ill(api) -> list[str]:
    answer = api().get(URL).json()
    assert answer["status"] == ("ill" if answer["ill"] else "ok")
    return answer["ill"]


def test_a_working_installation_is_ok_even_when_strict(api):
    answer = api().get(URL, {"strict": "1"})

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "ill": []})
    assert answer["Cache-Control"] == "no-store"


def test_a_clock_that_was_killed_is_seen_within_a_minute(api):
    ClockTick.objects.update(at=timezone.now() - timedelta(seconds=50))

    assert api().get(URL).status_code == 200
    strict = api().get(URL, {"strict": "1"})
    assert (strict.status_code, strict.json()) == (503, {"status": "ill", "ill": ["clock"]})

    outbox.relay_jobs()
    assert ClockTick.objects.count() == 1
    assert ill(api) == []


def test_a_clock_that_never_ticked_is_ill(api):
    ClockTick.objects.all().delete()

    assert ill(api) == ["clock"]


def test_work_that_no_worker_begins_is_ill_though_the_relay_moves_its_hour(api, no_broker):
    queued("files.sweep", timedelta(minutes=4))
    assert ill(api) == []

    queued("files.sweep", timedelta(minutes=6), due_at=timezone.now() - timedelta(minutes=6))
    outbox.relay_jobs()
    assert ill(api) == ["work"]


def test_work_of_a_killed_worker_waits_from_the_end_of_its_lease(api):
    now = timezone.now()
    job = queued("files.sweep", timedelta(hours=1), attempts=1, leased_until=now)
    assert ill(api) == []

    Job.objects.filter(pk=job.pk).update(leased_until=now - timedelta(minutes=6))
    assert ill(api) == ["work"]


def test_mail_that_keeps_failing_is_ill(api):
    queued("notifications.send_emails", timedelta(minutes=14), attempts=3)
    queued("files.sweep", timedelta(minutes=16), attempts=3)
    assert ill(api) == []

    queued("notifications.send_emails", timedelta(minutes=16), attempts=3)
    assert ill(api) == ["mail"]


def test_every_task_that_counts_as_mail_is_a_task():
    assert set(MAIL) <= set(TASKS)


def test_a_given_up_job_is_ill_until_somebody_leaves_it(api):
    job = queued("files.sweep", timedelta(hours=1), given_up_at=timezone.now(), last_error="tajne")
    answer = api().get(URL)
    assert answer.json() == {"status": "ill", "ill": ["given_up"]}

    Job.objects.filter(pk=job.pk).update(left_at=timezone.now())
    assert ill(api) == []


def test_a_given_up_job_of_one_city_does_not_refuse_the_whole_installation(api):
    queued("files.sweep", timedelta(hours=1), given_up_at=timezone.now())

    strict = api().get(URL, {"strict": "1"})
    assert (strict.status_code, strict.json()) == (200, {"status": "ill", "ill": ["given_up"]})

    ClockTick.objects.all().delete()
    strict = api().get(URL, {"strict": "1"})
    assert (strict.status_code, strict.json()["ill"]) == (503, ["clock", "given_up"])


def test_a_full_disk_of_the_files_is_ill(api, monkeypatch):
    monkeypatch.setattr("config.health.DISK_FREE", 1.1)

    assert ill(api) == ["disk"]


def test_it_asks_as_few_questions_of_many_jobs(api):
    api().get(URL)
    with CaptureQueriesContext(connection) as one:
        api().get(URL)
    for _ in range(20):
        queued("files.sweep", timedelta(hours=1))
    with CaptureQueriesContext(connection) as many:
        api().get(URL)

    assert (len(one), len(many)) == (4, 4)


@pytest.mark.parametrize("answered", [0, 1])
def test_a_database_that_does_not_answer_is_a_problem_document(api, answered):
    """Both where the city is looked up and where the facts are."""
    left = [None] * answered

    def broken(execute, *arguments):
        if not left:
            raise OperationalError("the connection is closed")
        left.pop()
        return execute(*arguments)

    browser = api()
    browser.raise_request_exception = False
    with connection.execute_wrapper(broken):
        answer = browser.get(URL)

    assert (answer.status_code, answer.json()) == (
        503,
        {
            "code": "unavailable",
            "detail": "Baza danych nie odpowiada. Spróbuj ponownie za chwilę.",
            "errors": [],
        },
    )
