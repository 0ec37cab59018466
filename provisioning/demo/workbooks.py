"""The survey that the demo sends out, and the answers as 117 different people fill them in.

Everything is invented, the same on every run: an answer depends on the number of its unit alone.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

SUBJECT = "Zapotrzebowanie na wyposażenie na rok 2027"
TEMPLATE_NAME = "Zapotrzebowanie na wyposażenie 2027.xlsx"
SHEET = "Zapotrzebowanie"
TITLE = "Zapotrzebowanie na wyposażenie pracowni i świetlic na rok 2027"
HEADER = (
    "Lp.",
    "Nazwa wyposażenia",
    "Pomieszczenie",
    "Liczba sztuk",
    "Cena jednostkowa brutto (zł)",
    "Wartość brutto (zł)",
    "Potrzebne od dnia",
    "Uwagi",
)
HEADER_ROW = 4

GOODS = (
    ("Monitor interaktywny 65 cali", "pracownia przyrodnicza", "6499.00"),
    ("Stolik uczniowski regulowany", "sala lekcyjna", "319.90"),
    ("Krzesło uczniowskie", "sala lekcyjna", "149.50"),
    ("Mikroskop optyczny", "pracownia biologiczna", "489.00"),
    ("Regał biblioteczny", "biblioteka", "899.99"),
    ("Laptop nauczycielski", "pracownia językowa", "3299.00"),
    ("Zestaw klocków konstrukcyjnych", "świetlica", "259.00"),
    ("Drukarka 3D", "pracownia techniczna", "2899.00"),
    ("Materac gimnastyczny", "sala gimnastyczna", "419.00"),
    ("Szafa na pomoce dydaktyczne", "sala lekcyjna", "1249.00"),
    ("Projektor", "aula", "2150.00"),
    ("Huśtawka na plac zabaw", "plac zabaw", "3740.50"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a survey: what is needed, how many, at what price (zł), from when."""

    goods: str
    room: str
    count: int
    price: Decimal
    needed_on: date
    remark: str

    @property
    def value(self) -> Decimal:
        return self.count * self.price


@dataclass(frozen=True, slots=True)
class Filled:
    """An answer as it lies on somebody's disk; a broken one holds no lines that can be read."""

    file_name: str
    content: bytes
    lines: tuple[Line, ...]
    is_broken: bool = False


def template() -> bytes:
    """The workbook that the clerk sends: a title over merged cells, a hint, one header row."""
    book, sheet = _sheet(SHEET)
    return _saved(book, sheet)


def lines_of(number: int) -> tuple[Line, ...]:
    """What the unit needs: 3 to 12 lines."""
    chance = Random(number)  # noqa: S311  # invented data, the same every time
    return tuple(
        Line(
            goods=goods,
            room=room,
            count=chance.randint(1, 30),
            price=Decimal(price),
            needed_on=date(2027, 1, 11) + timedelta(days=chance.randrange(0, 230)),
            remark=chance.choice(("", "", "", "pilne", "wymiana zużytych", "brak w szkole")),
        )
        for goods, room, price in chance.sample(GOODS, chance.randint(3, len(GOODS)))
    )


def answer(number: int) -> Filled:
    """The answer of the unit of that number (from 0), in its people's own manner."""
    lines = lines_of(number)
    manner = MANNERS[number] if number in MANNERS else HABITS[number % len(HABITS)]
    return manner(lines)


def _sheet(title: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError(sheet)
    sheet.title = title
    sheet["A1"] = TITLE
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:H1")
    sheet["A2"] = "Proszę wypełnić po jednym wierszu na każdy rodzaj wyposażenia."
    sheet.merge_cells("A2:H2")
    for column, name in enumerate(HEADER, start=1):
        cell = sheet.cell(HEADER_ROW, column)
        cell.value = name
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE7F0")
        cell.alignment = Alignment(wrap_text=True)
    for letter, width in zip("ABCDEFGH", (6, 34, 26, 12, 18, 18, 16, 26), strict=True):
        sheet.column_dimensions[letter].width = width
    return book, sheet


def _saved(book: Workbook, sheet: Worksheet) -> bytes:
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(position: int, line: Line) -> list[Any]:
    return [
        position,
        line.goods,
        line.room,
        line.count,
        float(line.price),
        float(line.value),
        line.needed_on,
        line.remark or None,
    ]


def _write(
    lines: tuple[Line, ...],
    *,
    title: str = SHEET,
    cells: Callable[[int, Line], list[Any]] = _cells,
    gap: int = 0,
) -> bytes:
    book, sheet = _sheet(title)
    row = HEADER_ROW + 1
    for position, line in enumerate(lines, start=1):
        for column, value in enumerate(cells(position, line), start=1):
            sheet.cell(row, column, value)
        row += 1 + gap
    return _saved(book, sheet)


def _plain(lines: tuple[Line, ...]) -> Filled:
    return Filled(TEMPLATE_NAME, _write(lines), lines)


def _with_blank_rows(lines: tuple[Line, ...]) -> Filled:
    return Filled("zapotrzebowanie.xlsx", _write(lines, gap=2), lines)


def _with_a_renamed_sheet(lines: tuple[Line, ...]) -> Filled:
    return Filled(TEMPLATE_NAME, _write(lines, title="Arkusz1 (2)"), lines)


def _with_text_numbers(lines: tuple[Line, ...]) -> Filled:
    def cells(position: int, line: Line) -> list[Any]:
        plain = _cells(position, line)
        plain[3] = f" {line.count} "
        plain[4], plain[5] = str(line.price), str(line.value)
        return plain

    return Filled("Zapotrzebowanie - wypełnione.xlsx", _write(lines, cells=cells), lines)


def _with_decimal_commas(lines: tuple[Line, ...]) -> Filled:
    def cells(position: int, line: Line) -> list[Any]:
        plain = _cells(position, line)
        for place, amount in ((4, line.price), (5, line.value)):
            plain[place] = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",") + " zł"
        plain[6] = f"{line.needed_on:%d.%m.%Y}"
        return plain

    return Filled("ankieta wyposażenie.xlsx", _write(lines, cells=cells), lines)


def _with_a_merged_heading(lines: tuple[Line, ...]) -> Filled:
    book, sheet = _sheet(SHEET)
    for position, line in enumerate(lines, start=1):
        for column, value in enumerate(_cells(position, line), start=1):
            sheet.cell(HEADER_ROW + position, column, value)
    sheet.insert_rows(1, amount=3)
    sheet.merge_cells("A1:H3")
    sheet["A1"] = "Dokument przygotowany w sekretariacie"
    return Filled("Sekretariat – zapotrzebowanie.xlsx", _saved(book, sheet), lines)


def _as_xls(lines: tuple[Line, ...]) -> Filled:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(SHEET)
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    sheet.write(0, 0, TITLE)
    for column, name in enumerate(HEADER):
        sheet.write(HEADER_ROW - 1, column, name)
    for position, line in enumerate(lines, start=1):
        for column, value in enumerate(_cells(position, line)):
            if isinstance(value, date):
                sheet.write(HEADER_ROW - 1 + position, column, value, day)
            elif value is not None:
                sheet.write(HEADER_ROW - 1 + position, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return Filled("zapotrzebowanie_2027.xls", stream.getvalue(), lines)


def _as_ods(lines: tuple[Line, ...]) -> Filled:
    book = OpenDocumentSpreadsheet()
    table = Table(name=SHEET)
    rows = [[TITLE], [], [], list(HEADER)]
    rows += [_cells(position, line) for position, line in enumerate(lines, start=1)]
    for values in rows:
        row = TableRow()
        for value in values:
            row.addElement(_ods_cell(value))
        table.addElement(row)
    book.spreadsheet.addElement(table)
    stream = io.BytesIO()
    book.write(stream)
    return Filled("Zapotrzebowanie (LibreOffice).ods", stream.getvalue(), lines)


def _ods_cell(value: Any) -> TableCell:
    if isinstance(value, date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value or ""))
    return cell


def _broken(lines: tuple[Line, ...]) -> Filled:
    """A workbook whose one sheet ends in the middle, as a crashed program leaves it."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(_write(lines))) as whole, ZipFile(stream, "w", ZIP_DEFLATED) as half:
        for part in whole.infolist():
            content = whole.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = content[: len(content) // 2]
            half.writestr(part.filename, content)
    return Filled("zapotrzebowanie z pendrive.xlsx", stream.getvalue(), (), is_broken=True)


HABITS = (
    _plain,
    _plain,
    _with_blank_rows,
    _plain,
    _with_a_renamed_sheet,
    _with_text_numbers,
    _plain,
    _with_decimal_commas,
    _with_a_merged_heading,
)
MANNERS = {17: _as_xls, 34: _as_ods, 51: _broken}
"""The units that don't follow a habit: an old Excel, LibreOffice, a damaged file."""
