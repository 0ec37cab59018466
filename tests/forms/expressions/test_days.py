"""School years, semesters, ages and days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.expressions import SchoolYear, Scope, Type, evaluate, parse, type_of
from tests.forms.strategies import FACTS

NAMES = {("d",): date(2026, 3, 15), ("u",): date(2010, 2, 28), ("pusta",): None}
SCOPE = Scope({("d",): Type.DATE, ("u",): Type.DATE, ("t",): Type.TEXT})


def value(text, **facts):
    return evaluate(parse(text), NAMES, replace(FACTS, **facts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dzień_odniesienia()", date(2026, 11, 23)),
        ("rok_szkolny()", Decimal(2026)),
        ("rok_szkolny(d)", Decimal(2025)),
        ("rok_szkolny(2026-08-31)", Decimal(2025)),
        ("rok_szkolny(2026-09-01)", Decimal(2026)),
        ("rok_szkolny(d) = rok_szkolny() - 1", True),
        ("nazwa_roku_szkolnego()", "2026/2027"),
        ("nazwa_roku_szkolnego(rok_szkolny() - 1)", "2025/2026"),
        ("początek_roku_szkolnego(2025)", date(2025, 9, 1)),
        ("koniec_roku_szkolnego(2025)", date(2026, 8, 31)),
        ("semestr()", Decimal(1)),
        ("semestr(d)", Decimal(2)),
        ("początek_semestru(2025, 2)", date(2026, 2, 1)),
        ("koniec_semestru(2025, 1)", date(2026, 1, 31)),
        ("koniec_semestru(2025, 2)", date(2026, 8, 31)),
        ("rok(d)", Decimal(2026)),
        ("miesiąc(d)", Decimal(3)),
        ("data(2026, 2, 28)", date(2026, 2, 28)),
        ("wiek(u)", Decimal(16)),
        ("wiek(u, 2026-02-27)", Decimal(15)),
        ("wiek(u, 2026-02-28)", Decimal(16)),
        ("miesiące(2026-01-31, 2026-02-28)", Decimal(1)),
        ("miesiące(2026-01-15, 2026-03-14)", Decimal(1)),
        ("miesiące(2026-03-14, 2026-01-15)", Decimal(-1)),
        ("dodaj_dni(2026-02-27, 2)", date(2026, 3, 1)),
        ("dodaj_miesiące(2026-01-31, 1)", date(2026, 2, 28)),
        ("dodaj_miesiące(2026-01-31, -2)", date(2025, 11, 30)),
    ],
)
def test_values_of_days(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "rok_szkolny(pusta)", "wiek(pusta)", "wiek(2030-01-01, 2026-01-01)", "data(2026, 2, 30)",
        "data(2026, 1.5, 1)", "dodaj_dni(d, 99999999)", "dodaj_miesiące(d, 999999)", "rok(pusta)",
        "początek_semestru(2025, 3)", "koniec_semestru(2025, 3)", "początek_roku_szkolnego(0)",
        "nazwa_roku_szkolnego(99999)", "data(99999, 1, 1)", "dodaj_dni(pusta, 1)",
        "miesiące(d, pusta)", "koniec_roku_szkolnego(9999)",
    ],
)  # fmt: skip  # a list
def test_days_that_there_are_not_are_empty(text):
    assert value(text) is None


def test_a_form_reckons_from_the_day_of_the_call():
    assert value("rok_szkolny()", reference=date(2030, 8, 31)) == 2029
    assert value("dzisiaj()", reference=date(2030, 8, 31)) == FACTS.today
    assert value("wiek(u)", reference=date(2030, 2, 28)) == 20


def test_the_city_says_when_its_years_and_semesters_begin():
    school = SchoolYear(begins=(10, 1), second_semester=(2, 20))
    assert value("rok_szkolny(2026-09-30)", school=school) == 2025
    assert value("semestr(2026-02-19)", school=school) == 1
    assert value("początek_semestru(2025, 2)", school=school) == date(2026, 2, 20)
    calendar_year = SchoolYear(begins=(1, 1), second_semester=(7, 1))
    assert value("początek_semestru(2026, 2)", school=calendar_year) == date(2026, 7, 1)
    assert value("koniec_roku_szkolnego(2026)", school=calendar_year) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("rok(5)", "rok(…): wartość 1. to liczba, a ma być data."),
        ("dodaj_dni(d, d)", "dodaj_dni(…): wartość 2. to data, a ma być liczba."),
        ("wiek(t)", "wiek(…): wartość 1. to tekst, a ma być data."),
        ("data(1, 2)", "data(rok, miesiąc, dzień) bierze trzy liczby – podano ich 2."),
    ],
)
def test_faults_of_days(text, sentence):
    assert [fault.sentence for fault in type_of(parse(text), SCOPE)[1]] == [sentence]


def test_a_question_may_be_called_like_a_younger_function():
    names = {("rok",): Decimal(2025), ("data",): date(2024, 5, 1)}

    assert evaluate(parse("rok(data) + rok"), names, FACTS) == Decimal(4049)
