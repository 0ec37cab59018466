"""Signatures, headings, notes, lists and legends around a table are no rows of it."""

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.spreadsheets.cases.conftest import said
from tests.spreadsheets.conftest import xlsx

HEADER = ["Oddział", "Liczba uczniów", "Koszt"]
TEMPLATE = [["Wycieczki"], [], HEADER]
DATA = [["1a", 21, 1200.5], ["2b", 19, 980]]
ROWS = [tuple(row) for row in DATA]


@pytest.mark.parametrize(
    "under",
    [
        [["Sporządziła: Anna Lis"]],
        [[], ["starszy referent Anna Lis"], ["tel. 52 000 00 00"], ["12.10.2026"]],
        [["* bez klas sportowych"]],
        [["Uwaga: stan na 30.09.2026"]],
        [[], ["Sporządził:", "Jan Kot"], ["Telefon:", "52 123 45 67"], ["Data:", "12.10.2026"]],
        [[], [None, None, "podpis dyrektora"]],
        [[], [520000000]],
        [[], ["Anna Lis", None, dt.date(2026, 10, 12)], ["sekretariat@sp1.pl"]],
    ],
)
def test_what_people_write_under_their_rows_is_quoted_and_not_merged(collected, under):
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA, *under]})
    assert result.data("Dane", HEADER) == ROWS
    assert {kind for kind, _ in said(result)} == {"row_below"}
    assert len(said(result)) == sum(bool(row) for row in under)


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("Sporządził(a): ………………", "Sporządził(a): p. Lis, tel. 52 000"),
        ("Data i podpis ............", "Data i podpis 12.10.2026 Kot"),
        ("Miejscowość: ____________", "Miejscowość: Bydgoszcz"),
    ],
)
def test_a_line_of_the_template_to_sign_is_no_row_signed_or_not(collected, line, signed):
    template = [*TEMPLATE, [], [], [], [line]]
    unsigned = collected(template, {"SP 1.xlsx": [*TEMPLATE, *DATA, [], [line]]})
    assert (unsigned.data("Dane", HEADER), said(unsigned)) == (ROWS, [])
    result = collected(template, {"SP 1.xlsx": [*TEMPLATE, *DATA, [], [signed]]})
    assert (result.data("Dane", HEADER), said(result)) == (ROWS, [("row_below", "A7")])


@pytest.mark.parametrize("heading", ["KLASY I-III", "Grupy młodsze", "Oddziały sportowe:"])
def test_headings_among_the_rows_are_named_and_not_merged(collected, heading):
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, [heading], *DATA, [heading], DATA[0]]})
    assert result.data("Dane", HEADER) == [*ROWS, ROWS[0]]
    assert said(result) == [("row_heading", "A4"), ("row_heading", "A7")]


def test_a_row_merged_across_the_table_is_a_heading(collected):
    rows = [*TEMPLATE, ["młodsi"], DATA[0], ["starsi"], DATA[1]]
    result = collected(TEMPLATE, {"SP 1.xlsx": xlsx({"Dane": rows}, merged=["A4:C4", "A6:C6"])})
    assert (result.data("Dane", HEADER)) == ROWS
    assert said(result) == [("row_heading", "A4"), ("row_heading", "A6")]


def test_rows_that_only_name_something_are_kept(collected):
    rows = [["1a", None, None], ["1b", None, None], ["1c", None, None]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert (result.data("Dane", HEADER), said(result)) == ([tuple(row) for row in rows], [])


def test_one_incomplete_row_among_full_ones_is_kept_and_named(collected):
    rows = [*DATA, ["2c", None, None], ["3a", 20, 100], ["3b", 20, 200]]
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *rows]})
    assert len(result.data("Dane", HEADER)) == 5
    assert said(result) == [("row_lone", "A6")]


def test_lists_beside_the_table_are_the_templates_own_wherever_rows_went(collected):
    template = [["Plan"], [*HEADER, None, None], [*[None] * 4, "las"], [*[None] * 4, "kino"]]
    filled = [["Plan"], [], [*HEADER, None, None], [*DATA[0], None, "las"], [*[None] * 4, "kino"]]
    result = collected(template, {"SP 1.xlsx": filled})
    assert (result.data("Dane", HEADER), said(result)) == ([ROWS[0]], [])
    filled[4][4] = "basen"
    result = collected(template, {"SP 1.xlsx": filled})
    assert said(result) == [("outside", "E5")]


LEGEND = [
    ["Objaśnienia:"],
    ["Kod", "Znaczenie", "Podstawa", "Przykład", "Od kiedy"],
    ["A", "ogólny", "statut", "1a", "zawsze"],
    ["B", "sportowy", "uchwała", "2b", "2020"],
]


@pytest.mark.parametrize("above", [0, 3])
def test_a_legend_wider_than_the_table_is_no_table_to_fill_in(collected, above):
    template = [["Dane"], HEADER, [], [], [], *LEGEND]
    filled = [["Dane"], HEADER, *DATA, *[["9z", 1, 1]] * above, [], *LEGEND]
    result = collected(template, {"SP 1.xlsx": filled})
    assert result.data("Dane", HEADER)[:2] == ROWS
    assert (result.report.rows, said(result)) == (2 + above, [])


A, B = ["Oddział", "Liczba uczniów", "Wychowawca"], ["Sala", "Powierzchnia", "Wyposażenie"]
CLASSES, ROOMS = [["1a", 21, "p. Nowa"], ["1b", 22, "p. Lis"]], [["s. 1", 50, "tablica"]]


@pytest.mark.parametrize("rows", [0, 1, 12])
def test_tables_below_one_another_are_sheets_of_the_result(collected, rows):
    template = [
        ["A. Oddziały"],
        A,
        [],
        [],
        [],
        ["B. Sale"],
        B,
        [],
        [],
        ["C. Boiska"],
        ["Boisko", "Stan"],
    ]
    classes = [*CLASSES, *[["9z", 1, "x"]] * rows]
    filled = [["A. Oddziały"], A, *classes, ["Razem", 43 + rows], ["B. Sale"], B, *ROOMS]
    filled += [["C. Boiska"], ["Boisko", "Stan"], ["duże", "dobry"], ["Sporządził: X"]]
    result = collected(template, {"SP 1.xlsx": filled})
    assert result.book.sheetnames == ["Dane", "Dane (2)", "Dane (3)", "Uwagi"]
    assert result.data("Dane", A) == [tuple(row) for row in classes]
    assert result.data("Dane (2)", B) == [tuple(row) for row in ROOMS]
    assert result.data("Dane (3)", ["Boisko", "Stan"]) == [("duże", "dobry")]
    assert [kind for kind, _ in said(result)] == ["row_sums", "row_below"]


def test_a_table_that_is_not_there_is_named(collected):
    template = [["A. Oddziały"], A, [], [], [], ["B. Sale"], B]
    result = collected(template, {"SP 1.xlsx": [["B. Sale"], B, *ROOMS]})
    assert result.data("Dane (2)", B) == [tuple(row) for row in ROOMS]
    assert [kind for kind, _ in said(result)] == ["table_missing"]


@pytest.mark.parametrize(
    ("captions", "left", "right"),
    [
        ([], ["Lp.", "Uczeń"], ["Lp.", "Nauczyciel"]),
        ([["Uczniowie", None, None, "Kadra"]], ["Oddział", "Liczba"], ["Oddział", "Etaty"]),
        ([["Uczniowie", None, None, "Sale"]], ["Oddział", "Liczba"], ["Sala", "Metry"]),
    ],
)
def test_tables_side_by_side_are_sheets_of_the_result(collected, captions, left, right):
    template = [*captions, [*left, None, *right]]
    rows = [["1a", 1, None, "x", 5], ["1b", 2, None, "y", 6], ["1c", 3, None, None, None]]
    result = collected(template, {"SP 1.xlsx": [*template, *rows]})
    assert result.data("Dane", left) == [("1a", 1), ("1b", 2), ("1c", 3)]
    assert result.data("Dane (2)", right) == [("x", 5), ("y", 6)]
    assert said(result) == []


@pytest.mark.parametrize(
    ("under", "rows"),
    [
        ([[], ["Imię", "Etat", "Staż"], ["Ewa", 1, 5]], "7:8"),
        ([["Nauczyciele"], ["Imię", "Etat", "Staż"], ["Ewa", 1, 5]], "6:8"),
        ([[], ["Objaśnienia"], ["kod", "opis", "od"], ["A", "ogólny", "2020"], [], ["B"]], "7:11"),
    ],
)
def test_a_table_that_a_school_put_under_its_rows_is_not_merged(collected, under, rows):
    result = collected(TEMPLATE, {"SP 1.xlsx": [*TEMPLATE, *DATA, *under]})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == [("table_foreign", rows)]


def test_a_header_repeated_under_a_gap_begins_no_other_table(collected):
    rows = [*TEMPLATE, DATA[0], [], HEADER, DATA[1]]
    result = collected(TEMPLATE, {"SP 1.xlsx": rows})
    assert result.data("Dane", HEADER) == ROWS
    assert said(result) == [("header_repeated", "A6")]


def with_comment(text, cell="B5"):
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"Dane": [*TEMPLATE, *DATA]})))
    book["Dane"][cell].comment = Comment(text, "SP 1")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_comment_is_quoted_and_one_of_the_template_is_not(collected):
    result = collected(TEMPLATE, {"SP 1.xlsx": with_comment("Bez nauczania domowego")})
    assert [(r.cell, r.sentence) for r in result.report.remarks] == [
        ("B5", "Komentarz do komórki: „Bez nauczania domowego”.")
    ]
    result = collected(
        with_comment("Wpisz liczbę", "B3"), {"SP 1.xlsx": with_comment("wpisz LICZBĘ")}
    )
    assert said(result) == []


INSTRUCTION = [["Jak wypełniać"], ["Jeden wiersz to jeden oddział."], ["Kwoty w złotych."]]


def test_an_instruction_is_nothing_to_fill_in_and_is_not_missed(collected):
    template = xlsx({"Dane": TEMPLATE, "Instrukcja": INSTRUCTION})
    files = {
        "SP 1.xlsx": [*TEMPLATE, *DATA],
        "SP 2.xlsx": xlsx({"Dane": [*TEMPLATE, ["3c", 1, 2]], "Instrukcja": INSTRUCTION}),
        "SP 3.csv": ";".join(HEADER).encode("cp1250") + b"\n4d;5;6\n",
    }
    result = collected(template, files)
    assert (result.book.sheetnames, result.report.rows) == (["Dane", "Uwagi"], 4)
    assert said(result) == []


def test_what_somebody_writes_on_an_instruction_is_named(collected):
    template = xlsx({"Dane": TEMPLATE, "Uwagi do ankiety": INSTRUCTION})
    noted = [INSTRUCTION[0], [*INSTRUCTION[1], "u nas dwa wiersze"], INSTRUCTION[2]]
    answer = xlsx({"Dane": [*TEMPLATE, *DATA], "Uwagi do ankiety": noted})
    result = collected(template, {"SP 1.xlsx": answer})
    assert said(result) == [("outside", "B2")]


def test_a_form_sheet_without_marks_that_nobody_used_is_not_missed(collected):
    template = xlsx({"Dane": TEMPLATE, "Słownik": [["las"], ["muzeum"]]})
    result = collected(template, {"SP 1.xlsx": [*TEMPLATE, *DATA]})
    assert (result.book.sheetnames, said(result)) == (["Dane", "Uwagi"], [])
