"""What the clock starts: once a day, in every city, whoever asks how often."""

from datetime import date, datetime, time
from inspect import signature

import pytest
import time_machine
from django.db import connection

from config.celery import app
from opium.polish import WARSAW
from outbox import registry, services
from outbox.models import Job
from tenants.models import Tenant

pytestmark = pytest.mark.django_db
DONE: list[str] = []
KNOWN = registry.TASKS
DAY = date(2026, 11, 24)


def work() -> None:
    DONE.append(connection.schema_name)


@pytest.fixture(autouse=True)
def tasks(monkeypatch):
    """The day's work is one task of these tests, and whatever a test adds."""
    DONE.clear()
    planned = {"tests.daily": registry.Task("tests.daily", work, 30, daily_at=time(7))}
    monkeypatch.setattr(registry, "TASKS", planned)
    return planned


def at(hour, minute=0, *, day=DAY):
    return time_machine.travel(datetime.combine(day, time(hour, minute), tzinfo=WARSAW), tick=False)


def test_nothing_is_planned_before_its_hour_of_polish_time():
    with at(6, 59):
        assert services.plan_daily() == 0

    assert not Job.objects.exists()


def test_every_city_does_the_days_work_once_however_often_the_clock_asks(
    django_capture_on_commit_callbacks,
):
    with at(7), django_capture_on_commit_callbacks(execute=True):
        planned = services.plan_daily()
    with at(7, 1), django_capture_on_commit_callbacks(execute=True):
        again = services.plan_daily()

    assert (planned, again) == (2, 0)
    assert sorted(DONE) == ["north", "south"]
    assert set(Job.objects.values_list("schema_name", "day")) == {("north", DAY), ("south", DAY)}


def test_the_next_day_it_is_done_again():
    for day in (DAY, date(2026, 11, 25)):
        with at(7, day=day):
            assert services.plan_daily() == 2


def test_a_clock_that_stood_still_and_a_city_opened_later_catch_up_the_same_day():
    with at(16):
        assert services.plan_daily() == 2
        Tenant.objects.bulk_create([Tenant(schema_name="nowe", name="Nowe")])
        assert services.plan_daily() == 1

    assert Job.objects.filter(schema_name="nowe").count() == 1


def test_the_database_itself_takes_a_days_work_once():
    with at(8):
        services.plan_daily()
        twin = Job.objects.first()
        Job.objects.bulk_create(
            [Job(schema_name=twin.schema_name, task=twin.task, day=twin.day)],
            ignore_conflicts=True,
        )

    assert Job.objects.count() == 2


def test_work_of_a_module_that_is_switched_off_is_left_out(city, tasks):
    tasks["messaging.daily"] = registry.Task("messaging.daily", work, 30, daily_at=time(7))
    Tenant.objects.filter(schema_name="north").update(modules=["directory"])

    with at(7):
        services.plan_daily()

    planned = Job.objects.filter(task="messaging.daily")
    assert list(planned.values_list("schema_name", flat=True)) == ["south"]


def test_only_work_meant_for_it_is_done_in_the_operators_schema(tasks):
    tasks["tests.console"] = registry.Task(
        "tests.console", work, 30, daily_at=time(7), in_console=True
    )
    with at(7):
        services.plan_daily()

    in_console = Job.objects.filter(schema_name="public")
    assert list(in_console.values_list("task", flat=True)) == ["tests.console"]


@pytest.mark.parametrize("count", [1, 30])
def test_planning_takes_the_same_queries_for_many_cities(count, django_assert_num_queries):
    Tenant.objects.bulk_create(
        Tenant(schema_name=f"m{number}", name=f"M {number}") for number in range(count)
    )
    with at(7):
        # cities without today's job, a savepoint and its end, the jobs, those that are ours
        with django_assert_num_queries(5):
            services.plan_daily()


def test_the_clock_starts_only_tasks_that_the_workers_know(settings):
    app.loader.import_default_modules()

    started = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert started == {"outbox.relay_jobs", "outbox.plan_daily"}
    assert started <= set(app.tasks)


def test_every_daily_task_runs_without_arguments():
    daily = [task for task in KNOWN.values() if task.daily_at]

    assert {"accounts.purge_expired", "notifications.send_digests"} <= {one.name for one in daily}
    for task in daily:
        parameters = signature(task.run).parameters.values()
        assert [one for one in parameters if one.default is one.empty] == [], task.name
