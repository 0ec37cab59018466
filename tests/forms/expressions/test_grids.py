"""Tables that are looked up by keys."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.expressions import FROM, Grid, Scope, TableShape, Type, evaluate, parse, type_of
from tests.forms.strategies import FACTS

POINTS = Grid(
    {
        ("krajowy", "1"): [(None, {"punkty": Decimal(30)})],
        ("krajowy", "2"): [
            (date(2026, 9, 1), {"punkty": Decimal(22)}),
            (date(2020, 9, 1), {"punkty": Decimal(20)}),
        ],
    }
)
BANDS = Grid(
    {
        ("sport", "0"): [(None, {"kwota": Decimal(0)})],
        ("sport", "10"): [(None, {"kwota": Decimal(100)})],
        ("sport", "20.5"): [(None, {"kwota": Decimal(300)})],
    },
    is_from=True,
    steps={("sport",): [Decimal(0), Decimal(10), Decimal("20.5")]},
)
GRIDS = replace(FACTS, grids={"punkty": POINTS, "pasma": BANDS})
NAMES = {("ranga",): "krajowy", ("miejsce",): Decimal("2.0"), ("pusta",): None}
SHAPES = {
    "punkty": TableShape({"punkty": "number"}, ("text", "number"), ("Ranga", "Miejsce")),
    "pasma": TableShape({"kwota": "number"}, ("text", FROM), ("Rodzaj", "Od punktów")),
    "limity": TableShape({"kwota": "number"}),
}
SCOPE = Scope({("ranga",): Type.TEXT, ("miejsce",): Type.NUMBER, ("d",): Type.DATE}, SHAPES)


def value(text, facts=GRIDS):
    return evaluate(parse(text), NAMES, facts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('z_tabeli("punkty", "punkty", ranga, 1)', Decimal(30)),
        ('z_tabeli("punkty", "punkty", ranga, miejsce)', Decimal(22)),
        ('z_tabeli("punkty", "punkty", "gminny", 1)', None),
        ('z_tabeli("punkty", "punkty", ranga, pusta)', None),
        ('z_tabeli("punkty", "inna", ranga, 1)', None),
        ('z_tabeli("punkty", "punkty", ranga)', None),
        ('z_tabeli_na(2026-08-31, "punkty", "punkty", ranga, miejsce)', Decimal(20)),
        ('z_tabeli_na(2020-08-31, "punkty", "punkty", ranga, miejsce)', None),
        ('z_tabeli_na(pusta, "punkty", "punkty", ranga, miejsce)', None),
        ('z_tabeli("pasma", "kwota", "sport", 9.99)', Decimal(0)),
        ('z_tabeli("pasma", "kwota", "sport", 10)', Decimal(100)),
        ('z_tabeli("pasma", "kwota", "sport", 20.5)', Decimal(300)),
        ('z_tabeli("pasma", "kwota", "sport", 1000)', Decimal(300)),
        ('z_tabeli("pasma", "kwota", "sport", -1)', None),
        ('z_tabeli("pasma", "kwota", "inny", 10)', None),
        ('z_tabeli("limity", "kwota")', Decimal(3000)),
        ('z_tabeli("limity", "kwota", ranga)', None),
    ],
)
def test_values_of_tables(text, expected):
    assert value(text) == expected


def test_what_holds_is_what_held_on_the_day_that_the_form_reckons_from():
    before = replace(GRIDS, reference=date(2026, 8, 31))
    assert value('z_tabeli("punkty", "punkty", ranga, miejsce)', before) == 20


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            'z_tabeli("punkty", "punkty", ranga)',
            "Tabela „punkty” ma klucze: Ranga, Miejsce. Po nazwie kolumny podano ich 1.",
        ),
        (
            'z_tabeli("limity", "kwota", ranga)',
            (
                "Tabela „limity” nie ma kluczy: jej wiersz to jednostka. "
                "Po nazwie kolumny podano ich 1."
            ),
        ),
        (
            'z_tabeli("punkty", "punkty", miejsce, miejsce)',
            "Klucz „Ranga” tabeli „punkty” to tekst, a jest liczba.",
        ),
        (
            'z_tabeli("pasma", "kwota", "sport", ranga)',
            "Klucz „Od punktów” tabeli „pasma” to liczba, a jest tekst.",
        ),
        (
            'z_tabeli("punkty", "kwota", ranga, miejsce)',
            "Tabela „punkty” nie ma kolumny „kwota”. Są: punkty.",
        ),
        (
            'z_tabeli_na(ranga, "punkty", "punkty", ranga, miejsce)',
            "z_tabeli_na(…): pierwszy ma być dzień, a jest tekst.",
        ),
        ('z_tabeli("nie ma", "x", ranga)', "Nie ma tabeli „nie ma”. Są: limity, pasma, punkty."),
    ],
)
def test_faults_of_tables(text, sentence):
    assert [fault.sentence for fault in type_of(parse(text), SCOPE)[1]] == [sentence]


def test_the_type_of_what_is_looked_up_is_that_of_its_column():
    assert type_of(parse('z_tabeli("punkty", "punkty", ranga, miejsce)'), SCOPE) == (
        Type.NUMBER,
        [],
    )
