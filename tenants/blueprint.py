"""A new city's schema: the statements that copy a migrated one, sent in one round trip.

Replaying every migration costs seconds of planning for each city, and more with each release. Once
a release they are replayed into a draft that nobody ever sees; what the catalogue then says of it
becomes a `Blueprint`, and each city is made from that text. It is told by PostgreSQL's own words
for each object (`pg_get_constraintdef` and its kin), not by a dump, whose text is made for psql.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django_tenants.utils import get_public_schema_name, schema_context
from psycopg import sql

from tenants.models import Blueprint

DRAFT = "Opium-Blueprint"
"""A name that PostgreSQL always writes in quotes, and that no city can bear."""
KEPT = 2
"""Releases that may open cities side by side while one takes the other's place."""


def make_schema(name: str) -> None:
    """Make the schema `name` with every table that this release gives a city.

    Part of the caller's transaction. The caller has seen that the name is free and a plain one.
    """
    with schema_context(get_public_schema_name()), transaction.atomic():
        statements = renamed(_statements(), DRAFT, name)
        with connection.cursor() as cursor:
            cursor.execute(statements)


def _statements() -> str:
    known = Blueprint.objects.filter(revision=revision())
    if (found := known.first()) is None:
        with connection.cursor() as cursor:  # whoever comes second waits, and finds it made
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tenants.blueprint'))")
        found = known.first() or _make()
    return found.statements


def _make() -> Blueprint:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {_quoted(DRAFT)}")
        call_command("migrate_schemas", tenant=True, schema_name=DRAFT, verbosity=0)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    statements = describe(DRAFT)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {_quoted(DRAFT)} CASCADE")
    made = Blueprint.objects.create(revision=revision(), statements=statements)
    newest = list(Blueprint.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT])
    Blueprint.objects.exclude(pk__in=newest).delete()
    return made


def renamed(statements: str, before: str, after: str) -> str:
    """The same for a schema of another name: where it is a name, and where it is a value.

    It is one in the search path that functions of ours bear. Raises `Indescribable` where it stands
    otherwise: that object would still belong to the schema it was described in.
    """
    told = statements.replace(_quoted(before), _quoted(after)).replace(f"'{before}'", f"'{after}'")
    if before in told:
        raise Indescribable(before)
    return told


@cache
def revision() -> str:
    """What tells this release's schemas from another's: all its migrations, by name."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return sha256(repr(sorted(loader.disk_migrations or {})).encode()).hexdigest()


def describe(schema: str) -> str:
    """The statements that make this schema anew, with its rows, each object named in full.

    Raises `Indescribable` where the schema holds a kind of object that no city has today.
    """
    # With the schema on the search path PostgreSQL would leave its name out.
    with schema_context(get_public_schema_name()), connection.cursor() as cursor:
        return "\n".join(_described(cursor, schema))


def _described(cursor: CursorWrapper, schema: str) -> Iterator[str]:
    told = {"schema": sql.Literal(_quoted(schema))}

    def ask(query: sql.SQL) -> list[tuple[str, ...]]:
        cursor.execute(query.format(**told))
        return list(cursor.fetchall())

    if other := ask(OTHERS):
        raise Indescribable(", ".join(name for (name,) in other))
    yield f"CREATE SCHEMA {_quoted(schema)};"
    yield "SET LOCAL check_function_bodies = off;"
    for query in (TABLES, FUNCTIONS):
        yield from (statement for (statement,) in ask(query))
    for table, columns in ask(COLUMNS):
        yield from _rows(cursor, table, columns)
    for query in (COUNTERS, KEYS, INDEXES, FOREIGN_KEYS, TRIGGERS, COMMENTS):
        yield from (statement for (statement,) in ask(query))
    yield "SET LOCAL check_function_bodies = on;"


def _rows(cursor: CursorWrapper, table: str, columns: str) -> Iterator[str]:
    """What migrations have put into the table; what it holds by itself is written as text."""
    values = ", ".join(f"quote_nullable({column}::text)" for column in columns.split(", "))
    cursor.execute(f"SELECT concat_ws(', ', {values}) FROM {table}")  # noqa: S608  # quoted there
    rows = [f"({row})" for (row,) in cursor.fetchall()]
    if rows:
        listed = ",\n".join(rows)
        told = f"{table} ({columns}) OVERRIDING SYSTEM VALUE VALUES\n{listed};"
        yield f"INSERT INTO {told}"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


class Indescribable(Exception):
    """A migration has made something that a copy would lack: teach `describe` its kind."""


OTHERS = sql.SQL("""
SELECT oid::regclass::text FROM pg_class
WHERE relnamespace = to_regnamespace({schema}) AND relkind NOT IN ('r', 'i', 'S')
   OR relnamespace = to_regnamespace({schema}) AND relkind = 'r'
  AND (relrowsecurity OR relpersistence <> 'p' OR relhassubclass OR relreplident <> 'd')
UNION ALL
SELECT c.oid::regclass::text FROM pg_class c
WHERE relnamespace = to_regnamespace({schema}) AND relkind = 'S' AND NOT EXISTS (
  SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'i')
UNION ALL
SELECT oid::regtype::text FROM pg_type
WHERE typnamespace = to_regnamespace({schema}) AND typtype <> 'c' AND typelem = 0
UNION ALL
SELECT stxname::text FROM pg_statistic_ext WHERE stxnamespace = to_regnamespace({schema})
""")

TABLES = sql.SQL("""
SELECT format('CREATE TABLE %s (%s)%s;', c.oid::regclass, string_agg(concat_ws(' ',
    quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attcollation <> t.typcollation
      THEN format('COLLATE %s', a.attcollation::regcollation) END,
    CASE
      WHEN a.attgenerated = 's' THEN format('GENERATED ALWAYS AS (%s) STORED', v.told)
      WHEN a.attgenerated = 'v' THEN format('GENERATED ALWAYS AS (%s) VIRTUAL', v.told)
      WHEN a.attidentity <> '' THEN format(
        'GENERATED %s AS IDENTITY (SEQUENCE NAME %s'
          ' START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s)',
        CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
        s.seqrelid::regclass, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache)
      WHEN v.told IS NOT NULL THEN format('DEFAULT %s', v.told) END,
    CASE WHEN n.conname IS NOT NULL THEN format('CONSTRAINT %I', n.conname) END,
    CASE WHEN a.attnotnull THEN 'NOT NULL' END), E',\n  ' ORDER BY a.attnum),
  CASE WHEN c.reloptions IS NOT NULL
    THEN format(' WITH (%s)', array_to_string(c.reloptions, ', ')) END)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN LATERAL (SELECT pg_get_expr(d.adbin, d.adrelid) AS told) v ON true
LEFT JOIN pg_constraint n ON n.conrelid = c.oid AND n.contype = 'n' AND n.conkey = ARRAY[a.attnum]
LEFT JOIN pg_depend o ON a.attidentity <> '' AND o.classid = 'pg_class'::regclass
  AND o.refclassid = 'pg_class'::regclass AND o.refobjid = c.oid AND o.refobjsubid = a.attnum
  AND o.deptype = 'i'
LEFT JOIN pg_sequence s ON s.seqrelid = o.objid
WHERE c.relnamespace = to_regnamespace({schema}) AND c.relkind = 'r'
GROUP BY c.oid, c.relname, c.reloptions ORDER BY c.relname COLLATE "C"
""")

FUNCTIONS = sql.SQL("""
SELECT pg_get_functiondef(oid) || ';' FROM pg_proc
WHERE pronamespace = to_regnamespace({schema}) ORDER BY oid
""")

COLUMNS = sql.SQL("""
SELECT c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attgenerated = ''
WHERE c.relnamespace = to_regnamespace({schema}) AND c.relkind = 'r'
GROUP BY c.oid, c.relname ORDER BY c.relname COLLATE "C"
""")

COUNTERS = sql.SQL("""
SELECT format('SELECT setval(%L, %s);', format('%I.%I', schemaname, sequencename), last_value)
FROM pg_sequences
WHERE to_regnamespace(quote_ident(schemaname)) = to_regnamespace({schema})
  AND last_value IS NOT NULL
ORDER BY sequencename COLLATE "C"
""")

KEYS = sql.SQL("""
SELECT format(E'ALTER TABLE %s\n  %s;', conrelid::regclass, string_agg(
  format('ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)),
  E',\n  ' ORDER BY contype DESC, conname))
FROM pg_constraint
WHERE connamespace = to_regnamespace({schema}) AND contype IN ('p', 'u', 'x', 'c')
GROUP BY conrelid ORDER BY conrelid::regclass::text COLLATE "C"
""")

INDEXES = sql.SQL("""
SELECT pg_get_indexdef(i.indexrelid) || ';'
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace = to_regnamespace({schema}) AND NOT EXISTS (
  SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
ORDER BY c.relname COLLATE "C"
""")

FOREIGN_KEYS = sql.SQL("""
SELECT format(E'ALTER TABLE %s\n  %s;', conrelid::regclass, string_agg(
  format('ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)), E',\n  ' ORDER BY conname))
FROM pg_constraint
WHERE connamespace = to_regnamespace({schema}) AND contype = 'f'
GROUP BY conrelid ORDER BY conrelid::regclass::text COLLATE "C"
""")

TRIGGERS = sql.SQL("""
SELECT pg_get_triggerdef(t.oid) || ';' || CASE t.tgenabled
  WHEN 'D' THEN format(' ALTER TABLE %s DISABLE TRIGGER %I;', c.oid::regclass, t.tgname)
  WHEN 'A' THEN format(' ALTER TABLE %s ENABLE ALWAYS TRIGGER %I;', c.oid::regclass, t.tgname)
  WHEN 'R' THEN format(' ALTER TABLE %s ENABLE REPLICA TRIGGER %I;', c.oid::regclass, t.tgname)
  ELSE '' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = to_regnamespace({schema}) AND NOT t.tgisinternal
ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"
""")

COMMENTS = sql.SQL("""
SELECT CASE WHEN d.objsubid = 0
  THEN format('COMMENT ON TABLE %s IS %L;', c.oid::regclass, d.description)
  ELSE format('COMMENT ON COLUMN %s.%I IS %L;', c.oid::regclass, a.attname, d.description) END
FROM pg_description d
JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
WHERE c.relnamespace = to_regnamespace({schema}) AND c.relkind = 'r'
ORDER BY c.relname COLLATE "C", d.objsubid
""")
