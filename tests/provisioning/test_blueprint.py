"""`north` is migrated step by step, `south` is a copy (tests.prepared); nothing tells which."""

import os
import re
import subprocess

import pytest
from django.db import connection, transaction
from django_tenants.utils import schema_context, schema_exists

from config.runtime import postgres
from opium.permissions import SYSTEM
from tenants import blueprint
from tenants import services as tenants
from tenants.models import Blueprint, Domain, Tenant

EVERY_SHAPE = """
CREATE SCHEMA "Draft";
CREATE TABLE "Draft"."Of ''all" (
  id bigint GENERATED ALWAYS AS IDENTITY (START 7 INCREMENT 3),
  name text COLLATE "C" DEFAULT 'it''s' NOT NULL, sum numeric(14,2), gone int,
  twice numeric GENERATED ALWAYS AS (sum * 2) STORED, parts int[] DEFAULT '{}',
  CONSTRAINT "Of it" PRIMARY KEY (id), CHECK (sum > 0),
  UNIQUE (name) DEFERRABLE INITIALLY DEFERRED, EXCLUDE USING btree (sum WITH =)
) WITH (fillfactor = 70);
ALTER TABLE "Draft"."Of ''all" DROP COLUMN gone;
INSERT INTO "Draft"."Of ''all" (name, sum, parts)
  VALUES (E'a\\n\\\\b''c', 1.50, '{1,2}'), ('ż', NULL, NULL);
CREATE INDEX part ON "Draft"."Of ''all" (lower(name) text_pattern_ops DESC)
  INCLUDE (sum) WHERE sum > 1;
CREATE TABLE "Draft".child (
  of bigint REFERENCES "Draft"."Of ''all" ON DELETE CASCADE DEFERRABLE);
CREATE FUNCTION "Draft".refuse() RETURNS trigger LANGUAGE plpgsql
  SET search_path = "Draft"
  AS $x$ BEGIN RAISE 'no'; END $x$;
CREATE TRIGGER held BEFORE UPDATE ON "Draft".child
  FOR EACH ROW EXECUTE FUNCTION "Draft".refuse();
ALTER TABLE "Draft".child DISABLE TRIGGER held;
COMMENT ON COLUMN "Draft".child.of IS 'whose';
"""

pytestmark = pytest.mark.django_db
CASTS = re.compile(r"::(character varying|text)(\[\])?|[()]")
"""Read again, PostgreSQL writes the same condition with other casts: x IN (…) over a varchar."""


def dumped(schema: str, *options: str) -> list[str]:
    """What PostgreSQL's own dump says of a schema, its name and the dump's random key taken out."""
    told = connection.get_connection_params()
    address = {"PGHOST": told["host"], "PGPORT": str(told["port"]), "PGUSER": told["user"]}
    command = [str(postgres.program("pg_dump")), "-n", schema, *options, told["dbname"]]
    done = subprocess.run(
        command,
        env=os.environ | address | {"PGPASSWORD": told.get("password") or ""},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = CASTS.sub("", done.stdout.replace(schema, "CITY")).splitlines()
    return [line for line in lines if not line.startswith((r"\restrict", r"\unrestrict"))]


def test_a_copy_is_for_the_server_s_own_dump_the_same_as_a_schema_that_was_migrated():
    migrated, copied = dumped("north", "--schema-only"), dumped("south", "--schema-only")

    assert len(migrated) > 2_000
    assert copied == migrated


def test_a_copy_has_the_same_migrations_behind_it_and_the_same_rows_in_front():
    def rows(schema):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT app, name FROM {schema}.django_migrations ORDER BY id")
            return cursor.fetchall()

    assert rows("south") == rows("north")
    assert len(rows("south")) > 50


def opened(schema="znin", domain="znin.test") -> Tenant:
    return tenants.create_tenant(actor=SYSTEM, schema_name=schema, name="Żnin", domain=domain)


def test_a_city_is_opened_from_the_one_blueprint_of_the_release(django_assert_max_num_queries):
    [known] = Blueprint.objects.values_list("revision", "pk")

    with django_assert_max_num_queries(19):  # replaying the migrations takes thousands
        opened()

    assert schema_exists("znin")
    assert Blueprint.objects.values_list("revision", "pk").get() == known
    assert known[0] == blueprint.revision()


def test_the_blueprint_of_an_older_release_opens_no_city():
    Blueprint.objects.create(
        revision="older", statements='CREATE SCHEMA "Opium-Blueprint"; SELECT 1/0'
    )
    Blueprint.objects.filter(revision=blueprint.revision()).update(
        statements='CREATE SCHEMA "Opium-Blueprint"; CREATE TABLE "Opium-Blueprint".mark ()'
    )

    opened()

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'znin'")
        assert cursor.fetchall() == [("mark",)]


def test_what_a_copy_would_lack_is_named():
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute('CREATE SCHEMA "Draft"; CREATE VIEW "Draft".seen AS SELECT 1 AS one')
        cursor.execute('CREATE SEQUENCE "Draft".lone; CREATE TYPE "Draft".mood AS ENUM (\'good\')')

    with pytest.raises(blueprint.Indescribable, match=r'"Draft"\.seen.*lone.*mood'):
        blueprint.describe("Draft")


def test_a_name_that_stands_where_it_cannot_be_changed_stops_the_release():
    with pytest.raises(blueprint.Indescribable, match="Draft"):
        blueprint.renamed("SELECT 'set_by_Draft'", "Draft", "Other")


def test_a_table_of_every_shape_is_made_anew_as_it_was():
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(EVERY_SHAPE)
        told = blueprint.describe("Draft")
        other = blueprint.renamed(told, "Draft", "Other")
        cursor.execute(other)

        assert blueprint.describe("Other") == other
        assert "SET search_path TO 'Other'" in other
        cursor.execute('TABLE "Other"."Of \'\'all"')
        assert cursor.fetchall() == [
            (7, "a\n\\b'c", pytest.approx(1.5), 3, [1, 2]),
            (10, "ż", None, None, None),
        ]


@pytest.mark.parametrize(
    "name",
    [
        *("", "a", "Znin", "żnin", "1znin", "a b", 'a"b', "a'b", "x;drop", "x" * 49, "znin\n"),
        *("pg_znin", "public", "information_schema"),
    ],
)
def test_a_name_that_is_no_plain_one_is_refused_before_anything_is_done(name):
    before = Tenant.objects.count()

    with pytest.raises(tenants.SchemaNameRefused) as refused, transaction.atomic():
        opened(schema=name)

    assert name in str(refused.value)
    assert Tenant.objects.count() == before


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "https://znin.pl",
        "znin.pl/a",
        "znin.pl:80",
        "a b.pl",
        "-a.pl",
        "a..pl",
        "x" * 64 + ".pl",
    ],
)
def test_what_is_no_host_name_is_refused_before_anything_is_done(domain):
    with pytest.raises(tenants.DomainRefused), transaction.atomic():
        opened(domain=domain)

    assert not Domain.objects.filter(tenant__schema_name="znin").exists()


def test_a_host_name_is_kept_as_browsers_send_it():
    tenant = opened(domain="Szkoły.Żnin.PL.")

    assert tenant.get_primary_domain().domain == "xn--szkoy-n7a.xn--nin-22a.pl"
