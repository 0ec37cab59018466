"""What the operators' console tells of the installation."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import get_public_schema_name, schema_context

import config
from accounts.models import Person
from config.health import MAIL
from opium.permissions import SYSTEM
from outbox.models import ClockTick, Job
from outbox.permissions import Permission
from provisioning import services as provisioning
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
URL = "/api/v1/installation/"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HOST = {"host": "console.test"}


@pytest.fixture
def operator(city):
    """Signed in at the operators' host, in the role that `open_console` makes."""
    provisioning.open_console(
        actor=SYSTEM,
        domain="console.test",
        administrator=provisioning.FirstAdministrator(
            "operator@example.org", "Oskar", "Nowy", "długie hasło operatora"
        ),
    )
    with schema_context(get_public_schema_name()):
        Job.objects.all().delete()
        ClockTick.objects.update_or_create(pk=ClockTick.ONLY, defaults={"at": NOW})
        return Person.objects.get(email="operator@example.org")


def queued(task: str, at: datetime, **fields: object) -> None:
    job = Job.objects.create(schema_name="north", task=task, **fields)
    Job.objects.filter(pk=job.pk).update(updated_at=at)


@pytest.fixture
def disk(monkeypatch):
    usage = SimpleNamespace(total=1000, used=970, free=30)
    monkeypatch.setattr("config.health.shutil.disk_usage", lambda _folder: usage)


def test_an_operator_reads_what_is_measured_and_what_is_wrong(operator, api, disk, settings):
    settings.CLAMD = ""
    ClockTick.objects.update(at=NOW - timedelta(seconds=50))
    queued("files.sweep", NOW - timedelta(minutes=6))
    queued("notifications.send_emails", NOW - timedelta(minutes=20), attempts=3)
    queued("files.sweep", NOW, attempts=12, given_up_at=NOW)
    queued("files.sweep", NOW, attempts=12, given_up_at=NOW)

    browser = api(operator, **HOST)
    with time_machine.travel(NOW, tick=False):
        answer = browser.get(URL)

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "at": "2026-11-30T10:00:00+01:00",
            "last_tick": "2026-11-30T09:59:10+01:00",
            "oldest_due": "2026-11-30T09:54:00+01:00",
            "oldest_mail": "2026-11-30T09:40:00+01:00",
            "given_up": 2,
            "disk_free": 30,
            "disk_size": 1000,
            "scanner": "unset",
            "ill": ["clock", "work", "mail", "given_up", "disk", "scanner"],
        },
    )


def test_where_nothing_waits_there_is_no_moment_and_of_s3_no_disk(operator, api, settings):
    settings.S3_BUCKET, settings.CLAMD = "pliki", "127.0.0.1:1"
    ClockTick.objects.all().delete()

    told = api(operator, **HOST).get(URL).json()

    assert told | {"at": ""} == {
        "at": "",
        "last_tick": None,
        "oldest_due": None,
        "oldest_mail": None,
        "given_up": 0,
        "disk_free": None,
        "disk_size": None,
        "scanner": "silent",
        "ill": ["clock", "scanner"],
    }


def test_an_operator_without_the_right_is_refused(operator, api):
    with schema_context(get_public_schema_name()):
        other = PersonFactory()

    answer = api(other, **HOST).get(URL)

    assert (answer.status_code, answer.json()["code"]) == (403, "missing_permission")
    assert api(None, **HOST).get(URL).status_code == 401


def test_in_a_city_nobody_reads_it_whatever_the_right(api):
    assert api(person_with(Permission.MANAGE_JOBS)).get(URL).status_code == 404
    assert api(PersonFactory()).get(URL).status_code == 403


def test_it_asks_as_few_questions_of_many_jobs(operator, api):
    browser = api(operator, **HOST)
    browser.get(URL)
    with CaptureQueriesContext(connection) as one:
        browser.get(URL)
    for _ in range(20):
        queued("files.sweep", NOW, given_up_at=NOW)
    with CaptureQueriesContext(connection) as many:
        browser.get(URL)

    assert (len(one), len(many)) == (7, 7)


def test_the_tasks_that_count_as_mail_are_those_of_every_file_that_hands_letters_over():
    house = Path(config.__file__).parents[2]
    senders = {
        str(path.relative_to(house))
        for room in ("platform", "modules", "billing", "tenants", "provisioning", "api")
        for path in (house / room).rglob("*.py")
        if "mail.EmailMessage(" in path.read_text() or "send_mail(" in path.read_text()
    }

    assert senders == {
        "platform/accounts/letters.py",
        "platform/notifications/services/letters.py",
        "platform/config/witness.py",  # the night's digest, which may wait: see MAIL
    }
    assert set(MAIL) == {
        "accounts.send_link",
        "accounts.send_password_link",
        "accounts.tell_of_change",
        "notifications.send_emails",
    }


def test_the_consoles_first_page_names_the_cities_in_a_style_that_its_policy_lets_in(operator, api):
    answer = api(None, **HOST).get("/")

    page, policy = answer.content.decode(), answer.headers["Content-Security-Policy"]
    [nonce] = re.findall(r'<style nonce="([^"]+)">', page)
    assert f"'nonce-{nonce}'" in policy
    assert 'href="//north.test:' in page
