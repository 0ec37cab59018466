"""What a store promises, wherever its bytes lie."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

CHUNK = 256 * 1024


class Missing(LookupError):
    """The store has nothing under this key."""


class KeyOfAnotherCity(RuntimeError):
    """The key lies outside the current city; a mistake of ours or an attack, never a person's."""


class Readable(Protocol):
    """An open file, read once from its start and then closed."""

    def read(self, size: int = -1, /) -> bytes: ...

    def close(self) -> None: ...


class Source(Protocol):
    """What the store can save from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Target:
    """Where and how the uploader sends the bytes; the address alone gives the right to."""

    url: str
    method: str
    headers: dict[str, str]


class Store(Protocol):
    """One city's share of the store: a key elsewhere raises `KeyOfAnotherCity`.

    Whatever lies under a key is whole: writing is all or nothing.
    """

    def upload_target(self, key: str, *, size: int, until: datetime) -> Target:
        """A way to write exactly `size` bytes under `key`, once or more, until that moment."""

    def save(self, key: str, source: Source) -> None:
        """Write all that the source gives."""

    def move(self, key: str, to: str) -> bool:
        """Give the bytes another key, over what lies there; False where there are none."""

    def open(self, key: str) -> Readable:
        """Raises `Missing`, and `OSError` where the place does not answer; so does reading."""

    def local_path(self, key: str) -> AbstractContextManager[Path]:
        """A path to read (not to write) inside the block; raises `Missing`."""

    def delete(self, key: str) -> None:
        """Harmless where there is nothing."""

    def keys(self, prefix: str, *, before: datetime) -> Iterator[str]:
        """Keys under `prefix` (the city, or a folder of it) last written before that moment."""

    def download_url(
        self, key: str, *, name: str, content_type: str, inline: bool, until: datetime
    ) -> str:
        """An address that gives the bytes under this name to whoever has it, until that moment."""


def folder(prefix: str, schema: str) -> str:
    """The city itself, or a folder within it."""
    return prefix if prefix == schema else owned(prefix, schema)


def owned(key: str, schema: str) -> str:
    """The key, if it lies within the city and names nothing above it."""
    parts = key.split("/")
    if parts[0] != schema or len(parts) < 2 or any(part in ("", ".", "..") for part in parts):  # noqa: PLR2004  # the city and a name
        raise KeyOfAnotherCity(key)
    return key
