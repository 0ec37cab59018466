"""One file in, lines of JSON out: the workbook, then each sheet followed by its rows.

{"kind": "xlsx", "sheets": 2}
{"name": "Ankieta", "hidden": false, "width": 30, "lines": 1, "merged": [...], "formats": {...}}
[0, [["Lp.", "Nazwa"], [1.0, "…"]]]
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

import python_calamine as calamine

from spreadsheets.cells import Fault, encode
from spreadsheets.sandbox import biff, ooxml, opendocument, sniffing, text
from spreadsheets.sandbox.refusal import Refused

_ROWS_PER_LINE = 500
_DENSE = 10

Faults = dict[int, dict[int, Fault]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for besides the values of the cells."""

    facts: bool = False
    formats: bool = False


def read(content: BinaryIO, answer: BinaryIO, *, cells: int, unpacked: int, wish: Wish) -> None:
    """Write the workbook to `answer`; raises Refused, and MemoryError at the limit."""
    kind = sniffing.kind(content, unpacked)
    if kind == "text":
        rows: list[list[Any]] = [_blanked(row) for row in text.rows(content.read())]
        if sum(map(len, rows)) > cells:
            raise Refused("workbook_too_many_cells")
        if not any(map(any, rows)):
            raise Refused("workbook_empty")
        _write(answer, {"kind": "csv", "sheets": 1, "properties": {}})
        _write_sheet(
            answer, {"name": "", "hidden": False, "merged": [], "formats": {}, "facts": {}}, rows
        )
        return
    try:
        _read_workbook(content, kind, answer, cells=cells, wish=wish)
    except calamine.PasswordError as problem:
        raise Refused("workbook_protected") from problem
    except calamine.CalamineError as problem:
        hint = str(problem).lower()
        protected = "password" in hint or "encrypt" in hint
        raise Refused("workbook_protected" if protected else "workbook_damaged") from problem


def _read_workbook(
    content: BinaryIO, kind: str, answer: BinaryIO, *, cells: int, wish: Wish
) -> None:
    inspected = _inspected(content, kind, wish=wish)
    content.seek(0)
    book = calamine.CalamineWorkbook.from_filelike(content)
    wanted = [
        (number, sheet)
        for number, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    if not wanted:
        raise Refused("workbook_without_sheets")
    _write(
        answer,
        {"kind": "xlsx" if kind == "ooxml" else kind, "sheets": len(wanted), "properties": {}},
    )
    left = cells
    for number, metadata in wanted:
        sheet = book.get_sheet_by_index(number)
        if sheet.height * sheet.width > left * _DENSE:
            raise Refused("workbook_too_many_cells")
        rows = sheet.to_python()
        details = inspected.get(metadata.name)
        rows = _placed(rows, sheet.start or (0, 0), details.faults if details else {})
        left -= sum(map(len, rows))
        if left < 0:
            raise Refused("workbook_too_many_cells")
        described = {
            "name": metadata.name,
            "hidden": metadata.visible != calamine.SheetVisibleEnum.Visible,
            "merged": [[*start, *end] for start, end in sheet.merged_cell_ranges or ()],
            "formats": details.formats if details else {},
            "facts": details.facts.to_json() if details and wish.facts else {},
        }
        _write_sheet(answer, described, rows)


def _inspected(content: BinaryIO, kind: str, *, wish: Wish) -> dict[str, ooxml.Details]:
    """What calamine does not tell: errors, formulas without a saved result, number formats."""
    match kind:
        case "ooxml":
            return ooxml.inspect(content, formats=wish.formats)
        case "ods":
            return opendocument.inspect(content)
        case "xls":
            return biff.inspect(content)
        case _:
            return {}


def _placed(rows: list[list[Any]], start: tuple[int, int], faults: Faults) -> list[list[Any]]:
    """Rows from A1 on, blanks as None, faults in the cells where calamine left nothing."""
    above, left = start
    lead: list[Any] = [None] * left
    filled = (lead + _blanked(row) for row in rows) if left else map(_blanked, rows)
    placed: list[list[Any]] = [[] for _ in range(above)] if rows else []
    placed += filled
    for number, row_faults in faults.items():
        while len(placed) <= number:
            placed.append([])
        row = placed[number]
        row += [None] * (max(row_faults) + 1 - len(row))
        for column, fault in row_faults.items():
            if row[column] is None:
                row[column] = fault
    return placed


def _blanked(row: list[Any]) -> list[Any]:
    return [None if value.__class__ is str and not value.strip() else value for value in row]


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
    answer.write(text.encode("utf-8", "replace"))
    answer.write(b"\n")


def _finite(line: Any) -> Any:
    if isinstance(line, list):
        return [_finite(part) for part in line]
    if isinstance(line, float) and line - line != 0:
        return Fault("#NUM!")
    return line
