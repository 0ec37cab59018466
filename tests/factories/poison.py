"""Rows that the database itself refuses, so that whatever touches them fails."""

from django.db import connection

from outbox import services as outbox
from outbox.models import Job

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
    task_limit = 1_000  # more than any task allows
    Job.objects.filter(pk=job.pk).update(attempts=task_limit, leased_until=None)
    Job.objects.filter(pk=job.pk).update(due_at=job.created_at)
    try:
        outbox.run_job(str(job.pk))
    except Exception:  # noqa: BLE001  # whatever it is
        job.refresh_from_db()
        assert job.given_up_at is not None
        return job
    raise AssertionError("the job was done")
