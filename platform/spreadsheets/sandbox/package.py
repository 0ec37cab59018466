"""The parts of an xlsx or xlsb and how they refer to one another ([ECMA-376] part 2).

Parts may lie anywhere: only the relations say which is the workbook and which its sheets.
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO, cast

MAIN = frozenset({"officedocument"})
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_PROPERTY = re.compile(
    rb"<(?:\w+:)?property\s([^>]*)>\s*<(?:\w+:)?\w+\b[^>]*>([^<]*)</(?:\w+:)?\w+>\s*</(?:\w+:)?property>"
)
_DECLARED = re.compile(rb'^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["\'][^"\']*["\']')
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_PROPERTIES = 50
_SMALL = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the last word of the relation's type, in small letters: worksheet, comments."""

    name: str
    kind: str
    part: str


class Package:
    """A zip seen as parts; names without a leading slash."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._relations: dict[str, list[Relation]] = {}
        self._names = {
            name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()
        }

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def open(self, part: str) -> BinaryIO:
        """The bytes of a part; one in UTF-16 is handed out in UTF-8."""
        name = self._names[part.lower()]
        stream: Any = self._archive.open(name)  # a ZipExtFile, which typeshed calls IO
        if stream.peek(2)[:2] not in _UTF16:
            return cast("BinaryIO", stream)
        with stream:
            return io.BytesIO(_as_utf8(stream.read()))

    def is_wide(self, part: str) -> bool:
        """Whether a part is written in UTF-16."""
        with self._archive.open(self._names[part.lower()]) as stream:
            return stream.read(2) in _UTF16

    def read(self, part: str) -> bytes:
        with self.open(part) as stream:
            return stream.read()

    def small(self, part: str) -> bytes:
        """The beginning of a part that is small in any honest workbook; empty if there is none."""
        if part not in self:
            return b""
        with self.open(part) as stream:
            return stream.read(_SMALL)

    def relations(self, part: str) -> list[Relation]:
        """The relations of a part, or of the whole package for ""."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> list[Relation]:
        folder, name = posixpath.split(part)
        listed = self.small(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for relation in map(attributes, _RELATION.findall(listed)):
            if relation.get(b"TargetMode", b"").lower() == b"external":
                continue
            target = text(relation.get(b"Target", b""))
            absolute = target if target.startswith("/") else f"/{folder}/{target}"
            kind = text(relation.get(b"Type", b"")).rpartition("/")[2].lower()
            where = posixpath.normpath(absolute).lstrip("/")
            found.append(Relation(text(relation.get(b"Id", b"")), kind, where))
        return found

    @cached_property
    def workbook(self) -> str:
        """The main part, which the package's relations name."""
        named = [relation.part for relation in self.relations("") if relation.kind in MAIN]
        usual = ["xl/workbook.xml", "xl/workbook.bin"]
        return next((part for part in (*named, *usual) if part in self), "")

    @cached_property
    def parts(self) -> list[Relation]:
        """What the workbook refers to: sheets, styles, shared texts."""
        return self.relations(self.workbook)

    def part(self, kind: str) -> str:
        """The workbook's part of a kind; empty where it has none."""
        found = (r.part for r in self.parts if r.kind == kind and r.part in self)
        return next(found, "")

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name and part of each sheet of an xlsx, in their order."""
        by_name = {relation.name: relation.part for relation in self.parts}
        for sheet in map(attributes, _SHEET.findall(self.small(self.workbook))):
            name = next((sheet[key] for key in sheet if key.endswith(b":id")), b"")
            part = by_name.get(text(name), "")
            if part in self:
                yield text(sheet.get(b"name", b"")), part

    def properties(self) -> dict[str, str]:
        """The document's own properties (docProps/custom.xml)."""
        found: dict[str, str] = {}
        for relation in self.relations(""):
            if relation.kind == "custom-properties":
                for said, value in _PROPERTY.findall(self.small(relation.part))[:_PROPERTIES]:
                    found[text(attributes(said).get(b"name", b""))] = text(value)
        return found


def _as_utf8(content: bytes) -> bytes:
    little = content[:2] in {b"\xff\xfe", b"<\0"}
    decoded = content.decode("utf-16-le" if little else "utf-16-be", "replace").lstrip("\ufeff")
    return _DECLARED.sub(rb"\1", decoded.encode("utf-8"))


def attributes(said: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(said)}


def text(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))
