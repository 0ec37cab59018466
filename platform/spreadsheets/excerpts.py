"""The surroundings of a remarked cell, cut out of the file that the remark is about."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spreadsheets.cells import Row, Value, column_letters
from spreadsheets.errors import WorkbookRefused
from spreadsheets.log import quoted
from spreadsheets.readers import Limits, Reader, Sheet, Workbook
from spreadsheets.references import column
from spreadsheets.report import Remark, Source

ABOVE, BELOW = 5, 6
LEFT, RIGHT = 4, 5
LONGEST_TEXT = 80

_NAME = re.compile(r"([A-Z]{0,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A few rows and columns of a sheet: what its cells hold, as text, and which are remarked.

    Empty rows and columns at the end are left out.

    `rows` has a list for each row from `first_row` (counted from 1), as long as `columns` has
    letters. `marked` holds [row, column] of each remarked cell, counted from 0 within the excerpt;
    the first of them is the one that the remark names first.
    """

    first_row: int
    columns: list[str]
    rows: list[list[str]]
    marked: list[list[int]]


@dataclass(frozen=True, slots=True)
class _Window:
    """Where to cut; `areas` are the remarked cells, the first one's first cell in the middle."""

    number: int
    areas: list[tuple[int, int, int, int]]

    @property
    def top(self) -> int:
        return max(self.areas[0][0] - ABOVE, 0)

    @property
    def bottom(self) -> int:
        return self.areas[0][0] + BELOW

    @property
    def left(self) -> int:
        return max(self.areas[0][1] - LEFT, 0)

    @property
    def right(self) -> int:
        return self.areas[0][1] + RIGHT

    def cut(self, rows: dict[int, Row]) -> Excerpt:
        filled = [
            (row, place)
            for row in range(self.top, self.bottom + 1)
            for place in range(self.left, self.right + 1)
            if _shown(rows.get(row, []), place)
        ]
        first = self.areas[0][:2]
        down = range(self.top, max(first[0], *(row for row, _ in filled), 0) + 1)
        across = range(self.left, max(first[1], *(place for _, place in filled), 0) + 1)
        marked = [
            [row - self.top, place - self.left]
            for top, left, bottom, right in self.areas
            for row in down
            if top <= row <= bottom
            for place in across
            if left <= place <= right
        ]
        return Excerpt(
            self.top + 1,
            [column_letters(place) for place in across],
            [[_shown(rows.get(row, []), place) for place in across] for row in down],
            marked,
        )


def excerpts(
    remarks: Sequence[Remark], sources: Sequence[Source], *, limits: Limits | None = None
) -> Iterator[tuple[int, Excerpt]]:
    """What stands around the cells of each remark, with the remark's number in the given order.

    Each file is read once more, in the bounded child, as it is stored: struck and covered values
    are there. A remark without a cell, on the result itself, or on a file that cannot be read has
    no excerpt.
    """
    wanted: dict[int, dict[str, list[_Window]]] = defaultdict(lambda: defaultdict(list))
    for number, remark in enumerate(remarks):
        areas = _areas(remark.cell)
        if remark.source is not None and areas:
            wanted[remark.source][remark.sheet].append(_Window(number, areas))
    with Reader(limits) as reader:
        contents = ((source, sources[source].content) for source in sorted(wanted))
        for source, outcome in reader.read_many(contents):
            if not isinstance(outcome, WorkbookRefused):
                with outcome:
                    yield from _of_workbook(outcome, wanted[source])


def _of_workbook(
    workbook: Workbook, wanted: dict[str, list[_Window]]
) -> Iterator[tuple[int, Excerpt]]:
    for sheet in workbook.sheets:
        if windows := wanted.get(sheet.name):
            rows = _rows(sheet, windows)
            yield from ((window.number, window.cut(rows)) for window in windows)


def _rows(sheet: Sheet, windows: Sequence[_Window]) -> dict[int, Row]:
    needed = {row for window in windows for row in range(window.top, window.bottom + 1)}
    return {number: row for number, row in sheet.rows() if number in needed}


def _areas(cells: str) -> list[tuple[int, int, int, int]]:
    """C4:C9, D3 as areas counted from 0; rows without letters (5:9) begin in column A."""
    areas = []
    for name in cells.split(", ") if cells else ():
        first, _, last = name.partition(":")
        start, end = _NAME.fullmatch(first), _NAME.fullmatch(last or first)
        if start is None or end is None:
            return []
        right = column(end[1]) if end[1] else 0
        areas.append((int(start[2]) - 1, max(column(start[1]), 0), int(end[2]) - 1, right))
    return areas


def _shown(row: Row, place: int) -> str:
    value: Value = row[place] if place < len(row) else None
    text = "" if value is None else quoted(value)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
