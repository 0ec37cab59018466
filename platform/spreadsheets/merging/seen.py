"""What people see on a filled sheet besides values: comments, text boxes, struck and hidden cells.

Nothing of it can stand in the result, so all of it is quoted in the remarks; what the template has
in the same words is passed over.
"""

from collections import defaultdict
from collections.abc import Iterable

from spreadsheets import headers
from spreadsheets.cells import addresses
from spreadsheets.facts import Facts, Place
from spreadsheets.log import SheetLog, shortened
from spreadsheets.readers import Sheet
from spreadsheets.template import TemplateSheet

_WHOLE_ROW = 2


def note_what_is_seen(sheet: Sheet, known: TemplateSheet | None, log: SheetLog) -> None:
    """Remark on every fact of a merged sheet that its values do not tell."""
    facts = sheet.facts
    own = known.facts if known is not None else Facts()
    printed = {headers.key(text) for text in own.comments.values()}
    for place, text in facts.comments.items():
        if headers.key(text) not in printed:
            log.note_value("comment", place, text)
    note_shapes(sheet, known, log)
    _note_struck(sheet, set(own.struck), log)
    for kind, found in (
        ("footnote", facts.footnotes),
        ("covered", facts.covered),
        ("misread", facts.misread),
        ("unclosed", facts.unclosed),
        ("calculated", facts.calculated),
    ):
        for place, text in found.items():
            log.note_value(kind, place, text)
    _note_hidden(sheet, own, log)
    if facts.is_cut:
        log.note("facts_cut")


def note_shapes(sheet: Sheet, known: TemplateSheet | None, log: SheetLog) -> None:
    """Remark on text boxes and form controls that the template has not, or not so."""
    own = known.facts.shapes if known is not None else []
    printed = {(shape.kind, headers.key(shape.text), shape.is_on) for shape in own}
    for shape in sheet.facts.shapes:
        if (shape.kind, headers.key(shape.text), shape.is_on) in printed:
            continue
        cell = addresses([shape.place]) if shape.place is not None else ""
        text = shortened(" ".join(shape.text.split()))
        if shape.kind == "text":
            if text:
                log.note("text_box", cell=cell, text=text)
        else:
            state = "zaznaczone" if shape.is_on else "niezaznaczone"
            log.note("control", cell=cell, text=text, state=state)


def _note_struck(sheet: Sheet, own: set[Place], log: SheetLog) -> None:
    """Rows of which nothing is left are named as rows, other cells one by one."""
    rows: dict[int, list[Place]] = defaultdict(list)
    for place in sheet.facts.struck:
        if place not in own:
            rows[place[0]].append(place)
    if not rows:
        return
    left = {n for n, row in sheet.rows() if n in rows and row.count(None) < len(row)}
    for number, places in rows.items():
        texts = [sheet.facts.struck[place] for place in places]
        if number not in left and len(places) >= _WHOLE_ROW:
            log.note("struck_row", cell=_range(number, places), text=shortened("; ".join(texts)))
            continue
        for place, text in zip(places, texts, strict=True):
            log.note_value("struck", place, text)


def _range(number: int, places: Iterable[Place]) -> str:
    columns = [column for _, column in places]
    first, last = addresses([(number, min(columns))]), addresses([(number, max(columns))])
    return f"{first}:{last}"


def _note_hidden(sheet: Sheet, own: Facts, log: SheetLog) -> None:
    hidden = sheet.facts.hidden_rows - own.hidden_rows
    filled = [
        number
        for number, row in (sheet.rows() if hidden else ())
        if number in hidden and any(value is not None for value in row)
    ]
    if filled:
        log.note("rows_hidden", cell=_rows(filled))
    columns = sheet.facts.hidden_columns - own.hidden_columns
    if columns:
        used = {
            place
            for _, row in sheet.rows()
            for place in columns
            if place < len(row) and row[place] is not None
        }
        if used:
            cells = addresses([(0, place) for place in sorted(used)])
            log.note("columns_hidden", cell=cells)


def _rows(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first + 1}:{last + 1}" for first, last in runs)
