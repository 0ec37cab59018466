"""In a form an answer belongs to the label beside it, wherever the label has gone."""

import itertools

import pytest

from spreadsheets import errors
from spreadsheets.template import Mode
from tests.spreadsheets.cases.conftest import said

LABELS = ["Nazwa szkoły", "Liczba obiadów", "Liczba miejsc", "Kontakt"]
TEMPLATE = [["Ankieta o stołówce"], *([label] for label in LABELS)]
ANSWERS = {
    "Nazwa szkoły": "SP 1",
    "Liczba obiadów": 99,
    "Liczba miejsc": 44,
    "Kontakt": "sekretariat",
}


@pytest.mark.parametrize("order", list(itertools.permutations(LABELS))[::3])
def test_questions_in_any_order_keep_their_answers(collected, order):
    moved = [["Ankieta o stołówce"], *([label, ANSWERS[label]] for label in order)]
    result = collected(TEMPLATE, {"SP 1.xlsx": moved})
    assert result.data("Dane", LABELS) == [tuple(ANSWERS[label] for label in LABELS)]
    assert said(result) == []


def test_questions_side_by_side_may_change_places(collected):
    template = [["Ankieta"], ["Nazwa:", None, "Adres:"], ["Liczba sal:", None, "Liczba okien:"]]
    moved = [
        ["Ankieta"],
        ["Adres:", "Polna", "Nazwa:", "SP 1"],
        ["Liczba okien:", 5, "Liczba sal:", 7],
    ]
    result = collected(template, {"SP 1.xlsx": moved})
    assert result.rows("Dane")[1][3:] == ("SP 1", "Polna", 7, 5)


def test_titles_of_a_grid_may_change_places(collected):
    template = [[None, "2024", "2025"], ["Wydatki"], ["Dochody"]]
    moved = [[None, "2025", "2024"], ["Wydatki", 1, 2], ["Dochody", 3, 4]]
    result = collected(template, {"SP 1.xlsx": moved}, Mode.FORM)
    titles = ["Wydatki / 2024", "Wydatki / 2025", "Dochody / 2024", "Dochody / 2025"]
    assert result.data("Dane", titles) == [(2, 1, 4, 3)]


def test_a_line_signed_under_the_form_is_no_field(collected):
    template = [["Ankieta"], ["Nazwa:"], ["Uwagi:"]]
    filled = [["Ankieta"], ["Nazwa:", "SP 1"], ["Uwagi:", "x"], [], ["Sporządził: Jan"]]
    result = collected(template, {"SP 1.xlsx": filled})
    assert result.rows("Dane")[0][3:] == ("Nazwa", "Uwagi")
    assert said(result) == [("outside", "A5")]


@pytest.mark.parametrize(
    ("value", "quoted"), [(21, "21"), (1.5, "1,5"), (1200.5, "1200,5"), (True, "prawda")]
)
def test_a_value_is_quoted_as_it_was_typed(collected, value, quoted):
    template = [["Ankieta"], ["Nazwa:"]]
    filled = [["Ankieta"], ["dopisek", value], ["Nazwa:", "SP 1"]]
    result = collected(template, {"SP 1.xlsx": filled})
    assert (
        result.remarks("outside")[1][3]
        == f"„{quoted}” stoi poza polami szablonu; nie scalono tego wpisu."
    )


def test_a_table_taken_for_a_form_is_refused_with_a_sentence(collected):
    template = [["Ankieta"], ["Zadanie:"]]
    wide = [["Ankieta"], ["Zadanie:", "x"], *([f"z{n}", n, n, n, n] for n in range(4_000))]
    result = collected(template, {"SP 1.xlsx": wide, "SP 2.xlsx": [["Ankieta"], ["Zadanie:", "y"]]})
    assert [entry.reason for entry in result.report.rejected] == [str(errors.FormTooWide())]
    assert result.data("Dane", ["Jednostka", "Zadanie"]) == [("SP 2", "y")]


def test_a_table_may_be_merged_as_a_form(collected):
    template = [["Oddział", "Liczba"], ["1a"], ["1b"]]
    result = collected(template, {"SP 1.xlsx": [template[0], ["1a", 20], ["1b", 21]]}, Mode.FORM)
    assert result.rows("Dane")[1][3:] == (20, 21)
