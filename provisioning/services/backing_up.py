"""Writing cities away: each as an archive of its own (`provisioning.archive`)."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from audit import services as audit
from files import selectors as files
from files.errors import FileLost
from files.services import local_path
from opium.permissions import SYSTEM, Actor, require
from provisioning.archive import public, schemas, tables
from provisioning.archive.manifest import (
    CITY,
    CONSOLE,
    DIGEST,
    FORMAT,
    HEAD,
    MANIFEST,
    Files,
    Head,
    Lost,
    Manifest,
    Table,
    write,
)
from provisioning.archive.packing import Packer, Sink, TableWriter
from provisioning.archive.places import Place
from provisioning.archive.sealing import Sealing, of_city, public_key
from provisioning.deeds import Deed
from provisioning.errors import SomeCitiesFailed
from provisioning.permissions import Permission
from tenants.models import Tenant
from tenants.selectors import cities

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from django.db.backends.utils import CursorWrapper

    from files.models import File

INSTALLATION = "installation.json"
"""The last file of a whole installation's folder: without it the folder is none."""


@dataclass(frozen=True, slots=True)
class Written:
    """An archive that stands: its name, the digest of its manifest, and what was not to be had."""

    name: str
    schema: str
    sha256: str
    rows: int
    files: int
    lost: list[Lost]


def back_up_city(
    *, actor: Actor, tenant: Tenant, place: Place, recipient: Path | None = None
) -> Written:
    """Write the whole city as one archive to the place, as it stands at one moment.

    People go on working. With `recipient`, a public key or a folder with one for each city
    (`znin.pub`), only its private one opens the archive. Files that the store has lost are named in
    it. Raises `PlaceUnusable`, `KeyUnusable`; then nothing stands there. Only outside a
    transaction.
    """
    require(actor, Permission.BACK_UP, tenant)
    written = _write(tenant, place, recipient)
    with schema_context(get_public_schema_name()), transaction.atomic():
        audit.record(
            actor=actor,
            deed=Deed.BACK_UP_CITY,
            right=Permission.BACK_UP,
            target=tenant,
            after={"archive": written.name, "sha256": written.sha256, "lost": len(written.lost)},
        )
    return written


def back_up_installation(
    *, actor: Actor, place: Place, recipient: Path | None = None
) -> tuple[str, list[Written]]:
    """Write the operators' console and each city to a new folder of the place; its name.

    Each archive is of a moment of its own. A city that fails stops no other, but then the folder
    is not named whole, and `SomeCitiesFailed` says which. Raises as `back_up_city`.
    """
    require(actor, Permission.BACK_UP)
    folder = f"opium-{_stamp(timezone.now())}"
    inner = place.inner(folder)
    with schema_context(get_public_schema_name()):
        console = Tenant.objects.get_or_create(
            schema_name=get_public_schema_name(), defaults={"name": "OPIUM"}
        )[0]
        whole = [_write(console, inner, recipient)]
        failed = []
        for city in cities():
            try:
                whole.append(
                    back_up_city(actor=SYSTEM, tenant=city, place=inner, recipient=recipient)
                )
            except Exception as problem:  # noqa: BLE001  # one city stops no other; all are told
                failed.append(f"{city.schema_name}: {type(problem).__name__}: {problem}")
        if failed:
            raise SomeCitiesFailed(
                what=f"Kopia „{folder}” nie jest pełna; pozostałe archiwa w niej są dobre.\n"
                + "\n".join(failed)
            )
        listed = {"format": FORMAT, "archives": [asdict(one) for one in whole]}
        with inner.writing(INSTALLATION) as sink:
            sink.write(json.dumps(listed, ensure_ascii=False, indent=1).encode())
        with transaction.atomic():
            audit.record(
                actor=actor,
                deed=Deed.BACK_UP_INSTALLATION,
                right=Permission.BACK_UP,
                target=console,
                after={"folder": folder, "cities": len(whole) - 1},
            )
    return folder, whole


def _write(tenant: Tenant, place: Place, keys: Path | None) -> Written:
    recipient = public_key(of_city(keys, tenant.schema_name, ".pub")) if keys else None
    moment = timezone.now()
    name = f"{tenant.schema_name}-{_stamp(moment)}.tar" + (".sealed" if recipient else "")
    head = Head(
        format=FORMAT,
        kind=CONSOLE if tenant.schema_name == get_public_schema_name() else CITY,
        schema=tenant.schema_name,
        name=tenant.name,
        made_at=moment.isoformat(),
        product=version("opium"),
    )
    with place.writing(name) as sink, _sealed(sink, recipient) as inside, tenant_context(tenant):
        manifest, digest = _pack(Packer(inside), head, tenant)
    return Written(
        name=name,
        schema=tenant.schema_name,
        sha256=digest,
        rows=sum(table.rows for table in manifest.tables),
        files=manifest.files.count,
        lost=[one for one in manifest.files.lost if not one.was_discarded],
    )


@contextmanager
def _sealed(sink: Sink, recipient: "X25519PublicKey | None") -> Iterator[Sink]:
    if recipient is None:
        yield sink
        return
    sealing = Sealing(sink, recipient)
    yield sealing
    sealing.end()


def _pack(packer: Packer, head: Head, tenant: Tenant) -> tuple[Manifest, str]:
    """Rows of one moment; then, with the database let go, the bytes of the files of that moment."""
    packer.add(HEAD, write(head))
    with tempfile.TemporaryFile(prefix="opium-") as wanted:
        with tables.snapshot() as cursor:
            migrations = [list(step) for step in schemas.applied(head.schema)]
            owned = [] if head.kind == CONSOLE else _pack_public(packer, tenant)
            stored = [
                _pack_table(packer, cursor, head, shape)
                for shape in tables.shapes(cursor, head.schema)
            ]
            counters = tables.counters(cursor, head.schema)
            if head.kind == CITY:
                _note_files(wanted)
        manifest = Manifest(
            head=head,
            migrations=migrations,
            public=owned,
            tables=stored,
            counters=counters,
            files=_pack_files(packer, wanted),
        )
    content = write(manifest)
    digest = hashlib.sha256(content).hexdigest()
    packer.add(MANIFEST, content)
    packer.add(DIGEST, digest.encode())
    packer.end()
    return manifest, digest


def _pack_public(packer: Packer, tenant: Tenant) -> list[Table]:
    found = []
    for one in public.owned():
        with packer.table("public", one.table, "jsonl.gz") as writer:
            for line in public.take(one, tenant):
                writer.write(line)
                writer.rows += 1
        found.append(writer.record([]))
    return found


def _pack_table(packer: Packer, cursor: "CursorWrapper", head: Head, shape: tables.Shape) -> Table:
    only = public.of_the_console(shape.name) if head.kind == CONSOLE else ""
    with packer.table("tables", shape.name, "copy.gz") as writer:
        _feed(writer, tables.copy_out(cursor, head.schema, shape, only))
        writer.rows = cursor.rowcount
    return writer.record(shape.columns)


def _feed(writer: TableWriter, pieces: Iterator[memoryview | bytes]) -> None:
    for piece in pieces:
        writer.write(piece)


def _note_files(wanted: BinaryIO) -> None:
    """Each content once, a line each, kept on the disk: they may be a million."""
    last = ""
    ready = files.ready_files().values_list("sha256", "size", "key", "name")
    for sha256, size, key, name in ready.iterator():
        if sha256 != last:
            wanted.write(json.dumps([sha256, size, key, name]).encode() + b"\n")
        last = sha256


def _pack_files(packer: Packer, wanted: BinaryIO) -> Files:
    names = hashlib.sha256()
    count = total = 0
    lost = []
    wanted.seek(0)
    for line in wanted:
        sha256, size, key, name = json.loads(line)
        if not _pack_file(packer, files.noted(key=key, name=name, size=size, sha256=sha256)):
            is_wanted = files.ready_files().filter(sha256=sha256).exists()
            lost.append(Lost(name=name, sha256=sha256, was_discarded=not is_wanted))
            continue
        names.update(f"{sha256}\n".encode())
        count, total = count + 1, total + size
    return Files(count=count, size=total, sha256=names.hexdigest(), lost=lost)


def _pack_file(packer: Packer, file: "File") -> bool:
    """Whether the store has it as the database says; looked at before a byte of it is written."""
    try:
        with local_path(file) as path, path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            if digest != file.sha256 or content.tell() != file.size:
                return False
            content.seek(0)
            packer.add_from(f"files/{file.sha256}", file.size, content)
    except FileLost:
        return False
    return True


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"
