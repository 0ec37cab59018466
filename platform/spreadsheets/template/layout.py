"""A table of a template: its header, and what the template already has around its rows."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spreadsheets import headers, values
from spreadsheets.cells import Fault, Row, Value
from spreadsheets.template import texts
from spreadsheets.template.sheet import TemplateSheet
from spreadsheets.template.texts import Comparable
from spreadsheets.values import Kind

NEARLY_FULL = 0.8
_FEWSAMPLES = 2
_PAIR = 2
SAMPLE = re.compile(r"^\s*(np\.?|przyklad|wzor)\b", re.IGNORECASE)
TOTALS = frozenset(
    {"razem", "suma", "sumy", "ogolem", "lacznie", "total", "podsumowanie", "suma ogolem",
     "razem ogolem", "ogolem razem"}
)  # fmt: skip  # a list of words


@dataclass(frozen=True, slots=True)
class Title:
    """A column of a template's table."""

    title: str
    key: headers.Key
    place: int
    kind: Kind | None
    number_format: str


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table: its titles, and the rows that the template already had below them.

    Rows `top` to `bottom` (exclusive) and columns `left` to `right` (exclusive) are the table's
    own part of the sheet. `unfilled` rows wait for entries, `samples` show how to fill in, `totals`
    are the labels of its own summing rows, `above` what stands over the header, `below` the whole
    rows under the place to fill in (a legend, a line to sign), `signed` the beginnings of such
    lines that people write on, `beside` what stands in columns without a title, `calculated` the
    positions of titles whose cells it calculates itself.
    """

    header_row: int
    depth: int
    titles: tuple[Title, ...]
    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0
    unfilled: frozenset[Comparable] = frozenset()
    samples: frozenset[Comparable] = frozenset()
    totals: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    below: frozenset[Comparable] = frozenset()
    signed: tuple[str, ...] = ()
    beside: frozenset[Value] = frozenset()
    calculated: frozenset[int] = frozenset()

    @property
    def places(self) -> tuple[int, ...]:
        return tuple(title.place for title in self.titles)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A part of a sheet: rows `top` to `bottom`, columns `left` to `right`, both exclusive."""

    top: int
    bottom: int
    left: int
    right: int

    @classmethod
    def of(cls, sheet: TemplateSheet) -> "Bounds":
        return cls(0, len(sheet.rows), 0, sheet.width)


def layout_at(sheet: TemplateSheet, row: int, bounds: Bounds) -> TableLayout:
    """The table whose header has its fullest row in `row`."""
    bottom = _header_bottom(sheet, row, bounds)
    depth = _header_depth(sheet, row, bottom, bounds)
    top = bottom - depth + 1
    found = headers.titles(sheet.rows[top : bottom + 1], top, sheet.width, sheet.merged)
    outside = (*range(bounds.left), *range(bounds.right, sheet.width))
    for place in outside:
        found[place] = ""
    titles = tuple(
        _title(sheet, text, key, place, bottom)
        for place, (text, key) in enumerate(zip(found, headers.keys(found), strict=True))
        if key is not None and not texts.is_blank_line(text)
    )
    layout = TableLayout(
        bottom, depth, titles, bounds.top, bounds.bottom, bounds.left, bounds.right
    )
    return _with_rows(sheet, layout, top)


def _header_depth(sheet: TemplateSheet, row: int, bottom: int, bounds: Bounds) -> int:
    """How many rows the header has.

    Upper titles are merged over several of its columns; where nothing is merged, they stand over
    titles that would otherwise be the same, or over columns that have no title of their own.
    """
    top = row
    while top > bounds.top:
        groups = [area for area in sheet.merged if area[0] == top - 1]
        across = [area for area in groups if area[3] > area[1]]
        down = [area for area in groups if area[2] >= top]
        titled = texts.count_titles(sheet.rows[top - 1])
        if not (down or (across and titled > 1) or _groups(sheet.rows, top - 1, bounds)):
            break
        top -= 1
    return bottom - top + 1


def _groups(rows: Sequence[Row], upper: int, bounds: Bounds) -> bool:
    """Whether the row `upper` names groups of the columns below it, though nothing is merged."""
    above, below = _filled(rows[upper], bounds), _filled(rows[upper + 1], bounds)
    if len(above) < _PAIR or not _are_titles(rows[upper], above) or len(above) > len(below) + 1:
        return False
    has_twins = _has_twins(rows[upper + 1], below)
    alone = [place for place in above if place not in below]
    shared = [place for place in above if place in below]
    return bool(shared) and (has_twins or (bool(alone) and len(below) > len(shared)))


def _has_twins(row: Row, places: Sequence[int]) -> bool:
    names = Counter(headers.key(headers.title(row[place])) for place in places)
    return any(count > 1 for count in names.values())


def _are_titles(row: Row, places: Sequence[int]) -> bool:
    return all(texts.is_text(row[place]) or texts.is_year(row[place]) for place in places)


def _filled(row: Row, bounds: Bounds) -> list[int]:
    return [
        place
        for place, value in enumerate(row)
        if value is not None and bounds.left <= place < bounds.right
    ]


def _header_bottom(sheet: TemplateSheet, row: int, bounds: Bounds) -> int:
    """The last row that a cell of the header reaches down to, or that splits its groups."""
    down = [area[2] for area in sheet.merged if area[0] <= row < area[2] and area[2] <= row + 2]
    across = [area for area in sheet.merged if area[0] == area[2] == row and area[1] < area[3]]
    below = sheet.rows[row + 1] if row + 1 < bounds.bottom else []
    split = [
        row + 1
        for _, left, _, right in across
        if sum(map(texts.is_text, below[left : right + 1])) > 1
    ]
    if below and not down and not split and _splits(sheet.rows, row, bounds):
        split = [row + 1]
    return min(max([row, *down, *split]), bounds.bottom - 1)


def _splits(rows: Sequence[Row], row: int, bounds: Bounds) -> bool:
    """Whether the row below holds the titles under the groups of this one.

    They are all texts; two are the same, or one stands beside its group, where nothing is above.
    """
    above, below = _filled(rows[row], bounds), _filled(rows[row + 1], bounds)
    if not below or any(not texts.is_text(rows[row + 1][place]) for place in below):
        return False
    if _has_twins(rows[row + 1], below) and _groups(rows, row, bounds):
        return True
    beside = [place for place in below if place not in above]
    return (
        bool(beside)
        and len(below) >= _PAIR
        and any(place in above for place in below)
        and all(place - 1 in below or place - 1 in beside for place in beside)
    )


def _title(sheet: TemplateSheet, text: str, key: headers.Key, place: int, header_row: int) -> Title:
    number_format = sheet.number_format(header_row + 1, place)
    kind = values.hinted(key[0], number_format)
    kept = number_format if kind in {Kind.NUMBER, Kind.DATE} else ""
    return Title(text, key, place, kind, kept)


def _with_rows(sheet: TemplateSheet, layout: TableLayout, top: int) -> TableLayout:
    """The layout with what the template has above, below and beside its rows."""
    start = layout.header_row + 1
    numbered = list(enumerate(sheet.rows[start : layout.bottom], start))
    places = layout.places
    picked = {number: _picked(row, places) for number, row in numbered}
    calculated = frozenset(
        place
        for number, row in picked.items()
        for place, value in enumerate(row)
        if value == Fault() or (number, places[place]) in sheet.facts.formulas
    )
    detached = _detached(numbered)
    unfilled, full, totals, below = _sorted_rows(
        {n: texts.comparable(row, calculated) for n, row in picked.items()}, detached
    )
    numbering = {row for row in full if texts.is_numbering(row)}
    marked = {row for row in full if any(SAMPLE.match(str(value)) for value in row)}
    rest = [row for row in full if row not in numbering]
    samples = marked | (set(rest) if len(rest) <= _FEWSAMPLES else set())
    lone = [texts.lone_text(row) for number, row in numbered if number in detached]
    titled = set(places)
    return replace(
        layout,
        unfilled=frozenset(unfilled | numbering),
        samples=frozenset(samples),
        totals=frozenset(totals),
        above=frozenset(_keys_of(sheet.rows[layout.top : top])),
        below=frozenset(below),
        signed=tuple(begun for text in lone if (begun := text.rstrip(" .…_\u00a0")) and text),
        beside=frozenset(
            texts.same(value)
            for row in sheet.rows[top : layout.bottom]
            for place, value in enumerate(row)
            if value is not None and place not in titled
        ),
        calculated=calculated,
    )


def _picked(row: Row, places: Iterable[int]) -> tuple[Value, ...]:
    return tuple(row[place] if place < len(row) else None for place in places)


def _keys_of(rows: Iterable[Row]) -> set[str]:
    return {headers.key(headers.title(value)) for row in rows for value in row if value is not None}


def _detached(numbered: list[tuple[int, Row]]) -> set[int]:
    """The rows under the place to fill in: those behind the first blank row below the header."""
    blank = next((n for n, row in numbered if all(value is None for value in row)), None)
    return set() if blank is None else {number for number, _ in numbered if number > blank}


def _sorted_rows(
    rows: dict[int, Comparable], detached: set[int]
) -> tuple[set[Comparable], list[Comparable], set[str], set[Comparable]]:
    """Rows to fill in, full rows, labels of totals, and rows under the place to fill in."""
    unfilled: set[Comparable] = set()
    full: list[Comparable] = []
    totals: set[str] = set()
    below: set[Comparable] = set()
    for number, row in rows.items():
        filled = [value for value in row if value is not None]
        if not filled:
            continue
        if filled[0] in TOTALS:
            totals.add(str(filled[0]))
        elif len(filled) < len(row):
            unfilled.add(row)
        elif number in detached:
            below.add(row)
        else:
            full.append(row)
        if number in detached and len(filled) == 1:
            below.add(row)
    return unfilled, full, totals, below
