"""What calamine leaves out of an ods: errors, and formulas without a saved result."""

import zipfile
from typing import BinaryIO
from xml.parsers import expat

from spreadsheets.cells import MAX_COLUMNS, MAX_ROWS, Fault
from spreadsheets.sandbox.ooxml import Details

_CHUNK = 1 << 20
_MARKS = (b"table:formula", b'value-type="error"')


def inspect(content: BinaryIO) -> dict[str, Details]:
    """Details by sheet name; a damaged part gives nothing (calamine will say so)."""
    try:
        with zipfile.ZipFile(content) as archive:
            if not _is_interesting(archive):
                return {}
            scan = _Scan()
            with archive.open("content.xml") as stream:
                while chunk := stream.read(_CHUNK):
                    scan.feed(chunk)
            return scan.sheets
    except (zipfile.BadZipFile, EOFError, NotImplementedError, KeyError, expat.ExpatError):
        return {}


def _is_interesting(archive: zipfile.ZipFile) -> bool:
    overlap = b""
    with archive.open("content.xml") as stream:
        while chunk := stream.read(_CHUNK):
            if any(mark in overlap + chunk for mark in _MARKS):
                return True
            overlap = chunk[-32:]
    return False


class _Scan:
    """Counts rows and columns, with their repetitions, to give each faulty cell its place."""

    def __init__(self) -> None:
        self.sheets: dict[str, Details] = {}
        self._sheet = Details()
        self._row = self._next_row = self._column = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._sheet = self.sheets.setdefault(attributes.get("table:name", ""), Details())
            self._row = self._next_row = 0
        elif name == "table:table-row":
            self._row, self._column = self._next_row, 0
            self._next_row += _repeated(attributes, "table:number-rows-repeated", MAX_ROWS)
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            fault = _fault(attributes)
            if fault:
                self._sheet.add_fault(self._row, self._column, fault)
            self._column += _repeated(attributes, "table:number-columns-repeated", MAX_COLUMNS)


def _repeated(attributes: dict[str, str], name: str, limit: int) -> int:
    count = attributes.get(name, "1")
    return min(int(count), limit) if count.isdecimal() and len(count) < 8 else 1  # noqa: PLR2004  # no int bombs


def _fault(attributes: dict[str, str]) -> Fault | None:
    if attributes.get("calcext:value-type") == "error":
        return Fault("#ERR!")
    if "table:formula" in attributes and "office:value-type" not in attributes:
        return Fault()
    return None
