"""What calamine leaves out of an xls: passwords, errors, formulas, objects, and a false size.

Walks the records of the workbook stream ([MS-XLS] 2.4). Anything out of order ends the walk:
calamine then judges the file by itself.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from spreadsheets.cells import MAX_ROWS, Fault
from spreadsheets.facts import MOST
from spreadsheets.sandbox import biff_objects, compound, parsed_formula
from spreadsheets.sandbox.details import Details

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_BOOLERR, _FORMULA, _DIMENSIONS = 0x0205, 0x0006, 0x0200
_LAST_ROW_OF_XLS = 65_536
_RESERVED = 20_000_000
_NOT_A_NUMBER = 0xFFFF
_RESULT_ERROR, _RESULT_EMPTY = 2, 3
_CALCULATE_ON_LOAD = 2
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip  # [MS-XLS] 2.5.10, as a table

_Record = tuple[int, int, bytes]


@dataclass(slots=True)
class Stream:
    """The records of a workbook, by sheet.

    `is_old` is an xls of before 1997; `is_oversized` one that declares far more rows than any xls
    has, for which calamine would reserve the memory. `formulas` counts them, `empty` are those
    whose result is an empty text.
    """

    sheets: dict[str, Details] = field(default_factory=dict)
    is_locked: bool = False
    is_old: bool = False
    is_oversized: bool = False
    formulas: int = 0
    empty: list[tuple[Details, int, int]] = field(default_factory=list)


def inspect(everything: bytes) -> Stream:
    """What the records of an xls tell; of a damaged one what was found before the damage."""
    found = Stream()
    try:
        stream = compound.stream(everything, "workbook") or compound.stream(everything, "book")
        _inspect_stream(stream, found)
    except (struct.error, IndexError):
        return found
    return found


def _inspect_stream(stream: bytes, found: Stream) -> None:
    sheets: dict[int, Details] = {}
    current: Details | None = None
    objects = biff_objects.Objects()
    depth = 0
    for offset, kind, body in _records(stream):
        if kind == _FILEPASS:
            found.is_locked = True
            return
        if kind == _BOUNDSHEET:
            (position,) = struct.unpack_from("<I", body)
            sheets[position] = found.sheets[_sheet_name(body, is_old=found.is_old)] = Details()
        elif kind == _BOF:
            depth += 1
            found.is_old |= body[:2] != b"\x00\x06"
            current = sheets.get(offset, current if depth > 1 else None)
        elif kind == _EOF:
            depth -= 1
            objects.end(current if not depth else None)
        elif kind == _DIMENSIONS and not found.is_old:
            found.is_oversized |= _is_oversized(body)
        elif current is not None and depth == 1:
            objects.take(current, kind, body)
            _take(current, kind, body, found)
    if len(found.empty) == found.formulas:  # a program that calculates nothing wrote them all
        for details, row, column in found.empty:
            details.add_fault(row, column, Fault())


def _is_oversized(body: bytes) -> bool:
    _, rows, _, columns = struct.unpack_from("<IIHH", body)
    return bool(rows > _LAST_ROW_OF_XLS and rows * columns > _RESERVED) or bool(rows > MAX_ROWS)


def _records(stream: bytes) -> Iterator[_Record]:
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield offset, kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _sheet_name(body: bytes, *, is_old: bool) -> str:
    if is_old:
        return body[7 : 7 + body[6]].decode("cp1250", "replace")
    length, wide = body[6], body[7] & 1
    if wide:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return body[8 : 8 + length].decode("latin-1")


def _take(details: Details, kind: int, body: bytes, found: Stream) -> None:
    if kind not in {_BOOLERR, _FORMULA}:
        return
    row, column = struct.unpack_from("<HH", body)
    if kind == _BOOLERR:
        if body[7]:
            details.add_fault(row, column, Fault(ERRORS.get(body[6], "#N/A")))
        return
    found.formulas += 1
    (length,) = struct.unpack_from("<H", body, 20)
    formula = parsed_formula.text(body[22 : 22 + length])
    details.facts.note(details.facts.formulas, (row, column), formula)
    if struct.unpack_from("<H", body, 12)[0] == _NOT_A_NUMBER:
        if body[6] == _RESULT_ERROR:
            details.add_fault(row, column, Fault(ERRORS.get(body[8], "#N/A")))
        elif body[6] == _RESULT_EMPTY:
            if body[14] & _CALCULATE_ON_LOAD:
                details.add_fault(row, column, Fault())
            if len(found.empty) < MOST:
                found.empty.append((details, row, column))
