"""What calamine leaves out of an xlsx: errors, formulas never calculated, number formats.

The XML is scanned as bytes, never parsed into a tree: no entity is expanded, a sheet of any size
costs one buffer, and a workbook without formulas and errors costs one search. (Every sheet with
formulas has a `</f>`: shared formulas, which may be empty elements, have one that is not.)
"""

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from spreadsheets.cells import Fault
from spreadsheets.facts import Facts

_CHUNK = 1 << 20
_FORMATTED_CELLS = 20_000
_STYLED_COLUMNS = 512
_MARKS = (b"f>", b'"e"', b"'e'")
_ELEMENT = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_RESULT = re.compile(rb"<(?:\w+:)?v[^>/]*>([^<]*)<")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_REFERENCE = re.compile(rb"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "dd.mm.yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd.mm.yyyy hh:mm",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 49: "@",
}  # fmt: skip  # ECMA-376 part 1, 18.8.30, as a table


@dataclass(slots=True)
class Details:
    """Of one sheet: faults by row and column, number formats by "row,column" and by ",column"."""

    faults: dict[int, dict[int, Fault]] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)

    def add_fault(self, row: int, column: int, fault: Fault) -> None:
        self.faults.setdefault(row, {})[column] = fault


def inspect(content: BinaryIO, *, formats: bool) -> dict[str, Details]:
    """Details by sheet name; number formats only when asked for. A damaged part gives nothing."""
    try:
        with zipfile.ZipFile(content) as archive:
            parts = {name.replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
            if not formats and not any(
                _is_interesting(archive, name)
                for part, name in parts.items()
                if part.startswith("xl/worksheets/")
            ):
                return {}
            styles = _styles(archive, parts) if formats else []
            return {
                name: _inspect_sheet(archive, parts[part], styles)
                for name, part in _sheets(archive, parts)
                if part in parts
            }
    except (zipfile.BadZipFile, EOFError, NotImplementedError):
        return {}


def _sheets(archive: zipfile.ZipFile, parts: dict[str, str]) -> Iterator[tuple[str, str]]:
    if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
        return
    relations = {
        relation.get(b"Id"): relation.get(b"Target", b"").decode("utf-8", "replace")
        for relation in map(
            _attributes, _RELATION.findall(archive.read(parts["xl/_rels/workbook.xml.rels"]))
        )
    }
    for sheet in map(_attributes, _SHEET.findall(archive.read(parts["xl/workbook.xml"]))):
        target = relations.get(sheet.get(b"r:id") or sheet.get(b"relationships:id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield _text(sheet.get(b"name", b"")), part.replace("xl/xl/", "xl/")


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}


def _text(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))


def _styles(archive: zipfile.ZipFile, parts: dict[str, str]) -> list[str]:
    """The number format of each cell style; empty for General."""
    if "xl/styles.xml" not in parts:
        return []
    styles = archive.read(parts["xl/styles.xml"])
    codes = dict(_BUILT_IN)
    for number_format in map(_attributes, _NUMBER_FORMAT.findall(styles)):
        codes[_number(number_format.get(b"numFmtId"))] = _text(
            number_format.get(b"formatCode", b"")
        )
    block = _CELL_FORMATS.search(styles)
    formats = _FORMAT.findall(block[1]) if block else []
    found = (codes.get(_number(_attributes(style).get(b"numFmtId")), "") for style in formats)
    return ["" if code.lower() == "general" else code for code in found]


def _number(raw: bytes | None) -> int:
    return int(raw) if raw and raw.isdigit() and len(raw) < 8 else 0  # noqa: PLR2004  # no int bombs


def _inspect_sheet(archive: zipfile.ZipFile, part: str, styles: list[str]) -> Details:
    details = Details()
    row, column = -1, -1
    for name, attributes, body in _elements(archive, part):
        if name == b"col":
            _add_column_format(details, attributes, styles)
        elif name == b"row":
            row, column = _number(attributes.get(b"r")) - 1 if b"r" in attributes else row + 1, -1
        else:
            column += 1
            reference = _REFERENCE.fullmatch(attributes.get(b"r", b""))
            if reference:
                row, column = int(reference[2]) - 1, _column(reference[1])
            fault = _fault(attributes, body)
            if fault:
                details.add_fault(row, column, fault)
            _add_format(details, f"{row},{column}", attributes.get(b"s"), styles)
    return details


def _is_interesting(archive: zipfile.ZipFile, part: str) -> bool:
    overlap = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = overlap + chunk
            if any(mark in window for mark in _MARKS):
                return True
            overlap = chunk[-8:]
    return False


def _elements(
    archive: zipfile.ZipFile, part: str
) -> Iterator[tuple[bytes, dict[bytes, bytes], bytes]]:
    """Columns, rows and cells in order: the element's name, its attributes, a cell's body."""
    buffer, start, columns_seen = b"", 0, False
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            buffer, start = buffer[start:] + chunk, 0
            if not columns_seen:
                columns_seen = True
                for column in _COLUMN.findall(buffer):
                    yield b"col", _attributes(column), b""
            while element := _ELEMENT.search(buffer, start):
                name, attributes = element[1], element[2]
                body, end = b"", element.end()
                if name == b"c" and not attributes.endswith(b"/"):
                    closing = _CELL_END.search(buffer, end)
                    if closing is None:
                        break
                    body, end = buffer[end : closing.start()], closing.end()
                start = end
                yield name, _attributes(attributes), body


def _fault(attributes: dict[bytes, bytes], body: bytes) -> Fault | None:
    kind = attributes.get(b"t")
    if kind == b"e":
        result = _RESULT.search(body)
        return Fault(_text(result[1])[:20] if result else "#N/A")
    if _FORMULA.search(body):
        result = _RESULT.search(body)
        if result is None or (not result[1] and kind != b"str"):
            return Fault()
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _add_column_format(details: Details, attributes: dict[bytes, bytes], styles: list[str]) -> None:
    first, last = _number(attributes.get(b"min")), _number(attributes.get(b"max"))
    for column in range(first, min(last, _STYLED_COLUMNS) + 1):
        _add_format(details, f",{column - 1}", attributes.get(b"style"), styles)


def _add_format(details: Details, key: str, style: bytes | None, styles: list[str]) -> None:
    if style is None or len(details.formats) >= _FORMATTED_CELLS:
        return
    number = _number(style)
    if number < len(styles) and styles[number]:
        details.formats[key] = styles[number]
