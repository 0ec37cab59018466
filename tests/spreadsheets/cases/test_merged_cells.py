"""The value of a merged cell belongs to every row that it covers; an amount stands once."""

import pytest

from tests.spreadsheets.cases.conftest import said
from tests.spreadsheets.conftest import xlsx

HEADER = ["Budynek", "Pomieszczenie", "Powierzchnia"]


def test_a_text_stands_in_every_row_that_its_cell_covers(collected):
    rows = [
        HEADER,
        ["Lipowa 4", "101", 54],
        [None, "102", 48],
        ["Polna 9", "hala", 600],
        [None, "x", 1],
    ]
    answer = xlsx({"Dane": rows}, merged=["A2:A3", "A4:A5"])
    result = collected([HEADER], {"SP 1.xlsx": answer})
    assert [row[0] for row in result.data("Dane", HEADER)] == ["Lipowa 4"] * 2 + ["Polna 9"] * 2
    assert said(result) == [("merged_filled", "A2:A3"), ("merged_filled", "A4:A5")]


def test_an_amount_that_covers_several_rows_stands_once(collected):
    rows = [HEADER, ["Lipowa 4", "101", 500], ["Lipowa 4", "102", None], ["Lipowa 4", "103", None]]
    result = collected([HEADER], {"SP 1.xlsx": xlsx({"Dane": rows}, merged=["C2:C4"])})
    assert [row[2] for row in result.data("Dane", HEADER)] == [500, None, None]
    assert said(result) == [("merged_once", "C2:C4")]


def test_a_number_that_is_no_amount_stands_in_every_row(collected):
    header = ["Rok", "Klasa", "Liczba"]
    rows = [header, [2026, "1a", 5], [None, "1b", 6]]
    result = collected([header], {"SP 1.xlsx": xlsx({"Dane": rows}, merged=["A2:A3"])})
    assert result.data("Dane", header) == [(2026, "1a", 5), (2026, "1b", 6)]


@pytest.mark.parametrize("tall", [2, 3])
def test_rows_that_are_merged_cell_by_cell_are_one_row(collected, tall):
    rows = [HEADER, ["Lipowa 4", "101", 54], *[[None] * 3] * (tall - 1), ["Polna 9", "hala", 600]]
    merged = [f"{column}2:{column}{tall + 1}" for column in "ABC"]
    result = collected([HEADER], {"SP 1.xlsx": xlsx({"Dane": rows}, merged=merged)})
    assert result.data("Dane", HEADER) == [("Lipowa 4", "101", 54), ("Polna 9", "hala", 600)]
