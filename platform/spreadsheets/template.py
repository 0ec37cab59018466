"""What was sent out: its sheets, where their tables or fields are, and how to merge them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from opium.polish import plural
from spreadsheets import errors, headers, reading, values
from spreadsheets.cells import Fault, Row, Value
from spreadsheets.facts import Facts
from spreadsheets.values import Kind

_LONGEST_TITLE = 200
_ROWS = 3_000
_NEARLY_FULL = 0.8
_TABLE_COLUMNS = 3
_LABELLED_ROWS = 2
_FEW_SAMPLES = 2
TOTALS = frozenset(
    {"razem", "suma", "sumy", "ogolem", "lacznie", "total", "podsumowanie", "suma ogolem",
     "razem ogolem", "ogolem razem"}
)  # fmt: skip  # a list of words
_COUNTED = re.compile(
    r"\b(liczba|ilosc|kwota|suma|razem|ogolem|wartosc|koszt|dziewcz\w*|chlopc\w*|uczni\w*|etat\w*|"
    r"oddzial\w*|godzin\w*|zl|procent|plan|wykonanie|wydatki|dochody|20\d\d)\b|%"
)
_SAMPLE = re.compile(r"^\s*(np\.?|przyklad|wzor)\b", re.IGNORECASE)

Place = tuple[int, int]


class Mode(StrEnum):
    """How the copies of a sheet become one; AUTO takes what the template proposes."""

    AUTO = "auto"
    STACK = "stack"
    FORM = "form"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet of the template, its first rows in memory."""

    name: str
    is_hidden: bool
    width: int
    merged: tuple[tuple[int, int, int, int], ...]
    formats: dict[str, str]
    rows: tuple[Row, ...]
    facts: Facts = field(default_factory=Facts)

    def cells(self) -> Iterator[tuple[Place, Value]]:
        """Every filled cell, row by row; dotted lines to write on count as empty."""
        for number, row in enumerate(self.rows):
            for column, value in enumerate(row):
                if value is not None and not is_blank_line(value):
                    yield (number, column), value

    def number_format(self, row: int, column: int) -> str:
        """The format of a cell, or of its column; empty for General."""
        return self.formats.get(f"{row},{column}") or self.formats.get(f",{column}", "")


@dataclass(frozen=True, slots=True)
class Title:
    """A column of a template's table."""

    title: str
    key: headers.Key
    place: int
    kind: Kind | None
    number_format: str


Comparable = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table: its titles, and the rows that the template already had below them.

    `unfilled` rows wait for entries, `samples` show how to fill in, `totals` are the labels of its
    own summing rows, `above` what stands over the header, `calculated` the positions of titles
    whose cells it calculates itself.
    """

    header_row: int
    depth: int
    titles: tuple[Title, ...]
    unfilled: frozenset[Comparable] = frozenset()
    samples: frozenset[Comparable] = frozenset()
    totals: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    calculated: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """How one sheet would be merged, with a Polish sentence that says why."""

    name: str
    mode: Mode
    sentence: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """`mode` is the proposal for the first sheet that people fill in."""

    mode: Mode
    sheets: tuple[SheetProposal, ...] = field(default=())


def is_blank_line(value: Value) -> bool:
    return isinstance(value, str) and not value.strip(".…_ \u00a0\n\t")


def read_template(reader: reading.Reader, content: reading.Content) -> tuple[TemplateSheet, ...]:
    """The filled sheets of a template, hidden ones last resort; raises WorkbookRefused."""
    with reader.read(content, facts=True, formats=True) as workbook:
        sheets = tuple(
            TemplateSheet(
                sheet.name,
                sheet.is_hidden,
                sheet.width,
                sheet.merged,
                sheet.formats,
                tuple(sheet.head(_ROWS)),
                sheet.facts,
            )
            for sheet in workbook.sheets
            if not sheet.is_empty
        )
    if not sheets:
        raise errors.TemplateWithoutFields
    return sheets


def propose(content: reading.Content, *, limits: reading.Limits | None = None) -> Proposal:
    """How copies of this workbook should be merged.

    Raises WorkbookRefused when it cannot be read, TemplateWithoutFields when there is nothing in
    it to fill in.
    """
    with reading.Reader(limits) as reader:
        return proposal(read_template(reader, content))


def proposal(sheets: Sequence[TemplateSheet]) -> Proposal:
    """The proposal for the visible sheets (for the hidden ones, if all are hidden)."""
    visible = [sheet for sheet in sheets if not sheet.is_hidden] or list(sheets)
    proposed = [found for sheet in visible if (found := _propose_sheet(sheet)) is not None]
    if not proposed:
        raise errors.TemplateWithoutFields
    return Proposal(proposed[0].mode, tuple(proposed))


def _propose_sheet(sheet: TemplateSheet) -> SheetProposal | None:
    layout = table_layout(sheet)
    if layout is not None and _is_table(sheet, layout):
        titles = tuple(title.title for title in layout.titles)
        columns = plural(len(titles), "kolumna", "kolumny", "kolumn")
        where = f"nagłówek w wierszu {layout.header_row + 1}, {columns}"
        if _is_matrix(sheet, layout):
            return SheetProposal(
                sheet.name, Mode.SUM, f"Tabela o stałych wierszach ({where}): do sumowania.", titles
            )
        return SheetProposal(sheet.name, Mode.STACK, f"Tabela do wypełnienia ({where}).", titles)
    labels = sum(isinstance(value, str) for _, value in sheet.cells())
    if not labels:
        return None
    return SheetProposal(sheet.name, Mode.FORM, "Formularz: opisy i pola do wypełnienia.")


def _is_table(sheet: TemplateSheet, layout: TableLayout) -> bool:
    """Whether the header stands over a table rather than among the labels of a form."""
    if _looks_like_labels(sheet, layout):
        return False
    below = [row for row in sheet.rows[layout.header_row + 1 :] if any(_is_text(v) for v in row)]
    if len(layout.titles) >= _TABLE_COLUMNS:
        similar = sum(sum(map(_is_text, row)) >= len(layout.titles) for row in below)
        return not below or similar < len(below) or layout.header_row == 0
    return len(layout.titles) > 1 and not below


def _looks_like_labels(sheet: TemplateSheet, layout: TableLayout) -> bool:
    """Whether the titles end in colons, or leave room to write between them."""
    places = [title.place for title in layout.titles]
    colons = sum(title.title.endswith(":") for title in layout.titles)
    wide = {area[1]: area[3] for area in sheet.merged if area[0] == layout.header_row}
    gaps = sum(following > wide.get(place, place) + 1 for place, following in pairwise(places))
    return max(colons, gaps) * 2 >= len(places)


def _is_matrix(sheet: TemplateSheet, layout: TableLayout) -> bool:
    """Whether the rows are printed already and only numbers are missing."""
    first = layout.titles[0].place
    rows = sheet.rows[layout.header_row + 1 :]
    labelled = [row for row in rows if len(row) > first and _row_label(row, layout)]
    filled = [row for row in rows if any(value is not None for value in row)]
    if len(labelled) < _LABELLED_ROWS or len(labelled) < len(filled):
        return False
    labels = {headers.key(_row_label(row, layout)) for row in labelled}
    if len(labels) < len(labelled):
        return False
    asked = [t for t in layout.titles[1:] if not _holds_texts(rows, t.place)]
    counted = [
        title
        for title in asked
        if title.kind is Kind.NUMBER
        or _COUNTED.search(title.key[0])
        or any(len(row) > title.place and _is_number(row[title.place]) for row in rows)
    ]
    return bool(asked) and len(counted) * 2 >= len(asked)


def _row_label(row: Row, layout: TableLayout) -> str:
    for title in layout.titles[:_FEW_SAMPLES]:
        value = row[title.place] if len(row) > title.place else None
        if isinstance(value, str) and _is_text(value):
            return value
    return ""


def _holds_texts(rows: Sequence[Row], place: int) -> bool:
    return any(len(row) > place and _is_text(row[place]) for row in rows)


def _is_number(value: Value) -> bool:
    return (isinstance(value, int | float) and not isinstance(value, bool)) or value == Fault()


def _is_text(value: Value) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_TITLE
        and not is_blank_line(value)
        and values.text_kind(value) in {"text", "nothing"}
    )


def table_layout(sheet: TemplateSheet) -> TableLayout | None:
    """The table of a sheet, or None where no row looks like a header.

    The header is the first row with nearly as many texts as the fullest row.
    """
    counts = [sum(map(_is_text, row)) for row in sheet.rows[: headers.SEARCHED_ROWS]]
    fullest = max(counts, default=0)
    if fullest == 0:
        return None
    bottom = next(row for row, count in enumerate(counts) if count >= fullest * _NEARLY_FULL)
    depth = _header_depth(sheet, bottom)
    bottom = _header_bottom(sheet, bottom)
    top = bottom - depth + 1
    found = headers.titles(sheet.rows[top : bottom + 1], top, sheet.width, sheet.merged)
    titles = tuple(
        _title(sheet, text, key, place, bottom)
        for place, (text, key) in enumerate(zip(found, headers.keys(found), strict=True))
        if key is not None and not is_blank_line(text)
    )
    layout = TableLayout(bottom, depth, titles)
    return _with_rows(sheet, layout, top)


def _header_depth(sheet: TemplateSheet, row: int) -> int:
    """How many rows the header has: upper titles are merged over several columns of it."""
    bottom = _header_bottom(sheet, row)
    top = row
    while top > 0:
        groups = [area for area in sheet.merged if area[0] == top - 1]
        across = [area for area in groups if area[3] > area[1]]
        down = [area for area in groups if area[2] >= top]
        titled = sum(map(_is_text, sheet.rows[top - 1]))
        if not (down or (across and titled > 1)):
            break
        top -= 1
    return bottom - top + 1


def _header_bottom(sheet: TemplateSheet, row: int) -> int:
    """The last row that a cell of the header reaches down to, or that splits its groups."""
    down = [area[2] for area in sheet.merged if area[0] <= row < area[2] and area[2] <= row + 2]
    across = [area for area in sheet.merged if area[0] == area[2] == row and area[1] < area[3]]
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
    split = [
        row + 1 for _, left, _, right in across if sum(map(_is_text, below[left : right + 1])) > 1
    ]
    return max([row, *down, *split])


def _title(sheet: TemplateSheet, text: str, key: headers.Key, place: int, header_row: int) -> Title:
    number_format = sheet.number_format(header_row + 1, place)
    kind = values.hinted(key[0], number_format)
    kept = number_format if kind in {Kind.NUMBER, Kind.DATE} else ""
    return Title(text, key, place, kind, kept)


def comparable(row: Row | Comparable, calculated: frozenset[int]) -> Comparable:
    """A row as it is compared with the template's: texts by their key, dotted lines as empty.

    Calculated cells do not count: the template may have no results yet, a filled copy has zeros.
    """
    return tuple(
        None
        if place in calculated or is_blank_line(value)
        else headers.key(value)
        if isinstance(value, str)
        else value
        for place, value in enumerate(row)
    )


def _with_rows(sheet: TemplateSheet, layout: TableLayout, top: int) -> TableLayout:
    """The layout with what the template has above and below its header."""
    unfilled, full, totals = set(), [], set()
    places = [title.place for title in layout.titles]
    below = [
        [row[place] if place < len(row) else None for place in places]
        for row in sheet.rows[layout.header_row + 1 :]
    ]
    calculated = frozenset(
        place for row in below for place, value in enumerate(row) if value == Fault()
    )
    for row in below:
        picked = comparable(row, calculated)
        filled = [value for value in picked if value is not None]
        if not filled:
            continue
        if filled[0] in TOTALS:
            totals.add(str(filled[0]))
        elif len(filled) < len(picked):
            unfilled.add(picked)
        else:
            full.append(picked)
    numbering = {row for row in full if is_numbering(row)}
    marked = {row for row in full if any(_SAMPLE.match(str(value)) for value in row)}
    rest = [row for row in full if row not in numbering]
    samples = marked | (set(rest) if len(rest) <= _FEW_SAMPLES else set())
    above = {
        headers.key(str(value)) for row in sheet.rows[:top] for value in row if value is not None
    }
    return TableLayout(
        layout.header_row,
        layout.depth,
        layout.titles,
        frozenset(unfilled | numbering),
        frozenset(samples),
        frozenset(totals),
        frozenset(above),
        calculated,
    )


def is_numbering(row: Comparable) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, ...; calculated ones may be empty."""
    numbers = [values.number(v).value if isinstance(v, str) else v for v in row]
    filled = sum(number is not None for number in numbers)
    return filled > len(row) / 2 > 1 and all(
        number in {None, place} for place, number in enumerate(numbers, start=1)
    )
