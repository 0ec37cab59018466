import pytest

from spreadsheets.template import Mode, propose

GRID = [
    ["Sprawozdanie za rok", 2025, None, None],
    ["Klasa", "Dziewczęta", "Chłopcy", "Razem"],
    ["klasa 1", None, None, "=B3+C3"],
    ["klasa 2", None, None, "=B4+C4"],
]


@pytest.fixture
def template(xlsx):
    return xlsx({"Uczniowie": GRID})


def total(*parts):
    return sum(part for part in parts if isinstance(part, int | float))


def answer(*numbers, year=2025):
    a, b, c, d = numbers
    return [
        ["Sprawozdanie za rok", year, None, None],
        GRID[1],
        ["klasa 1", a, b, total(a, b)],
        ["klasa 2", c, d, total(c, d)],
    ]


def test_a_table_with_printed_rows_is_proposed_for_summing(template):
    proposal = propose(template)
    assert proposal.mode is Mode.SUM
    assert proposal.sheets[0].sentence == (
        "Tabela o stałych wierszach (nagłówek w wierszu 2, 4 kolumny): do sumowania."
    )


def test_sheets_are_added_cell_by_cell_in_the_shape_of_the_template(merged, template, xlsx):
    answers = {
        "SP 1": xlsx({"Uczniowie": answer(10, 12, 1.1, 0.2)}),
        "SP 2": xlsx({"Uczniowie": answer(10, 12, 2.2, None)}),
    }
    result = merged(template, answers)
    assert result.rows("Uczniowie") == [
        ("Sprawozdanie za rok", 2025, None, None),
        ("Klasa", "Dziewczęta", "Chłopcy", "Razem"),
        ("klasa 1", 20, 24, 44),
        ("klasa 2", 3.3, 0.2, 3.5),
    ]
    assert result.book.sheetnames == ["Uczniowie", "Składniki", "Uwagi"]
    assert result.data("Składniki", ["Jednostka", "Komórka", "Opis", "Wartość"])[:2] == [
        ("SP 1", "B3", "klasa 1 / Dziewczęta", 10),
        ("SP 2", "B3", "klasa 1 / Dziewczęta", 10),
    ]
    assert (result.report.mode, result.report.rows, result.report.workbooks) == ("sum", 6, 2)
    assert result.report.remarks == []


def test_moved_rows_are_added_where_they_belong(merged, template, xlsx):
    moved = [["Szkoła nr 1"], *answer(1, 2, 3, 4)]
    result = merged(template, {"SP 1": xlsx({"Uczniowie": moved})})
    assert result.rows("Uczniowie")[2:] == [("klasa 1", 1, 2, 3), ("klasa 2", 3, 4, 7)]


def test_what_is_no_number_is_not_added_and_named(merged, template, xlsx):
    answers = {"SP 1": xlsx({"Uczniowie": answer(1, "około 5", "brak", "007")})}
    result = merged(template, answers)
    assert result.rows("Uczniowie")[2:] == [("klasa 1", 1, None, 1), ("klasa 2", None, None, 0)]
    assert [(r.kind, r.cell) for r in result.report.remarks] == [
        ("not_added", "C3"),
        ("no_value", "B4"),
        ("not_added", "C4"),
    ]


def test_a_constant_of_the_template_is_not_summed(merged, template, xlsx):
    answers = {f"SP {n}": xlsx({"Uczniowie": answer(1, 1, 1, 1)}) for n in range(3)}
    answers["SP 9"] = xlsx({"Uczniowie": answer(1, 1, 1, 1, year=2024)})
    result = merged(template, answers)
    assert result.rows("Uczniowie")[0][1] == 2025
    assert result.remarks() == [
        ("SP 9", "Uczniowie", "B1", "W szablonie jest 2025, w pliku 2024; komórki nie zsumowano.")
    ]


def test_a_total_of_the_template_is_the_sum_of_its_summed_parts(merged, template, xlsx):
    rows = answer(1, 2, 3, 4)
    rows[2][3], rows[3][3] = 22, None
    result = merged(template, {"SP 1": xlsx({"Uczniowie": rows})})
    assert result.rows("Uczniowie")[2:] == [("klasa 1", 1, 2, 3), ("klasa 2", 3, 4, 7)]
    assert [(r.kind, r.cell, r.sentence) for r in result.report.remarks] == [
        (
            "total_differs",
            "D3",
            "W pliku jest 22, a z jego składników wychodzi 3; w zestawieniu stoi suma składników.",
        )
    ]
