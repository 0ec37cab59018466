"""An archive may come from anybody: every fault is a sentence, and nothing has been done."""

import gzip
import hashlib
import io
import json
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import schema_exists

from opium.permissions import SYSTEM
from provisioning import errors, services
from provisioning.archive.checking import Archive, verify
from provisioning.archive.places import Folder
from tenants.models import Tenant
from tenants.services import TenantExists
from tests.provisioning.conftest import OF_THE_SOUTH

pytestmark = pytest.mark.django_db(transaction=True)
COPY = "north_copy"


@pytest.fixture(autouse=True)
def place(world, city, built_once, settings, tmp_path):
    """An own folder for the changed archive, which is never restored."""
    settings.FILES_ROOT, settings.S3_BUCKET = str(tmp_path / "files"), ""
    connection.set_schema_to_public()
    yield Folder(tmp_path / "archives")
    connection.set_schema_to_public()
    assert not schema_exists(COPY)
    assert not Tenant.objects.filter(schema_name=COPY).exists()
    assert not [one for one in (tmp_path / "files").rglob("*") if one.is_file()]


@pytest.fixture
def restore(place):
    def restoring(content: bytes, **more):
        place.path.mkdir()
        (place.path / "changed.tar").write_bytes(content)
        return services.restore_city(
            actor=SYSTEM,
            archive=Archive(place, "changed.tar", more.pop("key", None)),
            **{"schema_name": COPY, "domains": ["copy.test"], **more},
        )

    return restoring


def members(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive}


def packed(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members.items():
            header = tarfile.TarInfo(name)
            header.size, header.mode = len(data), 0o600
            archive.addfile(header, io.BytesIO(data))
    content = made.getvalue().rstrip(b"\0")  # Python fills the last record with zeros
    return content + bytes(-len(content) % 512) + bytes(1024)


def restated(members: dict[str, bytes], table: str, **changes) -> dict[str, bytes]:
    """With the manifest made to agree with the changed parts, as a forger would."""
    manifest = json.loads(members["manifest.json"])
    for one in manifest["tables"]:
        if one["name"] == table:
            part = members[f"tables/{table}/000001.copy.gz"]
            one["sha256"] = hashlib.sha256(part).hexdigest()
            one["packed"], one["unpacked"] = len(part), len(gzip.decompress(part))
            one.update(changes)
    return stated(members, manifest)


def stated(members: dict[str, bytes], manifest: object) -> dict[str, bytes]:
    """With this manifest, and its digest as the last member."""
    content = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
    rest = {name: data for name, data in members.items() if not name.startswith("manifest")}
    digest = hashlib.sha256(content).hexdigest().encode()
    return {**rest, "manifest.json": content, "manifest.sha256": digest}


def test_what_packs_it_again_unchanged_is_the_archive_itself(world):
    content = world.archive.read_bytes()

    assert packed(members(content)) == content


def test_an_archive_holds_none_of_another_citys_rows_files_or_work(world):
    found = members(world.archive.read_bytes())
    plain = b"".join(
        gzip.decompress(data) if name.endswith(".gz") else data for name, data in found.items()
    )

    assert b"Ankieta o obiadach" in plain
    assert OF_THE_SOUTH.encode() not in plain
    assert OF_THE_SOUTH.encode("unicode_escape") not in plain
    assert f"files/{hashlib.sha256(OF_THE_SOUTH.encode()).hexdigest()}" not in found
    assert b"south" not in plain
    assert len([name for name in found if name.startswith("files/")]) == 4


def test_every_byte_counts_wherever_it_is_changed(world, restore, place):
    content = world.archive.read_bytes()
    place.path.mkdir()
    for number in range(48):
        spoilt = bytearray(content)
        at = number * len(content) // 48
        spoilt[at] ^= 0x10
        (place.path / "spoilt.tar").write_bytes(spoilt)
        with pytest.raises(errors.ArchiveBroken):
            verify(Archive(place, "spoilt.tar"))


def test_a_changed_table_is_named(world, restore):
    found = members(world.archive.read_bytes())
    part = "tables/accounts_person/000001.copy.gz"
    found[part] = gzip.compress(gzip.decompress(found[part]).replace(b"jan@", b"ewa@"))

    with pytest.raises(errors.ArchiveBroken, match="tabela „accounts_person” jest zmieniona"):
        restore(packed(found))


def test_a_changed_file_is_named(world, restore):
    found = members(world.archive.read_bytes())
    name = next(name for name in found if name.startswith("files/"))
    found[name] += b"!"

    with pytest.raises(errors.ArchiveBroken, match=f"treść pliku {name[6:18]}"):
        restore(packed(found))


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.6, 0.97, 0.9999])
def test_an_archive_that_broke_off_is_none(world, restore, share):
    content = world.archive.read_bytes()
    with pytest.raises(errors.ArchiveBroken, match=r"urywa się|nie ma „manifest"):
        restore(content[: int(len(content) * share)])


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sha256"])
def test_an_archive_without_its_end_is_none(world, restore, name):
    found = members(world.archive.read_bytes())
    del found[name]
    with pytest.raises(errors.ArchiveBroken, match="manifest"):
        restore(packed(found))


def test_something_after_its_end_is_refused(world, restore):
    with pytest.raises(errors.ArchiveBroken, match="za jego końcem"):
        restore(world.archive.read_bytes() + b"x")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "files/../../x", "tables/../000001.copy.gz", "files/abc"],
)
def test_a_member_that_leads_elsewhere_is_refused_by_name(world, restore, name):
    found = members(world.archive.read_bytes())
    ends = {one: found.pop(one) for one in ("manifest.json", "manifest.sha256")}
    with pytest.raises(errors.ArchiveBroken, match="do niego nie należy") as refusal:
        restore(packed({**found, name: b"x", **ends}))
    assert name in str(refusal.value)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.XHDTYPE, b"S", b"L"])
def test_only_plain_files_are_members(world, restore, kind):
    header = tarfile.TarInfo("files/x")
    header.type, header.linkname = kind, "/etc/passwd"
    start = header.tobuf(tarfile.USTAR_FORMAT)
    with pytest.raises(errors.ArchiveBroken):
        restore(start + world.archive.read_bytes())


def test_a_part_that_unpacks_to_more_than_stated_is_refused_with_its_name(world, restore):
    found = members(world.archive.read_bytes())
    part = "tables/accounts_person/000001.copy.gz"
    unpacked = len(gzip.decompress(found[part]))
    found[part] = gzip.compress(bytes(64 << 20))
    found = restated(found, "accounts_person", unpacked=unpacked)

    with pytest.raises(errors.ArchiveBroken, match=r"000001.*większy, niż zapisano"):
        restore(packed(found))


def test_rows_that_do_not_agree_with_one_another_leave_nothing(world, restore):
    found = members(world.archive.read_bytes())
    part = "tables/accounts_person/000001.copy.gz"
    lines = gzip.decompress(found[part]).splitlines(keepends=True)
    found[part] = gzip.compress(b"".join(lines[1:]))
    found = restated(found, "accounts_person", rows=len(lines) - 1)

    with pytest.raises(errors.ArchiveBroken, match="nie zgadzają się ze sobą"):
        restore(packed(found))


def test_migrations_that_the_rows_claim_and_the_manifest_does_not_are_refused(world, restore):
    found = members(world.archive.read_bytes())
    part = "tables/django_migrations/000001.copy.gz"
    first, *rest = gzip.decompress(found[part]).splitlines(keepends=True)
    found[part] = gzip.compress(b"".join([first.replace(b"0001_", b"9001_"), *rest]))
    found = restated(found, "django_migrations")

    with pytest.raises(errors.ArchiveBroken, match="„django_migrations” nie zgadza się"):
        restore(packed(found))


@pytest.mark.parametrize("key", ["south/2026/11/x", "north/../south/x", "/etc/passwd"])
def test_a_file_that_points_out_of_its_city_is_refused(world, restore, key):
    found = members(world.archive.read_bytes())
    part = "tables/files_file/000001.copy.gz"
    line, *rest = gzip.decompress(found[part]).splitlines(keepends=True)
    cells = line.split(b"\t")
    at = next(number for number, cell in enumerate(cells) if cell.startswith(b"north/"))
    cells[at] = key.encode()
    found[part] = gzip.compress(b"".join([b"\t".join(cells), *rest]))

    with pytest.raises(errors.ArchiveBroken, match="poza folderem"):
        restore(packed(restated(found, "files_file")))


def test_an_archive_of_a_later_edition_is_told_as_one(world, restore):
    found = members(world.archive.read_bytes())
    manifest = json.loads(found["manifest.json"])
    manifest["migrations"].append(["files", "0099_tomorrow"])

    with pytest.raises(errors.ArchiveUnknown, match=r"migracja files\.0099_tomorrow"):
        restore(packed(stated(found, manifest)))


def test_an_archive_of_a_later_format_is_told_as_one(world, restore):
    found = members(world.archive.read_bytes())
    found["archive.json"] = json.dumps({"format": 2, "anything": []}).encode()
    with pytest.raises(errors.ArchiveUnknown, match="format 2"):
        restore(packed(found))


@pytest.mark.parametrize(
    "manifest", [b"[]", b"{", b"[" * 100_000, b'{"head": 7}', b"\xff", b"null"]
)
def test_a_manifest_of_another_make_is_refused(world, restore, manifest):
    found = members(world.archive.read_bytes())
    with pytest.raises(errors.ArchiveBroken, match=r"manifest\.json"):
        restore(packed(stated(found, manifest)))


@pytest.mark.parametrize(
    ("names", "refusal"),
    [
        ({"schema_name": "south"}, TenantExists),
        ({"schema_name": "SOUTH"}, errors.SchemaUnusable),
        ({"schema_name": "public"}, errors.SchemaUnusable),
        ({"schema_name": "pg_temp"}, errors.SchemaUnusable),
        ({"schema_name": 'a"; DROP SCHEMA north; --'}, errors.SchemaUnusable),
        ({"schema_name": "../south"}, errors.SchemaUnusable),
        ({"schema_name": "a" * 64}, errors.SchemaUnusable),
        ({"domains": ["south.test"]}, TenantExists),
        ({"domains": ["SOUTH.test"]}, errors.DomainUnusable),
        ({"domains": ["a b"]}, errors.DomainUnusable),
        ({"domains": []}, TenantExists),
    ],
)
def test_a_name_that_is_taken_or_none_is_refused_before_anything_is_done(
    world, restore, names, refusal
):
    with pytest.raises(refusal):
        restore(world.archive.read_bytes(), **names)


def test_a_city_whose_secrets_no_key_opens_waits_for_the_key(world, restore, settings):
    settings.SECRET_KEY, settings.ENCRYPTION_KEYS = "of another installation", []
    with pytest.raises(errors.SecretsStaySealed, match="ENCRYPTION_KEYS"):
        restore(world.archive.read_bytes())


def test_the_console_is_no_city(world, place):
    folder = world.archives.inner(world.folder)
    name = next(folder.path.glob("public-*")).name
    with pytest.raises(errors.WrongKind, match="konsoli"):
        services.restore_city(actor=SYSTEM, archive=Archive(folder, name))


def test_the_command_says_the_sentence_and_ends_with_1(world, place):
    with pytest.raises(CommandError, match="Nie ma"):
        call_command("restore", "--archive", str(place.path / "nothing.tar"))
    with pytest.raises(CommandError, match="już zajęte"):
        call_command("restore", "--archive", str(world.archive))
    with pytest.raises(CommandError, match="Nie ma miasta o schemacie „nigdzie”"):
        call_command("backup", "--city", "nigdzie", "--to", str(place.path))
