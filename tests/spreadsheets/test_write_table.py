import datetime as dt
import io
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from spreadsheets import xlsx
from spreadsheets.cells import MAX_TEXT
from spreadsheets.readers import read_workbook
from spreadsheets.writing import Column, Kind, Link, Table, write_table, write_tables


def written(columns, rows, **options):
    return openpyxl.load_workbook(io.BytesIO(write_table(columns, rows, **options))).active


def test_every_kind_of_cell_is_written_as_people_expect():
    moment = dt.datetime(2025, 7, 1, 12, 0, tzinfo=ZoneInfo("UTC"))
    sheet = written(
        [
            Column("Nazwa"),
            Column("REGON"),
            Column("Kwota", Kind.MONEY),
            Column("Dzień", Kind.DATE),
            Column("Chwila", Kind.DATETIME),
            Column("Udział", Kind.PERCENT),
            Column("Liczba", Kind.INTEGER),
        ],
        [["SP 1", "015789094", Decimal("12345.67"), moment, moment, 0.25, 1200]],
        name="Wykaz",
        frozen=1,
    )
    row = next(sheet.iter_rows(min_row=2))
    assert [cell.value for cell in row] == [
        "SP 1",
        "015789094",
        12345.67,
        dt.datetime.fromisoformat("2025-07-01"),
        dt.datetime.fromisoformat("2025-07-01T14:00"),
        0.25,
        1200,
    ]
    assert [cell.number_format for cell in row][2:] == [
        '#,##0.00" zł"',
        "dd.mm.yyyy",
        "dd.mm.yyyy hh:mm",
        "0.0%",
        "#,##0",
    ]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Wykaz", "B2", "A1:G2")


@pytest.mark.parametrize("text", ["=1+1", "+48 52", "-x", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_text_is_never_a_formula(text):
    cell = written([Column("A")], [[text]])["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_link_opens_the_file_beside():
    content = write_table([Column("Plik")], [[Link('SP 1 - "a" & b.xlsx', "plik <1>")]])
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert cell.value == '=HYPERLINK("SP 1 - ""a"" & b.xlsx","plik <1>")'
    with read_workbook(content) as workbook:
        assert [row for _, row in workbook.sheets[0].rows()] == [["Plik"], ["plik <1>"]]


@pytest.mark.parametrize(
    "text", ["a\x07b", "_x0041_", " brzeg ", "<&>", "wiersz\nwiersz", "\ufffe", "ż" * MAX_TEXT]
)
def test_any_text_comes_back(text):
    with read_workbook(write_table([Column("A")], [[text]])) as workbook:
        (_, (value,)) = list(workbook.sheets[0].rows())[1]
    assert value == text.replace("\ufffe", "\ufffd")


def test_a_table_without_rows_is_a_header():
    sheet = written([Column("A"), Column("B")], [])
    assert list(sheet.iter_rows(values_only=True)) == [("A", "B")]


def test_rows_beyond_one_sheet_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_ROWS", 1001)
    content = write_table([Column("A", Kind.NUMBER)], ([n] for n in range(2500)), name="Dane")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Dane", "Dane (2)", "Dane (3)"]
    found = [v for sheet in book for (v,) in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == list(range(2500))


@pytest.mark.parametrize(
    ("names", "accepted"),
    [
        (["a/b:c", "a b c"], ["a b c", "a b c (2)"]),
        (["x" * 40], ["x" * 31]),
        (["", "History"], ["Arkusz", "History (2)"]),
        (["'Ankieta'"], ["Ankieta"]),
    ],
)
def test_sheet_names_are_made_acceptable(names, accepted):
    assert xlsx.sheet_names(names) == accepted


@pytest.mark.parametrize(
    ("number_format", "is_date"),
    [
        ("dd.mm.yyyy", True),
        ("[h]:mm", True),
        ('#,##0.00" zł (dzień)"', False),
        ("0%", False),
        ("[Red]0", False),
        ("General", False),
    ],
)
def test_date_formats_are_told_from_number_formats(number_format, is_date):
    assert xlsx.is_date_format(number_format) is is_date


def test_a_workbook_of_several_tables_has_a_sheet_for_each():
    one = [Column("Jednostka")]
    content = write_tables(
        [
            Table("Odpowiedzi", one, [["SP 1"], ["SP 2"]], frozen=1),
            Table("Budżet/2026", one, []),
            Table("odpowiedzi", one, [["SP 3"]]),
        ]
    )

    book = openpyxl.load_workbook(io.BytesIO(content))

    assert {sheet.title: [row[0] for row in sheet.values] for sheet in book} == {
        "Odpowiedzi": ["Jednostka", "SP 1", "SP 2"],
        "Budżet 2026": ["Jednostka"],
        "odpowiedzi (2)": ["Jednostka", "SP 3"],
    }
