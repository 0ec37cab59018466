"""Health is told from facts: to everybody whether, to operators why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opium.permissions import SYSTEM
from outbox import services
from outbox.models import Job, Tick
from outbox.permissions import Permission
from provisioning import services as provisioning
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
URL = "/api/v1/health/"


@pytest.fixture
def works():
    services.relay_jobs()


def job(**fields):
    return Job.objects.create(**{"schema_name": "north", "task": "tests.any", **fields})


def ago(**span):
    return timezone.now() - timedelta(**span)


def test_an_installation_that_works_says_so_and_nothing_more(works, api):
    for url in (URL, f"{URL}?strict"):
        answer = api().get(url)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer["Cache-Control"] == "no-store"


def killed_clock():
    Tick.objects.update(at=ago(seconds=61))


def never_started():
    Tick.objects.all().delete()


def waiting_work():
    job(due_at=ago(seconds=301))


def waiting_work_that_the_relay_published_again():
    job(due_at=ago(seconds=301), published_at=timezone.now())


def unsent_letter():
    late = job(task="notifications.send_emails", attempts=3, due_at=timezone.now())
    Job.objects.filter(pk=late.pk).update(
        created_at=ago(minutes=16), due_at=timezone.now() + timedelta(hours=1)
    )


def given_up():
    job(given_up_at=timezone.now())


@pytest.mark.parametrize(
    "trouble",
    [
        killed_clock,
        never_started,
        waiting_work,
        waiting_work_that_the_relay_published_again,
        unsent_letter,
        given_up,
    ],
)
def test_trouble_is_told_and_fails_whoever_asks_strictly(works, api, trouble):
    trouble()

    assert (api().get(URL).status_code, api().get(URL).json()) == (200, {"status": "trouble"})
    strict = api().get(f"{URL}?strict")
    assert (strict.status_code, strict.json()) == (503, {"status": "trouble"})


def test_work_that_is_done_held_or_left_is_no_trouble(works, api):
    old = ago(hours=1)
    job(due_at=old, done_at=old)
    job(due_at=old, leased_until=timezone.now() + timedelta(seconds=30))
    job(due_at=timezone.now() + timedelta(hours=1))
    job(given_up_at=old, left_at=old, left_because="Niepotrzebne.")

    assert api().get(URL).json() == {"status": "ok"}


def test_a_full_disk_of_files_is_trouble(works, api, monkeypatch):
    monkeypatch.setattr("config.health.DISK_FREE", 1.0)  # as if all of it should be free

    assert api().get(f"{URL}?strict").status_code == 503


def test_a_citys_administrator_sees_no_figures_of_the_installation(works, api):
    answer = api(person_with(Permission.MANAGE_JOBS)).get(URL)

    assert answer.json() == {"status": "ok"}


def test_operators_read_at_their_own_host_what_is_wrong(works, api):
    provisioning.open_console(
        actor=SYSTEM,
        domain="console.test",
        administrator=provisioning.FirstAdministrator(
            "operator@example.org", "Oskar", "Nowy", "długie hasło operatora"
        ),
    )
    killed_clock()
    browser = api(None, host="console.test")
    assert browser.get(URL).json() == {"status": "trouble"}
    browser.post(
        "/api/v1/accounts/session/",
        {"email": "operator@example.org", "password": "długie hasło operatora"},
    )

    told = browser.get(URL).json()

    wrong = [check["name"] for check in told["checks"] if not check["is_ok"]]
    assert (told["status"], wrong) == ("trouble", ["clock"])
    assert {"clock", "work", "mail", "given_up"} <= {check["name"] for check in told["checks"]}
    assert told["checks"][0]["sentence"].startswith("Zegar odezwał się 6")


@pytest.mark.parametrize("count", [1, 20])
def test_health_takes_the_same_queries_for_many_jobs(works, api, count, django_assert_num_queries):
    for _ in range(count):
        job(due_at=ago(hours=1))
    client = api()
    with django_assert_num_queries(3):
        client.get(URL)
