import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spreadsheets import errors
from spreadsheets.merging import merge
from spreadsheets.report import Source
from spreadsheets.template import Mode

HEADER = ["Lp.", "Nazwa oddziału", "Liczba uczniów", "Kwota", "Data", "REGON"]
ROW = [1, "1a", 25, 1234.5, dt.date(2025, 9, 1), "015789094"]
WANTED = "nagłówków „Lp.”, „Nazwa oddziału”, „Liczba uczniów”, „Kwota” i dalszych"


@pytest.fixture
def template(xlsx):
    return xlsx({"Ankieta": [["Ankieta o oddziałach"], HEADER]})


def test_rows_of_every_unit_stand_under_one_header_with_their_origin(merged, template, xlsx):
    answers = {
        "SP 1": xlsx({"Ankieta": [["Ankieta o oddziałach"], HEADER, ROW, ROW]}),
        "SP 2": xlsx({"Ankieta": [["Ankieta o oddziałach"], HEADER, ROW]}),
    }
    result = merged(template, answers)
    assert result.rows("Ankieta")[0] == ("Jednostka", "RSPO", "Plik", "Wiersz", *HEADER)
    day = dt.datetime.fromisoformat("2025-09-01")
    data = (1, "1a", 25, 1234.5, day, "015789094")
    assert result.rows("Ankieta")[1:] == [
        ("SP 1", "100", "SP 1.xlsx", 3, *data),
        ("SP 1", "100", "SP 1.xlsx", 4, *data),
        ("SP 2", "101", "SP 2.xlsx", 3, *data),
    ]
    report = result.report
    assert (report.mode, report.sources, report.workbooks, report.rows) == ("stack", 2, 2, 3)
    assert (report.rejected, report.remarks) == ([], [])
    assert result.rows("Uwagi") == [
        ("Jednostka", "RSPO", "Plik", "Arkusz", "Komórka", "Rodzaj", "Uwaga")
    ]
    sheet = result.book["Ankieta"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:J4")
    assert [sheet.cell(2, column).number_format for column in (7, 8, 9)] == [
        "0",
        "#,##0.00",
        "dd.mm.yyyy",
    ]


def test_every_format_merges_into_the_same_rows(merged, template, xlsx, xls, ods):
    rows = {"Ankieta": [["Ankieta o oddziałach"], HEADER, ROW]}
    line = "1;1a;25;1 234,50;1.09.2025;015789094\n"
    text = ";".join(HEADER) + "\n" + line
    answers = {
        "xlsx": xlsx(rows),
        "xls": xls(rows),
        "ods": ods(rows),
        "csv": text.encode("cp1250"),
        "utf-16": text.encode("utf-16"),
    }
    result = merged(template, answers)
    assert {row[4:] for row in result.rows("Ankieta")[1:]} == {
        (1, "1a", 25, 1234.5, dt.datetime.fromisoformat("2025-09-01"), "015789094")
    }
    assert result.report.remarks == []


def test_extra_rows_above_moved_columns_and_a_renamed_sheet_are_found(merged, template, xlsx):
    order = [3, 1, 0, 5, 4, 2]
    rows = [
        ["Ankieta o oddziałach"],
        [],
        ["Szkoła Podstawowa nr 5"],
        [HEADER[n].upper() + "\n " for n in order],
        [],
        [ROW[n] for n in order],
        [],
    ]
    result = merged(template, {"SP 5": xlsx({"Nasza odpowiedź": rows})})
    assert result.data("Ankieta", ["Wiersz", *HEADER[:4]]) == [(6, 1, "1a", 25, 1234.5)]
    assert result.remarks() == [
        (
            "SP 5",
            "Nasza odpowiedź",
            "",
            "Arkusz „Nasza odpowiedź” uznano za „Ankieta”, bo ma takie same nagłówki.",
        ),
        (
            "SP 5",
            "Nasza odpowiedź",
            "A3",
            "„Szkoła Podstawowa nr 5” stoi poza polami szablonu; nie scalono tego wpisu.",
        ),
    ]


def test_missing_misspelt_and_additional_columns_are_named(merged, template, xlsx):
    header = ["Lp.", "Nazwa oddzialu", "Liczba ucznów", "Kwota", "REGON", "Telefon"]
    row = [1, "1a", 25, 10, "015789094", "052 123"]
    result = merged(template, {"SP 1": xlsx({"Ankieta": [header, row]})})
    assert result.data("Ankieta", ["Liczba uczniów", "Data", "Telefon"]) == [(25, None, "052 123")]
    assert [(cell, sentence) for _, _, cell, sentence in result.remarks()] == [
        ("C1", "Kolumnę „Liczba ucznów” uznano za „Liczba uczniów”, bo różni się tylko pisownią."),
        ("", "Nie znaleziono kolumny „Data”; pozostawiono ją pustą."),
        ("F1", "Kolumny „Telefon” nie ma w szablonie; dodano ją na końcu zestawienia."),
    ]


def test_values_are_read_and_what_cannot_be_stays_with_a_remark(merged, template, xlsx):
    rows = [
        [1, "a", "25", "1 234,50 zł", "1.09.2025", 15789094],
        [2, "b", 30, "brak", "2025-09-02", "015789094"],
        [3, "c", "około 20", 5, dt.date(2025, 9, 3), "364892151"],
        [4, "d", "007", "1.234", "3/04/2025", None],
        [5, "e", 1, 1, dt.date(2025, 9, 3), None],
        [6, "f", 1, "około 20", dt.date(2025, 9, 3), None],
        [7, "g", 1, "około 20", dt.date(2025, 9, 3), None],
    ]
    result = merged(template, {"SP 1": xlsx({"Ankieta": [HEADER, *rows]})})
    assert result.data("Ankieta", HEADER[2:])[:4] == [
        (25, 1234.5, dt.datetime.fromisoformat("2025-09-01"), "15789094"),
        (30, None, dt.datetime.fromisoformat("2025-09-02"), "015789094"),
        ("około 20", 5, dt.datetime.fromisoformat("2025-09-03"), "364892151"),
        ("007", "1.234", "3/04/2025", None),
    ]
    assert [(cell, sentence) for _, _, cell, sentence in result.remarks()] == [
        ("C4", "„około 20” nie jest liczbą; zostawiono tekst."),
        ("C5", "„007” zaczyna się od zera jak numer lub kod; zostawiono tekst."),
        ("D3", "„brak” oznacza brak wartości; komórkę zostawiono pustą."),
        ("D5", "„1.234” może oznaczać ułamek albo tysiące; zostawiono tekst."),
        ("D7:D8", "„około 20” nie jest liczbą; zostawiono tekst."),
        ("E5", "W „3/04/2025” nie wiadomo, co jest dniem, a co miesiącem; zostawiono tekst."),
        ("F2", "Numer 15789094 jest o jedną cyfrę za krótki: Excel mógł usunąć zero z początku."),
    ]


def test_a_formula_without_a_saved_result_and_an_error_are_named_with_their_cells(
    merged, template, xlsx
):
    rows = [
        [1, "a", "=1+1", "#DIV/0!", None, None],
        [2, "b", "=VLOOKUP(A2,A1:B1,2)", 5, None, None],
    ]
    result = merged(template, {"SP 1": xlsx({"Ankieta": [HEADER, *rows]})})
    assert result.data("Ankieta", ["Liczba uczniów", "Kwota"]) == [(2, "#DIV/0!"), (None, 5)]
    assert {(remark.cell, remark.kind) for remark in result.report.remarks} == {
        ("C2", "calculated"),
        ("C3", "formula_without_value"),
        ("D2", "cell_error"),
    }


def test_the_format_of_the_template_decides_what_a_column_is(merged, xlsx):
    template = xlsx(
        {"A": [["Oznaczenie", "Udział", "Rok"], [None, None, None]]},
        formats={"A2": "@", "B2": "0%"},
    )
    answers = {
        "SP 1": xlsx(
            {"A": [["Oznaczenie", "Udział", "Rok"], [12, "25%", 2025], ["012", 0.5, 2025]]}
        )
    }
    result = merged(template, answers)
    assert result.data("A", ["Oznaczenie", "Udział", "Rok"]) == [
        ("12", 0.25, 2025),
        ("012", 0.5, 2025),
    ]
    assert result.book["A"]["F2"].number_format == "0%"


def test_the_templates_own_rows_are_not_answers(merged, xlsx):
    printed = [
        ["Klasa", "Dziewczęta", "Chłopcy", "Razem"],
        [1, 2, 3, 4],
        ["klasa 1", None, None, "=B3+C3"],
        ["klasa 2", None, None, "=B4+C4"],
        ["klasa 3", None, None, "=B5+C5"],
        ["Razem", None, None, "=SUM(D3:D5)"],
    ]
    filled = [list(row) for row in printed]
    filled[2] = ["klasa 1", 10, 12, 22]
    filled[3] = ["klasa 2", None, None, 0]
    filled[4] = ["klasa 3", 0, 0, 0]
    filled[5] = ["Razem", 10, 12, 22]
    result = merged(xlsx({"A": printed}), {"SP 1": xlsx({"A": filled})}, Mode.STACK)
    assert result.data("A", printed[0]) == [("klasa 1", 10, 12, 22), ("klasa 3", 0, 0, 0)]
    assert [(r.kind, r.cell) for r in result.report.remarks] == [
        ("row_of_totals", "A6"),
        ("rows_unfilled", "4:4"),
    ]


def test_sample_rows_of_the_template_are_left_out_and_a_foreign_total_is_kept(merged, xlsx):
    header = ["Imię", "Przedmiot", "Godziny"]
    sample = ["np. Jan", "fizyka", 18]
    filled = [header, sample, ["Ewa", "chemia", 10], ["Suma", None, 10]]
    result = merged(xlsx({"A": [header, sample]}), {"LO 1": xlsx({"A": filled})})
    assert result.data("A", header) == [("Ewa", "chemia", 10), ("Suma", None, 10)]
    assert sorted(r.kind for r in result.report.remarks) == ["row_like_totals", "rows_sample"]


def test_a_printed_list_that_is_sent_back_unchanged_is_data(merged, xlsx):
    rows = [
        ["Ulica", "Numer", "Obwód"],
        ["Polna", "1", "a"],
        ["Leśna", "2", "b"],
        ["Miła", "3", "c"],
    ]
    result = merged(xlsx({"A": rows}), {"SP 1": xlsx({"A": rows})}, Mode.STACK)
    assert result.report.rows == 3


def test_a_header_of_two_rows_is_one_header(merged, xlsx):
    rows = [
        ["Sprawozdanie", None, None, None],
        ["Lp.", "Uczniowie", None, "Uwagi"],
        [None, "dziewczęta", "chłopcy", None],
    ]
    merges = ["A1:D1", "A2:A3", "B2:C2", "D2:D3"]
    template = xlsx({"A": rows}, merged=merges)
    answers = {
        "SP 1": xlsx({"A": [*rows, [1, 10, 12, "x"]]}, merged=merges),
        "SP 2": xlsx({"A": [*rows, [1, 11, 13, None]]}),
    }
    result = merged(template, answers, Mode.STACK)
    titles = ["Lp.", "Uczniowie / dziewczęta", "Uczniowie / chłopcy", "Uwagi"]
    assert result.data("A", titles) == [(1, 10, 12, "x"), (1, 11, 13, None)]


def test_every_sheet_of_the_template_is_a_sheet_of_the_result(merged, xlsx):
    sheets = {"Kadra": ["Imię", "Etat", "Staż"], "Budynki": ["Adres", "Metraż", "Rok"]}
    template = xlsx(
        {name: [header] for name, header in sheets.items()} | {"Słownik": [["tak"]]},
        hidden=["Słownik"],
    )
    answer = xlsx(
        {
            "Arkusz1": [sheets["Budynki"], ["Polna 1", 200, 1990]],
            "kadra ": [sheets["Kadra"], ["Ewa", 1, 5]],
            "Notatki": [["nasze"]],
        }
    )
    result = merged(
        template, {"SP 1": answer, "SP 2": xlsx({"Kadra": [sheets["Kadra"], ["Jan", 1, 2]]})}
    )
    assert result.book.sheetnames == ["Kadra", "Budynki", "Uwagi"]
    assert result.data("Kadra", ["Jednostka", "Imię"]) == [("SP 1", "Ewa"), ("SP 2", "Jan")]
    assert result.data("Budynki", ["Jednostka", "Adres"]) == [("SP 1", "Polna 1")]
    assert [(r.unit, r.kind) for r in result.report.remarks] == [
        ("SP 1", "sheet_renamed"),
        ("SP 1", "sheet_extra"),
        ("SP 2", "sheet_missing"),
    ]


def test_files_that_do_not_fit_are_rejected_with_a_reason_and_listed(merged, template, xlsx):
    answers = {
        "SP 1": b"",
        "SP 2": xlsx({"Plan": [["Godzina", "Sala"], ["8:00", 12]]}),
        "SP 3": xlsx({"Ankieta": [HEADER, ROW]}),
        "SP 4": b"%PDF-1.4",
    }
    result = merged(template, answers, silent=[("Przedszkole 5", "5005")])
    assert (result.report.workbooks, result.report.rows) == (1, 1)
    assert [(r.unit, r.file, r.reason) for r in result.report.rejected] == [
        ("SP 1", "SP 1.xlsx", str(errors.WorkbookEmpty())),
        (
            "SP 2",
            "SP 2.xlsx",
            str(errors.WorkbookDoesNotFit(what=WANTED)),
        ),
        (
            "SP 4",
            "SP 4.xlsx",
            str(errors.NotAWorkbook(what="plik PDF")),
        ),
    ]
    assert [(row[0], row[5]) for row in result.rows("Uwagi")[1:]] == [
        ("Przedszkole 5", "Brak odpowiedzi"),
        ("SP 1", "Plik odrzucony"),
        ("SP 2", "Plik odrzucony"),
        ("SP 4", "Plik odrzucony"),
    ]


def test_a_text_that_looks_like_a_formula_stays_a_text(merged, template, xlsx):
    answer = ";".join(HEADER) + '\n1;"=HYPERLINK(""http://x"")";1;1;;\n'
    result = merged(template, {"=cmd": answer.encode()})
    sheet = result.book["Ankieta"]
    assert [sheet[cell].data_type for cell in ("A2", "F2")] == ["s", "s"]
    assert sheet["F2"].value == '=HYPERLINK("http://x")'


def test_a_repeated_header_is_not_a_row(merged, template, xlsx):
    result = merged(template, {"SP 1": xlsx({"Ankieta": [HEADER, ROW, HEADER, ROW]})})
    assert result.report.rows == 2
    assert [(r.kind, r.cell) for r in result.report.remarks] == [("header_repeated", "A3")]


def test_a_template_without_fields_is_refused(merged, xlsx):
    with pytest.raises(errors.TemplateWithoutFields):
        merged(xlsx({"A": [[1, 2], [3, 4]]}), {})


CELLS = st.one_of(
    st.none(), st.integers(-99, 9999), st.sampled_from(["brak", "12,5", "007", "x", "=1", "1.234"])
)
FILES = st.lists(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4), min_size=2, max_size=4
)


def _csv(rows) -> bytes:
    lines = [["Numer", "Kwota", "Opis"], *rows]
    return "\n".join(";".join("" if v is None else str(v) for v in row) for row in lines).encode()


def _merged_rows(files):
    sources = [Source(unit, "", f"{unit}.csv", content) for unit, content in files]
    target = io.BytesIO()
    report = merge(b"Numer;Kwota;Opis\n", sources, Mode.STACK, target)
    book = openpyxl.load_workbook(target)
    rows = set(book["Arkusz"].iter_rows(values_only=True))
    return rows, {(r.unit, r.cell, r.sentence) for r in report.remarks}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILES, st.randoms())
def test_the_order_of_files_changes_nothing_but_the_order_of_rows(files, random):
    named = [(f"SP {number}", _csv(rows)) for number, rows in enumerate(files)]
    shuffled = list(named)
    random.shuffle(shuffled)
    assert _merged_rows(named) == _merged_rows(shuffled)
