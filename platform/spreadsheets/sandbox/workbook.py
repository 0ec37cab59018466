"""One file in, lines of JSON out: the workbook, then each sheet followed by its rows.

{"kind": "xlsx", "sheets": 2, "properties": {}}
{"name": "Ankieta", "hidden": false, "width": 30, "lines": 1, "merged": [...], "formats": {...},
 "facts": {...}}
[0, [["Lp.", "Nazwa"], [1.0, "…"]]]
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import python_calamine as calamine

from spreadsheets.cells import Fault, encode
from spreadsheets.facts import Area, Facts
from spreadsheets.sandbox import (
    arithmetic,
    biff,
    binary,
    ooxml,
    opendocument,
    repacked,
    sniffing,
    text,
    unlocking,
)
from spreadsheets.sandbox.details import Details, Inspected, Wish, as_shown, put_right, with_faults
from spreadsheets.sandbox.refusal import Refused

_ROWS_PER_LINE = 500
_DENSE = 10
_LOOKED_AT = 16 * 2**20
_ZERO = "\\u0000"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as a reader gives it; rows begin at A1."""

    name: str
    is_hidden: bool
    rows: list[list[Any]]
    merged: Sequence[Area]


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook as a reader gives it; its sheets are read one after the other."""

    count: int
    sheets: Iterator[_Sheet]
    inspected: Inspected


def read(content: BinaryIO, answer: BinaryIO, *, cells: int, unpacked: int, wish: Wish) -> None:
    """Write the workbook to `answer`; raises Refused, and MemoryError at the limit."""
    kind, readable = sniffing.kind(content, unpacked)
    if kind == "text":
        _read_text(readable, answer, cells)
        return
    book = _opened(readable, kind, cells, wish)
    if not book.count:
        raise Refused("workbook_without_sheets")
    shown = {"ooxml": "xlsx", "old": "xls"}.get(kind, kind)
    properties = dict(book.inspected.properties)
    _write(answer, {"kind": shown, "sheets": book.count, "properties": properties})
    for sheet in book.sheets:
        _finish(answer, sheet, book.inspected.sheets.get(sheet.name) or Details(), wish)


def _read_text(content: BinaryIO, answer: BinaryIO, cells: int) -> None:
    facts = Facts()
    rows: list[list[Any]] = [_blanked(row) for row in text.rows(content.read(), facts)]
    if sum(map(len, rows)) > cells:
        raise Refused("workbook_too_many_cells")
    if not any(map(any, rows)):
        raise Refused("workbook_empty")
    _write(answer, {"kind": "csv", "sheets": 1, "properties": {}})
    described = {"name": "", "hidden": False, "merged": [], "formats": {}}
    _write_sheet(answer, {**described, "facts": facts.to_json()}, rows)


def _opened(content: BinaryIO, kind: str, cells: int, wish: Wish) -> _Book:
    match kind:
        case "xls" | "old":
            return _opened_xls(content, kind, cells, wish)
        case "ooxml":
            inspected = ooxml.inspect(content, wish)
            return _opened_xlsx(content, inspected, cells)
        case "ods":
            inspected = opendocument.inspect(content, wish)
        case _:
            inspected = binary.inspect(content, wish)
    return _by_calamine(content, inspected, cells)


def _opened_xlsx(content: BinaryIO, inspected: Inspected, cells: int) -> _Book:
    """The workbook as it is, or with its parts put where calamine looks for them."""
    try:
        if inspected.is_usual:
            with suppress(Refused):
                return _by_calamine(content, inspected, cells)
        return _by_calamine(repacked.with_usual_parts(content), inspected, cells)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, KeyError) as problem:
        raise Refused("workbook_damaged") from problem


def _opened_xls(content: BinaryIO, kind: str, cells: int, wish: Wish) -> _Book:
    """Let calamine read what it can, and xlrd what is older or says false sizes."""
    from spreadsheets.sandbox import older  # noqa: PLC0415  # few files need it, and it is slow

    everything = content.read()
    content.seek(0)
    stream = biff.inspect(everything) if kind == "xls" else biff.Stream(is_old=True)
    if stream.is_locked:
        content = io.BytesIO(unlocking.unlocked(everything))
        everything = content.getvalue()
        stream = biff.inspect(everything)
    inspected = Inspected(stream.sheets)
    if wish.facts and len(everything) < _LOOKED_AT:
        older.look(everything, stream.sheets)
    if not stream.is_old and not stream.is_oversized:
        try:
            return _by_calamine(content, inspected, cells)
        except Refused as refused:
            if refused.code != "workbook_damaged":
                raise
    try:
        book = older.opened(everything, looks=False)
    except Refused as refused:
        if kind == "old":
            raise Refused("old_workbook", "biff") from refused
        raise
    sheets = (
        _Sheet(sheet.name, sheet.is_hidden, sheet.rows, sheet.merged)
        for sheet in older.sheets(book, cells)
    )
    return _Book(book.nsheets, sheets, inspected)


def _by_calamine(content: BinaryIO, inspected: Inspected, cells: int) -> _Book:
    content.seek(0)
    with _refusing():
        book = calamine.CalamineWorkbook.from_filelike(content)
    wanted = [
        (number, sheet)
        for number, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    return _Book(len(wanted), _sheets(book, wanted, cells), inspected)


def _sheets(
    book: calamine.CalamineWorkbook,
    wanted: list[tuple[int, calamine.SheetMetadata]],
    cells: int,
) -> Iterator[_Sheet]:
    left = cells
    for number, metadata in wanted:
        with _refusing():
            sheet = book.get_sheet_by_index(number)
            if sheet.height * sheet.width > left * _DENSE:
                raise Refused("workbook_too_many_cells")
            rows = _placed(sheet.to_python(), sheet.start or (0, 0))
        left -= sum(map(len, rows))
        if left < 0:
            raise Refused("workbook_too_many_cells")
        is_hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
        merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
        yield _Sheet(metadata.name, is_hidden, rows, merged)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn complaints of calamine into refusals."""
    try:
        yield
    except calamine.PasswordError as problem:
        raise Refused("workbook_protected") from problem
    except calamine.CalamineError as problem:
        hint = str(problem).lower()
        protected = "password" in hint or "encrypt" in hint
        raise Refused("workbook_protected" if protected else "workbook_damaged") from problem


def _placed(rows: list[list[Any]], start: tuple[int, int]) -> list[list[Any]]:
    """Rows from A1 on, blanks as None."""
    above, left = start
    lead: list[Any] = [None] * left
    filled = (lead + _blanked(row) for row in rows) if left else map(_blanked, rows)
    placed: list[list[Any]] = [[] for _ in range(above)] if rows else []
    placed += filled
    return placed


def _blanked(row: list[Any]) -> list[Any]:
    return [None if value.__class__ is str and not value.strip() else value for value in row]


def _finish(answer: BinaryIO, sheet: _Sheet, details: Details, wish: Wish) -> None:
    """Write a sheet as people see it."""
    rows, merged = sheet.rows, sheet.merged or details.merged
    with_faults(rows, details.faults)
    if wish.facts:
        as_shown(rows, details, merged)
        if not wish.formats:
            arithmetic.calculate(rows, details.facts)
    else:
        put_right(rows, details)
    described = {
        "name": sheet.name,
        "hidden": sheet.is_hidden,
        "merged": [list(area) for area in merged],
        "formats": details.formats,
        "facts": details.facts.to_json() if wish.facts else {},
    }
    _write_sheet(answer, described, rows)


def _write_sheet(answer: BinaryIO, described: dict[str, Any], rows: list[list[Any]]) -> None:
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    described["width"] = max(map(len, rows), default=0)
    described["lines"] = -(-len(rows) // _ROWS_PER_LINE)
    _write(answer, described)
    for first in range(0, len(rows), _ROWS_PER_LINE):
        _write(answer, [first, rows[first : first + _ROWS_PER_LINE]])


def _write(answer: BinaryIO, line: Iterable[Any]) -> None:
    try:
        text = json.dumps(line, default=encode, allow_nan=False, ensure_ascii=False)
    except ValueError:
        text = json.dumps(_finite(line), default=encode, ensure_ascii=False)
    if _ZERO in text:
        text = text.replace(_ZERO, "")
    answer.write(text.encode("utf-8", "replace"))
    answer.write(b"\n")


def _finite(line: Any) -> Any:
    if isinstance(line, list):
        return [_finite(part) for part in line]
    if isinstance(line, float) and line - line != 0:
        return Fault("#NUM!")
    return line
