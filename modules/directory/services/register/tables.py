"""A file as a header and rows of text: csv in the encodings that Poland uses, gzip, workbooks."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

from modules.directory.errors import NotARegisterFile
from spreadsheets.cells import Fault, Value
from spreadsheets.errors import WorkbookRefused
from spreadsheets.readers import Limits, Reader, Workbook

MAX_BYTES = 1 << 30
"""Of the unpacked text; the whole register of Poland takes about 42 MB."""
WORKBOOK_LIMITS = Limits(cells=20_000_000, seconds=120)

_GZIP = b"\x1f\x8b"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FIELD_LIMIT = 100_000
_UNREADABLE = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are numbered as a spreadsheet shows them: the header is row 1."""

    header: list[str]
    rows: Iterator[tuple[int, list[str]]]


@contextmanager
def opened(path: Path) -> Iterator[Table]:
    """The table in the file, row by row, so that its size does not matter.

    Raises `NotARegisterFile` in words, also while the rows are being read.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        if magic.startswith(_WORKBOOKS):
            with Reader(WORKBOOK_LIMITS) as reader, reader.read(path) as workbook:
                yield _table(path, _workbook_rows(workbook))
        else:
            with _text(path, _encoding(path, magic)) as text:
                yield _table(path, _csv_rows(path, text))
    except WorkbookRefused as refused:
        raise NotARegisterFile(name=path.name, reason=str(refused)) from refused
    except _UNREADABLE as broken:
        reason = f"nie można go odczytać ({_cause(broken)})."
        raise NotARegisterFile(name=path.name, reason=reason) from broken


def _table(path: Path, rows: Iterator[list[str]]) -> Table:
    header = next(rows, [])
    if not any(header):
        raise NotARegisterFile(name=path.name, reason="jest pusty.")
    return Table(header, enumerate(rows, start=2))


def _cause(broken: BaseException) -> str:
    if isinstance(broken, FileNotFoundError):
        return "nie ma takiego pliku"
    if isinstance(broken, IsADirectoryError):
        return "to jest folder"
    if isinstance(broken, PermissionError):
        return "brak prawa do odczytu"
    return "plik jest uszkodzony"


def _bytes(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb")


def _text(path: Path, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(_bytes(path), encoding=encoding, newline="")


def _encoding(path: Path, magic: bytes) -> str:
    """The first encoding in which the whole file can be read."""
    names = ("utf-16",) if magic.startswith(_UTF_16) else ("utf-8-sig", "cp1250")
    for name in names:
        try:
            with _text(path, name) as text:
                length = 0
                while chunk := text.read(1 << 20):
                    length += len(chunk)
                    if length > MAX_BYTES:
                        raise NotARegisterFile(name=path.name, reason="jest za duży.")
        except UnicodeError:
            continue
        return name
    raise NotARegisterFile(name=path.name, reason="to nie jest plik tekstowy ani arkusz.")


def _csv_rows(path: Path, text: TextIOWrapper) -> Iterator[list[str]]:
    first = text.readline()
    text.seek(0)
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(_FIELD_LIMIT)
    number = 0
    try:
        for number, row in enumerate(csv.reader(text, delimiter=delimiter), start=1):  # noqa: B007
            yield row
    except csv.Error as broken:
        reason = f"po wierszu {number} nie da się go dalej odczytać (niezamknięty cudzysłów?)."
        raise NotARegisterFile(name=path.name, reason=reason) from broken


def _workbook_rows(workbook: Workbook) -> Iterator[list[str]]:
    sheet = workbook.sheets[0]
    for _, row in sheet.rows():
        yield [_written(value) for value in row] + [""] * (sheet.width - len(row))


def _written(value: Value) -> str:
    """The cell as the csv export would have it."""
    match value:
        case None | Fault():
            return ""
        case bool():
            return "Tak" if value else "Nie"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
