"""Rows that the database itself refuses, so that whatever touches them fails."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from outbox import services as outbox
from outbox.models import Job
from outbox.services.leasing import DEATHS

WORDS = "zatruty wiersz"


def poison(model, deed, when):
    """Refuse INSERT, UPDATE or DELETE of the rows that the condition means: `NEW.person_id = …`."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION poisoned() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER poison BEFORE {deed} ON {table} FOR EACH ROW WHEN ({when})"
            " EXECUTE FUNCTION poisoned()"
        )


def cure(model):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"DROP TRIGGER poison ON {model._meta.db_table}")


def given_up(job):
    """The job after its last attempt, which fails."""
    more = 1_000  # than any task allows
    Job.objects.filter(pk=job.pk).update(attempts=more, leased_until=None, due_at=job.created_at)
    try:
        outbox.run_job(str(job.pk))
    except Exception:  # noqa: BLE001  # whatever it is
        job.refresh_from_db()
        assert job.given_up_at is not None
        return job
    raise AssertionError("the job was done")


def died(job):
    """The job after it has killed as many workers as it may."""
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(deaths=DEATHS - 1, attempts=DEATHS, leased_until=past)
    assert outbox.run_job(str(job.pk)) is False
    job.refresh_from_db()
    assert job.given_up_at is not None
    return job
