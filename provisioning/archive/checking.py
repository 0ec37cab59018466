"""Whether an archive is whole and unchanged: read to its end before anything is done with it."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from provisioning.archive.manifest import (
    DIGEST,
    HEAD,
    LONGEST,
    MANIFEST,
    Head,
    Manifest,
    Table,
    read_head,
    read_manifest,
)
from provisioning.archive.packing import Member, Source, members
from provisioning.archive.places import Place
from provisioning.archive.sealing import MARK, Opening, of_city, private_key
from provisioning.errors import ArchiveBroken, ArchiveOpen, ArchiveSealed

NAME = r"[a-z][a-z0-9_]{0,62}"
PART_OF = re.compile(rf"(public|tables)/({NAME})/([0-9]{{6}})\.(jsonl|copy)\.gz")
CONTENT = re.compile(r"files/([0-9a-f]{64})")
ENDINGS = {"public": "jsonl", "tables": "copy"}
ORDER = ("public", "tables", "files")
SHORT = 64 << 10
"""More than any `archive.json`."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Where one lies, and the private key that opens it, or a folder of the cities' keys."""

    place: Place
    name: str
    key: Path | None = None

    @contextmanager
    def reading(self) -> Iterator[Source]:
        """The plain stream from its start; as often as asked."""
        with self.place.reading(self.name) as source:
            start = source.read(len(MARK))
            if start == MARK:
                if self.key is None:
                    raise ArchiveSealed
                schema = self.name.rpartition("-")[0]  # as `back_up_city` names it
                yield Opening(source, private_key(of_city(self.key, schema, ".pem")))
            elif self.key is not None:
                raise ArchiveOpen
            else:
                yield _Again(start, source)


@dataclass
class _Again:
    """A source with the bytes that were looked at put back."""

    start: bytes
    source: Source

    def read(self, size: int = -1, /) -> bytes:
        if self.start:
            wanted = len(self.start) if size < 0 else size
            found, self.start = self.start[:wanted], self.start[wanted:]
            return found
        return self.source.read(size)


def verify(archive: Archive) -> tuple[Manifest, str]:
    """Its manifest and the digest of that, if every byte is as it was written.

    Raises `ArchiveBroken` with the name of the table or file, `ArchiveUnknown`, `ArchiveSealed`.
    """
    with archive.reading() as source:
        found = _Found()
        for member in members(source):
            if found.is_whole:
                raise ArchiveBroken(what=f"po „{DIGEST}” stoi jeszcze „{member.name[:100]}”")
            found.take(member)
        if found.manifest is None or not found.is_whole:
            raise ArchiveBroken(what=f"nie ma „{DIGEST}”")
        return found.manifest, found.digest


@dataclass
class _Found:
    """What has been read so far: digests of tables, names of files."""

    head: Head | None = None
    manifest: Manifest | None = None
    digest: str = ""
    is_whole: bool = False
    tables: dict[tuple[str, str], "_Parts"] = field(default_factory=dict)
    names: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    count: int = 0
    size: int = 0
    last: tuple[int, str] = (0, "")

    def take(self, member: Member) -> None:
        if self.head is None:
            if member.name != HEAD:
                raise ArchiveBroken(what=f"nie zaczyna się od „{HEAD}”")
            self.head = read_head(member.whole(SHORT))
        elif self.manifest is not None:
            if member.name != DIGEST or member.whole(SHORT) != self.digest.encode():
                raise ArchiveBroken(what=f"„{MANIFEST}” jest zmieniony")
            self.is_whole = True
        elif member.name == MANIFEST:
            self._end(member.whole(LONGEST))
        elif (part := PART_OF.fullmatch(member.name)) and part[4] == ENDINGS[part[1]]:
            self._in_order(part[1])
            parts = self.tables.setdefault((part[1], part[2]), _Parts())
            parts.take(member, int(part[3]))
        elif content := CONTENT.fullmatch(member.name):
            self._in_order("files", content[1])
            self._take_file(member, content[1])
        else:
            raise ArchiveBroken(what=f"„{member.name[:100]}” do niego nie należy")

    def _in_order(self, folder: str, name: str = "") -> None:
        here = (ORDER.index(folder), name)
        if here < self.last or (name and here == self.last):
            raise ArchiveBroken(what=f"„{folder}/{name}” stoi nie na swoim miejscu")
        self.last = here

    def _take_file(self, member: Member, sha256: str) -> None:
        digest = hashlib.sha256()
        for chunk in member.chunks():
            digest.update(chunk)
        if digest.hexdigest() != sha256:
            raise ArchiveBroken(what=f"treść pliku {sha256[:12]}… jest zmieniona")
        self.names.update(f"{sha256}\n".encode())
        self.count += 1
        self.size += member.size

    def _end(self, content: bytes) -> None:
        manifest = read_manifest(content)
        if manifest.head != self.head:
            raise ArchiveBroken(what=f"„{HEAD}” i „{MANIFEST}” mówią o czym innym")
        stated = {("public", one.name): one for one in manifest.public}
        stated |= {("tables", one.name): one for one in manifest.tables}
        if len(stated) != len(manifest.public) + len(manifest.tables):
            raise ArchiveBroken(what=f"„{MANIFEST}” wymienia tabelę dwa razy")
        for (_, name), table in stated.items():
            if not re.fullmatch(NAME, name):
                raise ArchiveBroken(what=f"„{name[:100]}” nie jest nazwą tabeli")
            if not self.tables.pop((_, name), _Parts()).are(table):
                raise ArchiveBroken(what=f"tabela „{name}” jest zmieniona albo niepełna")
        for _, name in self.tables:
            raise ArchiveBroken(what=f"tabeli „{name}” nie ma w „{MANIFEST}”")
        files = manifest.files
        if (files.count, files.size, files.sha256) != (
            self.count,
            self.size,
            self.names.hexdigest(),
        ):
            raise ArchiveBroken(what="pliki nie są tymi, które zapisano")
        self.manifest, self.digest = manifest, hashlib.sha256(content).hexdigest()


@dataclass
class _Parts:
    parts: int = 0
    packed: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def take(self, member: Member, number: int) -> None:
        self.parts += 1
        if number != self.parts:
            raise ArchiveBroken(what=f"„{member.name}” stoi nie na swoim miejscu")
        self.packed += member.size
        for chunk in member.chunks():
            self.digest.update(chunk)

    def are(self, stated: Table) -> bool:
        return (self.parts, self.packed, self.digest.hexdigest()) == (
            stated.parts,
            stated.packed,
            stated.sha256,
        )
