"""What is kept: files that the platform made itself, and the ways to the bytes of every file."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from files import contents, errors, links, names, storage
from files.models import File
from files.sniffing import kinds
from files.storage import CHUNK, Missing, Readable, Source
from opium.permissions import Actor

DOWNLOAD_LIFETIME = timedelta(minutes=5)
SHOWN_IN_BROWSER = frozenset(
    {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"}
)


@transaction.atomic
def store(*, actor: Actor, name: str, content: Source | bytes) -> File:
    """Keep a file that the platform made itself: ready and claimed from the start.

    The type follows from the extension, for the content is our own. Bytes of a transaction that
    is rolled back, or whose process dies, are removed by `remove_orphans`.
    """
    file = File(name=names.given_name(name), uploaded_by_id=actor.pk)
    file.key = storage.key_of(file.pk)
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
