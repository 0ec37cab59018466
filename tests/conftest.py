"""Two cities live for the whole run; every database test happens inside the first one."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.db import connection
from django_tenants.utils import schema_exists, tenant_context
from rest_framework.test import APIClient

from opium.permissions import SYSTEM
from opium.registry import optional_modules
from provisioning import services as provisioning
from tenants.models import Tenant


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A database for each worker, each with both cities."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        _open_cities()


CITIES = ("north", "south")
NOT_EMPTIED = ("audit_entry", "audit_link")
ONLY_IN_CITIES = ("budget_entry",)
"""Tables whose triggers refuse TRUNCATE, which is how tests without a transaction clean up."""


def _open_cities() -> None:
    provisioning.open_console(actor=SYSTEM, domain="console.test")
    for schema in CITIES:
        _city(schema)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger waits while altering
        tables = [*product(("public", *CITIES), NOT_EMPTIED), *product(CITIES, ONLY_IN_CITIES)]
        for schema, table in tables:
            trigger = f"{table.removeprefix('audit_')}_is_not_emptied"
            cursor.execute(f"ALTER TABLE {schema}.{table} DISABLE TRIGGER {trigger}")
    connection.set_schema_to_public()


def _empty_cities() -> None:
    """What a test without a surrounding transaction left in the cities' schemas."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname = ANY(%s) AND tablename <> 'django_migrations'",
            [list(CITIES)],
        )
        tables = ", ".join(table for (table,) in cursor.fetchall())
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def _city(schema: str) -> None:
    tenant = Tenant.objects.filter(schema_name=schema).first()
    if tenant is None and schema_exists(schema):
        _fill_again(schema)
    elif tenant is None:
        provisioning.open_city(
            actor=SYSTEM, name=schema.title(), schema_name=schema, domain=f"{schema}.test"
        )
    elif tenant.modules != sorted(optional_modules()):
        Tenant.objects.filter(pk=tenant.pk).update(modules=sorted(optional_modules()))


def _fill_again(schema: str) -> None:
    """The rows of a city whose tables a test without a surrounding transaction has emptied."""
    connection.set_schema_to_public()
    modules = sorted(optional_modules())
    tenant = Tenant.objects.create(schema_name=schema, name=schema.title(), modules=modules)
    tenant.domains.create(domain=f"{schema}.test", is_primary=True)
    with tenant_context(tenant):
        provisioning.fill_city(actor=SYSTEM)


@pytest.fixture(autouse=True)
def city(request, django_db_blocker) -> Iterator[Tenant | None]:
    """The city of the test: `north`. Tests without the database get none."""
    if "django_db" not in request.keywords:
        yield None
        return
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        if not Tenant.objects.filter(schema_name=CITIES[-1]).exists():
            _open_cities()  # a test without a surrounding transaction emptied every table
    request.getfixturevalue("transactional_db" if _transactional(request) else "db")
    tenant = Tenant.objects.get(schema_name="north")
    connection.set_tenant(tenant)
    yield tenant
    connection.set_schema_to_public()
    if _transactional(request):
        _empty_cities()


def _transactional(request) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker.kwargs.get("transaction"))


@pytest.fixture
def south(city) -> Tenant:
    """The other city, which must never see anything of the first."""
    return Tenant.objects.get(schema_name="south")


@pytest.fixture
def in_south(south):
    """Run a block in the other city: `with in_south(): …`."""
    return lambda: tenant_context(south)


@pytest.fixture
def api(city):
    """A stranger's client on the first city's host; `api(person)` is signed in."""

    def client(person=None, host: str = "north.test") -> APIClient:
        browser = APIClient(HTTP_HOST=host)
        if person is not None:
            with tenant_context(Tenant.objects.get(domains__domain=host)):
                browser.force_login(person)
        return browser

    return client
