"""The end of the log leaves the house each day, to where this installation cannot change it."""

import json
from datetime import timedelta

import boto3
import pytest
from botocore.exceptions import ClientError
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction

from accounts.deeds import Deed
from accounts.permissions import Permission
from audit import services as audit
from config.deployment import reached
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from outbox.registry import TASKS
from tests.factories.accounts import PersonFactory
from tests.files import object_store

TASK = "config.send_log_digest"


def deed():
    person = PersonFactory()
    with transaction.atomic():
        audit.record(
            actor=SYSTEM, deed=Deed.ADD_PERSON, right=Permission.MANAGE_PEOPLE, target=person
        )


@pytest.mark.django_db(transaction=True)
def test_a_letter_with_the_end_of_the_log_goes_to_the_mailbox(city, settings):
    settings.LOG_DIGEST_MAIL = "dziennik@example.org"
    deed()

    TASKS[TASK].run()

    (letter,) = mail.outbox
    verdict = audit.verify_chain()
    assert letter.to == ["dziennik@example.org"]
    assert f"Skrót końca łańcucha: {verdict.end}\nŁańcuch nienaruszony." in letter.body
    assert f"Wpisów: {verdict.entries}\n" in letter.body


@pytest.mark.django_db(transaction=True)
def test_the_noted_end_is_found_later_and_missed_where_the_log_was_cut(city, settings, capsys):
    settings.LOG_DIGEST_MAIL = "dziennik@example.org"
    deed()
    TASKS[TASK].run()
    noted = audit.verify_chain().end
    deed()

    call_command("audit_verify", city="north", noted=[noted])
    with connection.cursor() as cursor:  # as somebody who owns the log
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_link WHERE digest = %s", [audit.verify_chain().end])
        cursor.execute("DELETE FROM audit_link WHERE digest = %s", [noted])
        cursor.execute(
            "DELETE FROM audit_entry WHERE NOT EXISTS"
            " (SELECT FROM audit_link WHERE entry_id = audit_entry.id)"
        )
        cursor.execute("SET session_replication_role = origin")

    assert audit.verify_chain().holds
    with pytest.raises(SystemExit):
        call_command("audit_verify", city="north", noted=[noted])
    assert f"north: w łańcuchu NIE MA końca {noted}" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_a_note_in_the_store_cannot_be_changed_or_removed(city, settings, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", object_store.ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", object_store.SECRET_KEY)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with object_store.served(tmp_path) as endpoint:
        settings.S3_ENDPOINT_URL, settings.LOG_DIGEST_BUCKET = endpoint, "zwykly"
        client = boto3.client("s3", endpoint_url=endpoint)
        client.create_bucket(Bucket="zwykly")
        assert [one.id for one in reached.DIGESTS()] == ["opium.E081"]

        settings.LOG_DIGEST_BUCKET = "swiadek"
        client.create_bucket(Bucket="swiadek", ObjectLockEnabledForBucket=True)
        assert reached.DIGESTS() == []
        deed()
        TASKS[TASK].run()

        (note,) = client.list_object_versions(Bucket="swiadek")["Versions"]
        kept = client.get_object(Bucket="swiadek", Key=note["Key"])
        told = json.loads(kept["Body"].read())
        assert note["Key"] == f"north/{told['day']}.json"
        assert (told["end"], told["holds"]) == (audit.verify_chain().end, True)
        years = kept["ObjectLockRetainUntilDate"] - kept["LastModified"]
        assert timedelta(days=3649) < years <= timedelta(days=3651)
        with pytest.raises(ClientError, match="AccessDenied"):
            client.delete_object(Bucket="swiadek", Key=note["Key"], VersionId=note["VersionId"])
        client.close()


@pytest.mark.django_db
def test_each_city_and_the_console_send_theirs_once_a_day_and_nothing_where_none_is_set(
    city, settings, no_broker, time_machine
):
    time_machine.move_to("2026-11-30T05:00:00+01:00")
    outbox.plan_daily()
    outbox.plan_daily()

    planned = Job.objects.filter(task=TASK).values_list("schema_name", flat=True)
    assert sorted(planned) == ["north", "public", "south"]

    TASKS[TASK].run()
    assert mail.outbox == []
