import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opium.polish import format_money
from spreadsheets.conversion import converted
from spreadsheets.values import Kind, Reading, date, is_no_value, number, text_kind
from spreadsheets.votes import Votes

AMOUNTS = st.decimals(
    min_value=-10_000_000, max_value=10_000_000, places=2, allow_nan=False, allow_infinity=False
)
BLANKS = st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009"])


@given(AMOUNTS, BLANKS, st.sampled_from(["", " zł", "\u00a0zł", " PLN"]))
def test_every_amount_written_the_polish_way_is_read_exactly(amount, blank, currency):
    text = f"{amount:,.2f}".replace(",", blank).replace(".", ",") + currency
    assert number(text).value == float(amount)


@given(AMOUNTS)
def test_money_as_the_platform_shows_it_is_read_back(amount):
    assert Decimal(repr(number(format_money(amount)).value)) == amount.normalize()


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_problem_and_never_both(text):
    reading = number(text)
    assert (reading.value is None) == (reading.problem not in {"", "percent"})


@given(st.integers(0, 10**15 - 1))
def test_leading_zeros_are_never_lost(whole):
    assert number(f"0{whole}").problem == "leading_zero"
    assert converted(Kind.NUMBER, f"0{whole}") == (f"0{whole}", "leading_zero")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("0", 0),
        ("0,5", 0.5),
        (",5", 0.5),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 234", 1234),
        ("1\u00a0234,50", 1234.5),
        ("12 345,67 zł", 12345.67),
        ("12345,67zł", 12345.67),
        ("(123,45)", -123.45),
        ("-5", -5),
        ("\u22125", -5),
        ("- 5", -5),
        ("+5", 5),
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1.234.567", 1234567),
        ("1,234", 1.234),
        ("120,-", 120),
        ("0.125", 0.125),
        ("25%", 0.25),
        ("12,5 %", 0.125),
    ],
)
def test_a_number_is_read_as_it_was_meant(text, value):
    assert number(text).value == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1.234", "ambiguous_number"),
        ("1,234 zł", "ambiguous_number"),
        ("007", "leading_zero"),
        ("12 34", "not_a_number"),
        ("5 szt.", "not_a_number"),
        ("12 EUR", "not_a_number"),
        ("1,23E+11", "not_a_number"),
        ("12345678901234567890123456", "too_many_digits"),
        ("", "not_a_number"),
        ("1-2", "not_a_number"),
    ],
)
def test_what_could_be_misread_is_left_alone(text, problem):
    assert number(text).problem == problem


@given(st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1)))
def test_every_date_is_read_in_its_usual_spellings(day):
    for text in (
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%Y-%m-%d}",
        f"{day:%d-%m-%Y} r.",
        f"{day:%Y.%m.%d}",
    ):
        assert date(text).value == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 września 2025 r.", dt.date(2025, 9, 1)),
        ("2025-09-01 12:30", dt.datetime.fromisoformat("2025-09-01T12:30")),
        ("2025-09-01 00:00:00", dt.date(2025, 9, 1)),
        ("25/12/2025", dt.date(2025, 12, 25)),
        ("1 IX 2025", dt.date(2025, 9, 1)),
        ("1.IX.2025 r.", dt.date(2025, 9, 1)),
        ("24-xii-2025", dt.date(2025, 12, 24)),
    ],
)
def test_dates_in_words_and_with_hours_are_read(text, value):
    assert date(text).value == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3/04/2025", "ambiguous_date"),
        ("31.02.2025", "not_a_date"),
        ("12/25/2025", "not_a_date"),
        ("1 IXX 2025", "not_a_date"),
        ("1.9.85", "not_a_date"),
        ("1/9/25", "not_a_date"),
        ("31.9.25", "not_a_date"),
        ("wrzesień", "not_a_date"),
        ("01.01.1850", "not_a_date"),
        ("1.1.2025 25:00", "not_a_date"),
    ],
)
def test_what_is_no_certain_date_is_left_alone(text, problem):
    assert date(text) == Reading(None, problem)


@pytest.mark.parametrize("text", ["1.9.25", "01.09.25 r."])
def test_a_year_of_two_digits_is_of_this_century_and_is_told(text):
    assert date(text) == Reading(dt.date(2025, 9, 1), "short_year")
    assert text_kind(text) != "date"


@pytest.mark.parametrize(
    "text", ["brak", "BRAK", "-", "–", "nie dotyczy", "n/d", "b.d.", "........"]
)
def test_words_for_no_value_are_recognised(text):
    assert is_no_value(text)
    assert converted(Kind.NUMBER, text) == (None, "no_value")
    assert converted(Kind.ANY, text) == (text, "")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1.0, 2.0, "3"], Kind.NUMBER),
        (["12,5", "1 200", "brak"], Kind.NUMBER),
        (["001", "002", "117"], Kind.TEXT),
        ([1.0, 2.0, 3.0, "004"], Kind.NUMBER),
        (["015789094", "364892151"], Kind.TEXT),
        ([dt.date(2025, 1, 1), "1.02.2025", "x"], Kind.DATE),
        (["a", "b", 1.0], Kind.ANY),
        ([], Kind.ANY),
    ],
)
def test_a_column_is_what_most_of_its_cells_are(values, kind):
    votes = Votes()
    votes.count(values)
    assert votes.kind() is kind


@given(st.lists(st.one_of(st.none(), st.integers(0, 50), st.floats(0, 9), st.text(max_size=4))))
def test_the_order_of_cells_does_not_change_a_column(values):
    one, other = Votes(), Votes()
    one.count(values)
    for value in reversed(values):
        other.count([value])
    assert one == other


@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)), min_size=1, max_size=20))
def test_dates_written_with_leading_zeros_are_dates_and_no_codes(days):
    votes = Votes()
    votes.count([f"{day:%d.%m.%Y}" for day in days])

    assert votes.kind() is Kind.DATE
