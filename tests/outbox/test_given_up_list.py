"""The list of jobs that were given up: who sees it, and what they may do about it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from accounts.models import Person, Role
from audit.models import Entry
from opium.errors import Conflict, Forbidden
from opium.permissions import SYSTEM
from outbox import registry, services
from outbox.errors import JobNotGivenUp, ReasonMissing
from outbox.models import Job
from outbox.permissions import Permission
from outbox.services.relaying import KEEP_LEFT
from provisioning import services as provisioning
from tenants.models import Tenant
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
JOBS = "/api/v1/outbox/jobs/"
AGAIN: list[tuple[str, str]] = []


class Newer(Conflict):
    message = "Trwa już nowsze."


def again(word):
    if word == "zajęte":
        raise Newer
    AGAIN.append((connection.schema_name, word))


@registry.task("tests.listed", label="Zadanie z listy", on_tried_again=again)
def listed(_word):
    pass


@pytest.fixture(autouse=True)
def _clean():
    AGAIN.clear()


@pytest.fixture
def admin(city):
    return person_with(Permission.MANAGE_JOBS)


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
        return Person.objects.get(email="operator@example.org")


def failed(schema="north", word="kot", **fields):
    return Job.objects.create(
        **{
            "schema_name": schema,
            "task": "tests.listed",
            "args": [word],
            "attempts": 12,
            "deaths": 2,
            "given_up_at": timezone.now(),
            "sentence": "Zabrakło wzoru.",
            "last_error": "KeyError: 'wzór'",
            "about": f"Pismo {word}",
            **fields,
        }
    )


def test_the_citys_administrator_sees_what_since_when_and_why_of_the_own_city_alone(admin, api):
    job = failed()
    failed("south")
    Job.objects.create(schema_name="north", task="tests.listed", args=["czeka"])
    failed(word="zostawione", left_at=timezone.now())

    answer = api(admin).get(JOBS).json()

    assert answer["count"] == 1
    [row] = answer["results"]
    assert row == {
        "id": str(job.pk),
        "city": "North",
        "task": "tests.listed",
        "name": "Zadanie z listy",
        "about": "Pismo kot",
        "created_at": row["created_at"],
        "given_up_at": row["given_up_at"],
        "attempts": 12,
        "sentence": "Zabrakło wzoru.",
        "last_error": "KeyError: 'wzór'",
    }


def test_who_lacks_the_right_sees_and_does_nothing(api):
    person, job = PersonFactory(), failed()

    assert api(person).get(JOBS).status_code == 403
    assert api(person).post(f"{JOBS}{job.pk}/try-again/").status_code == 403
    assert api(person).post(f"{JOBS}{job.pk}/leave/", {"reason": "x"}).status_code == 403
    assert api(person).post(f"{JOBS}try-all-again/", {}).status_code == 403
    with pytest.raises(Forbidden):
        services.try_again(actor=person, job=job)
    job.refresh_from_db()
    assert job.given_up_at is not None


def test_the_other_citys_job_is_not_there(admin, api):
    theirs = failed("south")

    assert api(admin).post(f"{JOBS}{theirs.pk}/try-again/").status_code == 404
    with pytest.raises(JobNotGivenUp):
        services.leave(actor=admin, job=theirs, reason="Nie moje.")
    theirs.refresh_from_db()
    assert (theirs.left_at, theirs.given_up_at is not None) == (None, True)


def test_operators_see_every_city_and_help_each_in_its_own_schema(operator, api, no_broker):
    job, _ = failed("south"), failed()
    failed("zaginione", word="bez miasta")
    host = {"host": "console.test"}

    rows = api(operator, **host).get(f"{JOBS}?ordering=created_at").json()["results"]
    assert [row["city"] for row in rows] == ["South", "North", "zaginione"]
    assert api(operator, **host).get(f"{JOBS}?city=south").json()["count"] == 1
    assert api(operator, **host).post(f"{JOBS}{job.pk}/try-again/").status_code == 204

    assert AGAIN == [("south", "kot")]
    with schema_context(get_public_schema_name()):
        entry = Entry.objects.latest("id")
        assert (entry.deed, entry.target_label) == (
            "outbox.try_again",
            "Zadanie z listy: Pismo kot",
        )
        assert entry.actor_id == operator.pk


def test_nobody_of_a_city_is_an_operator(admin, api):
    assert api(None, host="console.test").get(JOBS).status_code == 401
    browser = api(admin)
    browser.defaults["HTTP_HOST"] = "console.test"
    assert browser.get(JOBS).status_code == 401


def test_operators_sign_in_at_their_own_host_and_find_only_its_rooms(operator, api):
    browser = api(None, host="console.test")
    session = browser.post(
        "/api/v1/accounts/session/",
        {"email": "operator@example.org", "password": "długie hasło operatora"},
    ).json()

    assert session["person"]["name"] == "Oskar Nowy"
    assert {"accounts", "audit", "outbox"} <= set(session["modules"])
    assert not {"forms", "procedures", "messaging", "directory", "notifications"} & set(
        session["modules"]
    )
    assert "outbox.manage_jobs" in session["permissions"]
    assert browser.get("/api/v1/procedures/cases/").status_code == 404
    assert browser.get("/api/v1/accounts/people/").status_code == 200
    assert browser.get("/outbox/jobs").status_code in {200, 503}


def test_trying_again_gives_back_every_attempt_and_is_logged(admin, no_broker):
    job = failed()

    services.try_again(actor=admin, job=job)

    job.refresh_from_db()
    assert (job.attempts, job.deaths, job.given_up_at, job.sentence) == (0, 0, None, "")
    assert AGAIN == [("north", "kot")]
    entry = Entry.objects.latest("id")
    assert entry.actor_id == admin.pk
    assert entry.before == {"error": "KeyError: 'wzór'"}
    assert services.run_job(str(job.pk))
    with pytest.raises(JobNotGivenUp):
        services.try_again(actor=admin, job=job)


def test_the_owners_refusal_keeps_the_job_in_the_list(admin, api):
    job = failed(word="zajęte")

    answer = api(admin).post(f"{JOBS}{job.pk}/try-again/")

    assert (answer.status_code, answer.json()["detail"]) == (409, "Trwa już nowsze.")
    job.refresh_from_db()
    assert (job.given_up_at is not None, job.attempts) == (True, 12)


def test_leaving_takes_it_off_the_list_for_a_reason_on_record(admin, api):
    job = failed()

    empty = api(admin).post(f"{JOBS}{job.pk}/leave/", {"reason": " "})
    assert empty.status_code == 400
    with pytest.raises(ReasonMissing):
        services.leave(actor=admin, job=job, reason=" ")
    assert (
        api(admin).post(f"{JOBS}{job.pk}/leave/", {"reason": "Pismo niepotrzebne."}).status_code
        == 204
    )

    assert api(admin).get(JOBS).json()["count"] == 0
    entry = Entry.objects.latest("id")
    assert (entry.actor_id, entry.target_id) == (admin.pk, str(job.pk))
    assert (entry.deed, entry.after) == ("outbox.leave", {"reason": "Pismo niepotrzebne."})
    assert services.run_job(str(job.pk)) is False


def test_after_an_outage_all_of_one_kind_are_tried_again_at_once(admin, api, no_broker):
    for word in ("a", "b", "zajęte"):
        failed(word=word)
    other = failed(task="tests.note")

    answer = api(admin).post(f"{JOBS}try-all-again/", {"task": "tests.listed"})

    assert answer.json() == {"started": 2, "refused": 1}
    other.refresh_from_db()
    assert other.given_up_at is not None
    assert api(admin).get(JOBS).json()["count"] == 2


def test_what_was_left_is_forgotten_after_three_months(no_broker):
    old, fresh = failed(left_at=timezone.now() - KEEP_LEFT * 2), failed(left_at=timezone.now())
    unsettled = failed(given_up_at=timezone.now() - timedelta(days=400))

    services.relay_jobs()

    assert set(Job.objects.values_list("pk", flat=True)) == {fresh.pk, unsettled.pk}
    assert old.pk not in {fresh.pk, unsettled.pk}


def test_a_citys_administrator_may_from_the_start(city):
    with tenant_context(Tenant.objects.get(schema_name="south")):
        holders = Role.objects.filter(permissions__contains=[str(Permission.MANAGE_JOBS)])
        assert [role.name for role in holders] == ["Administrator miasta"]
