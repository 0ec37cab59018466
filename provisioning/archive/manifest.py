"""What an archive says of itself. Read strictly: it may come from anybody."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from provisioning.errors import ArchiveBroken, ArchiveUnknown

FORMAT = 1
CITY, CONSOLE = "city", "console"
HEAD, MANIFEST, DIGEST = "archive.json", "manifest.json", "manifest.sha256"
LONGEST = 64 << 20
"""Bytes of a manifest; a million files that were lost would not fill it."""
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Head:
    """The first member: enough to say what the file is, and whether this edition can read it."""

    format: int
    kind: str
    schema: str
    name: str
    made_at: str
    product: str


@dataclass(frozen=True, slots=True)
class Table:
    """`packed` (bytes) and `sha256` are of its parts as they lie in the archive, one by one."""

    name: str
    columns: list[str]
    rows: int
    parts: int
    packed: int
    unpacked: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Counter:
    """A sequence: the number it gave last, or will give first."""

    name: str
    value: int
    is_used: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A content that rows of the archive name and that is not in it.

    The store did not have it, or not as it was; or its file was discarded while the archive was
    written, which is nobody's loss.
    """

    name: str
    sha256: str
    was_discarded: bool


@dataclass(frozen=True, slots=True)
class Files:
    """`size` is in bytes, `sha256` of the names of the members, each with a line's end."""

    count: int
    size: int
    sha256: str
    lost: list[Lost]


@dataclass(frozen=True, slots=True)
class Manifest:
    head: Head
    migrations: list[list[str]]
    public: list[Table]
    tables: list[Table]
    counters: list[Counter]
    files: Files


def write(record: Head | Manifest) -> bytes:
    return json.dumps(asdict(record), ensure_ascii=False, indent=1).encode()


def read_head(content: bytes) -> Head:
    """Raises `ArchiveBroken`, and `ArchiveUnknown` for a format of a later edition."""
    raw = _json(content, HEAD)
    if isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
        raise ArchiveUnknown(what=f"format {raw['format']}")
    head = _record(Head, raw, HEAD)
    if head.format != FORMAT or head.kind not in {CITY, CONSOLE}:
        raise ArchiveBroken(what=f"„{HEAD}” nie mówi, czym jest")
    return head


def read_manifest(content: bytes) -> Manifest:
    """Raises `ArchiveBroken`."""
    return _record(Manifest, _json(content, MANIFEST), MANIFEST)


def _json(content: bytes, name: str) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ArchiveBroken(what=f"„{name}” nie daje się odczytać") from error


def _record(kind: type[Record], raw: Any, name: str) -> Record:
    """The dataclass with exactly its fields, each of its type."""
    hints = get_type_hints(kind)
    wanted = [one.name for one in fields(kind)]  # type: ignore[arg-type]  # only dataclasses come
    if not isinstance(raw, Mapping) or set(raw) != set(wanted):
        raise ArchiveBroken(what=f"„{name}” ma nieznaną budowę")
    return kind(**{one: _value(hints[one], raw[one], name) for one in wanted})


def _value(kind: Any, raw: Any, name: str) -> Any:
    if get_origin(kind) is list:
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            raise ArchiveBroken(what=f"„{name}” ma nieznaną budowę")
        return [_value(get_args(kind)[0], one, name) for one in raw]
    if kind in {int, str, bool}:
        if type(raw) is not kind or (kind is int and raw < 0):
            raise ArchiveBroken(what=f"„{name}” ma nieznaną budowę")
        return raw
    return _record(kind, raw, name)
