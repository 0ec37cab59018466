"""The tables of a schema, out and in, by PostgreSQL's own COPY."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from provisioning.archive.manifest import Counter

PLAIN = "FORMAT text, ENCODING 'UTF8'"


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as the catalogue knows it, its columns in their order."""

    name: str
    columns: list[str]


@contextmanager
def snapshot() -> Iterator[CursorWrapper]:
    """One moment of the database for the whole block, whoever works meanwhile; nobody waits.

    Only outside a transaction, for it is one.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL datestyle = 'ISO, YMD'")
        cursor.execute("SET LOCAL intervalstyle = 'postgres'")
        cursor.execute("SET LOCAL synchronize_seqscans = off")  # rows come as they lie
        yield cursor


def shapes(cursor: CursorWrapper, schema: str) -> list[Shape]:
    """Every table of the schema with the columns that have values of their own, by name."""
    cursor.execute(
        "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind = 'r'"
        " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
        ' GROUP BY c.relname ORDER BY c.relname COLLATE "C"',
        [quoted(schema)],
    )
    return [Shape(name, columns) for name, columns in cursor.fetchall()]


def counters(cursor: CursorWrapper, schema: str) -> list[Counter]:
    """Every sequence of the schema, where it stands."""
    cursor.execute(
        "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL"
        " FROM pg_sequences WHERE schemaname = %s ORDER BY 1",
        [schema],
    )
    return [Counter(*row) for row in cursor.fetchall()]


def copy_out(
    cursor: CursorWrapper, schema: str, shape: Shape, only: str = ""
) -> Iterator[memoryview | bytes]:
    """The rows as COPY writes them; `only` is a condition of ours. `cursor.rowcount` counts."""
    query = sql.SQL("COPY (SELECT {} FROM {} {}) TO STDOUT WITH ({})").format(
        _columns(shape.columns),
        sql.Identifier(schema, shape.name),
        sql.SQL(f"WHERE {only}" if only else ""),
        sql.SQL(PLAIN),
    )
    with cursor.copy(query) as copying:
        yield from copying


def copy_in(cursor: CursorWrapper, schema: str, shape: Shape, content: Iterable[bytes]) -> int:
    """Put the rows into the table; how many there were."""
    query = sql.SQL("COPY {} ({}) FROM STDIN WITH ({})").format(
        sql.Identifier(schema, shape.name), _columns(shape.columns), sql.SQL(PLAIN)
    )
    with cursor.copy(query) as copying:
        for piece in content:
            copying.write(piece)
    return int(cursor.rowcount)


@contextmanager
def open_for_loading(cursor: CursorWrapper, schema: str) -> Iterator[None]:
    """Empty every table of the schema, and let rows in past the triggers that write or refuse.

    Those rows have passed them once. Foreign keys, checks and unique constraints hold, at the
    latest at the end of the block. Only the tables' owner may; it needs no superuser.
    """
    names = [sql.Identifier(schema, shape.name) for shape in shapes(cursor, schema)]
    for name in names:
        cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names)))
    cursor.execute("SET LOCAL datestyle = 'ISO, YMD'")
    cursor.execute("SET LOCAL intervalstyle = 'postgres'")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations leave some of them immediate
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for name in names:
        cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))


def set_counters(cursor: CursorWrapper, schema: str, found: Sequence[Counter]) -> None:
    for one in found:
        cursor.execute(
            "SELECT setval(%s::regclass, %s, %s)",
            [f"{quoted(schema)}.{quoted(one.name)}", one.value, one.is_used],
        )


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _columns(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
