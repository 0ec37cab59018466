"""What calamine leaves out of an xlsx: errors, formulas, looks, what is hidden.

The XML is scanned as bytes, never parsed into a tree: no entity is expanded, a sheet of any size
costs one buffer, and only cells that tell something are looked at one by one.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from spreadsheets import references
from spreadsheets.cells import Fault
from spreadsheets.facts import MOST
from spreadsheets.sandbox import around, repacked
from spreadsheets.sandbox.details import Details, Inspected, Wish
from spreadsheets.sandbox.looks import Looks, integer, looks, plain_text, rich_text
from spreadsheets.sandbox.package import Package, attributes, text

_CHUNK = 1 << 20
_LARGEST_ROW = 64 * _CHUNK
_SAMPLE = 30_000
_FORMATTED_CELLS = 20_000
_STYLED_COLUMNS = 512
_CELL = rb"<(?:\w+:)?c\b%s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)"
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?:\s*/?>|\s(?![^>]*\br\s*=)[^>]*>)")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_END = b"row>"
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^>]*?)(?:/>|>([^<]*)</(?:\w+:)?f>)")
_RESULT = re.compile(rb"<(?:\w+:)?v[^>/]*>([^<]*)<")
_INLINE = re.compile(rb"<(?:\w+:)?is\b[^>]*>(.*?)</(?:\w+:)?is>", re.DOTALL)
_ZONED = re.compile(r"(Z|[+-]\d\d:?\d\d)$")


def inspect(content: BinaryIO, wish: Wish) -> Inspected:
    """Details by sheet name; a damaged part gives nothing (calamine will say so)."""
    try:
        with zipfile.ZipFile(content) as archive:
            package = Package(archive)
            known = looks(package, facts=wish.facts) if wish.facts or wish.formats else Looks()
            listed = list(package.sheets())
            sheets = {name: _Scan(package, part, known, wish).details() for name, part in listed}
            if wish.facts:
                for name, part in listed:
                    around.add(package, part, sheets[name].facts)
            properties = package.properties() if wish.facts else {}
            return Inspected(sheets, properties, repacked.has_usual_parts(package))
    except (zipfile.BadZipFile, EOFError, NotImplementedError):
        return Inspected()


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    column: int
    attributes: dict[bytes, bytes]
    body: bytes


class _Scan:
    """One pass over a sheet's XML."""

    def __init__(self, package: Package, part: str, known: Looks, wish: Wish) -> None:
        self._package = package
        self._part = part
        self._looks = known
        self._wish = wish
        self._details = Details()
        self._shared: dict[bytes, tuple[int, int, str]] = {}
        self._row, self._column = -1, -1

    def details(self) -> Details:
        telling: re.Pattern[bytes] | None = None
        for first, buffer in self._buffers():
            if first:
                telling = self._telling(buffer)
                for column in _COLUMN.findall(buffer[: buffer.find(b"sheetData") + 1 or None]):
                    self._take_column(attributes(column))
            self._take_rows(buffer)
            if telling is None:
                for cell in self._counted(buffer):
                    self._take(cell)
            elif self._is_worth(buffer):
                for attributes_, body in telling.findall(buffer):
                    self._take_placed(attributes_, body)
        return self._details

    def _buffers(self) -> Iterator[tuple[bool, bytes]]:
        """The XML in pieces that end with a row, and whether it is the first."""
        buffer, first = b"", True
        with self._package.open(self._part) as stream:
            while chunk := stream.read(_CHUNK):
                buffer += chunk
                end = buffer.rfind(_ROW_END) + len(_ROW_END)
                if end < len(_ROW_END):
                    if len(buffer) > _LARGEST_ROW:
                        return
                    continue
                yield first, buffer[:end]
                buffer, first = buffer[end:], False
        yield first, buffer

    def _telling(self, first: bytes) -> re.Pattern[bytes] | None:
        """Finds the cells that tell something; None where cells have no names and must be counted.

        All number formats, which a template is read for, are on cells of any style.
        """
        if _UNPLACED.search(first, 0, _SAMPLE):
            return None
        if self._wish.formats:
            return re.compile(_CELL % b"", re.DOTALL)
        wanted = [
            rb"""(?=[^>]*\st\s*=\s*["'](?:e|d)["'])""",
            rb"(?=[^>]*[^/>]>\s*<(?:\w+:)?f[\s>/])",
        ]
        styles = sorted({*self._looks.telling, *self._looks.struck})
        if styles:
            wanted.append(rb"""(?=[^>]*\ss\s*=\s*["'](?:%s)["'])""" % _any_of(styles))
        if self._looks.rich:
            wanted.append(
                rb"""(?=[^>]*\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>(?:%s)<)"""
                % _any_of(sorted(self._looks.rich))
            )
        if self._wish.facts:
            wanted.append(
                rb"""(?=[^>]*\st\s*=\s*["']inlineStr["'][^>]*>\s*<(?:\w+:)?is>\s*<(?:\w+:)?r>)"""
            )
        return re.compile(_CELL % (rb"(?:%s)" % b"|".join(wanted)), re.DOTALL)

    def _is_worth(self, buffer: bytes) -> bool:
        """A quick look whether any cell of this piece can tell something."""
        if self._wish.formats or self._looks.telling or self._looks.struck or self._looks.rich:
            return True
        marks = (b"f>", b'"e"', b"'e'", b'"d"', b"'d'")
        inline = self._wish.facts and (b"strike" in buffer or b"vertAlign" in buffer)
        return inline or any(mark in buffer for mark in marks)

    def _counted(self, buffer: bytes) -> Iterator[_Cell]:
        """Every cell, its place counted where the XML does not name it."""
        pattern = re.compile(_CELL % b"" + rb"|<(?:\w+:)?row\b([^>]*)>", re.DOTALL)
        for said, body, row in pattern.findall(buffer):
            if row:
                number = attributes(row).get(b"r")
                self._row = integer(number) - 1 if number else self._row + 1
                self._column = -1
                continue
            if not said and not body and self._row < 0:
                continue
            cell = attributes(said)
            place = references.place(cell.get(b"r", b""))
            self._row, self._column = place or (self._row, self._column + 1)
            yield _Cell(self._row, self._column, cell, body)

    def _take_placed(self, said: bytes, body: bytes) -> None:
        cell = attributes(said)
        place = references.place(cell.get(b"r", b""))
        if place is not None:
            self._take(_Cell(*place, cell, body))

    def _take(self, cell: _Cell) -> None:
        details, facts = self._details, self._wish.facts
        formula = _FORMULA.search(cell.body) if cell.body else None
        fault = _fault(cell, has_formula=formula is not None)
        place = (cell.row, cell.column)
        if fault is not None:
            details.add_fault(cell.row, cell.column, fault)
        if formula is not None and facts:
            details.facts.note(details.facts.formulas, place, self._formula(formula, place))
        style = integer(cell.attributes.get(b"s"))
        if self._wish.formats:
            self._add_format(f"{cell.row},{cell.column}", style)
        kind = cell.attributes.get(b"t", b"n")
        if kind == b"d":
            moment = _moment(cell.body)
            if moment is not None:
                details.texts[place] = moment
        if facts:
            self._take_look(cell, style, kind)

    def _take_look(self, cell: _Cell, style: int, kind: bytes) -> None:
        details, place = self._details, (cell.row, cell.column)
        is_struck = style in self._looks.struck
        if cell.body and (style in self._looks.telling or is_struck):
            details.add_look(place, self._looks.telling.get(style, ""), is_struck=is_struck)
        if kind == b"s" and (result := _RESULT.search(cell.body)):
            rich = self._looks.rich.get(integer(result[1]))
            if rich is not None:
                details.add_rich(place, rich)
        elif kind == b"inlineStr" and (inline := _INLINE.search(cell.body)):
            details.add_rich(place, rich_text(inline[1]))

    def _formula(self, found: re.Match[bytes], place: tuple[int, int]) -> str:
        """The formula's text; one that is shared is moved to this cell."""
        said = attributes(found[1])
        formula = text(found[2] or b"")
        if said.get(b"t") != b"shared":
            return formula
        number = said.get(b"si", b"")
        if formula and len(self._shared) < MOST:
            self._shared[number] = (*place, formula)
        if formula or number not in self._shared:
            return formula
        row, column, shared = self._shared[number]
        return references.shifted(shared, place[0] - row, place[1] - column)

    def _take_rows(self, buffer: bytes) -> None:
        if not self._wish.facts or (b"hidden" not in buffer and b"outlineLevel" not in buffer):
            return
        facts = self._details.facts
        for row in _ROW.findall(buffer):
            if b"hidden" not in row and b"outlineLevel" not in row:
                continue
            said = attributes(row)
            number = integer(said.get(b"r")) - 1
            if number < 0 or len(facts.hidden_rows) + len(facts.outline) >= MOST:
                continue
            if said.get(b"hidden") in {b"1", b"true"}:
                facts.hidden_rows.add(number)
            level = integer(said.get(b"outlineLevel"))
            if level:
                facts.outline[number] = level

    def _take_column(self, said: dict[bytes, bytes]) -> None:
        first, last = integer(said.get(b"min")), integer(said.get(b"max"))
        for column in range(first, min(last, _STYLED_COLUMNS) + 1):
            if self._wish.formats:
                self._add_format(f",{column - 1}", integer(said.get(b"style")))
            if self._wish.facts and said.get(b"hidden") in {b"1", b"true"}:
                self._details.facts.hidden_columns.add(column - 1)

    def _add_format(self, key: str, style: int) -> None:
        codes, kept = self._looks.codes, self._details.formats
        if style < len(codes) and codes[style] and len(kept) < _FORMATTED_CELLS:
            kept[key] = codes[style]


def _any_of(numbers: list[int]) -> bytes:
    return b"|".join(str(number).encode() for number in numbers)


def _fault(cell: _Cell, *, has_formula: bool) -> Fault | None:
    kind = cell.attributes.get(b"t")
    if kind == b"e":
        result = _RESULT.search(cell.body)
        return Fault(text(result[1])[:20] if result else "#N/A")
    if has_formula:
        result = _RESULT.search(cell.body)
        if result is None or (not result[1] and kind != b"str"):
            return Fault()
    return None


def _moment(body: bytes) -> Any:
    """A date that is written as such (ISO 8601), with or without a zone."""
    result = _RESULT.search(body)
    said = text(result[1]).strip() if result else plain_text(body)
    try:
        found = dt.datetime.fromisoformat(_ZONED.sub("", said))
    except ValueError:
        try:
            return dt.time.fromisoformat(_ZONED.sub("", said).removeprefix("T"))
        except ValueError:
            return None
    return found.date() if found.time() == dt.time() else found
