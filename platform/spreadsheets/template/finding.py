"""Where the tables of a template's sheet are: one, several below one another, or side by side.

The header of a table is the first row with nearly as many titles as its fullest row. Rows without
anything in them part a sheet into blocks; a later block is a table of its own when it has a header
of its own over rows that wait for entries. A block whose rows are all printed (a legend, a list to
choose from) is no table to fill in, as long as there is one.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spreadsheets import headers
from spreadsheets.cells import Row
from spreadsheets.template import texts
from spreadsheets.template.layout import NEARLY_FULL, Bounds, TableLayout, layout_at
from spreadsheets.template.sheet import TemplateSheet

_LEAST_TITLES = 3
_PAIR = 2
_CLEAR = 2


def find_tables(sheet: TemplateSheet) -> tuple[TableLayout, ...]:
    """The sheet's tables in order, none where no row looks like a header.

    Where there are several, each knows its part of the sheet; their order is that of the sheet.
    """
    row = _main_row(sheet)
    if row is None:
        return ()
    rows = [row, *_later_rows(sheet, row)]
    parted = []
    tops = [0, *(_caption(sheet.rows, later) for later in rows[1:])]
    for header, top, bottom in zip(rows, tops, [*tops[1:], len(sheet.rows)], strict=True):
        bounds = replace(Bounds.of(sheet), top=top, bottom=bottom)
        parted += _side_by_side(sheet, layout_at(sheet, header, bounds))
    return tuple(parted)


def _main_row(sheet: TemplateSheet) -> int | None:
    counts = [texts.count_titles(row) for row in sheet.rows[: headers.SEARCHED_ROWS]]
    fullest = max(counts, default=0)
    if fullest == 0:
        return None
    row = next(row for row, count in enumerate(counts) if count >= fullest * NEARLY_FULL)
    earlier = [first for first in _open_headers(sheet.rows, counts) if first < row]
    blocks = _blocks(sheet.rows)
    block = next(block for block in blocks if row in block)
    is_first = block.start == blocks[0].start
    if earlier and not is_first and _is_printed(sheet.rows, row, block):
        return earlier[0]
    return next((first for first in earlier if row in _later_rows(sheet, first)), row)


def _open_headers(rows: Sequence[Row], counts: list[int]) -> list[int]:
    """Rows that look like headers with nothing but blank rows below them."""
    found = []
    for block in _blocks(rows):
        row = block.stop - 1
        if row >= len(counts):
            break
        titled = [place for place, value in enumerate(rows[row]) if value is not None]
        is_full = counts[row] == len(titled)
        is_tight = all(following == place + 1 for place, following in pairwise(titled))
        if is_full and is_tight and len(titled) >= _LEAST_TITLES and not _has_colons(rows[row]):
            found.append(row)
    return found


def _has_colons(row: Row) -> bool:
    return any(isinstance(value, str) and value.rstrip().endswith(":") for value in row)


def _is_printed(rows: Sequence[Row], header: int, block: range) -> bool:
    """Whether every row under this header is filled to its last column."""
    below = rows[header + 1 : block.stop]
    width = sum(value is not None for value in rows[header])
    return bool(below) and all(sum(v is not None for v in row) >= width for row in below)


def _blocks(rows: Sequence[Row]) -> list[range]:
    """Runs of rows that have something in them."""
    found: list[range] = []
    for number, row in enumerate(rows):
        if all(value is None for value in row):
            continue
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found


def _later_rows(sheet: TemplateSheet, main: int) -> list[int]:
    """The headers of further tables below the one whose header is `main`."""
    width = texts.count_titles(sheet.rows[main])
    blocks = [block for block in _blocks(sheet.rows) if block.start > main]
    found = []
    end = next(block.stop for block in _blocks(sheet.rows) if main in block)
    for block in blocks:
        gap, end = block.start - end, block.stop
        start = block.start
        while start < block.stop - 1 and texts.lone_text(sheet.rows[start]):
            start += 1
        has_caption = start > block.start
        row = sheet.rows[start]
        titles = texts.count_titles(row)
        is_full = titles == sum(value is not None for value in row)
        if not is_full or titles < _PAIR or _has_colons(row):
            continue
        if _is_printed(sheet.rows, start, block) or not _may_follow(sheet.rows, start, block):
            continue
        if has_caption or (gap >= _CLEAR and titles >= max(width * NEARLY_FULL, _LEAST_TITLES)):
            found.append(start)
    return found


def _may_follow(rows: Sequence[Row], header: int, block: range) -> bool:
    """Whether what stands under the header are printed labels or nothing, so that it is filled in.

    Nothing must leave room: two blank rows, or the end of the sheet.
    """
    if header + 1 < block.stop:
        width = sum(value is not None for value in rows[header])
        below = rows[header + 1 : block.stop]
        return all(sum(v is not None for v in row) < max(width, _PAIR) for row in below)
    following = rows[header + 1 : header + 1 + _CLEAR]
    return all(value is None for row in following for value in row)


def _caption(rows: Sequence[Row], header: int) -> int:
    """The first of the lone texts right above a header."""
    top = header
    while top > 0 and texts.lone_text(rows[top - 1]):
        top -= 1
    return top


def _side_by_side(sheet: TemplateSheet, layout: TableLayout) -> list[TableLayout]:
    """The tables that share a header row: parted by empty columns, beginning alike or captioned."""
    places = layout.places
    gaps = [place for place, following in pairwise(places) if following > place + 1]
    starts = [0, *(places.index(place) + 1 for place in gaps), len(places)]
    groups = [layout.titles[first:last] for first, last in pairwise(starts)]
    if len(groups) < _PAIR or any(len(group) < _PAIR for group in groups):
        return [layout]
    firsts = [group[0].place for group in groups]
    alike = {sheet.rows[layout.header_row][place] for place in firsts}
    if not _are_captioned(sheet, layout, firsts) and len(alike) > 1:
        return [layout]
    lefts = [0, *(group[0].place for group in groups[1:])]
    rights = [*lefts[1:], sheet.width]
    return [
        layout_at(sheet, layout.header_row, Bounds(layout.top, layout.bottom, left, right))
        for left, right in zip(lefts, rights, strict=True)
    ]


def _are_captioned(sheet: TemplateSheet, layout: TableLayout, firsts: list[int]) -> bool:
    """Whether the row over the titles names each table over its first column, and nothing else."""
    over = layout.header_row - 1
    if over < layout.top:
        return False
    named = [place for place, value in enumerate(sheet.rows[over]) if value is not None]
    return named == firsts
