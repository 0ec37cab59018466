"""Merged cells among the rows of a table: the value belongs to every row that the cell covers."""

from collections import defaultdict
from collections.abc import Sequence

from spreadsheets.cells import Value, addresses
from spreadsheets.log import SheetLog, quoted, shortened
from spreadsheets.merging.words import is_additive
from spreadsheets.parts import Readable
from spreadsheets.template import TableLayout

_MOST_AREAS = 20_000
_MOST_ROWS = 100_000


class Covering:
    """The merged cells below a header; `across` are the rows that are merged over columns.

    Amounts stand once, in the first row, for repeating them would multiply them. `copies` counts,
    by row, the cells that were filled in here.
    """

    def __init__(
        self,
        sheet: Readable,
        header_row: int,
        columns: Sequence[int | None],
        layout: TableLayout,
    ) -> None:
        self.across: set[int] = set()
        self.copies: dict[int, int] = {}
        self._down: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._wide: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._held: dict[tuple[int, int], Value] = {}
        self._areas: list[tuple[int, int, int, int]] = []
        positions = {place: n for n, place in enumerate(columns) if place is not None}
        self._positions = positions
        self._named = {
            n for n, title in enumerate(layout.titles) if not is_additive(title.key, title.kind)
        }
        for area in sorted(sheet.merged)[:_MOST_AREAS]:
            top, left, bottom, right = area
            if top <= header_row:
                continue
            covered = [place for place in range(left, right + 1) if place in positions]
            if len(covered) > 1:
                self.across.add(top)
                self._wide[top].append((left, right))
            if bottom > top and covered and bottom - top < _MOST_ROWS:
                self._areas.append(area)
                for number in range(top, bottom + 1):
                    self._down[number] += [(positions[place], top) for place in covered[:1]]
        self._read(sheet)

    def _read(self, sheet: Readable) -> None:
        """The value of each merged cell."""
        if not self._areas:
            return
        tops = {area[0] for area in self._areas}
        for number, row in sheet.rows():
            if number not in tops:
                continue
            for top, left, _, _ in self._areas:
                if top == number and left < len(row):
                    self._held[self._positions.get(left, -1), top] = row[left]

    def note(self, log: SheetLog) -> None:
        """Remark on what is filled in, and on amounts that are not."""
        for top, left, bottom, _ in self._areas:
            position = self._positions.get(left, -1)
            value = self._held.get((position, top))
            if value is None:
                continue
            is_once = self._is_once(position, value)
            cells = addresses([(number, left) for number in range(top, bottom + 1)])
            kind = "merged_once" if is_once else "merged_filled"
            log.note(kind, cell=cells, text=shortened(quoted(value)))

    def note_across(self, number: int, picked: tuple[Value, ...], log: SheetLog) -> None:
        """Remark on a value that covers several columns of a row with other values in it."""
        for left, last in self._wide.get(number, ()):
            value = picked[self._positions[left]] if left in self._positions else None
            if value is not None and len(picked) - picked.count(None) > 1:
                cell = addresses([(number, left)]) + ":" + addresses([(number, last)])
                log.note("merged_across", cell=cell, text=shortened(quoted(value)))

    def filled(self, number: int, picked: tuple[Value, ...]) -> tuple[Value, ...]:
        """The row with the values of the merged cells that reach down to it."""
        covered = self._down.get(number)
        if covered is None or picked.count(None) == len(picked):
            return picked
        row = list(picked)
        for position, top in covered:
            value = self._held.get((position, top))
            if row[position] is not None or value is None or number == top:
                continue
            if not self._is_once(position, value):
                row[position] = value
        self.copies[number] = picked.count(None) - row.count(None)
        return tuple(row)

    def _is_once(self, position: int, value: Value) -> bool:
        """Whether the value is an amount: a number that is no year, ordinal or code."""
        return position not in self._named and isinstance(value, int | float)
