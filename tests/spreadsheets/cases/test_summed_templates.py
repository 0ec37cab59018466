"""In a summed template a number belongs to its row's label and its column's title."""

import itertools

import pytest

from spreadsheets.template import Mode
from tests.spreadsheets.cases.conftest import said
from tests.spreadsheets.conftest import xlsx

GROUPS = ["3-latki", "4-latki", "5-latki"]
TITLES = ["Grupa", "Chłopcy", "Dziewczęta"]
TEMPLATE = [["Zestawienie"], [], TITLES, *([group] for group in GROUPS)]
NUMBERS = {"3-latki": (10, 20), "4-latki": (1, 2), "5-latki": (3, 4)}
PLAIN = [["Zestawienie"], [], TITLES, *([group, *NUMBERS[group]] for group in GROUPS)]
TWICE = [("3-latki", 20, 40), ("4-latki", 2, 4), ("5-latki", 6, 8)]


def sums(result):
    return result.rows("Dane")[3:]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_columns_in_any_order_are_added_by_their_titles(collected, order):
    moved = [["Zestawienie"], [], *([row[n] for n in order] for row in PLAIN[2:])]
    result = collected(TEMPLATE, {"P 1.xlsx": PLAIN, "P 2.xlsx": moved})
    assert sums(result) == TWICE
    label = "ABC"[order.index(0)]
    assert said(result) == ([] if order == (0, 1, 2) else [("columns_moved", f"{label}3")])


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_rows_in_any_order_are_added_by_their_labels(collected, order):
    moved = [["P 2"], ["Zestawienie"], [], TITLES, *(PLAIN[3 + n] for n in order)]
    result = collected(TEMPLATE, {"P 1.xlsx": PLAIN, "P 2.xlsx": moved})
    assert sums(result) == TWICE
    assert said(result) == [("outside", "A1")]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_an_inserted_column_moves_no_number_and_is_named(collected, place):
    moved = [["Zestawienie"], []]
    for row, extra in zip(PLAIN[2:], ["Uwagi", "nabór", None, 7], strict=True):
        moved.append([*row[:place], extra, *row[place:]])
    result = collected(TEMPLATE, {"P 1.xlsx": PLAIN, "P 2.xlsx": moved})
    assert sums(result) == TWICE
    letter = "ABCD"[place]
    assert said(result) == [("column_not_summed", f"{letter}4, {letter}6")]


@pytest.mark.parametrize("place", [3, 4, 6])
@pytest.mark.parametrize("label", ["2,5-latki", "Razem", "klasa sportowa"])
def test_an_inserted_row_is_not_added_to_any_other_and_is_named(collected, place, label):
    moved = [*PLAIN[:place], [label, 99, 99], *PLAIN[place:]]
    result = collected(TEMPLATE, {"P 1.xlsx": PLAIN, "P 2.xlsx": moved})
    assert sums(result) == TWICE
    assert said(result) == [("row_not_summed", f"A{place + 1}:C{place + 1}")]


def test_a_row_and_a_column_that_are_gone_are_named(collected):
    moved = [["Zestawienie"], [], ["Grupa", "Dziewczęta"], ["5-latki", 4], ["3-latki", 20]]
    result = collected(TEMPLATE, {"P 1.xlsx": PLAIN, "P 2.xlsx": moved})
    assert sums(result) == [("3-latki", 10, 40), ("4-latki", 1, 2), ("5-latki", 3, 8)]
    assert said(result) == [("column_missing", ""), ("label_missing", "")]


def test_misspelt_labels_and_titles_are_found_and_named(collected):
    moved = [["Zestawienie"], [], ["Grupa", "Chlopcy", "Dzieczęta"]]
    moved += [["3-latki", 10, 20], ["4 LATKI", 1, 2], ["5-latkii", 3, 4]]
    result = collected(TEMPLATE, {"P 1.xlsx": PLAIN, "P 2.xlsx": moved})
    assert sums(result) == TWICE
    assert said(result) == [("column_misspelt", "C3"), ("row_misspelt", "A6")]


def test_rows_under_a_group_are_told_apart_by_it_merged_or_not(collected):
    template = [["Etap", "Płeć", "Liczba"], ["I", "dz"], [None, "chł"], ["II", "dz"], [None, "chł"]]
    moved = [template[0], ["II", "chł", 4], [None, "dz", 3], ["I", "chł", 2], [None, "dz", 1]]
    sent = xlsx({"Dane": template}, merged=["A2:A3", "A4:A5"])
    result = collected(sent, {"P 1.xlsx": moved})
    assert result.rows("Dane")[1:] == [
        ("I", "dz", 1),
        (None, "chł", 2),
        ("II", "dz", 3),
        (None, "chł", 4),
    ]


def test_tables_below_one_another_are_summed_each_in_its_place(collected):
    template = [["Uczniowie"], ["Grupa", "Liczba"], ["3-latki"], ["4-latki"], [], ["Kadra"]]
    template += [["Stanowisko", "Liczba"], ["nauczyciel"], ["woźny"]]
    longer = [*template[:2], ["3-latki", 1], ["4-latki", 2], ["5-latki", 3], [], ["Kadra"]]
    longer += [template[6], ["nauczyciel", 10], ["woźny", 1.5]]
    result = collected(template, {"P 1.xlsx": longer, "P 2.xlsx": longer}, Mode.SUM)
    assert result.rows("Dane")[2:4] == [("3-latki", 2), ("4-latki", 4)]
    assert result.rows("Dane")[7:] == [("nauczyciel", 20), ("woźny", 3)]
    assert said(result, "P 1.xlsx") == [("row_not_summed", "A5:B5")]


CALCULATED = [
    ["Poziom", "Liczba uczniów", "Liczba oddziałów", "Średnia", "Udział"],
    ["I-III", None, None, "=IF(C2=0,0,B2/C2)", "=B2/B$4"],
    ["IV-VIII", None, None, "=IFERROR(B3/C3,0)", "=B3/B$4"],
    ["Razem", "=SUM(B2:B3)", "=C2+C3", "=B4/C4", "=SUM(E2:E3)"],
]


def calculated(a, b, c, d):
    return [
        CALCULATED[0],
        ["I-III", a, b, a / b, a / (a + c)],
        ["IV-VIII", c, d, c / d, c / (a + c)],
        ["Razem", a + c, b + d, (a + c) / (b + d), 1],
    ]


def test_what_the_template_calculates_is_calculated_from_the_sums(collected):
    files = {"SP 1.xlsx": calculated(50, 2, 30, 2), "SP 2.xlsx": calculated(40, 2, 80, 4)}
    result = collected(CALCULATED, files)
    assert result.rows("Dane")[1:] == [
        ("I-III", 90, 4, 22.5, 0.45),
        ("IV-VIII", 110, 6, pytest.approx(110 / 6), 0.55),
        ("Razem", 200, 10, 20, 1),
    ]
    assert said(result, "SP 1.xlsx", "SP 2.xlsx") == []
    assert [kind for kind, _ in said(result)] == ["derived", "derived"]


@pytest.mark.parametrize("title", ["Średnia w oddziale", "% uczniów", "Frekwencja", "Udział"])
def test_averages_without_a_formula_are_not_added(collected, title):
    template = [["Poziom", "Liczba uczniów", title], ["I-III"], ["IV-VIII"]]
    answer = [template[0], ["I-III", 50, 25], ["IV-VIII", 44, 22]]
    result = collected(template, {"SP 1.xlsx": answer, "SP 2.xlsx": answer})
    assert result.rows("Dane")[1:] == [("I-III", 100, None), ("IV-VIII", 88, None)]
    assert said(result) == [("derived_unknown", "C2:C3")]


def test_a_total_typed_over_its_formula_counts_where_its_parts_are_missing(collected):
    template = [
        ["Poziom", "Dziewczęta", "Chłopcy", "Razem"],
        ["I", None, None, "=B2+C2"],
        ["II", None, None, "=B3+C3"],
    ]
    whole = [template[0], ["I", 1, 2, 3], ["II", 3, 4, 7]]
    only = [template[0], ["I", None, None, 30], ["II", 1, 1, 5]]
    result = collected(template, {"SP 1.xlsx": whole, "SP 2.xlsx": only})
    assert result.rows("Dane")[1:] == [("I", 1, 2, 33), ("II", 4, 5, 9)]
    assert said(result) == [("total_differs", "D3")]


@pytest.mark.parametrize("label", ["Razem", "OGÓŁEM:", "Suma"])
def test_a_printed_total_without_a_formula_is_the_sum_where_most_files_add_up(collected, label):
    template = [["Grupa", "Chłopcy", label], ["3-latki"], ["4-latki"], [label]]
    right = [template[0], ["3-latki", 1, 1], ["4-latki", 3, 3], [label, 4, 4]]
    wrong = [template[0], ["3-latki", 1, 1], ["4-latki", 3, 3], [label, 40, 4]]
    none = [template[0], ["3-latki", 1], ["4-latki", 3], [label]]
    title = ["Grupa", "Chłopcy", "Dziewczęta", label]
    both = [title, ["3-latki", 1, 2, 3], ["4-latki", 3, 4, 7], [label, 4, 6, 10]]
    result = collected([title, *template[1:]], {"P 1.xlsx": both, "P 2.xlsx": both})
    assert result.rows("Dane")[1:] == [
        ("3-latki", 2, 4, 6),
        ("4-latki", 6, 8, 14),
        (label, 8, 12, 20),
    ]
    template, right, wrong, none = (
        [row[:2] for row in rows] for rows in (template, right, wrong, none)
    )
    files = {"P 1.xlsx": right, "P 2.xlsx": wrong, "P 3.xlsx": none}
    result = collected(template, files, Mode.SUM)
    assert result.rows("Dane")[1:] == [("3-latki", 3), ("4-latki", 9), (label, 12)]
    assert said(result) == [("total_differs", "B4")]


def test_a_file_that_left_parts_empty_has_no_say_in_what_a_total_is(collected):
    template = [["Pozycja", "Kwota"], ["Energia"], ["Woda"], ["Razem"]]
    files = {
        "P 1.xlsx": [template[0], ["Energia", 100], ["Woda", 50], ["Razem", 150]],
        "P 2.xlsx": [template[0], ["Energia", 100], ["Woda", "ok. 300"], ["Razem", 400]],
        "P 3.xlsx": [template[0], ["Energia", 100], ["Razem", 170]],
    }
    result = collected(template, files, Mode.SUM)
    assert result.rows("Dane")[1:] == [("Energia", 300), ("Woda", 50), ("Razem", 350)]
    assert sorted(said(result)) == [
        ("label_missing", ""),
        ("not_added", "B3"),
        ("total_differs", "B3"),
        ("total_differs", "B4"),
    ]


def test_what_is_called_a_total_and_mostly_is_none_stays_and_each_such_file_is_named(collected):
    template = [["Osoby", "Liczba"], ["Uczniowie"], ["Nauczyciele"], ["Razem z rodzicami"]]

    def answer(total):
        return [template[0], ["Uczniowie", 100], ["Nauczyciele", 10], ["Razem z rodzicami", total]]

    files = {"P 1.xlsx": answer(310), "P 2.xlsx": answer(320), "P 3.xlsx": answer(110)}
    result = collected(template, files, Mode.SUM)
    assert result.rows("Dane")[1:] == [
        ("Uczniowie", 300),
        ("Nauczyciele", 30),
        ("Razem z rodzicami", 740),
    ]
    assert said(result) == [("total_doubtful", "B4"), ("total_doubtful", "B4")]


def test_a_number_merged_over_several_cells_stands_once_and_is_named(collected):
    merged = xlsx({"Dane": PLAIN}, merged=["B4:B5"])
    result = collected(TEMPLATE, {"P 1.xlsx": merged})
    assert sums(result) == [("3-latki", 10, 20), ("4-latki", None, 2), ("5-latki", 3, 4)]
    assert ("merged_once", "B4:B5") in said(result)
