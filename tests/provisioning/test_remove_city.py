"""A city is taken out whole, by whoever has typed its name; no other city loses anything."""

from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import schema_context, schema_exists, tenant_context

from accounts.models import Person, Session
from audit.models import Entry
from files import storage
from opium.permissions import SYSTEM, MissingPermission
from outbox import services as outbox
from outbox.models import Job
from provisioning import errors, services, tasks
from provisioning.archive.checking import Archive
from provisioning.services import removing
from tenants.models import Domain, Tenant
from tests import prepared
from tests.factories.accounts import PersonFactory
from tests.factories.files import stored
from tests.factories.killing import killed_at

pytestmark = pytest.mark.django_db(transaction=True)
COPY = "north_copy"


@pytest.fixture
def copy(world, city, built_once, settings, tmp_path):
    """A city to remove: the restored north."""
    settings.FILES_ROOT, settings.S3_BUCKET = str(tmp_path / "files"), ""
    connection.set_schema_to_public()
    done = services.restore_city(
        actor=SYSTEM,
        archive=Archive(world.archives, world.name),
        schema_name=COPY,
        domains=["copy.test"],
    )
    yield done.tenant
    connection.set_schema_to_public()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {COPY} CASCADE")


def bytes_of(settings):
    return sorted(
        one.relative_to(settings.FILES_ROOT).as_posix()
        for one in Path(settings.FILES_ROOT).rglob("*")
        if one.is_file()
    )


def others():
    """Every row that is not the copy's; the operators' log grows, and the job is theirs."""
    rows = prepared.rows()
    return {
        name: value
        for name, value in rows.items()
        if not name.startswith((COPY, "public.audit", "public.outbox_job"))
        and name not in {"public.tenants_tenant", "public.tenants_domain"}
    }


def test_nothing_of_it_stays_and_no_other_city_loses_anything(copy, settings, south):
    with tenant_context(south):
        stored(PersonFactory(), "nasz.txt", b"nasz")
    Job.objects.create(schema_name=COPY, task="tests.done", done_at=timezone.now())
    of_copy = [one for one in bytes_of(settings) if one.startswith(COPY)]
    [kept] = [one for one in bytes_of(settings) if not one.startswith(COPY)]
    assert len(of_copy) > 1
    before = others()
    names = set(Domain.objects.exclude(tenant=copy).values_list("domain", flat=True))

    told = StringIO()
    call_command("city_remove", COPY, "--name", copy.name, stdout=told)

    assert "copy.test" in told.getvalue()
    assert "Usunięto." in told.getvalue()
    assert not schema_exists(COPY)
    assert not Tenant.objects.filter(schema_name=COPY).exists()
    assert set(Domain.objects.values_list("domain", flat=True)) == names
    assert not Job.objects.filter(schema_name=COPY).exists()
    after = others()
    after.pop("public.billing_subscription", None), before.pop("public.billing_subscription", None)
    assert after == before
    assert outbox.run_job(str(Job.objects.get(task="provisioning.remove_files").pk))
    assert bytes_of(settings) == [kept]
    entry = Entry.objects.get(deed="provisioning.remove_city")
    assert (entry.before["domains"], entry.before["files"]) == (["copy.test"], len(of_copy))


def test_a_dry_run_tells_what_would_go_and_takes_nothing(copy, settings):
    rows, files, told = prepared.rows(), bytes_of(settings), StringIO()

    call_command("city_remove", COPY, "--dry-run", stdout=told)

    assert prepared.rows() == rows
    assert bytes_of(settings) == files
    said = told.getvalue()
    assert f"  pliki                {len(files)}, " in said
    assert "tenants_domain: 1" in said
    assert said.endswith("Niczego nie usunięto (--dry-run).\n")


def test_another_name_or_none_takes_nothing(copy, monkeypatch):
    rows = prepared.rows()

    with pytest.raises(CommandError, match="wpisz jego nazwę: „North”"):
        call_command("city_remove", COPY, "--name", "Nort", stdout=StringIO())
    monkeypatch.setattr("sys.stdin", StringIO(""))
    with pytest.raises(CommandError, match="Podaj nazwę miasta: --name"):
        call_command("city_remove", COPY, stdout=StringIO())
    with pytest.raises(CommandError, match="Nie ma miasta o schemacie „nigdzie”"):
        call_command("city_remove", "nigdzie", stdout=StringIO())
    with pytest.raises(CommandError, match="Nie ma miasta o schemacie „public”"):
        call_command("city_remove", "public", "--name", "OPIUM", stdout=StringIO())

    assert prepared.rows() == rows


def test_a_city_in_which_people_work_is_refused_unless_told(copy):
    with tenant_context(copy):
        Session.objects.create(
            session_key="k",
            session_data="",
            expire_date=timezone.now() + timedelta(hours=1),
            person=Person.objects.first(),
            seen_at=timezone.now() - timedelta(minutes=50),
        )

    with pytest.raises(errors.PeopleAtWork, match="osób: 1"):
        services.remove_city(actor=SYSTEM, tenant=copy, typed="North")
    assert schema_exists(COPY)
    call_command("city_remove", COPY, "--name", "North", "--while-working", stdout=StringIO())

    assert not schema_exists(COPY)


def test_it_waits_for_nobody_long_and_then_takes_nothing(copy, monkeypatch):
    monkeypatch.setattr(removing, "PATIENCE", "200ms")
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(f"LOCK TABLE {COPY}.accounts_person IN ACCESS SHARE MODE")
        with pytest.raises(errors.CityBusy):
            services.remove_city(actor=SYSTEM, tenant=copy, typed="North")
        other.rollback()

    assert Tenant.objects.filter(schema_name=COPY).exists()
    with schema_context(COPY):
        assert Person.objects.exists()


def of(job):
    """Do that planned job, as the worker does once the relay has published it."""
    return outbox.run_job(str(Job.objects.get(task=f"provisioning.{job}").pk))


def test_bytes_that_come_after_the_removal_go_a_day_later(copy, settings, south):
    services.remove_city(actor=SYSTEM, tenant=copy, typed="North")
    with tenant_context(copy):
        storage.current().save(storage.key_of(uuid4()), BytesIO(b"Anna Nowak"))
    with tenant_context(south):
        stored(PersonFactory(), "nasz.txt", b"nasz")
    assert of("remove_files")
    [late, kept] = sorted(bytes_of(settings), key=lambda one: not one.startswith(COPY))
    assert late.startswith(COPY)
    job = Job.objects.get(task="provisioning.remove_late_files")
    removed = Entry.objects.get(deed="provisioning.remove_city").at
    assert job.due_at - removed > timedelta(hours=23, minutes=59)
    assert datetime.fromisoformat(job.args[1]) - removed > timedelta(hours=3, minutes=59)

    assert of("remove_late_files")

    assert bytes_of(settings) == [kept]


def test_late_bytes_of_a_later_city_of_the_same_schema_stay(copy, settings):
    kept = bytes_of(settings)

    tasks.remove_late_files(COPY, (timezone.now() + timedelta(hours=4)).isoformat())

    assert bytes_of(settings) == kept


def test_a_city_whose_job_is_being_done_is_refused_even_when_told_of_people(copy):
    now = timezone.now()
    job = Job.objects.create(
        schema_name=COPY, task="tests.merge", leased_until=now + timedelta(seconds=40)
    )
    Job.objects.create(
        schema_name="north", task="tests.merge", leased_until=now + timedelta(seconds=40)
    )

    with pytest.raises(errors.CityBusy):
        services.remove_city(actor=SYSTEM, tenant=copy, typed="North", despite_people=True)
    assert schema_exists(COPY)
    assert Tenant.objects.filter(schema_name=COPY).exists()

    Job.objects.filter(pk=job.pk).update(leased_until=now - timedelta(seconds=1))
    services.remove_city(actor=SYSTEM, tenant=copy, typed="North")
    assert not schema_exists(COPY)


def test_a_removal_that_is_killed_leaves_the_whole_city_and_is_repeated(copy, settings):
    rows, files = prepared.rows(), bytes_of(settings)

    killed_at(
        removing,
        "_drop",
        lambda: services.remove_city(actor=SYSTEM, tenant=copy, typed="North"),
    )

    assert prepared.rows() == rows
    assert bytes_of(settings) == files
    services.remove_city(actor=SYSTEM, tenant=copy, typed="North")
    assert not schema_exists(COPY)


def test_a_later_city_of_the_same_schema_keeps_its_files(copy, settings):
    long_ago = timezone.now() - timedelta(hours=1)
    kept = bytes_of(settings)

    tasks.remove_files(COPY, long_ago.isoformat())

    assert bytes_of(settings) == kept
    with tenant_context(copy):
        assert storage.city() == COPY


def test_only_an_operator_may_remove_or_count_a_city(copy):
    person = PersonFactory.build()
    with pytest.raises(MissingPermission):
        services.holdings_of(actor=person, tenant=copy)
    with pytest.raises(MissingPermission), transaction.atomic():
        services.remove_city(actor=person, tenant=copy, typed="North")
