"""A schema at the migrations that an archive names, and from there to today's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import schema_context

from provisioning.archive.tables import quoted
from provisioning.errors import ArchiveUnknown

Step = tuple[str, str]
"""A migration: its app and its name."""


def applied(schema: str) -> list[Step]:
    """What the schema has behind it, in the order of its doing."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT app, name FROM {quoted(schema)}.django_migrations ORDER BY id"  # noqa: S608  # quoted
        )
        return [(app, name) for app, name in cursor.fetchall()]


def is_bare(schema: str) -> bool:
    """Whether no table of ours is in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"{quoted(schema)}.django_migrations"])
        return cursor.fetchone()[0] is None


def require_known(steps: Sequence[Step]) -> None:
    """Raises `ArchiveUnknown` where a migration is none of this edition's."""
    known = MigrationExecutor(connection).loader.graph.nodes
    for step in steps:
        if step not in known:
            raise ArchiveUnknown(what=f"migracja {step[0]}.{step[1]}")


def build(schema: str, steps: Sequence[Step]) -> None:
    """Make the tables of a schema in which none is, as these migrations left them."""
    with _only(schema):
        MigrationRecorder(connection).ensure_schema()
    with schema_context(schema):
        executor = MigrationExecutor(connection)
        done = set(steps)
        ends = [
            step
            for step in steps
            if not any(
                child.key in done and child.key[0] == step[0]
                for child in executor.loader.graph.node_map[step].children
            )
        ]
        executor.migrate(ends)


def bring_up_to_date(schema: str) -> None:
    """Apply what the platform has gained since."""
    with schema_context(schema):
        executor = MigrationExecutor(connection)
        ends = executor.loader.graph.leaf_nodes()
        if executor.migration_plan(ends):  # without a plan it would still think for seconds
            executor.migrate(ends)


@contextmanager
def _only(schema: str) -> Iterator[None]:
    """Work in the schema without the public one behind it."""
    before = connection.tenant  # type: ignore[attr-defined]  # set by django-tenants
    connection.set_schema(schema, include_public=False)  # type: ignore[attr-defined]  # as above
    try:
        yield
    finally:
        connection.set_tenant(before)  # type: ignore[attr-defined]  # as above
