"""Streams tables of any length into one xlsx file, in bounded memory.

XlsxWriter makes the whole package (styles, widths, frozen and filtered headers); only the rows
below the headers are written here, as text that goes straight into the archive. That is several
times faster than a call per cell. Strings are always written as strings: a text that begins with
`=` stays a text and is never run as a formula.
"""

import datetime as dt
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import repeat
from typing import Any, BinaryIO, Final, Self

import xlsxwriter

from spreadsheets.cells import MAX_ROWS, MAX_TEXT, Value, column_letters
from spreadsheets.markup import Escaped, xml_text

DATE: Final = "dd.mm.yyyy"
DATETIME: Final = "dd.mm.yyyy hh:mm"
TIME: Final = "hh:mm"
DURATION: Final = "[h]:mm:ss"
DECIMALS: Final = "#,##0.00"
_OWN_FORMATS: Final = ("", DATE, DATETIME, TIME, DURATION)
_LONGEST_NAME = 31
_WIDEST = 60
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_EMPTY_SHEET = b"<sheetData/>"
_SHEET_DATA = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_HEADER_ROWS = re.compile(rb'<row r="1".*?</row>', re.DOTALL)
_STYLED_CELL = re.compile(rb'<c r="[A-Z]+2"(?: s="(\d+)")?/>')
_COMPRESSION = 1
_EPOCH = dt.date(1899, 12, 30).toordinal()
_FIRST_DATE = dt.date(1900, 3, 1)
_DAY = 86_400
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|General', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_LONGEST_LITERAL = 255


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, and the number format of its numbers and dates.

    `width` is in characters; without it the header and the first rows decide.
    """

    title: str
    number_format: str = ""
    width: float | None = None
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that opens a file beside the workbook (or an address) when it is clicked."""

    target: str
    text: str

    @property
    def formula(self) -> str:
        """Excel's own HYPERLINK; the longest text it takes is 255 characters."""
        target, text = (
            xml_text(part[:_LONGEST_LITERAL].replace('"', '""'))
            for part in (self.target, self.text)
        )
        return f'HYPERLINK("{target}","{text}")'

    @property
    def label(self) -> str:
        return xml_text(self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one table; the first `frozen` columns stay in sight."""

    name: str
    columns: tuple[Column, ...]
    frozen: int = 0


Painter = Callable[[xlsxwriter.Workbook], None]


@dataclass(slots=True)
class _Styles:
    """Style attributes of the cells: of a column's numbers, dates and texts, and our own."""

    numbers: list[str]
    dates: list[str]
    texts: list[str]
    plain: str
    moment: str
    hour: str
    duration: str

    @classmethod
    def of(cls, table: Table, found: list[str]) -> "_Styles":
        """From the styles of the skeleton's row 2: one for each column, then our own."""
        plain, date, moment, hour, duration = found[len(table.columns) :]
        styled = list(zip(table.columns, found, strict=False))
        dated = [is_date_format(column.number_format) for column, _ in styled]
        return cls(
            [
                plain if is_date else style
                for is_date, (_, style) in zip(dated, styled, strict=True)
            ],
            [style if is_date else date for is_date, (_, style) in zip(dated, styled, strict=True)],
            [style if column.wraps else plain for column, style in styled],
            plain,
            moment,
            hour,
            duration,
        )


@dataclass(slots=True)
class _Spool:
    """Rows of one sheet on their way; `number` is the last row written, header included."""

    table: Table
    styles: _Styles
    number: int = 1
    widths: list[int] = field(default_factory=list)
    rows: BinaryIO = field(default_factory=tempfile.TemporaryFile)


class XlsxFile:
    """One xlsx in the making: `append` rows to its tables, then `save`. A context manager."""

    def __init__(self, tables: Sequence[Table], paint: Painter | None = None) -> None:
        """`paint` may add finished sheets of its own, before the tables."""
        self._paint = paint
        names = sheet_names([table.name for table in tables])
        tables = [replace(table, name=name) for table, name in zip(tables, names, strict=True)]
        self._escaped = Escaped()
        parts = _parts(_skeleton([(table, 1, []) for table in tables], paint))
        self._spools = [
            [_Spool(table, _Styles.of(table, _styles_of(part)))]
            for table, part in zip(tables, parts[len(parts) - len(tables) :], strict=True)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        for spools in self._spools:
            for spool in spools:
                spool.rows.close()

    def append(self, table: int, columns: Sequence[Sequence[Value | Link]]) -> None:
        """Add rows, given as columns of equal length, one for each column of the table.

        A sheet holds 1,048,576 rows; what exceeds it goes on in a sheet named with a number.
        """
        length = len(columns[0])
        start = 0
        while start < length:
            spool = self._room(table)
            count = min(length - start, MAX_ROWS - spool.number)
            self._write(spool, [column[start : start + count] for column in columns], count)
            start += count

    def _room(self, table: int) -> _Spool:
        spools = self._spools[table]
        last = spools[-1]
        if last.number < MAX_ROWS:
            return last
        spools.append(_Spool(last.table, last.styles))
        return spools[-1]

    def _write(self, spool: _Spool, columns: Sequence[Sequence[Value | Link]], count: int) -> None:
        if not spool.widths:
            spool.widths = [max(map(_width, column[:50]), default=0) for column in columns]
        first = spool.number + 1
        spool.number += count
        numbers = list(map(str, range(first, first + count)))
        cells = [
            self._cells(spool.styles, place, numbers, column)
            for place, column in enumerate(columns)
        ]
        opening = [f'<row r="{number}">' for number in numbers]
        lines = map("".join, zip(opening, *cells, repeat("</row>"), strict=False))
        spool.rows.write("".join(lines).encode())

    def _cells(
        self, styles: _Styles, place: int, numbers: list[str], column: Sequence[Any]
    ) -> list[str]:
        """The XML of one column's cells, by the fastest way that its types allow."""
        start = f'<c r="{column_letters(place)}'
        kinds = set(map(type, column))
        kinds.discard(type(None))
        if kinds <= {float, int}:
            middle = f'"{styles.numbers[place]}><v>'
            return [
                "" if value is None else f"{start}{number}{middle}{value!r}</v></c>"
                for number, value in zip(numbers, column, strict=True)
            ]
        if kinds == {str}:
            escaped = self._escaped
            middle = f'"{styles.texts[place]} t="inlineStr">'
            return [
                "" if value is None else f"{start}{number}{middle}{escaped[value]}</c>"
                for number, value in zip(numbers, column, strict=True)
            ]
        if kinds == {dt.date} and min(filter(None, column)) >= _FIRST_DATE:
            middle = f'"{styles.dates[place]}><v>'
            days = [value and value.toordinal() - _EPOCH for value in column]
            return [
                "" if day is None else f"{start}{number}{middle}{day}</v></c>"
                for number, day in zip(numbers, days, strict=True)
            ]
        return [
            "" if value is None else f'{start}{number}"{self._cell(value, styles, place)}</c>'
            for number, value in zip(numbers, column, strict=True)
        ]

    def _cell(self, value: Value | Link, styles: _Styles, place: int) -> str:
        """What stands behind the cell's address: style, type and content."""
        if isinstance(value, Link):
            return f'{styles.plain} t="str"><f>{value.formula}</f><v>{value.label}</v>'
        if isinstance(value, bool):
            return f'{styles.plain} t="b"><v>{int(value)}</v>'
        if isinstance(value, int | float | Decimal):
            return f"{styles.numbers[place]}><v>{value}</v>"
        if (timed := _timed(value, styles, place)) is not None:
            return timed
        return f'{styles.texts[place]} t="inlineStr">{self._escaped[str(value)]}'

    def save(self, target: BinaryIO) -> None:
        """Write the finished file to `target` (seekable or not)."""
        spools = [spool for spools in self._spools for spool in spools]
        names = sheet_names([spool.table.name for spool in spools])
        for spool, name in zip(spools, names, strict=True):
            spool.table = replace(spool.table, name=name)
        skeleton = _skeleton([(s.table, s.number, s.widths) for s in spools], self._paint)
        with (
            zipfile.ZipFile(skeleton) as source,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as made,
        ):
            sheets = _sheet_parts(source)
            streamed = dict(zip(sheets[len(sheets) - len(spools) :], spools, strict=True))
            for entry in source.infolist():
                content = source.read(entry)
                if entry.filename in streamed:
                    _splice(made, entry.filename, content, streamed[entry.filename])
                else:
                    made.writestr(entry.filename, content)


def _splice(made: zipfile.ZipFile, name: str, sheet: bytes, spool: _Spool) -> None:
    """The sheet that XlsxWriter made, with the spooled rows behind its header."""
    data = _SHEET_DATA.search(sheet)
    header = _HEADER_ROWS.search(sheet)
    assert data is not None  # noqa: S101  # every table has a header row
    assert header is not None  # noqa: S101
    before = re.sub(rb"<dimension [^>]*/>", b"", sheet[: data.start()])
    with made.open(name, "w", force_zip64=True) as part:
        part.write(before + b"<sheetData>" + header[0])
        spool.rows.seek(0)
        while chunk := spool.rows.read(1 << 18):
            part.write(chunk)
        part.write(b"</sheetData>" + sheet[data.end() :])


def _skeleton(tables: list[tuple[Table, int, list[int]]], paint: Painter | None) -> io.BytesIO:
    """Everything but the rows: a header in row 1 and, in row 2, a cell of each style."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    if paint is not None:
        paint(book)
    header = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4", "bottom": 1}
    )
    for table, last_row, widths in tables:
        sheet = book.add_worksheet(table.name)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.title[:MAX_TEXT] or " ", header)
            style: dict[str, Any] = (
                {"num_format": column.number_format} if column.number_format else {}
            )
            if column.wraps:
                style |= {"text_wrap": True, "valign": "top"}
            sheet.write_blank(1, place, None, book.add_format(style or {"valign": "bottom"}))
            sheet.set_column(place, place, _fitting(column, widths[place] if widths else 0))
        for extra, number_format in enumerate(_OWN_FORMATS, len(table.columns)):
            style = {"num_format": number_format} if number_format else {"text_wrap": False}
            sheet.write_blank(1, extra, None, book.add_format(style))
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.freeze_panes(1, table.frozen)
        sheet.autofilter(0, 0, max(last_row - 1, 0), len(table.columns) - 1)
    book.close()
    made.seek(0)
    return made


def _parts(skeleton: io.BytesIO) -> list[bytes]:
    with zipfile.ZipFile(skeleton) as archive:
        return [archive.read(name) for name in _sheet_parts(archive)]


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    return sorted(names, key=lambda name: int(re.sub(r"\D", "", name)))


def _styles_of(part: bytes) -> list[str]:
    """The style attribute of each column, then of each of our own formats."""
    return [f' s="{found.decode()}"' if found else "" for found in _STYLED_CELL.findall(part)]


def sheet_names(names: Iterable[str]) -> list[str]:
    """Names that Excel accepts: no forbidden characters, 31 characters, no two alike."""
    used: set[str] = set()
    accepted = []
    for name in names:
        clean = _FORBIDDEN_IN_NAME.sub(" ", name).strip(" '")[:_LONGEST_NAME].strip(" '")
        clean = clean or "Arkusz"
        candidate, number = clean, 1
        while candidate.lower() in used or candidate.lower() == "history":
            number += 1
            candidate = f"{clean[: _LONGEST_NAME - 5]} ({number})"
        used.add(candidate.lower())
        accepted.append(candidate)
    return accepted


def _fitting(column: Column, content: int) -> float:
    if column.width is not None:
        return column.width
    words = max(map(len, re.split(r"\s+", column.title)), default=0)
    return min(max(content + 2, words + 4, min(len(column.title) + 4, 20), 8), _WIDEST)


def _width(value: Value | Link) -> int:
    match value:
        case None:
            return 0
        case float():
            return len(f"{value:.2f}")
        case dt.datetime():
            return 16
        case dt.date():
            return 10
        case str():
            return max(map(len, value.split("\n")))
        case _:
            return len(str(value))


def is_date_format(number_format: str) -> bool:
    """Whether numbers under this format are shown as dates or times (ECMA-376 1, 18.8.31)."""
    return bool(_DATE_LETTERS.search(_LITERALS.sub("", number_format)))


def _timed(value: Value, styles: _Styles, place: int) -> str | None:
    """A date, moment, hour or duration; None for anything else, or a date before Excel's days."""
    match value:
        case dt.datetime() if value.date() >= _FIRST_DATE:
            return f"{styles.moment}><v>{_serial(value)!r}</v>"
        case dt.date() if type(value) is dt.date and value >= _FIRST_DATE:
            return f"{styles.dates[place]}><v>{value.toordinal() - _EPOCH}</v>"
        case dt.time():
            return f"{styles.hour}><v>{_seconds(value) / _DAY!r}</v>"
        case dt.timedelta():
            return f"{styles.duration}><v>{value.total_seconds() / _DAY!r}</v>"
        case _:
            return None


def _serial(moment: dt.datetime) -> float:
    seconds = _seconds(moment.time())
    return moment.toordinal() - _EPOCH + seconds / _DAY


def _seconds(hour: dt.time) -> float:
    return hour.hour * 3600 + hour.minute * 60 + hour.second + hour.microsecond / 1e6
