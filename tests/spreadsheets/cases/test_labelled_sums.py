"""What is added up is known by its labels and captions, and only what has a sum is added."""

import pytest

from spreadsheets.template import Mode
from tests.spreadsheets.cases.conftest import said
from tests.spreadsheets.making import styled


def test_a_form_of_labels_is_added_up_by_its_labels(collected):
    template = [
        ["Ankieta"], [],
        ["Liczba uczniów", None, "w tym dziewczęta", None],
        ["Liczba oddziałów", None, "Liczba nauczycieli", None],
    ]  # fmt: skip
    files = {
        "P 1.xlsx": [
            ["Ankieta"], [],
            ["Liczba uczniów", 100, "w tym dziewczęta", 50],
            ["Liczba oddziałów", 5, "Liczba nauczycieli", 10],
        ],
        "P 2.xlsx": [
            ["Ankieta"], ["Szkoła nr", 3],
            ["Liczba nauczycieli", 11, "Liczba oddziałów", 6],
            ["w tym dziewczęta", 60, "Liczba uczniów", 110],
        ],
    }  # fmt: skip
    result = collected(template, files, Mode.SUM)
    sheet = result.book["Dane"]
    assert [sheet[cell].value for cell in ("B3", "D3", "B4", "D4")] == [210, 110, 11, 21]
    assert sheet["B2"].value is None
    assert set(said(result, "P 2.xlsx")) >= {("outside", "A2"), ("outside", "B2")}


def test_tables_with_equal_titles_are_told_apart_by_their_captions(collected):
    def filled(first, second):
        return [
            [first[0]], ["Klasa", "Liczba"], ["I", first[1]], ["II", first[2]], [],
            [second[0]], ["Klasa", "Liczba"], ["I", second[1]], ["II", second[2]],
        ]  # fmt: skip

    pupils, teachers = "A. Uczniowie", "B. Nauczyciele"
    template = filled((pupils, None, None), (teachers, None, None))
    files = {
        "P 1.xlsx": filled((pupils, 10, 20), (teachers, 1, 2)),
        "P 2.xlsx": filled((teachers, 5, 6), (pupils, 100, 200)),
    }
    result = collected(template, files, Mode.SUM)
    sheet = result.book["Dane"]
    assert [sheet[cell].value for cell in ("B3", "B4", "B8", "B9")] == [110, 220, 6, 8]
    assert said(result) == []


def test_a_table_that_grew_does_not_take_the_rows_of_the_next_with_equal_titles(collected):
    header = ["Nazwisko", "Etat", "Godziny"]
    template = [["A. Nauczyciele"], header, [], [], [], ["B. Obsługa"], header, [], []]
    teachers = [[f"N{number}", 1, 18] for number in range(12)]
    filled = [["A. Nauczyciele"], header, *teachers, [], ["B. Obsługa"], header, ["O", 1, 40]]
    result = collected(template, {"SP 1.xlsx": filled})
    assert result.data("Dane", header) == [tuple(row) for row in teachers]
    assert result.data("Dane (2)", header) == [("O", 1, 40)]
    assert said(result) == []


@pytest.mark.parametrize(
    ("label", "numbers"),
    [("Rok budowy", (1980, 2001)), ("Najwyższy wynik", (80, 70)), ("Średnia ocen", (4.5, 4))],
)
def test_years_and_extremes_are_not_added(collected, label, numbers):
    template = [["Dane"], ["Wskaźnik", "SP", "LO"], ["Uczniowie"], [label]]
    files = {
        f"P {n}.xlsx": [*template[:2], ["Uczniowie", 10, 10], [label, number, number]]
        for n, number in enumerate(numbers)
    }
    result = collected(template, files, Mode.SUM)
    sheet = result.book["Dane"]
    assert [sheet[cell].value for cell in ("B3", "B4", "C4")] == [20, None, None]
    assert {cell for kind, cell in said(result) if kind == "derived_unknown"} == {"B4", "C4"}


def test_a_printed_year_stays_what_it_is(collected):
    template = [["Dane"], ["Wskaźnik", "SP", "LO"], ["Uczniowie"], ["Stan na rok", 2026, 2026]]
    filled = [*template[:2], ["Uczniowie", 10, 10], template[3]]
    result = collected(template, {"P 1.xlsx": filled, "P 2.xlsx": filled[:]}, Mode.SUM)
    assert result.book["Dane"]["B4"].value == 2026


def test_a_per_cent_among_amounts_is_named(collected):
    template = [["Koszty"], ["Rodzaj", "Kwota"], ["gaz", None], ["woda", None]]
    odd = styled([*template[:2], ["gaz", 7], ["woda", 0.5]], {"B4": {"num_format": "0%"}})
    files = {"P 1.xlsx": [*template[:2], ["gaz", 5], ["woda", 9]], "P 2.xlsx": odd}
    result = collected(template, files, Mode.SUM)
    assert result.book["Dane"]["B4"].value == 9.5
    assert said(result, "P 2.xlsx") == [("percent", "B4")]
