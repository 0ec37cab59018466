"""Rows of one file on their way into the result, kept as columns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spreadsheets import headers
from spreadsheets.cells import Value
from spreadsheets.log import SheetLog
from spreadsheets.template import Comparable

BLOCK_ROWS = 500


@dataclass(frozen=True, slots=True)
class Block:
    """`numbers` are the file's own row numbers, from 1; `counts` the cells that were read in each.

    `presets` are the template's rows among them, by their position, as they compare.
    """

    source: int
    sheet: str
    numbers: list[int]
    counts: list[int]
    columns: Sequence[Sequence[Value]]
    extra: dict[headers.Key, Sequence[Value]]
    places: dict[int, int]
    extra_places: dict[headers.Key, int]
    presets: dict[int, Comparable]

    @property
    def size(self) -> int:
        return len(self.numbers) * (len(self.columns) + len(self.extra))

    def without(self, rows: Collection[int]) -> "Block":
        """The block without the rows at these positions."""
        kept = [n for n in range(len(self.numbers)) if n not in rows]
        return Block(
            self.source,
            self.sheet,
            [self.numbers[n] for n in kept],
            [self.counts[n] for n in kept],
            [[cells[n] for n in kept] for cells in self.columns],
            {key: [cells[n] for n in kept] for key, cells in self.extra.items()},
            self.places,
            self.extra_places,
            {},
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a block to be, each a tuple of the template's cells and the additional ones."""

    numbers: list[int]
    kept: list[tuple[Value, ...]]
    counts: list[int]
    presets: dict[int, Comparable]

    def block(
        self, log: SheetLog, own: int, extra: dict[headers.Key, int], places: dict[int, int]
    ) -> Block:
        columns = list(zip(*self.kept, strict=True))
        return Block(
            log.source,
            log.sheet,
            self.numbers,
            self.counts,
            columns[:own],
            dict(zip(extra, columns[own:], strict=True)),
            places,
            extra,
            self.presets,
        )
