"""What the reading child says, as sheets: its answer is checked line by line while it is used."""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Self

from spreadsheets import errors
from spreadsheets.cells import MAX_COLUMNS, NotACell, Row, decode
from spreadsheets.facts import Facts, from_json

_SCALARS = frozenset({str, float, int, bool, type(None)})
_NUMBERS = frozenset({int, float})
_LONGEST_INTEGER = 10**15


@dataclass(slots=True)
class Sheet:
    """One sheet as it was read. Rows and columns count from 0; row 0 is the file's first row.

    `merged` holds (first row, first column, last row, last column), of ods and xlsb only where
    facts were asked for. `facts` are what people see besides values, and `formats` maps
    "row,column" and ",column" to number formats, both where they were asked for.
    """

    name: str
    is_hidden: bool
    width: int
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formats: dict[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    _answer: BinaryIO | None = field(default=None, repr=False)
    _lines: list[int] = field(default_factory=list, repr=False)
    _first: tuple[int, list[Row]] | None = field(default=None, repr=False)

    def blocks(self) -> Iterator[tuple[int, list[Row]]]:
        """Rows in blocks of bounded size, each with the number of its first row.

        Raises WorkbookDamaged when the child's answer turns out to be false.
        """
        for offset in self._lines:
            if offset == self._lines[0] and self._first is not None:
                yield self._first
                continue
            assert self._answer is not None  # noqa: S101  # only a Workbook makes lines
            self._answer.seek(offset)
            block = read_block(self._answer.readline())
            if offset == self._lines[0]:
                self._first = block
            yield block

    def fingerprint(self) -> bytes:
        """What the sheet holds, in 32 bytes: equal for equal cells in a sheet of equal name."""
        digest = hashlib.sha256(self.name.encode("utf-8", "replace"))
        for offset in self._lines:
            assert self._answer is not None  # noqa: S101  # only a Workbook makes lines
            self._answer.seek(offset)
            digest.update(self._answer.readline())
        return digest.digest()

    def head(self, count: int) -> list[Row]:
        """The first `count` rows, or as many as there are."""
        found: list[Row] = []
        for _, rows in self.blocks():
            found += rows[: count - len(found)]
            if len(found) >= count:
                break
        return found

    @property
    def is_empty(self) -> bool:
        return not self._lines

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Every row with its number; rows may be shorter than `width`."""
        for first, rows in self.blocks():
            yield from enumerate(rows, first)


@dataclass(slots=True)
class Workbook:
    """A workbook that was read; its rows lie in a temporary file until `close`.

    `properties` are the custom ones of the document, by which a result of ours knows itself; they
    are read with the facts.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    _answer: BinaryIO = field(repr=False)
    properties: dict[str, str] = field(default_factory=dict)

    def close(self) -> None:
        self._answer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def read_answer(answer: BinaryIO) -> Workbook:
    """The workbook behind the child's answer; raises WorkbookRefused, also for a false answer."""
    answer.seek(0)
    try:
        head = _line(answer.readline())
        if "refused" in head:
            raise _refused(head)
        sheets = tuple(_sheet(answer) for _ in range(int(head["sheets"])))
        properties = {str(key): str(value) for key, value in dict(head["properties"]).items()}
        return Workbook(str(head["kind"]), sheets, answer, properties)
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise errors.WorkbookDamaged from problem


def _refused(head: dict[str, Any]) -> errors.WorkbookRefused:
    refusal = errors.BY_CODE.get(str(head["refused"]), errors.WorkbookDamaged)
    return refusal(what=errors.FORMATS.get(str(head.get("what", "")), errors.FORMATS["binary"]))


def _line(raw: bytes) -> dict[str, Any]:
    line = json.loads(raw)
    if not isinstance(line, dict):
        raise TypeError
    return line


def _sheet(answer: BinaryIO) -> Sheet:
    head = _line(answer.readline())
    offsets = []
    for _ in range(int(head["lines"])):
        offsets.append(answer.tell())
        if not answer.readline():
            raise ValueError
    areas = ((int(a), int(b), int(c), int(d)) for a, b, c, d in head["merged"])
    merged = tuple(area for area in areas if 0 <= area[0] <= area[2] and 0 <= area[1] <= area[3])
    formats = {str(place): str(code) for place, code in dict(head["formats"]).items()}
    width = min(int(head["width"]), MAX_COLUMNS)
    known = from_json(dict(head["facts"]))
    return Sheet(
        str(head["name"]), bool(head["hidden"]), width, merged, formats, known, answer, offsets
    )


def read_block(raw: bytes) -> tuple[int, list[Row]]:
    try:
        first, rows = json.loads(raw)
        for row in rows:
            kinds = set(map(type, row))
            if not kinds <= _SCALARS:
                row[:] = [decode(v) if v.__class__ not in _SCALARS else v for v in row]
            if float in kinds or int in kinds:
                _bound_numbers(row)
        return int(first), rows
    except (ValueError, TypeError, RecursionError, NotACell) as problem:
        raise errors.WorkbookDamaged from problem


def _bound_numbers(row: Row) -> None:
    """Numbers that xlsx cannot hold (infinite, or integers beyond 15 digits) become text."""
    numbers: list[Any] = [value for value in row if value.__class__ in _NUMBERS]
    total = sum(numbers)
    if -_LONGEST_INTEGER < total < _LONGEST_INTEGER:
        return
    for place, value in enumerate(row):
        is_infinite = isinstance(value, float) and not math.isfinite(value)
        if is_infinite or (type(value) is int and abs(value) >= _LONGEST_INTEGER):
            row[place] = str(value)
