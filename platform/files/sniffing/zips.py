"""Which document a ZIP is. Reads the directory in bounded steps; `zipfile` would load all of it."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from files.sniffing import kinds
from files.sniffing.kinds import Kind

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
END = struct.Struct("<4s4H2LH")
LOCATOR = struct.Struct("<4sLQL")
END_64 = struct.Struct("<4sQ2H2L4Q")
ENTRY = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
LONGEST_COMMENT = 0xFFFF
MOST_ENTRIES = 20_000
MOST_BYTES = 1 << 20
ENCRYPTED = 0x1

CONTENT_TYPES = "[content_types].xml"
MIMETYPE = "mimetype"
MANIFEST = "meta-inf/manifest.xml"
_PART = re.compile(rb"""(?:ContentType|media-type)\s*=\s*["']([^"']+)["']""")


class BrokenZip(ValueError):
    """The file has no usable directory: cut short, or never a ZIP."""


@dataclass(frozen=True, slots=True)
class Member:
    method: int
    is_encrypted: bool
    packed: int
    offset: int


def kind_of(file: BinaryIO) -> Kind:
    """Raises `BrokenZip`."""
    try:
        found = dict(_wanted(file))
        for name in (MIMETYPE, MANIFEST, CONTENT_TYPES):
            for declared in _declared(file, name, found):
                if declared in kinds.DECLARED:
                    return kinds.DECLARED[declared]
    except (struct.error, zlib.error, OSError, ValueError, OverflowError) as error:
        raise BrokenZip from error
    return kinds.ZIP


def _declared(file: BinaryIO, name: str, found: dict[str, Member]) -> list[bytes]:
    if name not in found:
        return []
    content = _content(file, found[name])
    return [content.strip()] if name == MIMETYPE else _PART.findall(content)


def _wanted(file: BinaryIO) -> Iterator[tuple[str, Member]]:
    start, count, shift = _directory(file)
    file.seek(start)
    for _ in range(min(count, MOST_ENTRIES)):
        entry = ENTRY.unpack(file.read(ENTRY.size))
        if entry[0] != b"PK\x01\x02":
            raise BrokenZip
        name = file.read(entry[10]).decode("utf-8", "replace").lower()
        file.seek(entry[11] + entry[12], 1)
        if name in (MIMETYPE, MANIFEST, CONTENT_TYPES):
            yield name, Member(entry[4], bool(entry[3] & ENCRYPTED), entry[8], entry[16] + shift)


def _directory(file: BinaryIO) -> tuple[int, int, int]:
    """Where the directory begins, how many entries it has, and how far the offsets are off."""
    length = file.seek(0, 2)
    base = max(0, length - LONGEST_COMMENT - END.size)
    file.seek(base)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise BrokenZip
    end = END.unpack_from(tail, at)
    count, size, offset, ends_at = end[4], end[5], end[6], base + at
    locator = tail[max(0, at - LOCATOR.size) : at]
    if locator.startswith(b"PK\x06\x07"):
        ends_at = LOCATOR.unpack(locator)[2]
        file.seek(ends_at)
        end_64 = END_64.unpack(file.read(END_64.size))
        count, size, offset = end_64[7], end_64[8], end_64[9]
    start = ends_at - size
    if start < 0:
        raise BrokenZip
    return start, count, start - offset


def _content(file: BinaryIO, member: Member) -> bytes:
    """At most `MOST_BYTES` of it; nothing where it is encrypted or packed in a rare way."""
    file.seek(member.offset)
    local = LOCAL.unpack(file.read(LOCAL.size))
    if local[0] != b"PK\x03\x04":
        raise BrokenZip
    file.seek(local[9] + local[10], 1)
    packed = file.read(min(member.packed, MOST_BYTES))
    if member.is_encrypted:
        return b""
    match member.method:
        case 0:
            return packed
        case 8:
            return zlib.decompressobj(-15).decompress(packed, MOST_BYTES)
    return b""
