from dataclasses import astuple

from spreadsheets.excerpts import excerpts
from spreadsheets.report import Remark, Source
from tests.spreadsheets.conftest import xlsx


def remark(cell, *, sheet="Dane", source=0):
    return Remark("SP 1", "", "a.xlsx", sheet, cell, "not_a_number", "Zdanie.", source)


def source(content):
    return Source("SP 1", "", "a.xlsx", content)


def of(content, *remarks):
    return dict(excerpts(remarks, [source(content)]))


GRID = [[f"{chr(65 + column)}{row}" for column in range(12)] for row in range(1, 31)]


def test_the_first_remarked_cell_stands_among_the_rows_and_columns_around_it():
    found = of(xlsx({"Dane": GRID}), remark("G20:G40, H1"))[0]

    assert (found.first_row, found.columns) == (15, list("CDEFGHIJKL"))
    assert [row[0] for row in found.rows] == [f"C{row}" for row in range(15, 27)]
    assert found.marked == [[row, 4] for row in range(5, 12)]
    assert found.rows[5][4] == "G20"


def test_at_the_edge_of_the_sheet_it_begins_with_the_first_row_and_column():
    found = of(xlsx({"Dane": GRID}), remark("A1"))[0]

    assert (found.first_row, found.columns, found.marked) == (1, list("ABCDEF"), [[0, 0]])


def test_an_empty_cell_under_the_last_row_is_there_and_nothing_after_it():
    found = of(xlsx({"Dane": [["Klasa", "Obiady"], ["1a", 3]]}), remark("B4"))[0]

    assert (found.rows, found.marked) == (
        [["Klasa", "Obiady"], ["1a", "3"], ["", ""], ["", ""]],
        [[3, 1]],
    )


def test_whole_rows_are_marked_where_they_begin():
    found = of(xlsx({"Dane": GRID}), remark("12:14"))[0]

    assert found.marked == [[5, 0], [6, 0], [7, 0]]
    assert found.rows[5][0] == "A12"


def test_what_has_no_cell_or_no_readable_file_has_no_excerpt():
    good, bad = xlsx({"Dane": GRID}), b"PK\x03\x04 nothing"
    remarks = [
        remark(""),
        remark("A1", source=None),
        remark("A1", sheet="Inny"),
        remark("A1", source=1),
        remark("B2"),
    ]

    assert list(dict(excerpts(remarks, [source(good), source(bad)]))) == [4]


def test_a_long_text_is_cut_and_numbers_are_shown_as_typed():
    found = of(xlsx({"Dane": [["x" * 500, 21.0, 1.5]]}), remark("A1"))[0]

    assert astuple(found)[2][0][:3] == ["x" * 79 + "…", "21", "1,5"]
