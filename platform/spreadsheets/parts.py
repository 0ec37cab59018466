"""A part of a sheet that is read as if the rest were not there; rows keep their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from spreadsheets.cells import Row
from spreadsheets.facts import Facts
from spreadsheets.readers import Sheet


@dataclass(frozen=True, slots=True)
class Part:
    """Rows `top` to `bottom` and columns `left` to `right` (both exclusive) of a sheet."""

    sheet: Sheet
    top: int
    bottom: int
    left: int
    right: int

    @property
    def name(self) -> str:
        return self.sheet.name

    @property
    def is_hidden(self) -> bool:
        return self.sheet.is_hidden

    @property
    def width(self) -> int:
        return self.sheet.width

    @property
    def facts(self) -> Facts:
        return self.sheet.facts

    @property
    def merged(self) -> tuple[tuple[int, int, int, int], ...]:
        return tuple(area for area in self.sheet.merged if self.top <= area[0] < self.bottom)

    def blocks(self) -> Iterator[tuple[int, list[Row]]]:
        for first, rows in self.sheet.blocks():
            begin, end = max(first, self.top), min(first + len(rows), self.bottom)
            if begin < end:
                yield begin, [self._cut(row) for row in rows[begin - first : end - first]]

    def _cut(self, row: Row) -> Row:
        if self.left == 0 and self.right >= len(row):
            return row
        before: Row = [None] * min(self.left, len(row))
        return before + row[self.left : self.right]

    def head(self, count: int) -> list[Row]:
        """The rows up to number `count`; those above the part are empty."""
        found: list[Row] = [[] for _ in range(min(self.top, count))]
        for _, rows in self.blocks():
            found += rows[: count - len(found)]
            if len(found) >= count:
                break
        return found

    def rows(self) -> Iterator[tuple[int, Row]]:
        for first, rows in self.blocks():
            yield from enumerate(rows, first)


Readable: TypeAlias = Sheet | Part
