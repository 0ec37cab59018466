from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.expressions import evaluate, holds, parse
from tests.forms.strategies import DAYS, EXPRESSIONS, FACTS, NAMES, TEXTS

NAMED = {
    ("a",): Decimal(7),
    ("b",): Decimal("2.5"),
    ("pusta",): None,
    ("tytul",): "Ala",
    ("zgoda",): True,
    ("dzien",): date(2026, 11, 1),
    ("wybrane",): ["a", "n"],
    ("budzet", "kwota"): [Decimal(100), None, Decimal(50)],
    ("budzet",): ["r1", "r2", "r3"],
}


def value(text):
    return evaluate(parse(text), NAMED, FACTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2 - 1", Decimal(11)),
        ("-a / 2", Decimal("-3.5")),
        ("zaokrągl(2.345, 2)", Decimal("2.35")),
        ("zaokrągl(-2.5)", Decimal(-3)),
        ("zaokrągl(1255, -1)", Decimal(1260)),
        ("jeżeli(a > 5, 1, 2)", Decimal(1)),
        ("jeżeli(pusta > 5, 1, 2)", Decimal(2)),
        ("suma(budzet.kwota)", Decimal(150)),
        ("suma(budzet.kwota, a)", Decimal(157)),
        ("iloczyn(a, b)", Decimal("17.5")),
        ("ile(budzet.kwota)", Decimal(2)),
        ("ile(budzet)", Decimal(3)),
        ("ile(wybrane)", Decimal(2)),
        ("min(budzet.kwota)", Decimal(50)),
        ("max(a, b, pusta)", Decimal(7)),
        ("max(dzien, dzisiaj())", date(2026, 11, 23)),
        ("średnia(budzet.kwota)", Decimal(75)),
        ("dni(dzien, dzisiaj())", Decimal(22)),
        ("długość(tytul)", Decimal(3)),
        ('z_tabeli("limity", "kwota")', Decimal(3000)),
        ("jednostka.nip", "5250000000"),
        ("jednostka.nazwa", "SP 1"),
        ('tytul = "Ala"', True),
        ('tytul zawiera "l"', True),
        ('tytul w ["Ola", "Ala"]', True),
        ('wybrane zawiera "n"', True),
        ("a w [1, 2]", False),
        ("dzien < 2026-11-02", True),
        ("zgoda i nie (a > 5)", False),
    ],
)
def test_values(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a + pusta", "pusta * 0", "-pusta", "iloczyn(budzet.kwota)", "a / 0", "a / (b - 2.5)",
        "min(pusta)", "średnia(pusta)", "pusta > 5", "pusta = pusta", "zgoda i pusta > 5",
        "nie zgoda lub pusta > 5", "0 / 0", "nie (pusta > 5)",
        "długość(pusta)", "dni(dzien, pusta)", "nieznane", "tytul + 1", 'a = "7"', "zgoda = 1",
        'z_tabeli("nie ma", "x")', "jednostka.regon", " * ".join(["9999999999"] * 7),
    ],
)  # fmt: skip  # a list
def test_what_has_an_empty_or_a_wrong_operand_is_empty(text):
    assert value(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("suma(pusta)", Decimal(0)),
        ("ile(pusta)", Decimal(0)),
        ("puste(pusta)", True),
        ("puste(zgoda)", False),
        ("pusta = puste", True),
        ("a <> puste", True),
        ("zgoda lub pusta > 5", True),
        ("nie zgoda i pusta > 5", False),
    ],
)
def test_what_can_be_told_in_spite_of_an_empty_operand_is_told(text, expected):
    assert value(text) == expected


def test_a_condition_that_is_empty_is_not_met():
    assert not holds(parse("pusta > 5"), NAMED, FACTS)
    assert not holds(parse("nie (pusta > 5)"), NAMED, FACTS)


def test_a_name_of_the_environment_goes_before_the_facts_of_the_unit():
    assert evaluate(parse("jednostka.nip"), {("jednostka", "nip"): "1"}, FACTS) == "1"


def test_yes_and_no_are_never_taken_for_one_and_zero():
    assert evaluate(parse("x + 1"), {("x",): True}, FACTS) is None
    assert evaluate(parse("x = 1"), {("x",): True}, FACTS) is None


SCALARS = st.one_of(
    st.none(), st.booleans(), TEXTS, DAYS, st.decimals(), st.decimals(-(10**30), 10**30)
)


@given(EXPRESSIONS, st.dictionaries(NAMES, st.one_of(SCALARS, st.lists(SCALARS, max_size=3))))
def test_any_expression_over_any_values_has_a_bounded_value(expression, environment):
    result = evaluate(expression, environment, FACTS)

    for one in result if isinstance(result, list) else [result]:
        assert one is None or isinstance(one, (bool, str, date, Decimal))
        if isinstance(one, Decimal) and not isinstance(result, list):
            spread = any(
                one is known
                for value in environment.values()
                for known in (value if isinstance(value, list) else [value])
            )
            assert spread or (one.is_finite() and abs(one) < Decimal(10) ** 61)
