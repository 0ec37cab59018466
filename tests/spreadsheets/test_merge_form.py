import datetime as dt

import pytest

from spreadsheets import errors
from spreadsheets.template import Mode, propose

FORM = [
    ["Karta informacyjna", None, None, None],
    [],
    ["Nazwa szkoły:", None, None, None],
    ["Liczba uczniów:", None, None, None],
    ["Telefon:", "......", "E-mail:", None],
    ["Data kontroli:", None, None, None],
    [],
    ["Uwagi: ............", None, None, None],
]
TITLES = ["Nazwa szkoły", "Liczba uczniów", "Telefon", "E-mail", "Data kontroli", "Uwagi"]


@pytest.fixture
def template(xlsx):
    return xlsx({"Karta": FORM})


def filled(**cells):
    rows = [[*row, *[None] * (4 - len(row))] for row in FORM]
    for cell, value in cells.items():
        rows[int(cell[1:]) - 1]["ABCD".index(cell[0])] = value
    return rows


ANSWER = filled(B3="SP 1", B4="250", B5="052 123", D5="sp1@example.org", B6="1.09.2025")


def test_a_form_is_proposed_as_one_row_for_each_unit(template):
    proposal = propose(template)
    assert (proposal.mode, proposal.sheets[0].sentence) == (
        Mode.FORM,
        "Formularz: opisy i pola do wypełnienia.",
    )


def test_each_unit_is_one_row(merged, template, xlsx, ods):
    second = filled(B3="SP 2", B4=300, B5="123", B6=dt.date(2025, 9, 2))
    result = merged(template, {"SP 1": xlsx({"Karta": ANSWER}), "SP 2": ods({"Karta": second})})
    assert result.rows("Karta")[0] == ("Jednostka", "RSPO", "Plik", *TITLES)
    assert result.rows("Karta")[1:] == [
        (
            "SP 1",
            "100",
            "SP 1.xlsx",
            "SP 1",
            250,
            "052 123",
            "sp1@example.org",
            dt.datetime.fromisoformat("2025-09-01"),
            None,
        ),
        (
            "SP 2",
            "101",
            "SP 2.xlsx",
            "SP 2",
            300,
            "123",
            None,
            dt.datetime.fromisoformat("2025-09-02"),
            None,
        ),
    ]
    assert (result.report.mode, result.report.rows, result.report.remarks) == ("form", 2, [])


def test_inserted_rows_and_a_moved_form_do_not_break_it(merged, template, xlsx):
    moved = [
        [],
        [None, "Pieczęć"],
        *[[None, *row] for row in ANSWER[:4]],
        [None, "dopisek"],
        *[[None, *row] for row in ANSWER[4:]],
    ]
    result = merged(template, {"SP 1": xlsx({"Karta": moved})})
    assert result.data("Karta", TITLES) == [
        ("SP 1", 250, "052 123", "sp1@example.org", dt.datetime.fromisoformat("2025-09-01"), None)
    ]
    assert {(r.kind, r.cell) for r in result.report.remarks} == {
        ("outside", "B2"),
        ("outside", "B7"),
    }


def test_an_answer_typed_behind_its_label_is_found(merged, template, xlsx):
    rows = filled(A8="Uwagi: dach przecieka", A3="Nazwa szkoły: SP 7")
    result = merged(template, {"SP 7": xlsx({"Karta": rows})})
    assert result.data("Karta", ["Nazwa szkoły", "Uwagi"]) == [("SP 7", "dach przecieka")]


def test_a_missing_label_is_named(merged, template, xlsx):
    rows = [row for row in ANSWER if row[:1] != ["Data kontroli:"]]
    result = merged(template, {"SP 1": xlsx({"Karta": rows})})
    assert result.data("Karta", TITLES[:2]) == [("SP 1", 250)]
    assert [(r.kind, r.cell) for r in result.report.remarks] == [("label_missing", "A6")]


def test_a_grid_has_a_column_for_each_of_its_cells(merged, xlsx):
    grid = [[None, "2024", "2025"], ["Wydatki", None, None], ["Dochody", None, None]]
    answer = [[None, "2024", "2025"], ["Wydatki", 1, 2], ["Dochody", 3, None]]
    result = merged(xlsx({"A": grid}), {"SP 1": xlsx({"A": answer})}, Mode.FORM)
    assert result.rows("A") == [
        ("Jednostka", "RSPO", "Plik", "Wydatki / 2024", "Wydatki / 2025", "Dochody"),
        ("SP 1", "100", "SP 1.xlsx", 1, 2, 3),
    ]


def test_another_form_is_rejected(merged, template, xlsx):
    result = merged(template, {"SP 1": xlsx({"Karta": [["Wniosek"], ["Kwota:", 5]]})})
    assert [r.reason for r in result.report.rejected] == [
        str(errors.WorkbookDoesNotFit(what="opisów pól z szablonu"))
    ]


def test_a_label_in_two_sections_keeps_its_section_when_one_was_deleted(merged, xlsx):
    form = [["Dyrektor"], ["Nazwisko:"], ["Telefon:"], ["Zastępca"], ["Nazwisko:"], ["Telefon:"]]
    answer = [
        ["Pieczęć"],
        ["Dyrektor"],
        ["Telefon:", "1"],
        ["Zastępca"],
        ["Nazwisko:", "Nowak"],
        ["Telefon:", "2"],
    ]
    result = merged(xlsx({"A": form}), {"SP 1": xlsx({"A": answer})})
    assert result.rows("A")[1][3:] == ("1", "Nowak", "2")
    assert [(r.kind, r.cell) for r in result.report.remarks] == [
        ("label_missing", "A2"),
        ("outside", "A1"),
    ]
