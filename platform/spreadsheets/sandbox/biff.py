"""What calamine leaves out of an xls: passwords, errors, and formulas never calculated.

Reads the compound file just far enough to walk the records of the workbook stream ([MS-CFB] 2,
[MS-XLS] 2.4). Anything out of order ends the walk: calamine then judges the file by itself.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from spreadsheets.cells import Fault
from spreadsheets.sandbox.ooxml import Details
from spreadsheets.sandbox.refusal import Refused

_END_OF_CHAIN = 0xFFFFFFFA
_MINI_STREAM_BELOW = 4096
_HEADER = 512
_ENTRY = 128
_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_BOOLERR, _FORMULA = 0x0205, 0x0006
_NOT_A_NUMBER = 0xFFFF
_RESULT_ERROR, _RESULT_EMPTY = 2, 3
_CALCULATE_ON_LOAD = 2
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip  # [MS-XLS] 2.5.10, as a table

_Record = tuple[int, int, bytes]


def inspect(content: BinaryIO) -> dict[str, Details]:
    """Details by sheet name; raises Refused when the workbook asks for a password."""
    everything = content.read()
    try:
        stream = _workbook_stream(everything)
        return _inspect_stream(stream) if stream else {}
    except (struct.error, IndexError):
        return {}


def _workbook_stream(everything: bytes) -> bytes:
    (sector_bits,) = struct.unpack_from("<H", everything, 30)
    size = 1 << min(sector_bits, 16)
    directory_start, mini_fat_start = (
        struct.unpack_from("<I", everything, offset)[0] for offset in (48, 60)
    )
    fat = _table(_sector(everything, number, size) for number in _fat_sectors(everything, size))
    directory = _chain(everything, fat, directory_start, size)
    entries = [directory[start : start + _ENTRY] for start in range(0, len(directory), _ENTRY)]
    named = {_entry_name(entry): entry for entry in entries if len(entry) == _ENTRY}
    entry = named.get("workbook") or named.get("book")
    if entry is None:
        return b""
    start, length = struct.unpack_from("<II", entry, 116)
    if length >= _MINI_STREAM_BELOW:
        return _chain(everything, fat, start, size)[:length]
    (root_start,) = struct.unpack_from("<I", entries[0], 116)
    mini_stream = _chain(everything, fat, root_start, size)
    mini_fat = _table([_chain(everything, fat, mini_fat_start, size)])
    numbers = _numbers(mini_fat, start)
    return b"".join(mini_stream[number * 64 : number * 64 + 64] for number in numbers)[:length]


def _fat_sectors(everything: bytes, size: int) -> Iterator[int]:
    yield from (
        number for number in struct.unpack_from("<109I", everything, 76) if number < _END_OF_CHAIN
    )
    (following,) = struct.unpack_from("<I", everything, 68)
    seen: set[int] = set()
    while following < _END_OF_CHAIN and following not in seen:
        seen.add(following)
        *numbers, following = struct.unpack(f"<{size // 4}I", _sector(everything, following, size))
        yield from (number for number in numbers if number < _END_OF_CHAIN)


def _sector(everything: bytes, number: int, size: int) -> bytes:
    start = max(size, _HEADER) + number * size
    return everything[start : start + size]


def _table(sectors: Iterator[bytes] | list[bytes]) -> tuple[int, ...]:
    raw = b"".join(sectors)
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _numbers(table: tuple[int, ...], start: int) -> Iterator[int]:
    seen: set[int] = set()
    while start < len(table) and start not in seen:
        seen.add(start)
        yield start
        start = table[start]


def _chain(everything: bytes, fat: tuple[int, ...], start: int, size: int) -> bytes:
    return b"".join(_sector(everything, number, size) for number in _numbers(fat, start))


def _entry_name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()


def _inspect_stream(stream: bytes) -> dict[str, Details]:
    sheets: dict[int, Details] = {}
    named: dict[str, Details] = {}
    current: Details | None = None
    depth = 0
    for offset, kind, body in _records(stream):
        if kind == _FILEPASS:
            raise Refused("workbook_protected")
        if kind == _BOUNDSHEET:
            (position,) = struct.unpack_from("<I", body)
            sheets[position] = named[_sheet_name(body)] = Details()
        elif kind == _BOF:
            depth += 1
            current = sheets.get(offset, current if depth > 1 else None)
        elif kind == _EOF:
            depth -= 1
        elif current is not None and depth == 1 and kind in {_BOOLERR, _FORMULA}:
            _add_fault(current, kind, body)
    return named


def _records(stream: bytes) -> Iterator[_Record]:
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield offset, kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _sheet_name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    if wide:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return body[8 : 8 + length].decode("latin-1")


def _add_fault(details: Details, kind: int, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    if kind == _BOOLERR:
        if body[7]:
            details.add_fault(row, column, Fault(_ERRORS.get(body[6], "#N/A")))
        return
    if struct.unpack_from("<H", body, 12)[0] != _NOT_A_NUMBER:
        return
    if body[6] == _RESULT_ERROR:
        details.add_fault(row, column, Fault(_ERRORS.get(body[8], "#N/A")))
    elif body[6] == _RESULT_EMPTY and body[14] & _CALCULATE_ON_LOAD:
        details.add_fault(row, column, Fault())
