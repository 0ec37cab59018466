"""The second reader of xls, xlrd: for what calamine does not read, and for how cells look."""

import datetime as dt
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet

from spreadsheets.cells import Fault
from spreadsheets.facts import MOST, Area
from spreadsheets.sandbox import formats
from spreadsheets.sandbox.biff import ERRORS
from spreadsheets.sandbox.details import Details, Rich
from spreadsheets.sandbox.refusal import Refused


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet as xlrd reads it: rows from A1 on."""

    name: str
    is_hidden: bool
    rows: list[list[Any]]
    merged: list[Area]


def opened(everything: bytes, *, looks: bool) -> Book:
    """The workbook; raises Refused where xlrd cannot read it either."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return xlrd.open_workbook(
                file_contents=everything,
                formatting_info=looks,
                ragged_rows=True,
                logfile=_Nowhere(),
            )
        except MemoryError:
            raise
        except xlrd.XLRDError as problem:
            is_locked = "encrypted" in str(problem).lower()
            raise Refused("workbook_protected" if is_locked else "workbook_damaged") from problem
        except Exception as problem:  # a damaged file raises whatever its bytes lead to
            raise Refused("workbook_damaged") from problem


class _Nowhere:
    """xlrd reports to a log; there is nobody here to read it."""

    def write(self, said: str) -> int:
        return len(said)

    def flush(self) -> None:
        """Nothing was kept."""


def sheets(book: Book, cells: int) -> Iterator[Read]:
    """Every sheet; raises Refused when there are more than so many cells."""
    left = cells
    for sheet in book.sheets():
        rows = [
            [_value(book, sheet, row, column) for column in range(sheet.row_len(row))]
            for row in range(sheet.nrows)
        ]
        left -= sum(map(len, rows))
        if left < 0:
            raise Refused("workbook_too_many_cells")
        merged = [
            (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
        ]
        yield Read(sheet.name, sheet.visibility != 0, rows, merged)


def _value(book: Book, sheet: Sheet, row: int, column: int) -> Any:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    match kind:
        case xlrd.XL_CELL_TEXT:
            return value if value.strip() else None
        case xlrd.XL_CELL_NUMBER:
            return value
        case xlrd.XL_CELL_DATE:
            return _moment(value, book.datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_ERROR:
            return Fault(ERRORS.get(value, "#N/A"))
        case _:
            return None


def _moment(serial: float, datemode: int) -> Any:
    if 0 <= serial < 1:
        seconds = min(round(serial * 86_400), 86_399)
        return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    try:
        moment: dt.datetime = xlrd.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return serial
    return moment.date() if moment.time() == dt.time() else moment


def look(everything: bytes, found: dict[str, Details]) -> None:
    """Put down how the cells of each sheet look, and what is noted and hidden, if xlrd can tell."""
    try:
        book = opened(everything, looks=True)
    except Refused:
        return
    struck_fonts = {font.font_index for font in book.font_list if font.struck_out}
    telling = {
        number: code
        for number, style in enumerate(book.xf_list)
        if formats.tells(code := _code(book, style.format_key))
    }
    struck = {
        number for number, style in enumerate(book.xf_list) if style.font_index in struck_fonts
    }
    for sheet in book.sheets():
        details = found.setdefault(sheet.name, Details())
        _add_cells(sheet, details, telling, struck)
        _add_texts(book, sheet, details)
        _add_notes(sheet, details)


def _code(book: Book, key: int) -> str:
    known = book.format_map.get(key)
    return known.format_str or "" if known is not None else ""


def _add_cells(sheet: Sheet, details: Details, telling: dict[int, str], struck: set[int]) -> None:
    if not telling and not struck:
        return
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            style = sheet.cell_xf_index(row, column)
            if style in telling or style in struck:
                code = telling.get(style, "")
                details.add_look((row, column), code, is_struck=style in struck)


def _add_texts(book: Book, sheet: Sheet, details: Details) -> None:
    fonts = book.font_list
    for (row, column), runs in sheet.rich_text_runlist_map.items():
        words = str(sheet.cell_value(row, column))
        own = book.xf_list[sheet.cell_xf_index(row, column)].font_index
        ends = [start for start, _ in runs] + [len(words)]
        pieces = [(0, own), *runs]
        details.add_rich(
            (row, column),
            Rich(
                tuple(
                    (words[start:end], bool(fonts[font].struck_out), fonts[font].escapement == 1)
                    for (start, font), end in zip(pieces, ends, strict=False)
                    if font < len(fonts) and start < end
                )
            ),
        )


def _add_notes(sheet: Sheet, details: Details) -> None:
    facts = details.facts
    for place, note in sheet.cell_note_map.items():
        if note.text.strip():
            facts.note(facts.comments, place, note.text.strip())
    for row, info in sheet.rowinfo_map.items():
        if len(facts.hidden_rows) + len(facts.outline) >= MOST:
            break
        if info.hidden:
            facts.hidden_rows.add(row)
        if info.outline_level:
            facts.outline[row] = info.outline_level
    facts.hidden_columns.update(
        column for column, info in sheet.colinfo_map.items() if info.hidden and column < MOST
    )
