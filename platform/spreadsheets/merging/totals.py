"""Which rows of a filled table are sums of the others, and so no data.

A row is a sum when its formula says so, when the program keeps it as the sum row of a table, or
when its numbers are the sums of the rows above it: of all, or of those since an earlier sum or
heading. A row that only calls itself a sum is kept, with a remark.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from spreadsheets import headers, values
from spreadsheets.cells import Value
from spreadsheets.facts import Facts

_CALLED = re.compile(
    r"^(?:razem|suma|sumy|summa|sum|ogolem|lacznie|laczna|laczny|total|podsumowanie|w sumie|"
    r"subtotal|grand total|zbiorczo|srednia|srednio|przecietnie)\b"
    r"|\b(?:razem|ogolem|lacznie|suma|sumy|suma koncowa|suma czesciowa|suma ogolna|w sumie|total|"
    r"srednia)$"
)
_SIGMA = re.compile(r"[\u03a3\u2211]")
_ADDS = re.compile(r"^(?:of:=|=)?\s*(?:SUM|SUBTOTAL|SUMA|SUMY\.CZĘŚCIOWE|AVERAGE)\s*\((.*)\)$")
_RANGE = re.compile(r"\[?\.?\$?([A-Z]{1,3})\$?(\d+)[:.]+\$?([A-Z]{1,3})\$?(\d+)\]?")
_PLUS = re.compile(r"^=?\s*\[?\.?\$?([A-Z]{1,3})\$?\d+\]?(?:\s*\+\s*\[?\.?\$?\1\$?\d+\]?)+$")
_COLUMN = re.compile(r"\[[^\[\]]+\]")
_LONGEST_LABEL = 80
_FEW_BOUNDS = 60
_TOLERANCE = 0.005
_LEAST_ROWS = 2


@lru_cache(maxsize=20_000)
def calls_itself_a_sum(label: str) -> bool:
    if len(label) > _LONGEST_LABEL:
        return False
    return bool(_CALLED.search(headers.key(label)) or _SIGMA.match(label.strip()))


def adds_rows(formula: str) -> bool:
    """Whether a formula adds what stands above it in its column: SUM(B4:B6), B4+B5, a subtotal."""
    found = _ADDS.match(formula.strip().upper())
    if found is None:
        return _PLUS.match(formula.strip().upper()) is not None
    ranges = _RANGE.findall(found[1])
    if ranges:
        return all(left == right and top != bottom for left, top, right, bottom in ranges)
    return _COLUMN.search(found[1]) is not None


def kept_as_sums(facts: Facts, columns: Iterable[int]) -> set[int]:
    """The rows that the program itself calculates from others."""
    found = {
        row
        for table in facts.tables
        for row in range(table.area[2] - table.totals_rows + 1, table.area[2] + 1)
    }
    own = set(columns)
    return found | {
        row
        for (row, column), formula in facts.formulas.items()
        if column in own and formula and adds_rows(formula)
    }


def number(value: Value) -> float | None:
    """The number in a cell, typed as a number or as a text."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        read = values.number(value).value
        return float(read) if isinstance(read, int | float) else None
    return None


class Proof:
    """Adds up the rows of one table as they come, and proves candidates by their numbers.

    `additive` are the positions of columns whose sums mean something: no ordinals, no averages.
    """

    def __init__(self, additive: Sequence[int]) -> None:
        self._additive = additive
        self._sums = dict.fromkeys(additive, 0.0)
        self._rows = 0
        self._bounds: list[tuple[int, dict[int, float]]] = [(0, dict(self._sums))]
        self._leading: list[tuple[int, dict[int, float]]] = []

    def add(self, row: Sequence[Value]) -> None:
        self._rows += 1
        for position, read in self._numbers(row).items():
            self._sums[position] += read

    def part(self) -> None:
        """Sums may begin anew here: below a heading, below a sum."""
        self._bounds.append((self._rows, dict(self._sums)))
        del self._bounds[1:-_FEW_BOUNDS]

    def holds(self, row: Sequence[Value], *, is_called: bool, alone: bool = False) -> bool:
        """Whether the row's numbers are sums of rows above; without a name of at least two.

        Even by its name a sum is none of a table's only row, unless it may stand `alone`.
        """
        numbers = {place: read for place, read in self._numbers(row).items() if read}
        if not numbers or self._rows < (1 if alone else _LEAST_ROWS):
            return False
        least = 1 if is_called else _LEAST_ROWS
        return any(
            self._rows - rows >= least
            and all(
                is_close(self._sums[position] - before[position], read)
                for position, read in numbers.items()
            )
            for rows, before in self._bounds
        )

    @property
    def rows(self) -> int:
        return self._rows

    def amounts(self, row: Sequence[Value]) -> list[float]:
        """The numbers of a row that can be sums, without zeros."""
        return [read for read in self._numbers(row).values() if read]

    def lead(self, number: int, row: Sequence[Value]) -> None:
        """Remember a candidate that stands over the rows it may add up."""
        if not self._rows:
            self._leading.append((number, self._numbers(row)))

    def led(self) -> set[int]:
        """The remembered candidates that turned out to be the sum of all rows below them."""
        if self._rows < _LEAST_ROWS:
            return set()
        return {
            number
            for number, numbers in self._leading
            if any(numbers.values())
            and all(is_close(self._sums[position], read) for position, read in numbers.items())
        }

    def _numbers(self, row: Sequence[Value]) -> dict[int, float]:
        return {
            position: read
            for position in self._additive
            if (read := number(row[position])) is not None
        }


def sums_of_what_follows(
    rows: Iterable[tuple[int, Sequence[Value]]], heads: set[int], additive: Sequence[int]
) -> set[int]:
    """Of the rows called like a group, those whose numbers the rows up to the next one add up to.

    One amount may agree with one row by chance, so a head of a single row needs two.
    """
    found: set[int] = set()
    head, count = -1, 0
    wanted: dict[int, float] = {}
    sums: dict[int, float] = {}

    def settle() -> None:
        least = 1 if len(wanted) > 1 else _LEAST_ROWS
        if wanted and count >= least and all(is_close(sums[p], wanted[p]) for p in wanted):
            found.add(head)

    for row_number, row in rows if heads else ():
        if row_number in heads:
            settle()
            head, count = row_number, 0
            wanted = {p: read for p in additive if (read := number(row[p]))}
            sums = dict.fromkeys(wanted, 0.0)
            continue
        numbers = {p: read for p in wanted if (read := number(row[p]))}
        count += bool(numbers)
        for position, read in numbers.items():
            sums[position] += read
    settle()
    return found


def is_close(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE + abs(other) * 1e-9
