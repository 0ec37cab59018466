"""The verbs of files: modules take over with `claim` and give out with `download_url`."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import services as audit
from files import contents, errors, links, names, quotas, scanning, selectors, storage
from files.archives import ArchiveEntry, stream_archive
from files.carrying import put_back, settle
from files.deeds import Deed
from files.models import File
from files.names import Names, archive_name
from files.permissions import Permission
from files.removing import discard, remove_abandoned, remove_all, remove_bytes, remove_orphans
from files.scanning import scanner_answers
from files.sniffing import kinds
from files.storage import CHUNK, Missing, Readable, Source, Target
from opium.errors import Forbidden, Invalid
from opium.permissions import Actor, require
from opium.polish import format_size
from outbox.services import after_commit

__all__ = [
    "ArchiveEntry",
    "Names",
    "archive_name",
    "discard",
    "put_back",
    "remove_abandoned",
    "remove_all",
    "remove_bytes",
    "remove_orphans",
    "scanner_answers",
    "settle",
    "stream_archive",
]

DOWNLOAD_LIFETIME = timedelta(minutes=5)
SHOWN_IN_BROWSER = frozenset(
    {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"}
)
REFUSALS: dict[str, type[Invalid]] = {
    refusal.code: refusal
    for refusal in (
        errors.ContentDisagrees,
        errors.FileDamaged,
        errors.FileEmpty,
        errors.FileInfected,
        errors.FileTooLargeToScan,
        errors.SizeDiffers,
        errors.TypeNotAllowed,
    )
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is expected, and where its bytes are to be sent."""

    file: File
    target: Target


@transaction.atomic
def begin_upload(*, actor: Actor, name: str, size: int) -> Upload:
    """Expect `size` bytes from this person; any signed-in one may send.

    Refuses at once what the name and the size already tell: `NameUnusable`, `NameTooLong`,
    `TypeNotAllowed`, `FileEmpty`, `FileTooLarge`, `QuotaSpent`.
    """
    require(actor, Permission.UPLOAD_FILE)
    name = contents.accepted_name(name)
    if size <= 0:
        raise errors.FileEmpty(name=name)
    if size > settings.FILES_MAX_BYTES:
        raise errors.FileTooLarge(
            name=name, size=format_size(size), limit=format_size(settings.FILES_MAX_BYTES)
        )
    person = _person(actor)
    quotas.check_room(person, name=name, size=size)
    now = timezone.now()
    file = File(name=name, size=size, uploaded_by_id=person)
    file.key = _key(file)
    file.expires_at = now + selectors.UPLOAD_LIFETIME
    file.save()
    if selectors.abandoned(now).exists():
        after_commit("files.remove_abandoned")
    target = storage.current().upload_target(
        storage.incoming(file.pk), size=size, until=file.expires_at
    )
    return Upload(file, target)


def receive_upload(*, token: str, length: int | None, source: Source) -> None:
    """Take the bytes of the local store's upload address; the token is the whole right.

    Raises `LinkExpired`, `LinkTampered`, and `SizeDiffers` where there are more or fewer bytes
    than declared; nothing of them is kept then.
    """
    upload = links.read_upload(token)
    if length != upload.size:
        raise contents.size_differs(length or 0, upload.size)
    storage.current().save(upload.key, contents.Exactly(source, upload.size))


def finish_upload(*, actor: Actor, file: File) -> File:
    """Look at the bytes that have arrived and make the file ready; safe to repeat.

    Size, SHA-256 and type are found out here, from the bytes. What cannot be accepted raises its
    refusal (`REFUSALS`), now and each time later, and its bytes are removed. Raises `NotArrived`
    and `UploadExpired` where there is nothing to look at, `ScannerSilent` where the bytes wait for
    the scanner, `UnknownFile` for another's upload.
    """
    require(actor, Permission.UPLOAD_FILE)
    with transaction.atomic():
        file = File.objects.select_for_update().get(pk=file.pk)
        if file.uploaded_by_id != _person(actor):
            raise errors.UnknownFile
        if file.state == File.State.WAITING:
            _settle(actor, file)
    if file.state == File.State.REFUSED:
        storage.current().delete(file.key)
        raise REFUSALS[file.refusal_code](file.refusal)
    return file


def _settle(actor: Actor, file: File) -> None:
    """Move the bytes where no upload address reaches them, then examine and scan those.

    A second try after a silent scanner finds them moved.
    """
    store = storage.current()
    store.move(storage.incoming(file.pk), file.key)
    try:
        with store.local_path(file.key) as path:
            contents.examine(file, path)
            scanning.scan(path, name=file.name)
    except Missing as error:
        late = file.expires_at is not None and file.expires_at < timezone.now()
        raise (errors.UploadExpired if late else errors.NotArrived)(name=file.name) from error
    except Invalid as refusal:
        file.state = File.State.REFUSED
        file.refusal_code, file.refusal = refusal.code, str(refusal)
    else:
        file.state, file.ready_at = File.State.READY, timezone.now()
        audit.record(
            actor=actor,
            deed=Deed.FINISH_UPLOAD,
            right=Permission.UPLOAD_FILE,
            target=file,
            after={"name": file.name, "size": file.size, "sha256": file.sha256},
        )
    file.save()


@transaction.atomic
def claim(*, actor: Actor, files: Sequence[UUID]) -> list[File]:
    """Take over the person's own uploads for a module, in the order given; each only once.

    A claimed file stays until `discard`. Raises `UnknownFile` (also for another person's),
    `FileNotReady`, `FileAlreadyUsed`; then none is taken.
    """
    wanted = list(dict.fromkeys(files))
    if not wanted:
        return []
    require(actor, Permission.UPLOAD_FILE)
    locked = File.objects.select_for_update().order_by("pk")
    found = {file.pk: file for file in locked.filter(pk__in=wanted, uploaded_by=_person(actor))}
    now = timezone.now()
    for file_id in wanted:
        if file_id not in found:
            raise errors.UnknownFile
        file = found[file_id]
        if file.state != File.State.READY:
            raise errors.FileNotReady(name=file.name)
        if file.claimed_at is not None:
            raise errors.FileAlreadyUsed(name=file.name)
        file.claimed_at = now
    File.objects.filter(pk__in=wanted).update(claimed_at=now, updated_at=now)
    return [found[file_id] for file_id in wanted]


@transaction.atomic
def store(*, actor: Actor, name: str, content: Source | bytes) -> File:
    """Keep a file that the platform made itself: ready and claimed from the start.

    The type follows from the extension, for the content is our own. Bytes of a transaction that
    is rolled back, or whose process dies, are removed by `remove_orphans`.
    """
    file = File(name=names.given_name(name), uploaded_by_id=actor.pk)
    file.key = _key(file)
    source = contents.Measured(BytesIO(content) if isinstance(content, bytes) else content)
    storage.current().save(file.key, source)
    file.size, file.sha256 = source.size, source.digest.hexdigest()
    file.content_type = kinds.content_type_of(names.extension_of(file.name))
    file.state, file.ready_at = File.State.READY, timezone.now()
    file.claimed_at = file.ready_at
    file.save()
    return file


def open_file(file: File) -> Readable:
    """The bytes from the start, to be closed by the caller. Raises `FileLost`."""
    try:
        return storage.current().open(file.key)
    except Missing as error:
        raise errors.FileLost(name=file.name) from error


def read_chunks(file: File, size: int = CHUNK) -> Iterator[bytes]:
    """The bytes in pieces of at most `size`. Raises `FileLost`."""
    with closing(open_file(file)) as content:
        while chunk := content.read(size):
            yield chunk


@contextmanager
def local_path(file: File) -> Iterator[Path]:
    """A path with the bytes, to read inside the block, as a reader in another process needs it.

    With S3 it is a temporary copy. Raises `FileLost`.
    """
    with ExitStack() as stack:
        try:
            path = stack.enter_context(storage.current().local_path(file.key))
        except Missing as error:
            raise errors.FileLost(name=file.name) from error
        yield path


def download_url(
    file: File,
    *,
    name: str | None = None,
    inline: bool = False,
    lifetime: timedelta = DOWNLOAD_LIFETIME,
) -> str:
    """An address that gives the bytes to whoever has it, for a while; ask for rights before.

    `inline` shows it in the browser, but only a PDF or an image, which can do no harm there.
    A local address is relative to the city's host.
    """
    return storage.current().download_url(
        file.key,
        name=names.safe_name(name or file.name),
        content_type=file.content_type,
        inline=inline and file.content_type in SHOWN_IN_BROWSER,
        until=timezone.now() + lifetime,
    )


@dataclass(frozen=True, slots=True)
class Delivery:
    """The bytes of a local download address, and how they are to be given."""

    content: Readable
    wanted: links.Download


def open_download(*, token: str) -> Delivery:
    """Raises `LinkExpired`, `LinkTampered`, `FileLost`."""
    wanted = links.read_download(token)
    try:
        return Delivery(storage.current().open(wanted.key), wanted)
    except Missing as error:
        raise errors.FileLost(name=wanted.name) from error


def _person(actor: Actor) -> UUID:
    """Whose upload it is; a stranger and the platform itself have none."""
    if actor.pk is None:
        raise Forbidden
    return actor.pk


def _key(file: File) -> str:
    return f"{storage.city()}/{timezone.now():%Y/%m}/{file.pk}"
