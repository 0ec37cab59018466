"""Members into a tar and out of it again, holding a piece of one at a time.

Reading is our own: the header of a member is one block, its type a plain file, its name one of
ours, so that no hostile header can make the reader hold or write anything.
"""

import hashlib
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from provisioning.archive.manifest import Table
from provisioning.errors import ArchiveBroken

BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
CHUNK = 1 << 20
AT_ONCE = 256 << 10
PART = 4 << 20
"""Packed bytes after which a table goes on in the next part."""
GZIP = 16 + zlib.MAX_WBITS
FASTEST = 1


class Sink(Protocol):
    def write(self, data: bytes, /) -> object: ...


class Source(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Packer:
    """Writes members, one after another; the caller keeps their order."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    def add(self, name: str, content: bytes) -> None:
        self.sink.write(_header(name, len(content)))
        self.sink.write(content)
        self._fill(len(content))

    def add_from(self, name: str, size: int, source: Source) -> None:
        """Exactly `size` bytes of the source."""
        self.sink.write(_header(name, size))
        left = size
        while left:
            chunk = source.read(min(CHUNK, left))
            if not chunk:
                raise EOFError(name)
            self.sink.write(chunk)
            left -= len(chunk)
        self._fill(size)

    @contextmanager
    def table(self, folder: str, name: str, ending: str) -> Iterator["TableWriter"]:
        """Feed the rows of a table inside the block."""
        writer = TableWriter(self, f"{folder}/{name}", ending)
        yield writer
        writer.flush()

    def end(self) -> None:
        self.sink.write(END)

    def _fill(self, size: int) -> None:
        self.sink.write(bytes(-size % BLOCK))


@dataclass
class TableWriter:
    """The parts of one table, and their digest."""

    packer: Packer
    folder: str
    ending: str
    parts: int = 0
    packed: int = 0
    unpacked: int = 0
    rows: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    _raw: bytearray = field(default_factory=bytearray)
    _pieces: list[bytes] = field(default_factory=list)
    _held: int = 0
    _press: "zlib._Compress | None" = None

    def write(self, data: bytes | memoryview) -> None:
        """A row or some; they are packed many at a time, for each call has its price."""
        self._raw += data
        if len(self._raw) >= AT_ONCE:
            self._pack()
            if self._held >= PART:
                self.flush()

    def flush(self) -> None:
        """End the part that is open."""
        self._pack()
        if self._press is None:
            return
        self._hold(self._press.flush())
        content = b"".join(self._pieces)
        self.parts += 1
        self.packer.add(f"{self.folder}/{self.parts:06}.{self.ending}", content)
        self.digest.update(content)
        self.packed += len(content)
        self._pieces, self._held, self._press = [], 0, None

    def record(self, columns: list[str]) -> Table:
        """What the manifest says of it."""
        return Table(
            name=self.folder.partition("/")[2],
            columns=columns,
            rows=self.rows,
            parts=self.parts,
            packed=self.packed,
            unpacked=self.unpacked,
            sha256=self.digest.hexdigest(),
        )

    def _pack(self) -> None:
        if self._raw:
            if self._press is None:
                self._press = zlib.compressobj(FASTEST, wbits=GZIP)
            self.unpacked += len(self._raw)
            self._hold(self._press.compress(self._raw))
            self._raw.clear()

    def _hold(self, packed: bytes) -> None:
        if packed:
            self._pieces.append(packed)
            self._held += len(packed)


class Member:
    """One member that is being read; what is left of it is skipped by the next."""

    def __init__(self, source: Source, name: str, size: int) -> None:
        self.source, self.name, self.size = source, name, size
        self.left = size

    def read(self, size: int = -1, /) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        data = exactly(self.source, min(wanted, CHUNK), self.name) if wanted else b""
        self.left -= len(data)
        return data

    def chunks(self) -> Iterator[bytes]:
        while chunk := self.read(CHUNK):
            yield chunk

    def whole(self, most: int) -> bytes:
        """All of it; refused where it is larger than that."""
        if self.size > most:
            raise ArchiveBroken(what=f"„{self.name}” jest za duży")
        return b"".join(self.chunks())


def members(source: Source) -> Iterator[Member]:
    """The members in their order, to the very end of the source. Raises `ArchiveBroken`."""
    last = "początku"
    while True:
        block = exactly(source, BLOCK, last)
        if not any(block):
            break
        member = _member(source, block, last)
        yield member
        for _ in member.chunks():
            pass
        if any(exactly(source, -member.size % BLOCK, member.name)):
            raise ArchiveBroken(what=f"po „{member.name}” stoi coś, czego tam nie zapisano")
        last = member.name
    if any(exactly(source, BLOCK, last)) or source.read(1):
        raise ArchiveBroken(what="za jego końcem coś jeszcze stoi")


def unpacked(member: Member, most: int, digest: "hashlib._Hash") -> Iterator[bytes]:
    """A part of a table as it was before packing, in pieces; refused above `most` bytes.

    `digest` takes the part as it lies in the archive.
    """
    press = zlib.decompressobj(GZIP)
    given = 0
    for chunk in member.chunks():
        digest.update(chunk)
        waiting = chunk
        while waiting:
            try:
                piece = press.decompress(waiting, CHUNK)
            except zlib.error as error:
                raise ArchiveBroken(what=f"„{member.name}” nie daje się rozpakować") from error
            given += len(piece)
            if given > most:
                raise ArchiveBroken(what=f"„{member.name}” jest większy, niż zapisano")
            yield piece
            waiting = press.unconsumed_tail
    if not press.eof or press.unused_data:
        raise ArchiveBroken(what=f"„{member.name}” nie daje się rozpakować")


def exactly(source: Source, size: int, name: str) -> bytes:
    """So many bytes; raises `ArchiveBroken` where the source ends before, at that member."""
    found = bytearray()
    while len(found) < size:
        more = source.read(size - len(found))
        if not more:
            raise ArchiveBroken(what=f"urywa się przy „{name}”")
        found += more
    return bytes(found)


def _member(source: Source, block: bytes, last: str) -> Member:
    try:
        header = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    except (tarfile.HeaderError, UnicodeError) as error:
        raise ArchiveBroken(what=f"za „{last}” nie stoi nic, co dałoby się odczytać") from error
    if header.type != tarfile.REGTYPE:
        raise ArchiveBroken(what=f"„{header.name[:100]}” nie jest zwykłym plikiem")
    if header.size < 0 or _header(header.name, header.size) != block:
        raise ArchiveBroken(what=f"nagłówek „{header.name[:100]}” jest zmieniony")
    return Member(source, header.name, header.size)


def _header(name: str, size: int) -> bytes:
    """The one way in which we write it."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.USTAR_FORMAT)
