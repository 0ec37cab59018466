"""Two cities in which people have worked, and their archives: made once for a file of tests."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings
from django_tenants.utils import get_public_schema_name, tenant_context

from accounts import services as accounts
from billing import services as billing
from modules.messaging import services as messaging
from modules.messaging.services import AnswerContent
from opium.permissions import SYSTEM
from outbox.services import after_commit
from provisioning import services
from provisioning.archive.places import Folder
from tenants.models import Tenant
from tests import prepared
from tests.factories import procedures
from tests.factories.accounts import PersonFactory
from tests.factories.directory import UnitFactory
from tests.factories.files import stored, uploaded
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import head_of, survey, workbook

PASSWORD = "koc-w-kratę-17"
PASSING = ("SELECT", "SET search_path", "SAVEPOINT", "RELEASE SAVEPOINT")
"""What changes nothing for good, and has no place where another transaction is, or none."""
OF_THE_SOUTH = "TAJEMNICA POŁUDNIA"


@dataclass
class World:
    """What lies on the disk, and what the database held when it was written."""

    archives: Folder
    files: Path
    name: str
    folder: str
    rows: prepared.Rows
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def archive(self) -> Path:
        return self.archives.path / self.name


@pytest.fixture(scope="module")
def world(rows_of_the_start, django_db_blocker, tmp_path_factory):
    place = tmp_path_factory.mktemp("world")
    archives = Folder(place / "archives")
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_ROOT=str(place / "files"), S3_BUCKET=""),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(current_app.tasks["outbox.run_job"], "apply_async", lambda *_, **__: None)
        try:
            north, south = (Tenant.objects.get(schema_name=one) for one in prepared.CITIES)
            with tenant_context(south):
                fill_south()
            with tenant_context(north):
                facts = fill_north()
            pay(north)
            connection.set_schema_to_public()
            rows = prepared.rows()
            written = services.back_up_city(actor=SYSTEM, tenant=north, place=archives)
            folder, _ = services.back_up_installation(actor=SYSTEM, place=archives)
            yield World(archives, place / "files", written.name, folder, rows, facts)
        finally:
            connection.set_schema_to_public()
            prepared.put_back(rows_of_the_start)


@pytest.fixture(scope="session")
def statements() -> dict[object, list[tuple[str, object]]]:
    """From where to where a schema was migrated -> the statements that this took."""
    return {}


@pytest.fixture
def built_once(statements, monkeypatch):
    """The first schema of a kind is migrated; the next ones get the statements of that.

    Each costs seconds of Django's own planning.
    """
    real = MigrationExecutor.migrate

    def migrate(executor, targets, plan=None, **options):
        if plan is not None:  # the command, which reads the state that the real one returns
            return real(executor, targets, plan=plan, **options)
        is_console = connection.schema_name == get_public_schema_name()
        way = is_console, frozenset(executor.loader.applied_migrations), frozenset(targets)
        if way in statements:
            with connection.cursor() as cursor:
                for statement, values in statements[way]:
                    cursor.execute(statement, values)
            return None
        noted = []

        def note(execute, statement, values, many, context):
            done = execute(statement, values, many, context)
            if not statement.startswith(PASSING):
                noted.append((statement, values))
            return done

        with connection.execute_wrapper(note):
            real(executor, targets, **options)
        statements[way] = noted
        return None

    monkeypatch.setattr(MigrationExecutor, "migrate", migrate)


def fill_north() -> dict[str, str]:
    """A survey with an answer of two versions, a case on its way, secrets, and work that waits."""
    unit = UnitFactory(short_name="SP nr 7")
    clerk = make_clerk(first_name="Ewa", last_name="Lis")
    head = head_of(unit, first_name="Jan", last_name="Nowak", email="jan@example.org")
    head.set_password(PASSWORD)
    head.save()
    message = survey(clerk, [unit])
    delivery = message.deliveries.get()
    for number in (1, 2):
        filled = uploaded(head, "obiady.xlsx", workbook(["Klasa", "Obiady"], ["1a", number]))
        answer = messaging.answer_delivery(
            actor=head, delivery=delivery, content=AnswerContent(workbook=filled.pk)
        )
    stored(head, "druga kopia.xlsx", workbook(["Klasa", "Obiady"], ["1a", "ta sama"]))
    applicant = procedures.head_of(unit)
    procedures.officer("referent")
    procedures.submitted(procedures.published(), applicant, unit)
    accounts.add_provider(
        actor=SYSTEM,
        code="miasto",
        name="Urząd Miasta",
        server_url="https://login.example.org",
        client_id="opium",
        secret="bardzo-tajne",
    )
    after_commit("files.remove_bytes", "north/2026/11/nothing")
    return {
        "delivery": str(delivery.pk),
        "answer_file": str(answer.files.get().pk),
        "sha256": answer.files.get().file.sha256,
    }


def fill_south() -> None:
    person = PersonFactory(first_name=OF_THE_SOUTH)
    stored(person, "sekret.txt", OF_THE_SOUTH.encode())
    after_commit("files.remove_bytes", f"south/{OF_THE_SOUTH}")


def pay(tenant: Tenant) -> None:
    plan = billing.add_plan(actor=SYSTEM, name="Powiat", monthly_price=Decimal("149.00"))
    billing.subscribe(actor=SYSTEM, tenant=tenant, plan=plan, since=date(2026, 1, 1))
