"""How the copies of each sheet of a template should be merged, and why."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from opium.polish import plural
from spreadsheets import errors, headers, readers
from spreadsheets.cells import Row
from spreadsheets.template import texts
from spreadsheets.template.finding import find_tables
from spreadsheets.template.layout import SAMPLE, TableLayout
from spreadsheets.template.sheet import Mode, TemplateSheet, read_template
from spreadsheets.values import Kind

_TABLE_COLUMNS = 3
_LABELLED_ROWS = 2
_LABEL_COLUMNS = 2
_COUNTED = re.compile(
    r"\b(liczba|ilosc|kwota|suma|razem|ogolem|wartosc|koszt|dziewcz\w*|chlopc\w*|uczni\w*|etat\w*|"
    r"oddzial\w*|godzin\w*|zl|procent|plan|wykonanie|wydatki|dochody|20\d\d)\b|%"
)
_TELLS = re.compile(r"^(instrukcj|objasnieni|pomoc|legenda|informacj|wyjasnieni|opis|czytaj|wstep)")


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


def propose(content: readers.Content, *, limits: readers.Limits | None = None) -> Proposal:
    """How copies of this workbook should be merged.

    Raises WorkbookRefused when it cannot be read, TemplateWithoutFields when there is nothing in
    it to fill in.
    """
    with readers.Reader(limits) as reader:
        return proposal(read_template(reader, content))


def proposal(sheets: Sequence[TemplateSheet]) -> Proposal:
    """The proposal for the visible sheets (for the hidden ones, if all are hidden).

    A sheet that only tells (an instruction) is nothing to fill in, unless there is no other.
    """
    visible = [sheet for sheet in sheets if not sheet.is_hidden] or list(sheets)
    proposed = [(sheet, found) for sheet in visible if (found := _propose_sheet(sheet)) is not None]
    asking = [found for sheet, found in proposed if found.mode is not Mode.FORM or not tells(sheet)]
    asking = asking or [found for _, found in proposed]
    if not asking:
        raise errors.TemplateWithoutFields
    return Proposal(asking[0].mode, tuple(asking))


def tells(sheet: TemplateSheet) -> bool:
    """Whether a sheet without a table is an instruction: sentences, or called one, no fields."""
    found = [value for _, value in sheet.cells() if isinstance(value, str)]
    if any(texts.has_boxes(text) or text.rstrip(" .…_").endswith((":", "?")) for text in found):
        is_asking = len(found) > sum(map(texts.is_sentence, found)) * 2
        return not is_asking and not any(map(texts.has_boxes, found))
    if _TELLS.match(headers.key(sheet.name)):
        return True
    return sum(map(texts.is_sentence, found)) * 2 > len(found)


def _propose_sheet(sheet: TemplateSheet) -> SheetProposal | None:
    tables = find_tables(sheet)
    if tables and _is_table(sheet, tables[0]):
        titles = tuple(title.title for layout in tables for title in layout.titles)
        columns = plural(len(tables[0].titles), "kolumna", "kolumny", "kolumn")
        where = f"nagłówek w wierszu {tables[0].header_row + 1}, {columns}"
        if len(tables) > 1:
            where += f"; {plural(len(tables), 'tabela', 'tabele', 'tabel')} w arkuszu"
        if all(_is_matrix(sheet, layout) for layout in tables):
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
    if looks_like_labels(sheet, layout):
        return False
    rows = sheet.rows[layout.header_row + 1 : layout.bottom]
    below = [row for row in rows if any(texts.is_text(value) for value in row)]
    if len(layout.titles) >= _TABLE_COLUMNS:
        similar = sum(sum(map(texts.is_text, row)) >= len(layout.titles) for row in below)
        is_printed = bool(layout.below) and similar <= len(layout.below)
        return not below or similar < len(below) or layout.header_row == 0 or is_printed
    return len(layout.titles) > 1 and not below


def looks_like_labels(sheet: TemplateSheet, layout: TableLayout) -> bool:
    """Whether the titles end in colons, or leave room to write between them."""
    places = layout.places
    colons = sum(title.title.endswith(":") for title in layout.titles)
    wide = {area[1]: area[3] for area in sheet.merged if area[0] == layout.header_row}
    gaps = sum(following > wide.get(place, place) + 1 for place, following in pairwise(places))
    return max(colons, gaps) * 2 >= len(places)


def _is_matrix(sheet: TemplateSheet, layout: TableLayout) -> bool:
    """Whether the rows are printed already and only numbers are missing."""
    first = layout.titles[0].place
    below = sheet.rows[layout.header_row + 1 : layout.bottom]
    rows = [row for row in below if not _is_beside_the_point(row, layout)]
    labelled = [row for row in rows if len(row) > first and row_label(row, layout)]
    filled = [row for row in rows if any(value is not None for value in row)]
    if len(labelled) < _LABELLED_ROWS or len(labelled) < len(filled):
        return False
    labels = set(_labels(labelled, layout))
    if len(labels) < len(labelled):
        return False
    asked = [t for t in layout.titles[1:] if not _holds_texts(rows, t.place)]
    counted = [
        title
        for title in asked
        if title.kind is Kind.NUMBER
        or _COUNTED.search(title.key[0])
        or any(len(row) > title.place and texts.is_number(row[title.place]) for row in rows)
    ]
    return bool(asked) and len(counted) * 2 >= len(asked)


def _is_beside_the_point(row: Row, layout: TableLayout) -> bool:
    """Whether a row shows how to fill in, or is a line under the place to fill in."""
    if any(isinstance(value, str) and SAMPLE.match(value) for value in row):
        return True
    text = texts.lone_text(row)
    begun = text.rstrip(" .…_\u00a0")
    is_line = begun != text or text.rstrip().endswith(":") or texts.is_sentence(text)
    return bool(text) and is_line and begun in layout.signed


def row_label(row: Row, layout: TableLayout) -> str:
    for title in layout.titles[:_LABEL_COLUMNS]:
        value = row[title.place] if len(row) > title.place else None
        if isinstance(value, str) and texts.is_text(value):
            return value
    return ""


def _labels(rows: Sequence[Row], layout: TableLayout) -> Iterator[tuple[str, ...]]:
    """What tells each row from the others: its label, under the label of its group if it has one.

    A group's label stands once, in the first of its rows.
    """
    places = [title.place for title in layout.titles[:_LABEL_COLUMNS]]
    group = ""
    for row in rows:
        words = [
            headers.key(value)
            if place < len(row) and isinstance(value := row[place], str) and texts.is_text(value)
            else ""
            for place in places
        ]
        if words[0]:
            group = words[0]
        yield (group, *words[1:]) if words[-1] else tuple(words)


def is_counted(key: str) -> bool:
    """Whether a title asks for an amount."""
    return _COUNTED.search(key) is not None


def _holds_texts(rows: Sequence[Row], place: int) -> bool:
    return any(len(row) > place and texts.is_text(row[place]) for row in rows)
