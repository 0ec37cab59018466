"""A worker killed in the middle of a merge: what is said meanwhile, and what comes of it."""

import tempfile
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from files import services as files
from files.models import File
from modules.messaging import services
from modules.messaging.models import Merge
from modules.messaging.services import AnswerContent, merging
from outbox import services as outbox
from outbox.models import Job
from outbox.selectors import LEFT_WHILE_ALIVE
from outbox.services import leasing
from tenants.models import Tenant
from tests.factories.files import uploaded
from tests.factories.killing import killed_at
from tests.factories.messaging import city_of, survey, workbook

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def message(clerk, delivery_to):
    units, heads = city_of(3)
    message = survey(clerk, units)
    for number, (unit, head) in enumerate(zip(units, heads, strict=True)):
        filled = uploaded(head, "obiady.xlsx", workbook(["Klasa", "Obiady"], ["1a", number]))
        content = AnswerContent(workbook=filled.pk)
        services.answer_delivery(actor=head, delivery=delivery_to(message, unit), content=content)
    return message


@pytest.fixture
def merge(clerk, message, no_broker):
    return services.start_merge(actor=clerk, message=message)


def job_of(merge):
    return Job.objects.get(task=Merge.WORK, args=[str(merge.pk)])


def run(merge):
    connection.set_schema_to_public()
    outbox.run_job(str(job_of(merge).pk))


@pytest.fixture
def told(api, clerk, merge):
    """What the merge's page is told."""

    def ask():
        body = api(clerk).get(f"/api/v1/messaging/merges/{merge.pk}/").json()
        return body["state"], body["standstill"]

    return ask


@pytest.mark.parametrize(
    "death",
    [(merging, "_change", 3), (files, "store", 1)],
    ids=["among the workbooks", "with the result stored and not committed"],
)
def test_the_merge_of_a_killed_worker_goes_on_within_its_lease_and_has_one_result(
    clerk, merge, told, monkeypatch, death
):
    begun = timezone.now()
    place, name, call = death
    killed_at(place, name, lambda: run(merge), call=call)
    left = job_of(merge).leased_until
    assert left - begun < leasing.LEASE + timedelta(seconds=20)  # from the last beat on
    assert told() == ("running", None)

    # the second press, as long as the dead worker's lease runs: that very merge, and the truth
    assert services.start_merge(actor=clerk, message=merge.message) == merge
    soon = timezone.now() + LEFT_WHILE_ALIVE - timedelta(seconds=1)
    Job.objects.update(leased_until=soon)  # as two missed beats later
    assert services.start_merge(actor=clerk, message=merge.message) == merge
    assert told() == ("running", "interrupted")
    connection.set_schema_to_public()
    outbox.relay_jobs()
    assert job_of(merge).attempts == 1  # held still

    # the lease is over
    monkeypatch.undo()  # the broker takes jobs again
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.update(leased_until=past, due_at=past - timedelta(minutes=1))
    outbox.relay_jobs()
    connection.set_tenant(Tenant.objects.get(schema_name="north"))

    assert told() == ("done", None)
    assert (job_of(merge).attempts, job_of(merge).deaths) == (2, 1)
    assert Merge.objects.count() == 1
    assert File.objects.filter(name__contains="scalone").count() == 1


def test_what_a_killed_merge_left_on_the_disk_is_gone_once_the_next_work_begins(
    merge, monkeypatch, tmp_path
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed_at(files, "store", lambda: run(merge))
    [left] = tmp_path.glob("opium-*/*")
    assert (left / "merged.xlsx").stat().st_size > 0

    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    run(merge)

    connection.set_tenant(Tenant.objects.get(schema_name="north"))
    assert Merge.objects.get().state == "done"
    assert not list(tmp_path.glob("opium-*/*"))


def test_two_missed_beats_are_told_and_one_late_beat_is_not():
    missed = leasing.LEASE - timedelta(seconds=2 * leasing.BEAT)

    assert timedelta() < LEFT_WHILE_ALIVE < missed


def test_a_merge_that_waits_for_other_cities_is_no_broken_one_however_long(clerk, merge, told):
    long_ago = timezone.now() - timedelta(hours=5)
    Merge.objects.update(updated_at=long_ago)
    Job.objects.update(created_at=long_ago, due_at=long_ago, is_set_back=True)

    assert services.start_merge(actor=clerk, message=merge.message) == merge
    assert told() == ("waiting", None)


def test_a_merge_that_nobody_will_do_any_more_says_so_and_gives_way(clerk, merge, told):
    Job.objects.update(given_up_at=timezone.now())  # its owner could not be marked
    assert told() == ("waiting", "lost")

    fresh = services.start_merge(actor=clerk, message=merge.message)

    merge.refresh_from_db()
    assert fresh != merge
    assert (merge.state, merge.failure) == (
        "failed",
        "Scalanie zostało przerwane. Uruchom je ponownie.",
    )


def test_a_merge_that_kills_every_worker_is_given_up_and_stands_in_the_list(
    clerk, merge, city, told
):
    for _ in range(leasing.DEATHS):
        connection.set_tenant(city)
        killed_at(merging, "_change", lambda: run(merge))
        Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))

    run(merge)

    connection.set_tenant(city)
    job = job_of(merge)
    assert (job.deaths, job.attempts, job.given_up_at is not None) == (5, 6, True)
    assert told() == ("failed", None)
    assert list(Job.objects.filter(given_up_at__isnull=False, left_at=None)) == [job]
    assert job.about == str(merge)
    again = services.start_merge(actor=clerk, message=merge.message)
    assert again != merge
