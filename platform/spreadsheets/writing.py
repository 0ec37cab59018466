"""Writes one table as xlsx: what every list on the screen exports, "as it stands".

    from spreadsheets import writing

    content = writing.write_table(
        [
            writing.Column("Jednostka", width=40),
            writing.Column("Otwarto", writing.Kind.DATETIME),
            writing.Column("Kwota", writing.Kind.MONEY),
        ],
        ((row.name, row.opened_at, row.amount) for row in rows),
        name="Odpowiedzi",
    )

Headers are frozen and filtered, columns are as wide as their content, dates and money are shown the
Polish way, and a text that begins with `=` stays a text.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import BinaryIO, TypeAlias

from opium.polish import WARSAW
from spreadsheets import xlsx
from spreadsheets.xlsx import Link

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Link",
    "Table",
    "write_table",
    "write_table_to",
    "write_tables",
]

_BLOCK = 500

Cell: TypeAlias = (
    str
    | int
    | float
    | bool
    | Decimal
    | dt.datetime
    | dt.date
    | dt.time
    | dt.timedelta
    | Link
    | None
)


class Kind(Enum):
    """What a column holds; the value is its number format."""

    TEXT = "@"
    NUMBER = "General"
    INTEGER = "#,##0"
    DATE = xlsx.DATE
    DATETIME = xlsx.DATETIME
    MONEY = '#,##0.00" zł"'
    PERCENT = "0.0%"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `width` in characters, otherwise the content decides.

    `id` is the stable name of the screen's column that it belongs to; several may belong to one.
    """

    title: str
    kind: Kind = Kind.TEXT
    width: float | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook of several; its rows as `write_table` takes them."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 0


def write_table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    name: str = "Dane",
    frozen: int = 0,
) -> bytes:
    """The table as the bytes of an xlsx file with one sheet called `name`.

    Each row has one cell for each column. Text columns (codes, REGON) keep their leading zeros;
    moments with a zone are shown in Polish time; money is in zloty, percent is a fraction (0.25
    shows as 25,0%); a `Link` opens a file that lies beside the workbook. The first `frozen`
    columns stay in sight.
    """
    target = io.BytesIO()
    write_table_to(target, columns, rows, name=name, frozen=frozen)
    return target.getvalue()


def write_table_to(
    target: BinaryIO,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    name: str = "Dane",
    frozen: int = 0,
) -> None:
    """`write_table` into an open file, in memory that does not grow with the rows."""
    _write([Table(name, columns, rows, frozen)], target)


def write_tables(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table, in order; names that clash are told apart."""
    target = io.BytesIO()
    _write(tables, target)
    return target.getvalue()


def _write(tables: Sequence[Table], target: BinaryIO) -> None:
    sheets = [
        xlsx.Table(
            table.name,
            tuple(xlsx.Column(c.title, c.kind.value, c.width) for c in table.columns),
            table.frozen,
        )
        for table in tables
    ]
    with xlsx.XlsxFile(sheets) as book:
        for number, table in enumerate(tables):
            remaining = iter(table.rows)
            while block := list(islice(remaining, _BLOCK)):
                written = [
                    [_cell(row[place], column.kind) for row in block]
                    for place, column in enumerate(table.columns)
                ]
                book.append(number, written)
        book.save(target)


def _cell(value: Cell, kind: Kind) -> Cell:
    match value:
        case dt.datetime():
            local = value.astimezone(WARSAW).replace(tzinfo=None) if value.tzinfo else value
            return local.date() if kind is Kind.DATE else local
        case bool():
            return "tak" if value else "nie"
        case int() | float() | Decimal() if kind is Kind.TEXT:
            return str(value)
        case _:
            return value
