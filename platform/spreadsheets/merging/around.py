"""What stands around the rows of a filled table: other titles, words over it, lists beside it.

What the template has there too is passed over, in whatever row it stands: rows may be inserted.
"""

from collections.abc import Container, Sequence

from spreadsheets import headers, template
from spreadsheets.cells import Row, Value, address
from spreadsheets.log import SheetLog
from spreadsheets.parts import Readable
from spreadsheets.template import TableLayout

_EXTRA_COLUMNS = 100


def note_columns(
    match: headers.Match,
    titles: Sequence[str],
    known: Container[headers.Key],
    log: SheetLog,
) -> dict[headers.Key, tuple[int, str]]:
    """Remark on missing and additional columns; the additional ones that are kept."""
    for position, place in enumerate(match.columns):
        note_title(position, place, titles[position], match, log)
    kept: dict[headers.Key, tuple[int, str]] = {}
    found_keys = headers.keys([title for _, title in match.extra])
    for (place, title), key in zip(match.extra, found_keys, strict=True):
        if key is None:
            continue
        is_kept = key in known or len(kept) < _EXTRA_COLUMNS
        if is_kept:
            kept[key] = (place, title)
        kind = "column_extra" if is_kept else "column_ignored"
        log.note(kind, cell=address(match.row, place), title=title)
    return kept


def note_title(
    position: int, place: int | None, title: str, match: headers.Match, log: SheetLog
) -> None:
    """Remark on a column of the template that is missing or found under another title."""
    if place is None:
        log.note("column_missing", title=title)
    elif position in match.misspelt:
        found = match.misspelt[position]
        kind = "column_misspelt" if found else "column_untitled"
        log.note(kind, cell=address(match.row, place), title=title, found=found)


def note_around(
    sheet: Readable,
    header_row: int,
    layout: TableLayout,
    columns: Sequence[int | None],
    log: SheetLog,
) -> None:
    """Account for every cell over the header, in it and in columns without a title."""
    top = header_row - layout.depth + 1
    stray = sorted(set(range(sheet.width)) - set(columns))
    for number, row in sheet.rows():
        if number <= header_row:
            _note_above(number, row, top, layout, log)
        elif not stray:
            break
        else:
            for place in stray:
                if place < len(row) and (value := row[place]) is not None:
                    _note_beside((number, place), value, layout, log)


def _note_above(number: int, row: Row, top: int, layout: TableLayout, log: SheetLog) -> None:
    for place, value in enumerate(row):
        if value is None:
            continue
        if number >= top or headers.key(headers.title(value)) in layout.above:
            log.equal(1)
        else:
            log.leave_out("outside", (number, place), value)


def _note_beside(where: tuple[int, int], value: Value, layout: TableLayout, log: SheetLog) -> None:
    compared = template.same(value)
    if compared is None or compared in layout.beside:
        log.equal(1)
    else:
        log.leave_out("outside", where, value)
