"""The drill: a city is written away, restored beside itself, compared, and worked in."""

import hashlib
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialApp
from django.core.management import call_command
from django.db import connection
from django_tenants.utils import schema_context, schema_exists, tenant_context

from accounts.sealing import Purpose, unseal
from accounts.services.single_sign_on import SEALED
from audit import services as audit
from audit.models import Entry
from billing.models import Subscription
from files import removing
from files import services as files
from opium.permissions import SYSTEM, MissingPermission
from outbox.models import Job
from provisioning import services
from provisioning.archive.checking import Archive
from provisioning.services import restoring
from tenants.models import Domain, Tenant
from tests import prepared
from tests.factories.accounts import PersonFactory
from tests.factories.killing import killed_at
from tests.provisioning.conftest import PASSWORD
from tests.seeing import LookingClient

pytestmark = pytest.mark.django_db(transaction=True)
COPY = "north_copy"


@pytest.fixture
def dropped(world, city, built_once, settings, tmp_path):
    """The restored city is dropped again, before the other rows are put back."""
    settings.FILES_ROOT, settings.S3_BUCKET = str(tmp_path / "files"), ""
    connection.set_schema_to_public()
    yield
    connection.set_schema_to_public()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {COPY} CASCADE")


@pytest.fixture
def restored(world, dropped):
    return services.restore_city(
        actor=SYSTEM,
        archive=Archive(world.archives, world.name),
        schema_name=COPY,
        domains=["copy.test"],
    )


def table(rows, schema, name):
    return sorted(rows.get(f"{schema}.{name}", b"").splitlines())


def shape(schema):
    """Triggers and sequences of the schema, as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND c.relnamespace = %s::regnamespace ORDER BY 1, 2",
            [schema],
        )
        return cursor.fetchall()


def test_the_restored_city_is_the_same_row_by_row_and_people_work_in_it(world, restored, api):
    rows = prepared.rows()

    # every table, row by row
    names = {one.partition(".")[2] for one in (*world.rows, *rows) if one.startswith("north")}
    assert len(names) > 25
    for name in names - {"files_file", "audit_entry", "audit_link"}:
        assert table(rows, COPY, name) == table(world.rows, "north", name), name
    assert [
        row.replace(b"\tnorth_copy/", b"\tnorth/") for row in table(rows, COPY, "files_file")
    ] == (table(world.rows, "north", "files_file"))
    for name in ("audit_entry", "audit_link"):
        before, now = table(world.rows, "north", name), table(rows, COPY, name)
        assert set(before) < set(now)
        assert len(now) == len(before) + 1
    assert shape(COPY) == shape("north")

    # the rows of the public schema
    tenant = Tenant.objects.get(schema_name=COPY)
    north = Tenant.objects.get(schema_name="north")
    assert (tenant.name, tenant.modules, tenant.created_at) == (
        north.name,
        north.modules,
        north.created_at,
    )
    assert list(Domain.objects.filter(tenant=tenant).values_list("domain", "is_primary")) == [
        ("copy.test", True)
    ]

    # the chain of the log
    told = StringIO()
    call_command("audit_verify", "--city", COPY, stdout=told)
    assert "łańcuch nienaruszony" in told.getvalue()
    with schema_context(COPY):
        entry = Entry.objects.latest("pk")
    assert (entry.deed, entry.after["was"], entry.after["archive"]) == (
        "provisioning.restore_city",
        "north",
        world.name,
    )

    # the person signs in, answers stand in the inbox, the file opens
    browser = api(host="copy.test")
    answer = browser.post(
        "/api/v1/accounts/session/", {"email": "jan@example.org", "password": PASSWORD}
    )
    assert answer.status_code == 200, answer.content
    delivery = browser.get(f"/api/v1/messaging/inbox/{world.facts['delivery']}/").json()
    assert delivery["subject"] == "Ankieta o obiadach"
    file = world.facts["answer_file"]
    link = browser.get(f"/api/v1/messaging/answer-files/{file}/download/")
    assert link.status_code == 302
    content = b"".join(browser.get(link.headers["Location"]).streaming_content)
    assert hashlib.sha256(content).hexdigest() == world.facts["sha256"]

    # new rows get new numbers, and the secret opens
    with tenant_context(tenant):
        PersonFactory()
        assert unseal(Purpose.PROVIDERS, SocialApp.objects.get().settings[SEALED]) == "bardzo-tajne"


def test_plan_and_waiting_work_come_along_and_other_cities_are_left_as_they_were(world, dropped):
    def others():
        rows = prepared.rows()
        return {
            name: rows[name]
            for name in rows
            if name.startswith(("north.", "south.", "public.accounts"))
        }

    before = others()
    services.restore_city(
        actor=SYSTEM,
        archive=Archive(world.archives, world.name),
        schema_name=COPY,
        domains=["copy.test"],
    )

    assert others() == before
    tenant = Tenant.objects.get(schema_name=COPY)
    subscription = Subscription.objects.get(tenant=tenant)
    assert (subscription.plan.name, str(subscription.since)) == ("Powiat", "2026-01-01")
    jobs = Job.objects.filter(schema_name=COPY)
    assert ["north_copy/2026/11/nothing"] in list(jobs.values_list("args", flat=True))
    assert not jobs.exclude(done_at=None).exists()


def test_without_the_keys_it_comes_back_without_its_secrets_when_told(world, dropped, settings):
    settings.SECRET_KEY, settings.ENCRYPTION_KEYS = "of another installation", []

    done = services.restore_city(
        actor=SYSTEM,
        archive=Archive(world.archives, world.name),
        schema_name=COPY,
        domains=["copy.test"],
        loses_keys=True,
    )

    assert (done.forgotten, done.lost) == (1, 0)
    with tenant_context(done.tenant):
        assert unseal(Purpose.PROVIDERS, SocialApp.objects.get().settings[SEALED]) == ""


def test_a_rehearsal_does_it_all_and_leaves_nothing(world, dropped, settings):
    before, told = prepared.rows(), StringIO()

    call_command("restore", "--archive", str(world.archive), "--rehearse", stdout=told)

    assert "próba się udała, wierszy" in told.getvalue()
    assert prepared.rows() == before
    assert not [one for one in Path(settings.FILES_ROOT).rglob("*") if one.is_file()]


@pytest.mark.parametrize(
    ("place", "name"),
    [(restoring.loading, "load_city"), (audit, "record")],
    ids=["after the rows", "after the files"],
)
def test_a_restore_that_is_killed_is_no_city_to_anybody_and_is_repeated(
    world, dropped, place, name
):
    before = prepared.rows()

    def restore():
        return services.restore_city(
            actor=SYSTEM,
            archive=Archive(world.archives, world.name),
            schema_name=COPY,
            domains=["copy.test"],
        )

    killed_at(place, name, restore)

    assert prepared.rows() == before
    assert not schema_exists(COPY)
    assert not Tenant.objects.filter(schema_name=COPY).exists()
    assert LookingClient(HTTP_HOST="copy.test").get("/api/v1/health/").status_code == 404
    done = restore()
    assert (done.lost, done.log_holds) == (0, True)
    with tenant_context(done.tenant), pytest.MonkeyPatch.context() as patch:
        patch.setattr(removing.selectors, "GRACE", -timedelta(days=1))
        assert files.remove_orphans() == 0  # what the dead one had laid is what there is


def test_only_an_operator_may_write_a_city_away_or_bring_it_back(world, dropped, south):
    person = PersonFactory.build()
    with pytest.raises(MissingPermission):
        services.back_up_city(actor=person, tenant=south, place=world.archives)
    with pytest.raises(MissingPermission):
        services.restore_city(actor=person, archive=Archive(world.archives, world.name))
