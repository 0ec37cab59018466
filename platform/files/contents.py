"""What may come in: names, sizes, and contents that agree with them."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from files import errors, names, sniffing
from files.models import File
from files.storage import CHUNK, Source
from opium.errors import Invalid
from opium.polish import format_size

LONGEST_NAME = 255
LARGEST_OUTCOME = 16 * 2**20
"""Bytes."""


def accepted_name(name: str) -> str:
    """The name as it will be kept. Raises `NameUnusable`, `NameTooLong`, `TypeNotAllowed`."""
    kept = names.given_name(name)
    extension = names.extension_of(kept)
    if not extension:
        raise errors.NameUnusable(name=kept[:80])
    if len(kept) > LONGEST_NAME:
        raise errors.NameTooLong(limit=LONGEST_NAME)
    if extension not in settings.FILES_ALLOWED_EXTENSIONS:
        raise _type_not_allowed(kept, f"plik .{extension}")
    return kept


def examine(file: File, path: Path) -> None:
    """Write down the checksum and the type found in the bytes, or raise the refusal."""
    size = path.stat().st_size
    if size == 0:
        raise errors.FileEmpty(name=file.name)
    if size != file.size:
        raise size_differs(size, file.size)
    try:
        kind = sniffing.sniff(path)
    except sniffing.Damaged as error:
        raise errors.FileDamaged(name=file.name) from error
    extension = names.extension_of(file.name)
    if not kind.types.keys() & set(settings.FILES_ALLOWED_EXTENSIONS):
        raise _type_not_allowed(file.name, kind.label)
    if extension not in kind.types:
        raise errors.ContentDisagrees(name=file.name, extension=extension, found=kind.label)
    with path.open("rb") as content:
        file.sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    file.content_type = kind.types[extension]


def check_storable(name: str, outcome: Any) -> None:
    """Let through what PostgreSQL takes as JSON, and no more than is worth keeping.

    Raises `ContentNotStorable`, `ContentTooLarge`.
    """
    written = json.dumps(outcome, ensure_ascii=False, allow_nan=False)
    try:
        size = len(written.encode())
    except UnicodeEncodeError as lone:
        raise errors.ContentNotStorable(name=name) from lone
    if "\\u0000" in written.replace("\\\\", ""):
        raise errors.ContentNotStorable(name=name)
    if size > LARGEST_OUTCOME:
        raise errors.ContentTooLarge(name=name, limit=format_size(LARGEST_OUTCOME))


def size_differs(size: int, declared: int) -> Invalid:
    return errors.SizeDiffers(size=_exact(size), declared=_exact(declared))


def _exact(size: int) -> str:
    return f"{size:,}".replace(",", "\u00a0") + "\u00a0B"


def _type_not_allowed(name: str, found: str) -> Invalid:
    allowed = ", ".join(settings.FILES_ALLOWED_EXTENSIONS)
    return errors.TypeNotAllowed(name=name, found=found, allowed=allowed)


class Exactly:
    """A source that must give so many bytes: it reads no more, and fewer raise `SizeDiffers`."""

    def __init__(self, source: Source, size: int) -> None:
        self.source = source
        self.size = size
        self.left = size

    def read(self, size: int = -1, /) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        if not wanted:
            return b""
        chunk = self.source.read(min(wanted, CHUNK))
        if not chunk:
            raise size_differs(self.size - self.left, self.size)
        self.left -= len(chunk)
        return chunk


class Measured:
    """A source that knows afterwards how much it gave, and its checksum."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.size = 0
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        chunk = self.source.read(size)
        self.size += len(chunk)
        self.digest.update(chunk)
        return chunk
