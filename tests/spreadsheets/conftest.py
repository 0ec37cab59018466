"""Workbooks made by the libraries that people's programs are made of."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import xlwt
from odf import opendocument
from odf import table as odf_table
from odf import text as odf_text

from spreadsheets.merging import merge
from spreadsheets.report import Report, Source
from spreadsheets.template import Mode

Rows = Sequence[Sequence[object]]


def xlsx(sheets: dict[str, Rows], *, merged: Iterable[str] = (), formats=None, hidden=()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
        for cells, number_format in (formats or {}).items():
            for row in sheet[cells] if ":" in cells else ((sheet[cells],),):
                for cell in row:
                    cell.number_format = number_format
        if name in hidden:
            sheet.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xls(sheets: dict[str, Rows], *, dates_1904: bool = False) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    day = xlwt.easyxf(num_format_str="dd.mm.yyyy")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(sheets: dict[str, Rows]) -> bytes:
    book = opendocument.OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        sheet = odf_table.Table(name=name)
        for row in rows:
            line = odf_table.TableRow()
            for value in row:
                line.addElement(_ods_cell(value))
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _ods_cell(value: object):
    if value is None:
        return odf_table.TableCell()
    if isinstance(value, str) and value.startswith("of:="):
        return odf_table.TableCell(formula=value)
    if isinstance(value, dt.date):
        cell = odf_table.TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, int | float):
        cell = odf_table.TableCell(valuetype="float", value=str(value))
    else:
        cell = odf_table.TableCell(valuetype="string")
    cell.addElement(odf_text.P(text=str(value)))
    return cell


@dataclass
class Merged:
    """A merge's report, and its file read back."""

    report: Report
    book: openpyxl.Workbook

    def rows(self, sheet: str) -> list[tuple[object, ...]]:
        return list(self.book[sheet].iter_rows(values_only=True))

    def data(self, sheet: str, columns: Sequence[str]) -> list[tuple[object, ...]]:
        """Values of the named columns below the header."""
        header, *rows = self.rows(sheet)
        places = [header.index(column) for column in columns]
        return [tuple(row[place] for place in places) for row in rows]

    def remarks(self, *kinds: str) -> list[tuple[str, str, str, str]]:
        return [
            (remark.unit, remark.sheet, remark.cell, remark.sentence)
            for remark in self.report.remarks
            if remark.kind in kinds or not kinds
        ]


@pytest.fixture
def merged(tmp_path: Path) -> Callable[..., Merged]:
    """merged(template, {unit: bytes}, mode) -> Merged."""

    def run(
        template: bytes, answers: dict[str, bytes], mode: Mode = Mode.AUTO, **options
    ) -> Merged:
        sources = [
            Source(unit, f"10{number}", f"{unit}.xlsx", content)
            for number, (unit, content) in enumerate(answers.items())
        ]
        output = tmp_path / "wynik.xlsx"
        report = merge(template, sources, mode, output, **options)
        return Merged(report, openpyxl.load_workbook(output))

    return run


@pytest.fixture(name="xlsx")
def xlsx_builder():
    return xlsx


@pytest.fixture(name="xls")
def xls_builder():
    return xls


@pytest.fixture(name="ods")
def ods_builder():
    return ods
