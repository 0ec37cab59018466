"""What a cell can hold, and how it crosses from the reading child to its parent.

The child may have been taken over by a hostile workbook, so its answer is plain JSON: scalars, and
for everything JSON has no word for a short list `[tag, value, …]`. Decoding can build nothing but
the types below.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Self, TypeAlias

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that has no readable value.

    `code` is the spreadsheet's own error (#DIV/0!), or empty for a formula whose result was never
    saved: programs that write formulas without calculating them leave such cells.
    """

    code: str = ""

    def __str__(self) -> str:
        return self.code


class Formatted(float):
    """A number whose format says more than its digits; arithmetic sees the plain number.

    `mark` is what the format does: "percent" (0.95 shown as 95%), "currency" (another one than
    złoty), "scale" (12 shown as "12 tys. zł"), "code" (1234 shown as 01-234), "words" (1 shown as
    "tak") or "hidden" (shown as nothing). `shown` is what people see.
    """

    __slots__ = ("mark", "shown")
    mark: str
    shown: str

    def __new__(cls, number: float, mark: str, shown: str) -> Self:
        made = super().__new__(cls, number)
        made.mark, made.shown = mark, shown
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[float, str, str]]:
        return type(self), (float(self), self.mark, self.shown)


Value: TypeAlias = (
    str
    | float
    | int
    | bool
    | Decimal
    | dt.datetime
    | dt.date
    | dt.time
    | dt.timedelta
    | Fault
    | None
)
Row: TypeAlias = list[Value]


class NotACell(ValueError):
    """The child sent something that no cell can hold."""


def encode(value: object) -> list[str | int | float]:
    """The JSON form of a value that JSON cannot hold itself; `json.dumps(default=encode)`.

    A Formatted number would pass for a plain one there, so the caller encodes those itself.
    """
    if type(value) is dt.date:
        return ["d", value.toordinal()]
    match value:
        case dt.datetime():
            return ["m", value.isoformat()]
        case dt.time():
            return ["t", value.isoformat()]
        case dt.timedelta():
            return ["s", value.total_seconds()]
        case Fault():
            return ["f", value.code]
        case Formatted():
            return ["n", float(value), value.mark, value.shown]
        case _:
            raise NotACell(type(value).__name__)


def decode(value: Any) -> Value:
    """The cell behind a JSON list; raises NotACell for one that `encode` never makes."""
    if value.__class__ is list and len(value) == 2 and value[0] == "d":  # noqa: PLR2004  # a pair
        return _day(value[1])
    match value:
        case [str(tag), str() | int() | float() as content] if tag in "mts":
            return _moment(tag, content)
        case ["f", str(code)]:
            return Fault(code[:20])
        case ["n", int() | float() as number, str(mark), str(shown)]:
            return Formatted(number, mark, shown)
        case _:
            raise NotACell(type(value).__name__)


@lru_cache(maxsize=20_000)
def _day(ordinal: int) -> dt.date:
    try:
        return dt.date.fromordinal(ordinal)
    except (ValueError, OverflowError) as problem:
        raise NotACell(str(problem)) from problem


def _moment(tag: str, content: str | float) -> Value:
    try:
        match tag, content:
            case "m", str(text):
                return dt.datetime.fromisoformat(text)
            case "t", str(text):
                return dt.time.fromisoformat(text)
            case "s", int(seconds) | float(seconds):
                return dt.timedelta(seconds=seconds)
            case _:
                raise NotACell(tag)
    except (ValueError, OverflowError) as problem:
        raise NotACell(str(problem)) from problem


def column_letters(column: int) -> str:
    """Letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The cell's name as a spreadsheet shows it; row and column are counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def addresses(cells: list[tuple[int, int]]) -> str:
    """Names of many cells, runs down a column written as ranges: C4:C9, C12, D3."""
    runs: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    return ", ".join(
        address(first, column)
        if first == last
        else f"{address(first, column)}:{address(last, column)}"
        for column, first, last in runs
    )
