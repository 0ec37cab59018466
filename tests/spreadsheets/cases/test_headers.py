"""Values follow their titles: years, groups and levels, moved, swapped, deleted and overwritten."""

import pytest

from tests.spreadsheets.cases.conftest import said
from tests.spreadsheets.conftest import xlsx

HEADER = ["Oddział", "Liczba uczniów", "Koszt"]
TEMPLATE = [["Wycieczki"], [], HEADER]
DATA = [["1a", 21, 1200.5], ["2b", 19, 980]]
ROWS = [tuple(row) for row in DATA]


@pytest.mark.parametrize(
    "years",
    [[2024, 2025, 2026], ["2024", "2025", "2026"], ["2024/25", "2025/26", "2026/27"],
     ["rok 2024", "rok 2025", "rok 2026"]],
)  # fmt: skip  # a list of headers
def test_years_are_titles_as_numbers_and_as_texts(collected, years):
    template = [["Plan wydatków"], [], ["Zadanie", *years]]
    titles = [str(year) for year in years]
    line = ";".join(["Zadanie", *titles])
    files = {
        "SP 1.xlsx": [*template, ["remont", 1, 2, 3]],
        "SP 2.csv": f"{line}\ndach;7;8;9\n".encode(),
    }
    result = collected(template, files)
    assert result.data("Dane", ["Zadanie", *titles]) == [("remont", 1, 2, 3), ("dach", 7, 8, 9)]
    assert said(result) == []


def test_classes_by_number_are_titles(collected):
    template = [["Klasa", 1, 2, 3, 4], ["dziewczęta"], ["chłopcy"]]
    filled = [template[0], ["dziewczęta", 5, 6, 7, 8], ["chłopcy", 1, 2, 3, 4]]
    result = collected(template, {"SP 1.xlsx": filled})
    assert result.data("Dane", ["Klasa", "1", "4"]) == [("dziewczęta", 5, 8), ("chłopcy", 1, 4)]


GROUPED = [
    (
        [[None, "Uczniowie", None, "Kadra", None], ["Oddział", "k", "m", "k", "m"]],
        ["Oddział", "Uczniowie / k", "Uczniowie / m", "Kadra / k", "Kadra / m"],
    ),
    (
        [["Oddział", "rok 2024", None, "rok 2025", None], [None, "k", "m", "k", "m"]],
        ["Oddział", "rok 2024 / k", "rok 2024 / m", "rok 2025 / k", "rok 2025 / m"],
    ),
    (
        [["Oddział", "Uczniowie", None, "Razem", "Uwagi"], [None, "dz", "chł", None, None]],
        ["Oddział", "Uczniowie / dz", "Uczniowie / chł", "Razem", "Uwagi"],
    ),
    (
        [
            [None, "Uczniowie", None, "Kadra", None],
            [None, 2024, None, 2024, None],
            ["Oddział", "k", "m", "k", "m"],
        ],
        [
            "Oddział",
            "Uczniowie / 2024 / k",
            "Uczniowie / 2024 / m",
            "Kadra / 2024 / k",
            "Kadra / 2024 / m",
        ],
    ),
]


@pytest.mark.parametrize(("header", "titles"), GROUPED)
@pytest.mark.parametrize("above", [[], [["Stan uczniów"]], [["Stan"], []]])
def test_groups_over_titles_count_though_nothing_is_merged(collected, header, titles, above):
    row = ["1a", 1, 2, 3, 4]
    result = collected([*above, *header], {"SP 1.xlsx": [["SP 1"], *above, *header, row]})
    assert result.data("Dane", titles) == [tuple(row)]


def test_a_title_that_was_deleted_is_known_by_its_neighbours(collected):
    header = ["Oddział", None, "Koszt"]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE[:2], header, *DATA]})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == [("column_untitled", "B3")]


def test_a_title_that_was_overwritten_is_a_column_of_its_own_and_both_are_named(collected):
    header = ["Oddział", "Ilu?", "Koszt"]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE[:2], header, *DATA]})
    assert result.data("Dane", ["Ilu?", "Koszt"]) == [(21, 1200.5), (19, 980)]
    assert said(result) == [("column_missing", ""), ("column_extra", "B3")]


def test_swapped_and_inserted_columns_follow_their_titles(collected):
    header = ["Koszt", "Lp.", "Liczba uczniów", "Oddział"]
    rows = [[1200.5, 1, 21, "1a"], [980, 2, 19, "2b"]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [["SP 1"], *TEMPLATE[:2], header, *rows]})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == [("column_extra", "B4"), ("outside", "A1")]


OLD = [*TEMPLATE, ["9z", 1, 1]]
NEW = [*TEMPLATE, *DATA]


@pytest.mark.parametrize(
    ("sheets", "hidden", "kinds"),
    [
        ({"Dane": OLD, "Dane 2026": NEW}, ["Dane"], {"sheet_renamed", "sheet_passed_over"}),
        ({"Dane": TEMPLATE, "Arkusz2": NEW}, [], {"sheet_renamed"}),
        ({"Dane": NEW, "Kopia": OLD}, [], {"sheet_extra"}),
        ({"Dane": NEW, "Kopia": OLD}, ["Kopia"], {"sheet_hidden"}),
        ({"Odpowiedź": NEW}, [], {"sheet_renamed"}),
        ({"Odpowiedź": NEW}, ["Odpowiedź"], {"sheet_renamed", "sheet_hidden_merged"}),
        ({"Dane": [["nasze"], *DATA], "B": NEW}, [], {"sheet_renamed", "sheet_passed_over"}),
    ],
)
def test_the_sheet_that_people_see_and_fill_in_is_merged(collected, sheets, hidden, kinds):
    if len(hidden) == len(sheets):
        sheets = {**sheets, "Notatki": [["nic"]]}
        kinds = kinds | {"sheet_extra"}
    result = collected(TEMPLATE, {"SP 1.xlsx": xlsx(sheets, hidden=hidden)})
    assert result.data("Dane", HEADER) == ROWS
    assert {kind for kind, _ in said(result)} == kinds


def test_a_sheet_whose_headers_are_gone_is_named_and_not_called_missing(collected):
    template = xlsx({"Dane": TEMPLATE, "Sale": [["Sala", "Metry", "Stan"]]})
    answer = xlsx({"Dane": [*TEMPLATE, *DATA], "Sale": [["s. 1", 50, "dobry"]]})
    result = collected(template, {"SP 1.xlsx": answer})
    assert said(result) == [("sheet_passed_over", "")]


def test_tables_on_sheets_with_each_others_names_are_found(collected):
    rooms = ["Sala", "Metry", "Stan"]
    template = xlsx({"Dane": TEMPLATE, "Sale": [rooms]})
    answer = xlsx({"Dane": [rooms, ["s. 1", 50, "dobry"]], "Sale": [*TEMPLATE, *DATA]})
    result = collected(template, {"SP 1.xlsx": answer})
    assert result.data("Dane", HEADER) == ROWS
    assert result.data("Sale", rooms) == [("s. 1", 50, "dobry")]


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["13/05/2026", "02/03/2026"], "2026-03-02"),
        (["05/13/2026", "02/03/2026"], "2026-02-03"),
        (["31/01/2026", "02/03/2026"], "2026-03-02"),
        (["01/31/2026", "02/03/2026"], "2026-02-03"),
        (["12/12/2026", "02/03/2026"], None),
        (["31/00/2026", "02/03/2026"], None),
        (["13/05/2026", "05/13/2026", "02/03/2026"], None),
        (["02/03/2026"], None),
    ],
)
def test_the_order_of_day_and_month_is_what_other_rows_of_the_file_prove(collected, dates, read):
    template = [["Oddział", "Liczba", "Termin"]]
    rows = [["x", n, date] for n, date in enumerate(dates)]
    others = [["y", n, "1.09.2026"] for n in range(5)]
    result = collected(template, {"A.xlsx": [*template, *rows], "B.xlsx": [*template, *others]})
    found = result.data("Dane", ["Termin"])[len(dates) - 1][0]
    if read is None:
        assert (found, said(result, "A.xlsx")[-1][0]) == ("02/03/2026", "ambiguous_date")
    else:
        assert (found.date().isoformat(), said(result)) == (read, [])


def test_the_template_may_prove_the_order_by_its_title(collected):
    template = [["Oddział", "Liczba", "Termin (dd/mm/rrrr)"]]
    rows = [["x", 1, "02/03/2026"], ["x", 2, "2.03.2026"]]
    result = collected(template, {"A.xlsx": [*template, *rows]})
    assert len({row[0] for row in result.data("Dane", [template[0][2]])}) == 1
    assert said(result) == []
