from hypothesis import given
from hypothesis import strategies as st

from spreadsheets import headers

TITLES = [
    "Lp.",
    "Nazwa jednostki",
    "Liczba uczniów",
    "Kwota",
    "Uwagi",
    "Uwagi",
    "Data (dd.mm.rrrr)",
]
WANTED = headers.keys(TITLES)
WORDS = st.text("aąbcćdeęłńóśżźxyz0123", min_size=1, max_size=12)


def find(rows, *, expected=0, depth=1, merged=()):
    area = headers.Area(rows, max(map(len, rows)), merged)
    return headers.find(WANTED, area, depth=depth, expected=expected)


@given(st.permutations(range(len(TITLES))), st.integers(0, 40), st.integers(0, 3))
def test_moved_columns_are_found_under_any_number_of_rows(order, above, left):
    header = [None] * left + [TITLES[place] for place in order]
    found = find([["Tytuł"]] * above + [header, ["1"]])
    assert found.row == above
    assert found.score == 1
    assert found.extra == ()
    for place, title in enumerate(TITLES):
        assert header[found.columns[place]] == title


@given(st.permutations(range(len(TITLES))))
def test_the_first_of_two_equal_headers_stays_the_first(order):
    header = [TITLES[place] for place in order]
    found = find([header])
    assert found.columns[4] < found.columns[5]


@given(
    WORDS,
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([" ", "\n", "  ", "\u00a0"]),
)
def test_case_blanks_and_line_breaks_do_not_count(word, change, blank):
    assert headers.key(f"{word} nazwa:") == headers.key(change(f" {word}{blank}nazwa "))


def test_diacritics_do_not_count():
    assert headers.key("Łączna liczba uczniów (ogółem):") == "laczna liczba uczniow ogolem"


def test_a_percent_sign_counts():
    assert headers.key("Liczba %") != headers.key("Liczba")


def test_a_misspelt_header_is_found_and_named():
    found = find([["Lp", "Nazwa jednostki", "Liczba ucznów", "Kwota", "Uwagi", "Uwagi"]])
    assert found.columns == (0, 1, 2, 3, 4, 5, None)
    assert found.misspelt == {2: "Liczba ucznów"}


def test_headers_that_differ_in_a_number_or_a_word_are_not_misspelt():
    assert not headers.is_misspelt("klasa 1", "klasa 2")
    assert not headers.is_misspelt("kwota netto", "kwota brutto")
    assert not headers.is_misspelt("data od", "data do")
    assert headers.is_misspelt("liczba uczniow", "liczba ucznow")


def test_a_row_with_less_than_half_of_the_headers_is_no_header():
    assert find([["Lp.", "Kwota", "Inne", "Nic"]]) is None


def test_additional_columns_are_named_with_their_place():
    found = find([["Telefon", *TITLES]])
    assert found.extra == ((0, "Telefon"),)


GROUPS = [
    ["Lp.", "Uczniowie", None, "Uwagi"],
    [None, "dziewczęta", "chłopcy", None],
]


def test_titles_of_two_rows_are_joined_by_merged_cells():
    titles = headers.titles(GROUPS, 0, 4, [(0, 1, 0, 2), (0, 0, 1, 0)])
    assert titles == ["Lp.", "Uczniowie / dziewczęta", "Uczniowie / chłopcy", "Uwagi"]


def test_titles_of_two_rows_are_joined_where_merging_was_undone():
    assert headers.titles(GROUPS, 0, 4, ()) == [
        "Lp.",
        "Uczniowie / dziewczęta",
        "Uczniowie / chłopcy",
        "Uwagi",
    ]


def test_of_two_equal_headers_the_one_where_the_template_has_it_counts():
    rows = [TITLES, ["1"], [], TITLES, ["2"]]
    assert find(rows, expected=3).row == 3
    assert find(rows, expected=0).row == 0
