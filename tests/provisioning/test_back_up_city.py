"""What is written away: one moment, whole or not at all, wherever it goes, by any edition."""

import threading
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import boto3
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django_tenants.utils import schema_context, tenant_context

from accounts.models import Person
from audit.models import Entry
from audit.services import verify_chain
from files.models import File
from files.services import remove_bytes
from opium.permissions import SYSTEM
from provisioning import services
from provisioning.archive import public, schemas
from provisioning.archive.checking import Archive, verify
from provisioning.archive.places import Folder, place_at
from provisioning.errors import (
    ArchiveSealed,
    KeyUnusable,
    NotHere,
    OtherKey,
    PlaceUnusable,
    SomeCitiesFailed,
)
from tenants.models import Domain, Tenant
from tests.factories.accounts import PersonFactory
from tests.factories.files import stored
from tests.files import object_store

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = {"applications": "0001", "audit": "0003", "messaging": "0006"}
"""The edition before these migrations of its rooms, on which no other room's stand."""


@pytest.fixture(autouse=True)
def place(city, built_once, settings, tmp_path):
    settings.FILES_ROOT, settings.S3_BUCKET = str(tmp_path / "files"), ""
    stored(PersonFactory(), "pismo.txt", b"Szanowna Pani")
    connection.set_schema_to_public()
    yield Folder(tmp_path / "archives")
    connection.set_schema_to_public()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS old_city CASCADE")
        cursor.execute("DROP SCHEMA IF EXISTS new_city CASCADE")


def names(place: Folder) -> list[str]:
    return sorted(one.name for one in place.path.iterdir()) if place.path.exists() else []


def back_up(city, place, **more):
    return services.back_up_city(actor=SYSTEM, tenant=city, place=place, **more)


class Meddled(Folder):
    """A folder that does something else, once, before the piece of which `when` is true."""

    def __init__(self, path: Path, when, deed) -> None:
        super().__init__(path)
        object.__setattr__(self, "when", when)
        object.__setattr__(self, "deed", deed)

    @contextmanager
    def writing(self, name):
        with super().writing(name) as sink:
            yield Meddling(sink, self.when, self.deed)


class Meddling:
    def __init__(self, sink, when, deed) -> None:
        self.sink, self.when, self.deed = sink, when, deed
        self.count = 0

    def write(self, data):
        self.count += 1
        if self.deed is not None and self.when(self.count, data):
            deed, self.deed = self.deed, None
            deed()
        return self.sink.write(data)


def test_it_is_of_one_moment_while_people_go_on_working(city, place):
    def work():
        def in_another_connection():
            with tenant_context(city):
                stored(PersonFactory(), "nowe.txt", b"Pisane w trakcie")
            connection.close()

        person = threading.Thread(target=in_another_connection)
        person.start()
        person.join()

    written = back_up(city, Meddled(place.path, lambda count, _: count == 10, work))

    manifest, _ = verify(Archive(place, written.name))
    rows = {table.name: table.rows for table in manifest.tables}
    assert (rows["accounts_person"], rows["files_file"], manifest.files.count) == (1, 1, 1)
    with tenant_context(city):
        assert (Person.objects.count(), File.objects.count()) == (2, 2)


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", [1, 12, 30])
def test_what_breaks_off_leaves_nothing_that_could_be_taken_for_a_copy(city, place, fault, at):
    def fail():
        raise fault

    with pytest.raises((PlaceUnusable, KeyboardInterrupt)):
        back_up(city, Meddled(place.path, lambda count, _: count == at, fail))

    assert names(place) == []
    with schema_context("public"):
        assert not Entry.objects.filter(deed="provisioning.back_up_city").exists()


def test_only_its_owner_reads_an_archive(city, place):
    written = back_up(city, place)

    assert place.path.stat().st_mode & 0o777 == 0o700
    assert (place.path / written.name).stat().st_mode & 0o777 == 0o600


def test_a_file_that_the_store_has_lost_is_named_and_the_rest_is_kept(city, place):
    with tenant_context(city):
        lost = stored(Person.objects.get(), "zguba.txt", b"Nie ma mnie")
        changed = stored(Person.objects.get(), "zmieniony.txt", b"Bylem inny")
        remove_bytes(key=lost.key)
        (place.path.parent / "files" / changed.key).write_bytes(b"jestem inny")
    told = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("backup", "--city", "north", "--to", str(place.path), stderr=told)

    assert end.value.code == 1
    assert "„zguba.txt”" in told.getvalue()
    assert "„zmieniony.txt”" in told.getvalue()
    manifest, _ = verify(Archive(place, names(place)[0]))
    assert manifest.files.count == 1
    assert {one.name for one in manifest.files.lost} == {"zguba.txt", "zmieniony.txt"}


def test_a_file_that_is_discarded_meanwhile_is_nobodys_loss(city, place):
    with tenant_context(city):
        stored(Person.objects.get(), "zguba.txt", b"Nie ma mnie")
        last = File.objects.order_by("-sha256").first()

    def discard():
        with tenant_context(city):
            remove_bytes(key=last.key)
            File.objects.filter(pk=last.pk).delete()

    written = back_up(city, Meddled(place.path, lambda _, data: data[:6] == b"files/", discard))

    assert written.lost == []
    manifest, _ = verify(Archive(place, written.name))
    assert (manifest.files.count, [one.was_discarded for one in manifest.files.lost]) == (1, [True])


def test_an_installation_of_which_one_city_fails_is_not_named_whole(city, south, place):
    path = place.path
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE south.todo_waiting RENAME TO hidden")
        cursor.execute("ALTER TABLE south.django_migrations RENAME TO unknown")
    try:
        with pytest.raises(SomeCitiesFailed, match="south: "):
            services.back_up_installation(actor=SYSTEM, place=place)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE south.hidden RENAME TO todo_waiting")
            cursor.execute("ALTER TABLE south.unknown RENAME TO django_migrations")
    (folder,) = path.iterdir()
    assert sorted(one.name.partition("-")[0] for one in folder.iterdir()) == ["north", "public"]


def test_a_sealed_one_is_written_and_read_by_the_commands(city, place, tmp_path):
    key = X25519PrivateKey.generate()
    public_pem, private_pem = tmp_path / "kopie.pub", tmp_path / "kopie.pem"
    public_pem.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    private_pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    told = StringIO()
    call_command(
        *("backup", "--city", "north", "--to", str(place.path), "--seal-to", str(public_pem)),
        stdout=told,
    )

    (name,) = names(place)
    assert name in told.getvalue()
    assert name.endswith(".tar.sealed")
    assert b"Szanowna" not in (place.path / name).read_bytes()
    with pytest.raises(ArchiveSealed):
        verify(Archive(place, name))
    assert verify(Archive(place, name, private_pem))[0].head.schema == "north"
    with pytest.raises(CommandError, match="już zajęte"):
        call_command("restore", "--archive", str(place.path / name), "--key", str(private_pem))


def test_each_city_may_have_a_key_that_alone_opens_its_archive(city, south, place, tmp_path):
    keys = {one: X25519PrivateKey.generate() for one in ("north", "south")}
    for name, key in keys.items():
        (tmp_path / f"{name}.pub").write_bytes(
            key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )
        (tmp_path / f"{name}.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    written = back_up(city, place, recipient=tmp_path)

    assert verify(Archive(place, written.name, tmp_path))[0].head.schema == "north"
    with pytest.raises(OtherKey):
        verify(Archive(place, written.name, tmp_path / "south.pem"))
    (tmp_path / "south.pub").unlink()
    with pytest.raises(KeyUnusable, match=r"south\.pub"):
        back_up(south, place, recipient=tmp_path)
    assert names(place) == [written.name]


@pytest.mark.parametrize("kind", ["folder", "bucket"])
def test_only_the_newest_copies_are_kept_of_the_city_alone(city, place, settings, request, kind):
    if kind == "bucket":
        settings.S3_ENDPOINT_URL = request.getfixturevalue("s3")
        place = place_at("s3://kopie/stare", settings.S3_ENDPOINT_URL)
    old = [f"north-2025010{day}T000000Z.tar" for day in range(1, 4)]
    others = ["north_2-20250101T000000Z.tar", "north.txt", "opium-20250101T000000Z.tar"]
    for name in (*old, *others):
        with place.writing(name) as sink:
            sink.write(b"x")
    address = "s3://kopie/stare" if kind == "bucket" else str(place.path)
    told = StringIO()
    call_command("backup", "--city", "north", "--to", address, "--keep", "2", stdout=told)

    kept = place.names()
    assert kept > {*others, old[2]}
    assert len(kept) == len(others) + 2
    assert [name for name in old if name in told.getvalue()] == old[:2]
    entry = Entry.objects.get(deed="provisioning.forget_old_copies")
    assert entry.before == {"archives": old[:2]}


def test_of_whole_installations_the_newest_folders_are_kept_and_unfinished_ones_left(city, place):
    for day in range(1, 4):
        inner = place.inner(f"opium-2025010{day}T000000Z")
        for name in ("public.tar", *(["installation.json"] if day != 2 else [])):
            with inner.writing(name) as sink:
                sink.write(b"x")

    gone = services.forget_old_copies(actor=SYSTEM, place=place, keep=1)

    assert gone == ["opium-20250101T000000Z"]
    assert names(place) == ["opium-20250102T000000Z", "opium-20250103T000000Z"]


@pytest.mark.parametrize("words", [("--keep", "0"), ("--keep", "-1")])
def test_nobody_keeps_no_copy_at_all(city, place, words):
    with pytest.raises(CommandError, match="co najmniej jedną"):
        call_command("backup", "--city", "north", "--to", str(place.path), *words)
    assert names(place) == []


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    with (
        pytest.MonkeyPatch.context() as patch,
        object_store.served(tmp_path_factory.mktemp("s3")) as endpoint,
    ):
        patch.setenv("AWS_ACCESS_KEY_ID", object_store.ACCESS_KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", object_store.SECRET_KEY)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="kopie")
        yield endpoint


def test_a_bucket_holds_archives_as_a_folder_does(city, s3):
    place = place_at("s3://kopie/miasta", s3)

    written = back_up(city, place)

    assert verify(Archive(place, written.name))[0].head.name == "North"
    with pytest.raises(NotHere):
        verify(Archive(place, "nothing.tar"))
    with pytest.raises(RuntimeError), place.writing("half.tar") as sink:
        sink.write(b"x" * (33 << 20))
        raise RuntimeError
    with pytest.raises(NotHere), place.reading("half.tar"):
        pass
    with pytest.raises(PlaceUnusable, match="s3://kopie"):
        back_up(city, place_at("s3://kopie/x", "http://127.0.0.1:1"))


def test_every_public_table_that_names_a_city_is_in_its_archive():
    """Asked of the database, so that no table can be forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
            " AND c.relkind = 'r' AND (EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid"
            " AND k.confrelid = 'public.tenants_tenant'::regclass) OR EXISTS (SELECT FROM"
            " pg_attribute a WHERE a.attrelid = c.oid AND a.attname LIKE '%schema%'))"
        )
        naming = {name for (name,) in cursor.fetchall()}

    assert {one.table for one in public.owned()} == naming
    assert naming >= {"tenants_tenant", "tenants_domain", "billing_subscription", "outbox_job"}


def test_a_city_of_an_older_edition_is_restored_at_its_state_and_brought_to_todays(place):
    with transaction.atomic(), connection.cursor() as cursor:
        old = Tenant.objects.create(schema_name="old_city", name="Dawne")
        Domain.objects.create(tenant=old, domain="old.test", is_primary=True)
        today = schemas.applied("north")
        cursor.execute("CREATE SCHEMA old_city")
        then = [one for one in today if one[0] not in FIRST or one[1] < FIRST[one[0]]]
        schemas.build("old_city", then)
    with tenant_context(old), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (at, actor_name, in_place_of_name, outcome, verb, target_type,"
            " target_id, target_label) VALUES (now(), 'Ewa', '', 'done', 'x.y', 't', '1', 'Pismo')"
        )
    written = back_up(old, place)

    restored = services.restore_city(
        actor=SYSTEM,
        archive=Archive(place, written.name),
        schema_name="new_city",
        domains=["new.test"],
    )

    assert {*schemas.applied("new_city")} == {*today}
    stated = verify(Archive(place, written.name))[0].migrations
    assert [tuple(step) for step in stated] != today
    assert len(stated) == len(then) < len(today)
    with tenant_context(restored.tenant):
        entry, _restoring = Entry.objects.order_by("pk")
        assert (entry.actor_name, entry.right, entry.deed) == ("Ewa", "x.y", "")
        assert verify_chain().holds
