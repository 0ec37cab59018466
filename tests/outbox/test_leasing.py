"""A worker holds a job as long as it gives signs of life, and not much longer."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import registry, services
from outbox.models import Job
from outbox.services import leasing

pytestmark = pytest.mark.django_db(transaction=True)
SEEN: list[Job] = []


@registry.task("tests.long", lease=900, label="Długie zadanie")
def long(seconds):
    SEEN.append(Job.objects.get())
    time.sleep(float(seconds))
    SEEN.append(Job.objects.get())


@pytest.fixture(autouse=True)
def _clean():
    SEEN.clear()


def test_a_killed_worker_frees_its_job_soon_however_long_the_task_may_take(city):
    begun = timezone.now()
    job = Job.objects.create(schema_name="north", task="tests.long", args=["0"])

    services.run_job(str(job.pk))

    held = SEEN[0].leased_until - begun  # what a worker killed here would leave
    assert timedelta(0) < held <= leasing.LEASE + timedelta(seconds=5)
    assert timedelta(minutes=1) > leasing.LEASE


def test_a_worker_that_lives_lengthens_its_lease_while_it_works(city, monkeypatch):
    monkeypatch.setattr(leasing, "BEAT", 0.05)
    job = Job.objects.create(schema_name="north", task="tests.long", args=["0.6"])

    services.run_job(str(job.pk))

    first, last = SEEN
    assert last.leased_until > first.leased_until
    job.refresh_from_db()
    assert (job.leased_until, job.attempts, job.deaths) == (None, 1, 0)


def test_a_worker_that_lost_its_job_lengthens_nobodys_lease(city, monkeypatch):
    monkeypatch.setattr(leasing, "BEAT", 0.05)
    job = Job.objects.create(schema_name="north", task="tests.long", args=["0"])
    mine = leasing.take(str(job.pk))
    theirs = timezone.now() + timedelta(seconds=1)
    Job.objects.update(attempts=2, leased_until=theirs)

    with leasing.held(mine):
        time.sleep(0.3)

    job.refresh_from_db()
    assert job.leased_until == theirs


def test_what_a_killed_worker_left_is_published_and_done_by_another(city):
    long_ago = timezone.now() - timedelta(minutes=1)
    job = Job.objects.create(
        schema_name="north",
        task="tests.long",
        args=["0"],
        due_at=long_ago,
        attempts=1,
        leased_until=timezone.now() - timedelta(seconds=1),
    )

    services.relay_jobs()

    job.refresh_from_db()
    assert (job.done_at is not None, job.attempts, job.deaths) == (True, 2, 1)
