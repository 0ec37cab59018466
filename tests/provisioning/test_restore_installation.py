"""The drill of the worst day: an empty database, an empty file store, and last night's folder."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import schema_context

from accounts.models import Person
from audit.models import Entry
from opium.permissions import SYSTEM
from provisioning import services
from provisioning.archive import schemas
from provisioning.archive.places import Folder
from provisioning.errors import ArchiveBroken, NotEmpty, OtherState, SomeCitiesFailed
from provisioning.services import restoring
from tenants.models import Tenant
from tests import prepared
from tests.factories.killing import killed_at

pytestmark = pytest.mark.django_db(transaction=True)
LOG = {"audit_entry", "audit_link"}
BEATS = {"public.outbox_clocktick", "public.outbox_job"}


@pytest.fixture
def folder(world, built_once):
    return world.archives.inner(world.folder)


@pytest.fixture
def empty(world, city, database, settings, tmp_path):
    """Another database without a table, and another folder of files, for the length of the test."""
    settings.FILES_ROOT, settings.S3_BUCKET = str(tmp_path / "files"), ""
    name = f"{database}_empty"
    prepared.drop(name)
    prepared._do("CREATE DATABASE {}", name)
    connection.set_schema_to_public()
    with prepared.connected_to(name):
        yield name
        connection.set_schema_to_public()
    prepared.drop(name)


def restore(place, **more):
    return services.restore_installation(actor=SYSTEM, place=place, **more)


def contents(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def assert_whole(world, root):
    """Every row and byte as they were written away, each once; the log says so itself."""
    rows = prepared.rows()
    for name in (set(world.rows) | set(rows)) - BEATS:
        table = name.partition(".")[2]
        before = sorted(world.rows.get(name, b"").splitlines())
        now = sorted(rows.get(name, b"").splitlines())
        if table in LOG:
            assert set(before) < set(now), name
        else:
            assert now == before, name
    told = StringIO()
    call_command("audit_verify", stdout=told)
    assert told.getvalue().count("łańcuch nienaruszony") == 3
    with schema_context("public"):
        last = Entry.objects.filter(deed="provisioning.restore_installation").get()
        cities = Entry.objects.filter(deed="provisioning.restore_city")
        assert sorted(cities.values_list("target_label", flat=True)) == ["North", "South"]
    assert last.after["cities"] == 2
    before = contents(world.files)
    assert len(before) == 5
    assert contents(Path(root)) == before


def test_an_empty_database_becomes_the_installation_row_by_row_and_byte_by_byte(
    world, folder, empty, settings
):
    assert [one.tenant.schema_name for one in restore(folder)] == ["north", "south"]

    assert_whole(world, settings.FILES_ROOT)


@pytest.mark.parametrize(
    ("place", "name", "call", "there", "left"),
    [
        (restoring, "_load_console", 1, None, ["north", "south"]),
        (restoring.loading, "load_city", 1, {"public"}, ["north", "south"]),
        (restoring.loading, "load_files", 2, {"public", "north"}, ["south"]),
    ],
    ids=["in the console", "in the first city", "in the last city, after its files"],
)
def test_a_restore_of_all_that_is_killed_is_finished_whole_and_once(  # noqa: PLR0917  # when it dies
    world, folder, empty, settings, place, name, call, there, left
):
    killed_at(place, name, lambda: restore(folder), call=call)

    if there is None:
        assert schemas.is_bare("public")
    else:
        assert set(Tenant.objects.values_list("schema_name", flat=True)) == there
        with pytest.raises(NotEmpty):
            restore(folder)
    done = restore(folder, resumes=True)
    assert [one.tenant.schema_name for one in done] == left
    assert_whole(world, settings.FILES_ROOT)


def test_an_installation_with_cities_is_not_overwritten(world, folder, city):
    before = prepared.rows()
    connection.set_schema_to_public()
    with pytest.raises(NotEmpty, match="pustej bazy"):
        restore(folder)
    assert prepared.rows() == before


def test_a_folder_without_its_list_is_no_whole_copy(world, folder, empty, tmp_path):
    shutil.copytree(folder.path, tmp_path / "cut")
    (tmp_path / "cut" / "installation.json").unlink()
    with pytest.raises(CommandError, match=r"Nie ma .*installation\.json"):
        call_command("restore", "--all", "--archive", str(tmp_path / "cut"))


def test_one_changed_archive_of_the_folder_stops_all_before_anything_is_done(
    world, folder, empty, tmp_path
):
    shutil.copytree(folder.path, tmp_path / "changed")
    path = next((tmp_path / "changed").glob("south-*"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(ArchiveBroken):
        restore(Folder(tmp_path / "changed"))
    assert schemas.is_bare("public")


def test_what_broke_off_is_finished_and_what_is_there_is_left_alone(world, folder, empty, tmp_path):
    wall = tmp_path / "files"
    wall.mkdir()
    (wall / "south").write_text("no folder can be made here")
    with pytest.raises(SomeCitiesFailed, match="south"):
        restore(folder)
    assert set(Tenant.objects.values_list("schema_name", flat=True)) == {"public", "north"}
    with pytest.raises(NotEmpty):
        restore(folder)

    (wall / "south").unlink()
    assert [one.tenant.schema_name for one in restore(folder, resumes=True)] == ["south"]
    with schema_context("south"):
        assert Person.objects.count() == 1


def test_a_database_migrated_by_another_edition_is_refused(world, folder, empty):
    call_command("migrate_schemas", schema_name="public", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('a','b',now())")
    with pytest.raises(OtherState):
        restore(folder)
