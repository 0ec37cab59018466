"""A row that a clerk has to look at stays in the result and is named."""

import pytest

from spreadsheets.template import Mode
from tests.spreadsheets.cases.conftest import said

HEADER = ["Oddział", "Liczba uczniów", "Koszt wycieczki"]
TEMPLATE = [["Wycieczki"], [], HEADER]
DATA = [["1a", 20, 100], ["1b", 21, 200], ["1c", 19, 300]]
ROWS = [tuple(row) for row in DATA]


@pytest.mark.parametrize("label", ["w tym dziewczęta", "W tym: z Ukrainy", "z tego klasy I"])
def test_a_row_that_counts_a_part_of_another_is_named(collected, label):
    rows = [DATA[0], [label, 3, 15], *DATA[1:]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert len(result.data("Dane", HEADER)) == 4
    assert said(result) == [("row_part", "A5")]


def test_a_part_does_not_hide_the_sum_under_it(collected):
    rows = [DATA[0], ["w tym dziewczęta", 3, 15], *DATA[1:], ["Razem", 60, 600]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert len(result.data("Dane", HEADER)) == 4
    assert said(result) == [("row_sums", "A8"), ("row_part", "A5")]


@pytest.mark.parametrize("last", [[None, 61, 600], [None, None, 599], [None, "61", "601 zł"]])
def test_a_last_row_of_bare_numbers_is_named_even_where_it_does_not_add_up(collected, last):
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA, last]})
    assert {cell for kind, cell in said(result) if kind in {"row_unnamed", "row_lone"}} == {"A7"}


def test_a_row_over_its_group_that_adds_it_up_is_no_data(collected):
    rows = [["klasy I-III", 60, 600], *DATA, ["klasy IV-VIII", 39, 500], ["4a", 20, 200]]
    rows += [["5a", 19, 300], ["Razem", 99, 1100]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert result.data("Dane", HEADER) == [*ROWS, ("4a", 20, 200), ("5a", 19, 300)]
    assert said(result) == [("row_sums", "A4"), ("row_sums", "A8"), ("row_sums", "A11")]


def test_groups_that_are_data_themselves_are_kept_without_a_word(collected):
    rows = [["klasy I-III", 60, 600], ["klasy IV-VIII", 39, 500], ["klasy I-IV LO", 20, 100]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert result.data("Dane", HEADER) == [tuple(row) for row in rows]
    assert said(result) == []


def test_numbers_under_a_gap_that_are_no_whole_rows_are_named(collected):
    below = [[], ["Uwaga: dane na dzień", 46000], ["Liczba opiekunów", 3], ["Kontakt", 523331122]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA, *below]})
    assert {cell for _, cell in said(result)} >= {"A8", "A9", "A10"}


def test_rows_go_on_under_a_gap_without_a_word(collected):
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA[:2], [], DATA[2]]})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == []


def test_a_contact_right_under_the_table_is_no_amount(collected):
    contact = ["Osoba do kontaktu", "Jan Nowak", 500600700]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA, contact]})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == [("row_below", "A7:C7")]


def test_amounts_of_which_none_can_be_read_are_named_one_by_one(collected):
    template = [["Budżet"], ["Zadanie", "Kwota", "Ilość"]]
    files = {
        "SP 1.xlsx": [*template, ["a", "1.234", "5 lub 6"]],
        "SP 2.xlsx": [*template, ["b", "ok. 500", "2-3"]],
    }
    result = collected(template, files)
    kinds = {"ambiguous_number", "not_a_number"}
    assert [(k, c) for k, c in said(result) if k in kinds] == [
        ("ambiguous_number", "B3"),
        ("not_a_number", "C3"),
        ("not_a_number", "B3"),
        ("not_a_number", "C3"),
    ]


def test_a_part_that_the_template_prints_is_no_surprise(collected):
    template = [["Dane"], ["Kategoria", "Liczba", "Opis"], ["Uczniowie"], ["w tym dziewczęta"]]
    filled = [*template[:2], ["Uczniowie", 20, "x"], ["w tym dziewczęta", 9, "y"]]
    result = collected(template, {"SP 1.xlsx": filled}, Mode.STACK)
    assert said(result) == []


def test_one_number_that_begins_with_zero_makes_no_text_of_the_others(collected):
    files = {
        "SP 1.csv": "Oddział;Liczba uczniów;Koszt wycieczki\n1a;20;5\n1b;21;6\n".encode(),
        "SP 2.csv": "Oddział;Liczba uczniów;Koszt wycieczki\n2a;0020;7\n2b;22;8\n".encode(),
    }
    result = collected(TEMPLATE, files)
    assert [row[1] for row in result.data("Dane", HEADER)] == [20, 21, "0020", 22]
    assert said(result) == [("leading_zero", "B2")]


@pytest.mark.parametrize("title", ["Rok", "Klasa"])
def test_rows_named_by_numbers_are_no_sums(collected, title):
    template = [["Dane"], [title, "Uczniowie", "Oddziały"]]
    rows = [[2024, 100, 5], [2025, 110, 6], [2026, 50, 2]]
    result = collected(template, {"SP 1.xlsx": [*template, *rows]})
    assert result.data("Dane", template[1]) == [tuple(row) for row in rows]
    assert said(result) == []
