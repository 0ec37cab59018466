import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from spreadsheets.cells import Fault
from spreadsheets.readers import Reader, read_workbook

DAY = dt.date(2025, 3, 1)
ROWS = [["Nazwa", "Liczba", "Dzień"], ["Szkoła żółć", 12.5, DAY], [None, 7, None]]
READ = [["Nazwa", "Liczba", "Dzień"], ["Szkoła żółć", 12.5, DAY], [None, 7.0, None]]


def rows_of(content, sheet=0):
    with read_workbook(content) as workbook:
        return [row for _, row in workbook.sheets[sheet].rows()]


def padded(rows):
    width = max(map(len, rows))
    return [row + [None] * (width - len(row)) for row in rows]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_format_gives_the_same_cells(kind, xlsx, xls, ods):
    build = {"xlsx": xlsx, "xls": xls, "ods": ods}[kind]
    with read_workbook(build({"Ankieta": ROWS})) as workbook:
        assert workbook.kind == kind
        assert [sheet.name for sheet in workbook.sheets] == ["Ankieta"]
        assert padded([row for _, row in workbook.sheets[0].rows()]) == READ


def test_rows_keep_their_place_below_empty_ones(xlsx):
    assert rows_of(xlsx({"A": [[], [], [None, "x"]]})) == [[], [], [None, "x"]]


def test_types_of_cells_survive(xlsx):
    row = [
        True,
        dt.datetime.fromisoformat("2025-03-01T12:30"),
        dt.time(8, 15),
        dt.timedelta(hours=30),
        1e300,
        "007",
    ]
    assert rows_of(xlsx({"A": [row]})) == [row]


def test_a_1904_xlsx_has_the_dates_that_excel_shows():
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([DAY, dt.datetime.fromisoformat("2025-03-01T12:30")])
    target = io.BytesIO()
    book.save(target)
    assert rows_of(target.getvalue()) == [[DAY, dt.datetime.fromisoformat("2025-03-01T12:30")]]


def test_a_1904_xls_has_the_dates_that_excel_shows(xls):
    assert rows_of(xls({"A": [[DAY]]}, dates_1904=True)) == [[DAY]]


def test_hidden_sheets_and_merged_cells_are_known(xlsx):
    content = xlsx(
        {"Ankieta": [["Tytuł", None, None]], "Lista": [["a"]]}, merged=["A1:C1"], hidden=["Lista"]
    )
    with read_workbook(content) as workbook:
        assert [(s.name, s.is_hidden) for s in workbook.sheets] == [
            ("Ankieta", False),
            ("Lista", True),
        ]
        assert workbook.sheets[0].merged == ((0, 0, 0, 2),)


def test_number_formats_are_read_when_asked_for(xlsx):
    content = xlsx(
        {"A": [["Kwota", "Data", "Kod"], [1, DAY, "1"]]}, formats={"A2": "#,##0.00", "C2": "@"}
    )
    with Reader() as reader:
        with reader.read(content) as workbook:
            assert workbook.sheets[0].formats == {}
        with reader.read(content, formats=True) as workbook:
            assert workbook.sheets[0].formats == {
                "1,0": "#,##0.00",
                "1,1": "yyyy-mm-dd",
                "1,2": "@",
            }


def test_a_formula_without_a_saved_result_is_a_fault_and_not_an_empty_cell(xlsx, ods):
    assert rows_of(xlsx({"A": [["=1+1", 2], [None, None, "=A1"]]})) == [
        [Fault(), 2.0],
        [None, None, Fault()],
    ]
    assert rows_of(ods({"A": [[None, "of:=1+1"], ["x"]]})) == [[None, Fault()], ["x"]]


def test_a_formula_with_a_saved_result_is_that_result():
    content = replaced_sheet(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1"><f t="shared" si="0"/><v>3</v></c><c r="D1"><f>1</f></c></row>'
    )
    assert rows_of(content) == [[2.0, None, 3.0, Fault()]]


def replaced_sheet(data: str) -> bytes:
    source, target = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start = content.index(b"<sheetData>") + 11
                content = (
                    content[:start] + data.encode() + content[content.index(b"</sheetData>") :]
                )
            new.writestr(name, content)
    return target.getvalue()


def test_error_cells_are_faults_with_their_code(xlsx):
    assert rows_of(xlsx({"A": [["#DIV/0!", "a"]]})) == [[Fault("#DIV/0!"), "a"]]


def test_error_cells_of_an_xls_are_faults_with_their_code():
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    sheet.write(0, 0, "x")
    sheet.row(1).set_cell_error(0, "#DIV/0!")
    target = io.BytesIO()
    book.save(target)
    assert rows_of(target.getvalue()) == [["x"], [Fault("#DIV/0!")]]


POLISH = "Nazwa;Liczba\nŚląska ąęśźż;1,5\n"
AS_ROWS = [["Nazwa", "Liczba"], ["Śląska ąęśźż", "1,5"]]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_a_csv_is_read_in_every_encoding(encoding):
    assert rows_of(POLISH.encode(encoding)) == AS_ROWS


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_of_a_csv_is_recognised(separator):
    text = f'a{separator}b{separator}c\n"1,5"{separator}"x;y"{separator}\n'
    assert rows_of(text.encode()) == [["a", "b", "c"], ["1,5", "x;y", None]]


def test_a_csv_may_name_its_separator():
    assert rows_of(b"sep=|\na|b,c;d\n1|2\n") == [["a", "b,c;d"], ["1", "2"]]


def test_excel_escapes_in_a_csv_give_the_text_that_they_protect():
    assert rows_of(b'REGON;Nazwa\n"=""015789094""";x\n') == [["REGON", "Nazwa"], ["015789094", "x"]]


def test_many_files_come_back_in_their_order_with_refusals_between(xlsx):
    contents = [(n, xlsx({"A": [[n]]}) if n % 7 else b"") for n in range(40)]
    with Reader() as reader:
        found = []
        for key, outcome in reader.read_many(contents):
            if isinstance(outcome, Exception):
                found.append((key, outcome.code))
            else:
                with outcome:
                    found.append((key, next(outcome.sheets[0].rows())[1]))
    assert found == [(n, [float(n)] if n % 7 else "workbook_empty") for n in range(40)]


def test_a_number_that_no_cell_can_hold_is_text():
    assert rows_of(replaced_sheet('<row r="1"><c r="A1"><v>1e999</v></c></row>')) == [
        [Fault("#NUM!")]
    ]


REGISTER = Path(__file__).parents[3] / "shared" / "data" / "rspo_export_sample.csv"


@pytest.mark.skipif(not REGISTER.exists(), reason="the register's sample is not here")
def test_the_registers_own_export_is_read_with_its_leading_zeros():
    header, *rows = rows_of(REGISTER)
    assert (len(header), header[:3]) == (54, ["Numer RSPO", "REGON", "NIP"])
    assert all(len(row[1]) in {9, 14} and row[1].isdigit() for row in rows)
