"""`opium check --deploy` refuses what SECURITY.md does not allow, and says how to mend it."""

import os
import re
import socket
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from config.deployment import database, environment, reached
from modules.messaging import services as messaging
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import ClockTick
from tenants import services as tenants
from tests.factories.directory import UnitFactory
from tests.factories.messaging import clerk, draft, head_of
from tests.files import object_store

ROOT = Path(__file__).resolve().parents[2]
LONG = "0123456789-abcdefghij-klmnopqrst-uvwxyz"
PRODUCTION = {
    "SECRET_KEY": f"tylko-do-tego-testu-{LONG}",
    "ENCRYPTION_KEYS": f"także-tylko-tu-{LONG}",
    "ALLOWED_HOSTS": ".example.org",
    "HTTPS": "1",
    "TRUSTED_PROXIES": "1",
    "EMAIL_URL": "smtp+tls://opium:x@127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "OPIUM <opium@example.org>",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "S3_BUCKET": "opium",
    "S3_ENDPOINT_URL": "http://127.0.0.1:1",
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
    "DATABASE_URL": "postgres://opium@127.0.0.1:1/opium",
    "LOG_DIGEST_MAIL": "dziennik@example.org",
    "CLAMD": "127.0.0.1:1",
}
ABSENT = {"opium.E033", "opium.E041", "opium.E050", "opium.E071", "opium.E091"}
"""What is said where no server stands at those addresses."""


def check(**environment):
    """The ids that the command tells of as they stand in its answer, and its exit code."""
    done = subprocess.run(
        [sys.executable, "-c", "from config.cli import main; main()", "check", "--deploy"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, set(re.findall(r"\((\w+\.[EW]\d+)\)", done.stderr)), done.stderr


def test_settings_of_production_are_told_nothing_but_that_no_server_answers():
    code, found, said = check(**PRODUCTION)

    assert (code, found) == (1, ABSENT), said
    assert said.count("HINT: ") == len(ABSENT)


def test_an_installation_of_one_machine_is_told_all_that_it_lacks(tmp_path):
    code, found, said = check(
        OPIUM_STATE=str(tmp_path), DATABASE_URL=PRODUCTION["DATABASE_URL"], DEBUG="1"
    )

    assert code == 1
    assert {one for one in found if one.startswith("opium.")} == {
        *("opium.E001", "opium.E002", "opium.E003", "opium.E004"),
        *("opium.E010", "opium.E020", "opium.E022", "opium.E030", "opium.E032"),
        *("opium.E040", "opium.E050", "opium.E080", "opium.E090"),
    }, said


@pytest.mark.parametrize(
    ("named", "value", "told"),
    [
        ("HTTPS", False, "opium.E001"),
        ("CITY_URL", "http://{domain}", "opium.E002"),
        ("DEBUG", True, "opium.E003"),
        ("ALLOWED_HOSTS", ["*"], "opium.E004"),
        ("ALLOWED_HOSTS", ["localhost"], "opium.E004"),
        ("TRUSTED_PROXIES", 0, "opium.E010"),
        ("SECRET_KEY", "krótki", "opium.E021"),
        ("ENCRYPTION_KEYS", [], "opium.E022"),
        ("ENCRYPTION_KEYS", [LONG, "krótki"], "opium.E023"),
        ("ENCRYPTION_KEYS", [PRODUCTION["SECRET_KEY"]], "opium.E023"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "opium.E030"),
        ("EMAIL_USE_TLS", False, "opium.E031"),
        ("DEFAULT_FROM_EMAIL", "OPIUM <opium@localhost>", "opium.E032"),
        ("CELERY_BROKER_URL", "folder://localhost/", "opium.E040"),
        ("LOG_DIGEST_MAIL", "", "opium.E080"),
    ],
)
def test_each_lacking_setting_is_told_with_how_to_mend_it(
    settings, monkeypatch, named, value, told
):
    monkeypatch.setenv("SECRET_KEY", "x")
    in_order = {
        "HTTPS": True,
        "CITY_URL": "https://{domain}",
        "ALLOWED_HOSTS": [".example.org"],
        "TRUSTED_PROXIES": 1,
        "SECRET_KEY": PRODUCTION["SECRET_KEY"],
        "ENCRYPTION_KEYS": [LONG],
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_USE_TLS": True,
        "DEFAULT_FROM_EMAIL": "OPIUM <opium@example.org>",
        "CELERY_BROKER_URL": "redis://x",
        "LOG_DIGEST_MAIL": "dziennik@example.org",
    }
    for name, right in in_order.items():
        setattr(settings, name, right)
    assert [one for ask in environment.CHECKS for one in ask()] == []

    setattr(settings, named, value)

    (found,) = [one for ask in environment.CHECKS for one in ask()]
    assert (found.id, found.level, bool(found.hint)) == (told, checks.ERROR, True)


def ids(*asked):
    return [one.id for ask in asked for one in ask()]


@pytest.mark.django_db
def test_a_superuser_and_the_owner_of_the_log_are_refused(city):
    assert ids(database.role) == ["opium.E051", "opium.E052"]


@pytest.fixture
def plain_role(city):
    """A role that owns nothing, as the handbook makes it; the rest of the test acts as it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE opium_app LOGIN")
        assert tenants.grant_to_role(actor=SYSTEM, role="opium_app") == 3
        cursor.execute("SET LOCAL ROLE opium_app")
        yield cursor
        cursor.execute("RESET ROLE")


@pytest.mark.django_db
def test_a_plain_role_that_was_granted_what_it_needs_is_let_through(plain_role):
    assert ids(database.role) == []


@pytest.mark.django_db
def test_the_plain_role_works_in_a_city_and_cannot_touch_the_log(plain_role, city):
    author, unit = clerk(), UnitFactory()
    head_of(unit)
    message = messaging.send_message(actor=author, message=draft(author, [unit]))
    messaging.deliver_message(actor=SYSTEM, message=message)
    assert message.deliveries.count() == 1
    plain_role.execute("SET CONSTRAINTS ALL IMMEDIATE")

    for forbidden in (
        "UPDATE audit_entry SET deed = ''",
        "DELETE FROM audit_link",
        "TRUNCATE audit_entry CASCADE",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER entry_is_append_only ON audit_entry",
        "CREATE TABLE obca (id int)",
    ):
        plain_role.execute("SAVEPOINT before")
        with pytest.raises(Exception, match=r"permission denied|must be owner"):
            plain_role.execute(forbidden)
        plain_role.execute("ROLLBACK TO SAVEPOINT before")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("grant", "told"),
    [
        ("GRANT TRUNCATE ON north.audit_entry TO opium_app", "opium.E052"),
        ("ALTER TABLE south.audit_link OWNER TO opium_app", "opium.E052"),
        ("ALTER TABLE north.audit_entry DISABLE TRIGGER entry_is_chained", "opium.E053"),
        ("REVOKE INSERT ON north.audit_entry FROM opium_app", "opium.E054"),
    ],
)
def test_what_a_role_may_do_to_the_log_is_told_by_city(plain_role, grant, told):
    plain_role.execute("RESET ROLE")
    plain_role.execute(grant)
    plain_role.execute("SET LOCAL ROLE opium_app")

    (found,) = database.role()

    assert found.id == told
    assert re.search(r": (north|south)\.$", found.msg)


@pytest.mark.django_db
def test_a_role_that_is_not_there_is_refused(city):
    with pytest.raises(CommandError, match="Nie ma roli „nikt”"):
        call_command("database_grant", "nikt")


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told_once(city):
    def broken(*_):
        raise OperationalError("the connection is closed")

    with connection.execute_wrapper(broken):
        assert ids(*database.CHECKS) == ["opium.E050"]


@pytest.mark.django_db
def test_a_wrong_clock_and_a_silent_one_are_told(city, time_machine):
    outbox.relay_jobs()
    assert ids(database.clock) == []

    ClockTick.objects.update(at=timezone.now() - timedelta(minutes=1))
    assert ids(database.clock) == ["opium.W061"]

    outbox.relay_jobs()
    time_machine.move_to(timezone.now() + timedelta(seconds=30))
    assert ids(database.clock) == ["opium.E060"]


def test_a_mail_server_that_does_not_answer_or_refuses_the_password_is_told(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    assert ids(reached.MAIL) == ["opium.E033"]


def test_a_broker_that_does_not_answer_is_told(monkeypatch):
    assert ids(reached.BROKER) == []

    from celery import current_app  # noqa: PLC0415  # the wired one

    gone = current_app.connection_for_write
    monkeypatch.setattr(
        current_app,
        "connection_for_write",
        lambda **options: gone(f"redis://127.0.0.1:{free_port()}/0", **options),
    )
    assert ids(reached.BROKER) == ["opium.E041"]


def test_files_that_others_of_the_machine_may_read_are_told(settings, tmp_path):
    settings.S3_BUCKET, settings.FILES_ROOT = "", str(tmp_path / "files")
    assert ids(reached.FOLDER, reached.BUCKET) == []

    (tmp_path / "files").mkdir(mode=0o700)
    assert ids(reached.FOLDER, reached.BUCKET) == []

    (tmp_path / "files").chmod(0o750)
    assert ids(reached.FOLDER, reached.BUCKET) == ["opium.E070"]


def test_a_bucket_without_versions_or_that_is_not_there_is_told(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", object_store.ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", object_store.SECRET_KEY)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with object_store.served(tmp_path) as endpoint:
        settings.S3_BUCKET, settings.S3_ENDPOINT_URL = "opium", endpoint
        assert ids(reached.FOLDER, reached.BUCKET) == ["opium.E071"]

        client = reached.boto3.client("s3", endpoint_url=endpoint)
        client.create_bucket(Bucket="opium")
        assert "opium.E072" in ids(reached.FOLDER, reached.BUCKET)

        client.put_bucket_versioning(Bucket="opium", VersioningConfiguration={"Status": "Enabled"})
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        client.put_bucket_encryption(
            Bucket="opium", ServerSideEncryptionConfiguration={"Rules": [rule]}
        )
        assert ids(reached.FOLDER, reached.BUCKET) == []
        client.close()


def free_port():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_each_id_is_told_in_the_handbook():
    """A reader of the handbook finds every error by its number."""
    told = set()
    for path in (ROOT / "platform/config/deployment").glob("*.py"):
        told |= set(re.findall(r"opium\.[EW]\d{3}", path.read_text()))

    handbook = (ROOT / "docs/operator.md").read_text()

    assert sorted(one for one in told if one not in handbook) == []
