"""No unit is counted twice, and neither the template nor an earlier result is counted at all."""

import io

import openpyxl
import pytest

from spreadsheets.template import Mode
from tests.spreadsheets.cases.conftest import said

HEADER = ["Oddział", "Liczba uczniów", "Koszt"]
TEMPLATE = [["Wycieczki"], [], HEADER]
OLD = [*TEMPLATE, ["1a", 21, 1200.5], ["2b", 19, 980]]
NEW = [*TEMPLATE, ["1a", 21, 1200.5], ["2b", 25, 980]]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("SP 1.xlsx", "SP 1 poprawione.xlsx"),
        ("SP 1 - wycieczki.xlsx", "SP 1 - wycieczki v2.xlsx"),
        ("SP 1 - wycieczki v1.xlsx", "SP 1 - wycieczki v2.xlsx"),
        ("SP 1/wycieczki.xlsx", "SP 1/wycieczki KOREKTA.xlsx"),
        ("SP 1_wycieczki wersja 2.xlsx", "SP 1_wycieczki wersja 3.xlsx"),
    ],
)
def test_a_correction_takes_the_place_of_what_it_corrects(collected, older, newer):
    result = collected(TEMPLATE, {older: OLD, newer: NEW, "SP 9.xlsx": [*TEMPLATE, ["3c", 1, 2]]})
    assert result.data("Dane", HEADER) == [("1a", 21, 1200.5), ("2b", 25, 980), ("3c", 1, 2)]
    assert said(result, older) == [("older_version", "")]
    assert said(result, newer) == [("newer_version", "")]
    assert [(entry.file, result.report.workbooks) for entry in result.report.left_out] == [
        (older, 2)
    ]


@pytest.mark.parametrize(
    "second", ["SP 1 (1).xlsx", "SP 1 - kopia.xlsx", "Kopia SP 1.xlsx", "SP 1 poprawione.xlsx"]
)
def test_the_same_cells_of_one_unit_are_merged_once(collected, second):
    result = collected(TEMPLATE, {"SP 1.xlsx": OLD, second: OLD})
    assert result.data("Dane", ["Plik", *HEADER]) == [
        ("SP 1.xlsx", "1a", 21, 1200.5),
        ("SP 1.xlsx", "2b", 19, 980),
    ]
    assert said(result) == [("same_content", "")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SP 1/a.xlsx", "SP 1/b.xlsx"),
        ("SP 1.xlsx", "SP 1 (1).xlsx"),
        ("SP 1 - wrzesień.xlsx", "SP 1 - październik.xlsx"),
    ],
)
def test_two_files_of_one_unit_are_both_merged_and_both_named(collected, one, other):
    result = collected(TEMPLATE, {one: OLD, other: NEW})
    assert result.report.rows == 4
    assert said(result, one) == said(result, other) == [("several_files", "")]


def test_units_whose_numbers_are_the_same_by_chance_are_not_suspected(collected):
    rows = [*TEMPLATE, ["1a", 20, 100]]
    result = collected(TEMPLATE, {"SP 1.xlsx": rows, "SP 2.xlsx": rows})
    assert (result.report.rows, said(result)) == (2, [])


def test_one_file_under_the_names_of_two_units_is_named(collected):
    rows = [*TEMPLATE, *([f"{n}a", 20 + n, 100 * n] for n in range(5))]
    result = collected(TEMPLATE, {"SP 1.xlsx": rows, "SP 2.xlsx": rows})
    assert result.report.rows == 10
    assert said(result) == [("same_content_elsewhere", "")] * 2


@pytest.mark.parametrize("mode", [Mode.STACK, Mode.FORM, Mode.SUM])
@pytest.mark.parametrize("sheets", ["all", "first"])
def test_a_result_among_the_answers_is_known_and_left_out(collected, mode, sheets):
    template = [["Grupa", "Chłopcy", "Dziewczęta"], ["3-latki"], ["4-latki"]]
    answer = [template[0], ["3-latki", 11, 9], ["4-latki", 12, 13]]
    before = collected(template, {"P 1.xlsx": answer}, mode)
    if sheets == "first":
        for name in before.book.sheetnames[1:]:
            del before.book[name]
    saved = io.BytesIO()
    before.book.save(saved)
    after = collected(template, {"P 1.xlsx": answer, "razem.xlsx": saved.getvalue()}, mode)
    assert after.rows("Dane") == before.rows("Dane")
    assert said(after) == [("own_result", "")]


def test_a_result_saved_as_csv_is_known_by_its_columns(collected):
    saved = "Jednostka;RSPO;Plik;Wiersz;Oddział;Liczba uczniów;Koszt\nSP 1;;SP 1.xlsx;4;1a;21;5\n"
    result = collected(TEMPLATE, {"SP 1.xlsx": OLD, "razem.csv": saved.encode()})
    assert (result.report.rows, said(result)) == (2, [("own_result", "")])


@pytest.mark.parametrize("name", ["szablon.xlsx", "Wycieczki - wzór.xlsx", "SP 0/szablon.xlsx"])
def test_the_template_among_the_answers_is_no_answer(collected, name):
    template = [["Majątek", "Liczba"], ["budynki", 1], ["boiska", 2]]
    answer = [["Majątek", "Liczba"], ["budynki", 3], ["boiska", 2]]
    result = collected(template, {"SP 1.xlsx": answer, name: template}, Mode.SUM)
    assert result.rows("Dane")[1:] == [("budynki", 3), ("boiska", 2)]
    assert said(result) == [("own_template", "")]


def test_a_result_carries_the_mark_by_which_it_knows_itself(collected):
    result = collected(TEMPLATE, {"SP 1.xlsx": OLD})
    properties = {one.name: one.value for one in result.book.custom_doc_props.props}
    assert properties == {"OPIUM": "zestawienie"}
    assert isinstance(result.book, openpyxl.Workbook)
