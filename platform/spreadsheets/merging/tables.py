"""A template's sheet with several tables: each is merged for itself, from its part of the sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from spreadsheets import headers
from spreadsheets.cells import MAX_ROWS, Row
from spreadsheets.log import SheetLog
from spreadsheets.merging.stacking import Stack
from spreadsheets.parts import Part
from spreadsheets.readers import Sheet
from spreadsheets.template import Mode, TableLayout, TemplateSheet
from spreadsheets.template.texts import lone_text

_SEARCHED_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """A table in its part of a filled sheet."""

    table: int
    part: Part
    match: headers.Match


@dataclass(frozen=True, slots=True)
class TablesFit:
    """Where the tables of a sheet were found; `missing` ones were not."""

    found: tuple[Found, ...]
    missing: tuple[int, ...]
    score: float


def locate(layouts: Sequence[TableLayout], sheet: Sheet) -> TablesFit | None:
    """Each table's part of a filled sheet, or None where no header is there.

    Tables that share a header row are looked for together, so that equal titles stay apart.
    """
    rows = sheet.head(_SEARCHED_ROWS)
    area = headers.Area(rows, sheet.width, sheet.merged)
    numbered = list(enumerate(layouts))
    matched: list[tuple[list[int], headers.Match]] = []
    for _, group in groupby(numbered, key=lambda one: one[1].header_row):
        together = list(group)
        first = together[0][1]
        titles = [title.title for _, layout in together for title in layout.titles]
        expected = _expected(rows, layouts, first)
        match = headers.find(headers.keys(titles), area, depth=first.depth, expected=expected)
        if match is not None:
            matched.append(([number for number, _ in together], match))
    if not matched:
        return None
    matched.sort(key=lambda one: one[1].row)
    tops = [_top(rows, match.row, layouts[numbers[0]]) for numbers, match in matched]
    bounds = zip([0, *tops[1:]], [*tops[1:], MAX_ROWS], strict=True)
    found = [
        one
        for (numbers, match), (top, bottom) in zip(matched, bounds, strict=True)
        for one in _side_by_side(
            layouts=layouts, numbers=numbers, match=match, sheet=sheet, top=top, bottom=bottom
        )
    ]
    missing = tuple(set(range(len(layouts))) - {one.table for one in found})
    score = sum(one.match.score for one in found) / len(layouts)
    return TablesFit(tuple(found), missing, score)


def _expected(rows: Sequence[Row], layouts: Sequence[TableLayout], wanted: TableLayout) -> int:
    """Where the header should be: under the caption that no other table has, if it is there.

    Of two tables with equal titles each is so found by its caption, wherever it has moved.
    """
    others = {
        key for layout in layouts if layout.header_row != wanted.header_row for key in layout.above
    }
    own = wanted.above - others
    captions = [n for n, row in enumerate(rows) if own and headers.key(lone_text(row)) in own]
    return captions[-1] + wanted.depth if captions else wanted.header_row


def _top(rows: Sequence[Row], header_row: int, layout: TableLayout) -> int:
    """The first row of a table: its caption, as the template has it or as a lone text."""
    top = header_row - layout.depth + 1
    while top > 0 and lone_text(rows[top - 1]):
        top -= 1
    return top


def _side_by_side(
    *,
    layouts: Sequence[TableLayout],
    numbers: Sequence[int],
    match: headers.Match,
    sheet: Sheet,
    top: int,
    bottom: int,
) -> Iterator[Found]:
    """One match over several tables as a match for each, with its columns of the sheet."""
    counts = [len(layouts[number].titles) for number in numbers]
    starts = [0]
    for count in counts:
        starts.append(starts[-1] + count)
    columns = [match.columns[first:last] for first, last in pairwise(starts)]
    lefts = [min((p for p in own if p is not None), default=sheet.width) for own in columns]
    lefts[0] = 0
    rights = [*lefts[1:], max(sheet.width, 1)]
    for number, own, start, left, right in zip(
        numbers, columns, starts, lefts, rights, strict=False
    ):
        misspelt = {
            n - start: text for n, text in match.misspelt.items() if 0 <= n - start < len(own)
        }
        extra = tuple((place, title) for place, title in match.extra if left <= place < right)
        placed = sum(place is not None for place in own)
        if placed:
            yield Found(
                number,
                Part(sheet, top, bottom, left, right),
                headers.Match(match.row, own, misspelt, extra, placed / len(own)),
            )


class Tables:
    """All tables of one sheet of the template, each a sheet of the result."""

    mode = Mode.STACK

    def __init__(self, sheet: TemplateSheet, layouts: Sequence[TableLayout]) -> None:
        self.name = sheet.name
        self.stacks = [Stack(sheet, layout) for layout in layouts]
        self._layouts = [replace(layout) for layout in layouts]

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(title for stack in self.stacks for title in stack.titles)

    def close(self) -> None:
        for stack in self.stacks:
            stack.close()

    def fit(self, sheet: Sheet) -> TablesFit | None:
        return locate(self._layouts, sheet)

    def has_entries(self, _sheet: Sheet, fit: TablesFit) -> bool:
        return any(self.stacks[one.table].has_entries(one.part, one.match) for one in fit.found)

    def take(self, _sheet: Sheet, fit: TablesFit, log: SheetLog) -> None:
        for one in fit.found:
            self.stacks[one.table].take(one.part, one.match, log)
        for number in fit.missing:
            titles = ", ".join(f"„{title}”" for title in self.stacks[number].titles[:3])
            log.note("table_missing", titles=titles)

    def forget(self, source: int) -> None:
        for stack in self.stacks:
            stack.forget(source)
