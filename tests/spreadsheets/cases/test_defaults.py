"""A value that the template brings is an answer where others changed it; an open choice is none."""

import pytest

from spreadsheets.template import Mode
from tests.spreadsheets.cases.conftest import said

FORM = [["Ankieta"], ["Czy jest stołówka?", "NIE"], ["Liczba obiadów", 0], ["Kontakt:", None]]


def form(*answers):
    return [
        FORM[0],
        *([label, answer] for (label, _), answer in zip(FORM[1:], answers, strict=True)),
    ]


def test_a_preset_answer_that_others_changed_counts_where_it_was_left(collected):
    files = {
        "SP 1.xlsx": form("TAK", 120, "a"),
        "SP 2.xlsx": form("NIE", 0, "b"),
        "SP 3.xlsx": form(None, 5, "c"),
    }
    result = collected(FORM, files)
    titles = ["Czy jest stołówka?", "Liczba obiadów", "Kontakt"]
    assert result.data("Dane", titles) == [("TAK", 120, "a"), ("NIE", 0, "b"), (None, 5, "c")]
    assert said(result) == []


def test_a_preset_that_nobody_changed_is_no_column(collected):
    result = collected(FORM, {"SP 1.xlsx": form("NIE", 0, "a")})
    assert result.rows("Dane")[0] == ("Jednostka", "RSPO", "Plik", "Kontakt")


@pytest.mark.parametrize(
    ("choice", "ticked"),
    [
        ("☐ TAK  ☐ NIE", "☒ TAK  ☐ NIE"),
        ("○ tak ○ nie", "○ tak ● nie"),
        ("TAK / NIE", "TAK"),
    ],
)
def test_a_choice_is_an_answer_once_it_is_made(collected, choice, ticked):
    template = [["Ankieta"], ["Winda", choice], ["Podjazd", choice], ["Liczba wejść:"]]
    filled = [["Ankieta"], ["Winda", ticked], ["Podjazd", choice], ["Liczba wejść:", 2]]
    other = [["Ankieta"], ["Winda", choice], ["Podjazd", choice], ["Liczba wejść:", 1]]
    result = collected(template, {"SP 1.xlsx": filled, "SP 2.xlsx": other})
    assert result.data("Dane", ["Winda", "Liczba wejść"]) == [(ticked, 2), (None, 1)]
    assert "Podjazd" not in result.rows("Dane")[0]
    assert said(result) == []


def test_ticked_rows_of_a_table_are_answers_and_others_are_not(collected):
    box, yes = "☐ TAK ☐ NIE", "☒ TAK ☐ NIE"
    template = [
        ["Element", "Jest", "Opis", "Rok"],
        ["Winda", box],
        ["Podjazd", box],
        ["Pętla", box],
    ]
    filled = [template[0], ["Winda", yes], ["Podjazd", box, "rampa"], ["Pętla", box]]
    result = collected(template, {"SP 1.xlsx": filled})
    assert result.data("Dane", ["Element", "Jest", "Opis"]) == [
        ("Winda", yes, None),
        ("Podjazd", box, "rampa"),
    ]
    assert said(result) == [("rows_unfilled", "4:4")]


def test_a_printed_row_that_others_changed_is_an_answer_where_it_was_left(collected):
    template = [["Pomieszczenie", "Czy jest", "Opis", "Uwagi"], ["basen", "NIE"], ["hala", "NIE"]]
    changed = [template[0], ["basen", "TAK", "25 m"], ["hala", "NIE"]]
    result = collected(
        template, {"SP 1.xlsx": changed, "SP 2.xlsx": template, "SP 3.xlsx": template}
    )
    assert result.data("Dane", ["Jednostka", "Pomieszczenie", "Czy jest"]) == [
        ("SP 1", "basen", "TAK"),
        ("SP 2", "basen", "NIE"),
        ("SP 3", "basen", "NIE"),
    ]


def test_numbered_rows_that_wait_with_a_preset_are_no_answers(collected):
    template = [["Lp.", "Oddział", "Basen", "Liczba"], [1, None, "NIE"], [2, None, "NIE"]]
    two = [template[0], [1, "1a", "TAK", 20], [2, "1b", "TAK", 21]]
    one = [template[0], [1, "2a", "NIE", 22], [2, None, "NIE"]]
    result = collected(template, {"SP 1.xlsx": two, "SP 2.xlsx": one})
    assert result.data("Dane", ["Oddział", "Basen"]) == [
        ("1a", "TAK"),
        ("1b", "TAK"),
        ("2a", "NIE"),
    ]


ROOMS = [["Składnik", "Liczba"], ["budynki", 1], ["sale", None], ["boiska", 0]]


def rooms(*numbers):
    return [ROOMS[0], *([row[0], number] for row, number in zip(ROOMS[1:], numbers, strict=True))]


def test_confirmed_numbers_are_summed_with_the_changed_ones(collected):
    files = {f"SP {n}.xlsx": rooms(1, 10 + n, 0) for n in range(3)}
    result = collected(ROOMS, {**files, "SP 9.xlsx": rooms(2, 40, 0)}, Mode.SUM)
    assert result.rows("Dane")[1:] == [("budynki", 5), ("sale", 73), ("boiska", 0)]
    assert said(result) == []


def test_numbers_that_all_confirm_are_summed_where_the_title_asks_for_a_count(collected):
    template = [["Pomieszczenie", "Liczba"], ["świetlica", 1], ["stołówka", 1]]
    result = collected(template, {"SP 1.xlsx": template, "SP 2.xlsx": template}, Mode.SUM)
    assert result.rows("Dane")[1:] == [("świetlica", 2), ("stołówka", 2)]


def test_years_and_ordinals_of_the_template_are_never_summed(collected):
    template = [
        ["Za rok", 2026, None],
        ["Lp.", "Budynek", "Liczba sal"],
        [1, "główny", 20],
        [2, "filia", 5],
    ]
    one = [["Za rok", 2026, None], template[1], [1, "główny", 22], [2, "filia", 5]]
    two = [["Za rok", 2025, None], template[1], [1, "filia", 6], [2, "główny", 20]]
    result = collected(template, {"SP 1.xlsx": one, "SP 2.xlsx": two})
    assert result.rows("Dane") == [
        ("Za rok", 2026, None),
        ("Lp.", "Budynek", "Liczba sal"),
        (1, "główny", 42),
        (2, "filia", 11),
    ]
    assert said(result) == [("constant_changed", "B1")]
