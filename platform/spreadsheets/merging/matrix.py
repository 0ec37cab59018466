"""Which cell of a filled table with printed rows is which cell of the template.

A cell belongs where its row's label and its column's title stand in the template, wherever the
school has moved them; an address alone says nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spreadsheets import headers
from spreadsheets.cells import Row
from spreadsheets.merging.totals import calls_itself_a_sum
from spreadsheets.parts import Part
from spreadsheets.template import Place, TableLayout, TemplateSheet
from spreadsheets.template.proposing import is_counted
from spreadsheets.template.texts import is_blank_line, is_number, is_text

_CONSTANT = re.compile(
    r"^(?:l ?p|nr|numer|poz|pozycja|rok|id|kod|symbol|paragraf|rozdzial|stawka|limit|norma|"
    r"wskaznik)\b"
)

RowKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a filled table by number: the template's rows, and labels that it has not.

    `misspelt` gives, for a row found by a similar label, that label; `missing` are the template's
    rows that are not there.
    """

    known: dict[int, int]
    unknown: dict[int, str]
    misspelt: dict[int, str]
    missing: tuple[int, ...]


class Matrix:
    """A table of the template whose rows are printed."""

    def __init__(self, sheet: TemplateSheet, layout: TableLayout) -> None:
        self.layout = layout
        body = sheet.rows[layout.header_row + 1 : layout.bottom]
        self._body = list(enumerate(body, layout.header_row + 1))
        self.label_positions = self._labels(body)
        places = [layout.titles[position].place for position in self.label_positions]
        keys = dict(_keyed(self._body, places))
        self.rows = {number: key for number, key in keys.items() if key}
        self._spelt = {number: _label(sheet.rows[number], places) for number in self.rows}

    def _labels(self, body: Sequence[Row]) -> tuple[int, ...]:
        """The leading columns that are printed: ordinals, groups, labels."""
        found = []
        has_texts = False
        for position, title in enumerate(self.layout.titles[:-1]):
            cells = [row[title.place] for row in body if len(row) > title.place]
            filled = [value for value in cells if value is not None and not is_blank_line(value)]
            texts = sum(map(is_text, filled))
            if not texts and (has_texts or not filled):
                break
            if has_texts and texts * 2 < len(filled):
                break
            has_texts = has_texts or bool(texts)
            found.append(position)
        return tuple(found) if has_texts else (0,)

    def spelt(self, row: int) -> str:
        """The label of a row of the template."""
        return self._spelt[row]

    def holds(self, place: Place) -> bool:
        """Whether a cell of the template lies below this table's header, in its columns."""
        layout = self.layout
        return (
            layout.header_row < place[0] < layout.bottom and layout.left <= place[1] < layout.right
        )

    def title_of(self, column: int) -> str:
        return next((t.title for t in self.layout.titles if t.place == column), "")

    def is_constant_column(self, column: int) -> bool:
        """Whether a column's printed numbers are the form's own: ordinals, years, codes."""
        title = next((t for t in self.layout.titles if t.place == column), None)
        if title is None or _CONSTANT.match(title.key[0]):
            return True
        printed = [row[column] for _, row in self._body if column < len(row)]
        numbers = [value for value in printed if is_number(value)]
        is_ordinal = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
        return is_ordinal and title is self.layout.titles[0]

    def asks_in(self, column: int) -> bool:
        """Whether the template leaves cells of a column empty, or its title asks for an amount."""
        title = next(t for t in self.layout.titles if t.place == column)
        rows = dict(self._body)
        is_open = any(column >= len(rows[row]) or rows[row][column] is None for row in self.rows)
        return is_open or is_counted(title.key[0])

    def totals(self) -> Iterator[tuple[Place, list[Place]]]:
        """Cells whose label or title calls them a total, with the cells that they may add up.

        Columns first, so that a total of totals finds them.
        """
        labels = {self.layout.titles[position].place for position in self.label_positions}
        columns = [t for t in self.layout.titles if t.place not in labels]
        summing = [t.place for t in columns if calls_itself_a_sum(t.title)]
        parts = [t.place for t in columns if t.place not in summing]
        rows = [row for row in self.rows if not calls_itself_a_sum(self._spelt[row])]
        for row in self.rows:
            for place in summing:
                yield (row, place), [(row, part) for part in parts]
        for row in set(self.rows) - set(rows):
            for title in columns:
                yield (row, title.place), [(other, title.place) for other in rows if other < row]

    def find_rows(self, part: Part, match: headers.Match) -> Rows:
        """Pair the rows below a header with the template's, moved and misspelt ones too."""
        places = [match.columns[position] for position in self.label_positions]
        columns = [place for place in places if place is not None]
        below = [(number, row) for number, row in part.rows() if number > match.row]
        found = list(_keyed(below, columns))
        wanted = _numbered(self.rows.items())
        known: dict[int, int] = {}
        for number, key in _numbered_pairs(found):
            row = wanted.pop(key, None)
            if row is not None:
                known[number] = row
        left = {number: key for number, key in found if key and number not in known}
        misspelt = self._misspelt(left, dict(below), columns, wanted, known)
        unknown = {
            number: _label(row, columns)
            for number, row in below
            if number not in known and row.count(None) < len(row)
        }
        return Rows(known, unknown, misspelt, tuple(sorted(wanted.values())))

    def _misspelt(
        self,
        left: dict[int, RowKey],
        below: dict[int, Row],
        columns: Sequence[int],
        wanted: dict[tuple[RowKey, int], int],
        known: dict[int, int],
    ) -> dict[int, str]:
        found = {}
        for number, key in left.items():
            similar = [
                (other, row)
                for other, row in wanted.items()
                if other[0][-1] == key[-1]
                or (len(other[0]) == len(key) and all(map(_is_similar, other[0], key)))
            ]
            if len(similar) == 1:
                other, row = similar[0]
                del wanted[other]
                known[number] = row
                if other[0] != key:
                    found[number] = _label(below[number], columns)
        return found


def _is_similar(one: str, other: str) -> bool:
    return one == other or headers.is_misspelt(one, other)


def _keyed(rows: Sequence[tuple[int, Row]], columns: Sequence[int]) -> Iterator[tuple[int, RowKey]]:
    """Each row with the keys of its labels; a group's label counts for the rows under it."""
    held: list[str] = [""] * len(columns)
    for number, row in rows:
        own = [
            headers.key(value)
            if column < len(row) and isinstance(value := row[column], str) and is_text(value)
            else ""
            for column in columns
        ]
        first = next((level for level, word in enumerate(own) if word), len(own))
        for level, word in enumerate(own):
            if word:
                held[level] = word
            elif level > first:
                held[level] = ""
        yield number, tuple(word for word in held[:first] + own[first:] if word) if any(own) else ()


def _numbered(rows: Iterable[tuple[int, RowKey]]) -> dict[tuple[RowKey, int], int]:
    seen: Counter[RowKey] = Counter()
    found = {}
    for number, key in rows:
        seen[key] += 1
        found[key, seen[key]] = number
    return found


def _numbered_pairs(rows: Sequence[tuple[int, RowKey]]) -> Iterator[tuple[int, tuple[RowKey, int]]]:
    seen: Counter[RowKey] = Counter()
    for number, key in rows:
        if key:
            seen[key] += 1
            yield number, (key, seen[key])


def _label(row: Row, columns: Sequence[int]) -> str:
    texts = [
        headers.title(row[column])
        for column in columns
        if column < len(row) and isinstance(row[column], str)
    ]
    return " / ".join(texts)


def template_places(layout: TableLayout, match: headers.Match) -> dict[int, int]:
    """For each column of the filled sheet the template's column."""
    return {
        found: title.place
        for title, found in zip(layout.titles, match.columns, strict=True)
        if found is not None
    }
