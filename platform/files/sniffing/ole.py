"""Which document an OLE compound file is, by the streams of its root ([MS-CFB], 2.2-2.6).

Only the root's own children count: a workbook may hold a whole Word document as an object.
"""

import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

from files.sniffing import kinds
from files.sniffing.kinds import Kind

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY_SIZE = 128
HEADER_SECTORS = 109
LAST_SECTOR = 0xFFFFFFFA
NOBODY = 0xFFFFFFFF
MOST_SECTORS = 4096
"""Of the directory, and of the list of allocation tables."""


class BrokenContainer(ValueError):
    """The container points outside itself: cut short, or damaged."""


def kind_of(file: BinaryIO) -> Kind:
    """Raises `BrokenContainer`."""
    try:
        names = _Container(file).root_names()
    except (struct.error, IndexError) as error:
        raise BrokenContainer from error
    for name, kind in kinds.OLE_STREAMS.items():
        if name in names:
            return kind
    return kinds.UNKNOWN


class _Container:
    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        file.seek(0)
        header = file.read(512)
        shift = struct.unpack_from("<H", header, 30)[0]
        if shift not in (9, 12):
            raise BrokenContainer
        self.sector = 1 << shift
        self.directory = struct.unpack_from("<L", header, 48)[0]
        self.tables = list(struct.unpack_from(f"<{HEADER_SECTORS}L", header, 76))
        self._read_more_tables(struct.unpack_from("<L", header, 68)[0])

    def root_names(self) -> set[str]:
        entries = self._entries()
        names: set[str] = set()
        seen: set[int] = set()
        waiting = [self._links(entries[0])[2]]
        while waiting:
            index = waiting.pop()
            if index == NOBODY or index in seen:
                continue
            seen.add(index)
            left, right, _child = self._links(entries[index])
            names.add(self._name(entries[index]))
            waiting += [left, right]
        return names

    def _entries(self) -> list[bytes]:
        found: list[bytes] = []
        for sector in self._chain(self.directory, self._next):
            block = self._read(sector)
            found += [block[at : at + ENTRY_SIZE] for at in range(0, self.sector, ENTRY_SIZE)]
        return found

    @staticmethod
    def _chain(first: int, following: Callable[[int], int]) -> Iterator[int]:
        """Each sector from the first to the last; one that comes again is a loop."""
        seen: set[int] = set()
        at = first
        while at < LAST_SECTOR:
            if at in seen or len(seen) == MOST_SECTORS:
                raise BrokenContainer
            seen.add(at)
            yield at
            at = following(at)

    def _next(self, sector: int) -> int:
        per_table = self.sector // 4
        table = self._read(self.tables[sector // per_table])
        following: int = struct.unpack_from("<L", table, sector % per_table * 4)[0]
        return following

    def _read_more_tables(self, first: int) -> None:
        per_sector = self.sector // 4 - 1

        def following(sector: int) -> int:
            last: int = struct.unpack_from("<L", self._read(sector), per_sector * 4)[0]
            return last

        for sector in self._chain(first, following):
            self.tables += struct.unpack_from(f"<{per_sector}L", self._read(sector))

    def _read(self, sector: int) -> bytes:
        self.file.seek((sector + 1) * self.sector)
        block = self.file.read(self.sector)
        if len(block) < ENTRY_SIZE:
            raise BrokenContainer
        return block.ljust(self.sector, b"\0")

    @staticmethod
    def _links(entry: bytes) -> tuple[int, int, int]:
        left, right, child = struct.unpack_from("<3L", entry, 68)
        return left, right, child

    @staticmethod
    def _name(entry: bytes) -> str:
        length = struct.unpack_from("<H", entry, 64)[0]
        return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
