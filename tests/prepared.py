"""The prepared database: two cities without a row, migrated once, and copied for each run.

It stays on the server under the fingerprint of everything that makes a schema, so only a changed
migration makes it anew. A copy takes a second where migrating three schemas takes half a minute.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

import opium.models
from accounts import sealing
from opium.permissions import SYSTEM
from opium.registry import optional_modules
from provisioning import services as provisioning
from tenants import blueprint
from tenants import services as tenants

Rows = dict[str, bytes]
"""The rows of tables, as PostgreSQL copies them out and in."""
CITIES = ("north", "south")
PREFIX = "opium_prepared"
LOCK = 0x0F1A4  # of the workers of one server, who want the same copy at the same time
SOURCES = (
    __file__,
    tenants.__file__,
    blueprint.__file__,
    opium.models.__file__,
    sealing.__file__,
)
"""What migrations and cities are made of besides the migrations themselves."""


def lay(name: str, *, with_cities: bool = True) -> None:
    """Make the database `name` anew: migrated, with the tables of two cities or of none."""
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        source = f"{PREFIX}_{_fingerprint()}"
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [source])
        if known.fetchone() is None:
            _prepare(server, source)
        _copy(source if with_cities else f"{source}_bare", name)


def drop(name: str) -> None:
    """Remove the database `name`, whoever is connected to it."""
    _do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _copy(source: str, name: str) -> None:
    """Make the database `name` anew as a copy of another that nobody is connected to."""
    drop(name)
    _do("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, source)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Django's own connection leads to the database `name`."""
    before = settings.DATABASES["default"]["NAME"]
    _lead_to(name)
    try:
        yield
    finally:
        _lead_to(before)


def rows() -> Rows:
    """What every table that is not empty holds, in all the schemas of the cities."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE NOT starts_with(schemaname, 'pg_') AND schemaname <> 'information_schema'"
        )
        tables = [table for (table,) in cursor.fetchall()]
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
        cursor.execute(" UNION ALL ".join(asked))
        return {table: _read(cursor, table) for (table,) in cursor.fetchall()}


def put_back(kept: Rows) -> None:
    """Every table of the cities holds these rows again, whatever was committed since."""
    found = rows()
    changed = [table for table in {*found, *kept} if found.get(table) != kept.get(table)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger, no foreign key
        for table in changed:
            cursor.execute(f"DELETE FROM {table}")
            with cursor.copy(f"COPY {table} FROM STDIN") as writing:
                writing.write(kept.get(table, b""))


def _read(cursor: CursorWrapper, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT") as reading:
        return b"".join(map(bytes, reading))


def _lead_to(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _prepare(server: psycopg.Connection, name: str) -> None:
    """Migrate into drafts, so that a run that is killed leaves nothing that looks ready."""
    for (old,) in server.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{PREFIX}_"]
    ).fetchall():
        drop(old)
    bare, draft = f"{name}_bare", f"{name}_draft"
    _do("CREATE DATABASE {}", bare)
    with connected_to(bare):
        call_command("migrate_schemas", schema_name="public", verbosity=0)
    _copy(bare, draft)
    with connected_to(draft):
        provisioning.open_console(actor=SYSTEM, domain="console.test")
        for city in CITIES:
            tenants.create_tenant(
                actor=SYSTEM,
                schema_name=city,
                name=city.title(),
                domain=f"{city}.test",
                modules=optional_modules(),
            )
        _migrate_as_stock()
        connection.set_schema_to_public()
    _do("ALTER DATABASE {} RENAME TO {}", draft, name)


def _migrate_as_stock() -> None:
    """The first city's schema is migrated step by step, the second one stays the copy it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("DROP SCHEMA {name} CASCADE; CREATE SCHEMA {name}").format(
                name=sql.Identifier(CITIES[0])
            )
        )
    call_command("migrate_schemas", schema_name=CITIES[0], verbosity=0)


def _fingerprint() -> str:
    migrations = (
        path
        for app in apps.get_app_configs()
        for path in sorted((Path(app.path) / "migrations").glob("*.py"))
    )
    digest = hashlib.sha256(repr((settings.SHARED_APPS, settings.TENANT_APPS)).encode())
    for path in (*migrations, *map(Path, SOURCES)):
        digest.update(b"%s\0%s\0" % (path.name.encode(), path.read_bytes()))
    return digest.hexdigest()[:16]


def _do(statement: LiteralString, *names: str) -> None:
    with _server() as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _server() -> psycopg.Connection:
    told = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in {"host", "port", "user", "password"}
    }
    return psycopg.connect(**told, dbname="postgres", autocommit=True)
