from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opium.polish import (
    fold,
    format_date,
    format_moment,
    format_money,
    format_size,
    plural,
    sort_key,
)


def test_polish_letters_sort_after_their_latin_ones_and_numbers_by_value():
    order = [
        "Adam",
        "Ądam",
        "cis",
        "ćma",
        "Lublin",
        "Łódź",
        "SP 2",
        "SP 10",
        "Zebra",
        "Źrebak",
        "żaba",
    ]

    shuffled = order[1::2] + order[::2]
    assert sorted(shuffled, key=sort_key) == order


def test_a_foreign_accent_sorts_as_its_letter():
    assert sorted(["Müller", "Mvller", "Mtller"], key=sort_key) == ["Mtller", "Müller", "Mvller"]


@given(st.text(), st.text())
def test_different_texts_have_different_keys(one, other):
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.text(alphabet="aąbcćdełńóśźżAĄŁŻ 0123456789", max_size=12))
def test_case_does_not_move_a_text_past_another_word(text):
    assert sort_key(text.lower()).split("\x1f")[0] == sort_key(text.upper()).split("\x1f")[0]


def test_folding_drops_case_diacritics_and_blanks():
    assert fold("  Łąka\u00a0 ŻÓŁĆ\n") == "laka zolc"
    assert fold("Ø Đ ẞ") == fold("ø đ ß") == "o d ss"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 jednostek"),
        (1, "1 jednostka"),
        (2, "2 jednostki"),
        (5, "5 jednostek"),
        (12, "12 jednostek"),
        (22, "22 jednostki"),
        (112, "112 jednostek"),
        (119, "119 jednostek"),
    ],
)
def test_the_plural_follows_the_number(count, said):
    assert plural(count, "jednostka", "jednostki", "jednostek") == said


def test_money_and_dates_are_written_the_polish_way():
    assert format_money(Decimal("12345.67")) == "12\u00a0345,67\u00a0zł"
    assert format_date(date(2026, 11, 23)) == "23.11.2026"
    assert format_date(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == "24.11.2026"
    assert format_moment(datetime(2026, 7, 1, 10, 5, tzinfo=UTC)) == "01.07.2026, 12:05"


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 kB"), (1_500_000, "1,4 MB"), (5 * 1024**4, "5120 GB")],
)
def test_a_size_is_told_in_the_largest_unit_it_fills(size, said):
    assert format_size(size).replace("\u00a0", " ") == said
