"""A row that adds up others is no data; what only calls itself a sum is kept and named."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from tests.spreadsheets.cases.conftest import said
from tests.spreadsheets.conftest import xlsx

HEADER = ["Oddział", "Liczba uczniów", "Koszt"]
TEMPLATE = [["Wycieczki"], [], HEADER]
DATA = [["1a", 21, 1200.5], ["2b", 19, 980], ["3c", 24, 1500]]
ROWS = [tuple(row) for row in DATA]


@pytest.mark.parametrize(
    "label",
    [
        "Razem", "RAZEM SP nr 15:", "Ogółem uczniów", "Liczba uczniów razem", "W sumie",
        "SUMA KOŃCOWA:", "Łącznie", "Σ", "Total", None, "SP nr 15", "cała szkoła",
    ],
)  # fmt: skip  # a list of words
def test_a_last_row_that_sums_is_left_out_whatever_it_is_called(collected, label):
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA, [label, 64, 3680.5]]})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == [("row_sums", "A7")]


def test_sums_over_the_rows_and_among_them_are_left_out(collected):
    rows = [
        ["RAZEM", 84, 4680.5],
        ["klasy I-III", None, None],
        *DATA[:2],
        ["Razem klasy I-III", 40, 2180.5],
        ["klasy IV-VIII", None, None],
        DATA[2],
        ["5d", 20, 1000],
        ["Razem klasy IV-VIII", 44, 2500],
    ]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert result.data("Dane", HEADER) == [*ROWS, ("5d", 20, 1000)]
    assert sorted(said(result)) == [
        ("row_heading", "A5"),
        ("row_heading", "A9"),
        ("row_sums", "A12"),
        ("row_sums", "A4"),
        ("row_sums", "A8"),
    ]


def test_sums_over_the_rows_of_their_groups_are_left_out_without_a_word_for_it(collected):
    rows = [["Klasy I-III", 40, 2180.5], *DATA[:2], ["Klasy IV-VIII", 24, 1500], DATA[2]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows, ["Ogółem", 64, 3680.5]]})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == [("row_sums", "A4"), ("row_sums", "A7"), ("row_sums", "A9")]


def test_groups_that_are_no_sums_are_rows(collected):
    rows = [["Klasy I-III", 40, 2180.5], ["Klasy IV-VI", 24, 1500], ["Klasy VII-VIII", 9, 10]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert result.data("Dane", HEADER) == [tuple(row) for row in rows]
    assert said(result) == []


def test_subtotals_of_excel_are_left_out_even_of_one_row(collected):
    rows = [DATA[0], ["1a Suma", 21, 1200.5], DATA[1], ["2b Suma", 19, 980]]
    rows += [["Suma końcowa", 40, 2180.5]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert result.data("Dane", HEADER) == ROWS[:2]
    assert said(result) == [("row_sums", "A5"), ("row_sums", "A7"), ("row_sums", "A8")]


@pytest.mark.parametrize("formula", ["SUM({}4:{}6)", "SUBTOTAL(9,{}4:{}6)", "{}4+{}5+{}6"])
def test_a_formula_says_that_a_row_is_a_sum(collected, formula):
    sums = ["=" + formula.replace("{}", column) for column in "BC"]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA, ["u nas", *sums]]})
    assert result.data("Dane", HEADER) == ROWS
    assert ("row_sums", "A7") in said(result)


@pytest.mark.parametrize("row", [["Razem z rodzicami", 5, 10], ["Suma", 65, 3680.5], ["Suma"]])
def test_a_row_that_only_calls_itself_a_sum_is_kept_and_named(collected, row):
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA[:2], row, DATA[2]]})
    assert len(result.data("Dane", HEADER)) == 4
    assert ("row_like_totals", "A6") in said(result)


def test_small_numbers_that_happen_to_add_up_are_kept(collected):
    rows = [["1a", 1, 5], ["1b", 2, 5], ["1c", 3, 10], ["1d", 6, 20]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert result.data("Dane", HEADER) == [tuple(row) for row in rows]
    assert said(result) == [("row_like_totals", "A7")]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows[:3]]})
    assert said(result) == []


def test_the_word_may_stand_behind_an_ordinal(collected):
    template = [["Lp.", *HEADER]]
    rows = [[1, *DATA[0]], [2, *DATA[1]], [None, "Razem szkoła", 40, 2180.5]]
    result = collected(template, {"SP 1.xlsx": [*template, *rows]})
    assert result.data("Dane", ["Lp.", *HEADER]) == [(1, *ROWS[0]), (2, *ROWS[1])]


def test_the_sum_row_of_an_excel_table_is_left_out(collected):

    book = openpyxl.load_workbook(io.BytesIO(xlsx({"Dane": [*TEMPLATE, *DATA, [None, 64, 9]]})))
    table = Table(displayName="Lista", ref="A3:C7", totalsRowCount=1)
    book["Dane"].add_table(table)
    saved = io.BytesIO()
    book.save(saved)
    result = collected(TEMPLATE, {"SP 1.xlsx": saved.getvalue()})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == [("row_sums", "A7")]
