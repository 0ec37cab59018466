"""What people do to a workbook before they send it back, as hypothesis strategies.

A `Filled` copy is plain rows; an operator changes it as a person would, without changing what it
says. So whatever operators come together, the merge must give what was filled in.
"""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field

import openpyxl
from hypothesis import strategies as st

from tests.spreadsheets.conftest import ods, xls

Rows = list[list[object]]


@dataclass
class Filled:
    """One copy: rows over the header, the header, rows, rows below; other sheets beside it."""

    header: list[str]
    rows: Rows
    above: Rows = field(default_factory=list)
    below: Rows = field(default_factory=list)
    name: str = "Dane"
    old: Rows = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    versions: dict[str, Rows] = field(default_factory=dict)
    label: int = 0

    @property
    def grid(self) -> Rows:
        return [*self.above, self.header, *self.rows, *self.below]


Draw = Callable[[st.SearchStrategy], object]
TITLES = st.sampled_from(["Zespół Szkół nr 7", "rok szkolny 2026/2027", "pieczęć szkoły"])
SIGNED = st.sampled_from(
    [["Sporządziła: Anna Lis"], ["tel. 52 000 00 00"], ["Data: 12.10.2026"], ["* stan na wrzesień"],
     ["Sporządził:", "Jan Kot"], ["Podpis dyrektora"]]
)  # fmt: skip  # a list of lines


def rows_above(copy: Filled, draw: Draw) -> None:
    copy.above = [*([[]] * draw(st.integers(0, 2))), [draw(TITLES)], *copy.above]


def columns_in_another_order(copy: Filled, draw: Draw) -> None:
    order = draw(st.permutations(range(len(copy.header))))
    copy.header = [copy.header[n] for n in order]
    copy.rows = [
        [row[n] if n < len(row) else None for n in order] if row else [] for row in copy.rows
    ]
    copy.label = order.index(copy.label)


def column_inserted(copy: Filled, draw: Draw) -> None:
    place = draw(st.integers(0, len(copy.header)))
    copy.header = [*copy.header[:place], "Nasze notatki", *copy.header[place:]]
    notes = st.sampled_from([None, "tak", "do ustalenia"])
    copy.rows = [
        [*row[:place], draw(notes), *row[place:]] if any(row) else row for row in copy.rows
    ]
    copy.label += place <= copy.label


def blank_rows(copy: Filled, draw: Draw) -> None:
    place = draw(st.integers(0, len(copy.rows)))
    copy.rows = [*copy.rows[:place], [], *copy.rows[place:]]


def total_row(copy: Filled, draw: Draw) -> None:
    numbers = [[row[n] for row in copy.rows if row] for n in range(len(copy.header))]
    if sum(bool(row) for row in copy.rows) < 2:
        return
    sums = [
        sum(column) if all(isinstance(v, int) and not isinstance(v, bool) for v in column) else None
        for column in numbers
    ]
    if not any(sums):
        return
    sums[copy.label] = draw(
        st.sampled_from(["Razem", "OGÓŁEM:", "Suma końcowa", "Łącznie SP nr 7"])
    )
    copy.rows = [*copy.rows, sums]


def heading(copy: Filled, draw: Draw) -> None:
    words = draw(st.sampled_from(["KLASY I-III", "Grupy młodsze", "Oddziały:"]))
    if sum(bool(row) for row in copy.rows) >= 2:
        copy.rows = [[words], *copy.rows]


def signature(copy: Filled, draw: Draw) -> None:
    copy.below = [*copy.below, [], draw(SIGNED)]


def numbers_as_texts(copy: Filled, draw: Draw) -> None:
    written = draw(st.sampled_from(["{}", " {} ", "{},00", "{} zł"]))
    copy.rows = [
        [written.format(v) if isinstance(v, int) and not isinstance(v, bool) else v for v in row]
        for row in copy.rows
    ]


def header_repeated(copy: Filled, draw: Draw) -> None:
    if copy.rows:
        place = draw(st.integers(1, len(copy.rows)))
        copy.rows = [*copy.rows[:place], list(copy.header), *copy.rows[place:]]


def sheet_renamed(copy: Filled, draw: Draw) -> None:
    copy.name = draw(st.sampled_from(["Arkusz1", "nasze dane", "DANE "]))


def old_sheet_hidden(copy: Filled, draw: Draw) -> None:
    copy.old = [
        list(copy.header),
        *([draw(st.integers(900, 999)) for _ in row] for row in copy.rows if row),
    ]
    copy.name = "Dane 2026"


def sent_twice(copy: Filled, draw: Draw) -> None:
    copy.versions[draw(st.sampled_from(["{} (1)", "{} - kopia", "Kopia {}"]))] = []


def corrected(copy: Filled, draw: Draw) -> None:
    """The copy is a correction: what it corrects was sent too, with other numbers."""
    wrong = [
        [v + 1 if isinstance(v, int) and not isinstance(v, bool) else v for v in row]
        for row in copy.rows
    ]
    copy.versions[draw(st.sampled_from(["{} poprawione", "{} v2", "{}_KOREKTA"]))] = wrong


TABLE_OPERATORS = [
    rows_above, columns_in_another_order, column_inserted, blank_rows, total_row, heading,
    signature, numbers_as_texts, header_repeated, sheet_renamed, old_sheet_hidden, sent_twice,
    corrected,
]  # fmt: skip  # a list
SUM_OPERATORS = [
    rows_above, columns_in_another_order, column_inserted, blank_rows, signature, sheet_renamed,
    old_sheet_hidden, sent_twice,
]  # fmt: skip  # a list


def disturbed(
    draw: Draw, copy: Filled, operators: list[Callable[[Filled, Draw], None]]
) -> list[str]:
    """Apply a few operators in the order of the list; their names."""
    count = len(operators)
    chosen = sorted(draw(st.sets(st.integers(0, count - 1), max_size=4)))
    for number in chosen:
        operators[number](copy, draw)
    return [operators[number].__name__ for number in chosen]


def saved(draw: Draw, copy: Filled, rows: Rows) -> tuple[str, bytes]:
    """The copy as a file of one of the formats that can hold it, with its ending."""
    kinds = ["xlsx"] if copy.old or copy.merged else ["xlsx", "xlsx", "xls", "ods", "csv"]
    grid = [*copy.above, copy.header, *rows, *copy.below]
    match draw(st.sampled_from(kinds)):
        case "xls":
            return "xls", xls({copy.name: grid})
        case "ods":
            return "ods", ods({copy.name: grid})
        case "csv":
            return "csv", _csv(grid)
        case _:
            return "xlsx", _xlsx(copy, grid)


def _xlsx(copy: Filled, grid: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = copy.name
    for row in grid:
        book.active.append(row)
    for area in copy.merged:
        book.active.merge_cells(area)
    if copy.old:
        hidden = book.create_sheet("Dane")
        hidden.sheet_state = "hidden"
        for row in copy.old:
            hidden.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _csv(grid: Rows) -> bytes:
    width = max(map(len, grid))
    lines = []
    for row in grid:
        cells = [_typed(value) for value in [*row, *[None] * (width - len(row))]]
        lines.append(
            ";".join('"' + cell.replace('"', '""') + '"' if ";" in cell else cell for cell in cells)
        )
    return "\r\n".join(lines).encode("cp1250")


def _typed(value: object) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)
