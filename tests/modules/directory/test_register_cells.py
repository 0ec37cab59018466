from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.directory.services.register import values


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="015789094"', "015789094"),
        ('=""', ""),
        ("19 ", "19"),
        ("  ul.\u00a0 Długa\n1 ", "ul. Długa 1"),
        ('="o ""a"""', 'o "a"'),
        ("a\x00b", "a b"),
    ],
)
def test_what_excel_did_to_a_cell_is_undone(cell, text):
    assert values.plain(cell) == text


@pytest.mark.parametrize(
    ("clean", "cell", "text"),
    [
        (values.regon, "15789094", "015789094"),
        (values.regon, "1525964000059", "01525964000059"),
        (values.regon, '="015789094"', "015789094"),
        (values.regon, "15789094.0", "015789094"),
        (values.regon, "", ""),
        (values.nip, "PL612-136-37-56", "6121363756"),
        (values.nip, "12345678", "0012345678"),
        (values.nip, "brak", "BRAK"),
        (values.postal_code, "724", "00-724"),
        (values.postal_code, "85006", "85-006"),
        (values.postal_code, '="00-724"', "00-724"),
        (values.commune, "461011", "0461011"),
        (values.commune, "1465058", "1465058"),
        (values.commune, "046101", "046101"),
        (values.commune, "146505", "146505"),
        (values.padded(6), "46101", "046101"),
    ],
)
def test_lost_zeros_come_back(clean, cell, text):
    assert clean(cell) == text


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2019.04.11", date(2019, 4, 11)),
        ("11.04.2019", date(2019, 4, 11)),
        ("2019-04-11", date(2019, 4, 11)),
        ("2019-04-11 00:00:00", date(2019, 4, 11)),
        (" ", None),
    ],
)
def test_dates_are_read_in_the_old_and_the_new_way(cell, day):
    assert values.day(cell) == day


@pytest.mark.parametrize("cell", ["31.02.2019", "wczoraj", "2019"])
def test_a_day_that_is_none_is_refused(cell):
    with pytest.raises(ValueError, match=cell):
        values.day(cell)


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("http://", ""),
        ("https://", ""),
        ("www.zs31.waw.pl", "http://www.zs31.waw.pl"),
        ("HTTP://sp1.pl/a", "http://sp1.pl/a"),
        ("https://sp1.pl:8080/a?b=c", "https://sp1.pl:8080/a?b=c"),
        ("javascript:alert(1)", ""),
        ("brak", ""),
        ("http://sp 1.pl", ""),
    ],
)
def test_a_website_is_a_link_that_a_browser_may_follow(cell, address):
    assert values.website(cell) == address


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("+48 523420338", "523420338"),
        ("34-324-14-11", "343241411"),
        ("0048523420338", "523420338"),
        ("52 342 03 38 w. 12", "52 342 03 38 w. 12"),
        ("", ""),
    ],
)
def test_one_polish_phone_number_is_nine_digits(cell, number):
    assert values.phone(cell) == number


def test_the_old_and_the_new_spelling_of_a_column_are_one():
    new, old = "Kod terytorialny miejscowość", "Kod terytorialny miejscowosc "
    assert values.header(new) == values.header(old) == "kod terytorialny miejscowosc"
    assert values.header("nazwa_oficjalna") == "nazwa oficjalna"
    assert values.header("E-mail") == "e mail"


@given(st.text(max_size=60))
def test_no_cell_breaks_a_reader(cell):
    for clean in (values.plain, values.nip, values.regon, values.phone, values.website):
        assert "\x00" not in clean(cell)
    values.postal_code(cell)
    values.commune(cell)
    values.parent_in_note(cell)
