"""Functions that go through the rows of one table."""

from decimal import Decimal

import pytest

from forms.expressions import (
    Scope,
    Steps,
    Type,
    evaluate,
    parse,
    settled,
    steps_in_row,
    steps_of,
    type_of,
    write,
)
from tests.forms.strategies import FACTS

ROWS = {
    ("w",): ["r1", "r2", "r3", "r4"],
    ("w", "punkty"): [Decimal(5), Decimal(9), None, Decimal(7)],
    ("w", "rodzaj"): ["sport", "sztuka", "sport", "sport"],
    ("prog",): Decimal(6),
    ("rodzaj",): "sztuka",
}
SCOPE = Scope(
    {
        ("w",): Type.TABLE,
        ("w", "punkty"): Type.NUMBERS,
        ("w", "rodzaj"): Type.TEXTS,
        ("inna",): Type.TABLE,
        ("inna", "kwota"): Type.NUMBERS,
        ("prog",): Type.NUMBER,
    },
    choices={("w", "rodzaj"): frozenset({"sport", "sztuka"})},
)


def value(text, names=None):
    return evaluate(parse(text), ROWS if names is None else names, FACTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('suma_gdy(w.punkty, w.rodzaj = "sport")', Decimal(12)),
        ("suma_gdy(w.punkty * 2, w.punkty > prog)", Decimal(32)),
        ("suma_gdy(w.punkty, w.rodzaj = rodzaj)", Decimal(9)),
        ('suma_gdy(w.punkty, w.rodzaj = "inny")', Decimal(0)),
        ('ile_gdy(w.rodzaj = "sport")', Decimal(3)),
        ('ile_gdy(w.rodzaj = "sport" i w.punkty >= 5)', Decimal(2)),
        ("ile_gdy(puste(w.punkty))", Decimal(1)),
        ("suma(najlepsze(2, w.punkty))", Decimal(16)),
        ('suma(najlepsze(1, w.punkty, w.rodzaj = "sport"))', Decimal(7)),
        ("ile(najlepsze(99, w.punkty))", Decimal(3)),
        ("suma(najlepsze(0, w.punkty))", Decimal(0)),
        ("suma(najlepsze(-1, w.punkty))", Decimal(0)),
        ("najlepsze(2, w.punkty)", [Decimal(9), Decimal(7)]),
    ],
)
def test_values_over_rows(text, expected):
    assert value(text) == expected


def test_a_hidden_table_has_no_rows():
    assert value('suma_gdy(w.punkty, w.rodzaj = "sport")', {}) == 0
    assert value("ile_gdy(w.punkty > 1)", {}) == 0
    assert value("najlepsze(3, w.punkty)", {}) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('suma_gdy(w.punkty, w.rodzaj = "sport")', Type.NUMBER),
        ("ile_gdy(w.punkty > prog)", Type.NUMBER),
        ("najlepsze(3, w.punkty)", Type.NUMBERS),
        ("suma(najlepsze(3, w.punkty))", Type.NUMBER),
    ],
)
def test_types_over_rows(text, kind):
    assert type_of(parse(text), SCOPE) == (kind, [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "suma_gdy(prog, prog > 1)",
            "suma_gdy(…) liczy po wierszach jednej tabeli, np. budzet.kwota > 100.",
        ),
        (
            "suma_gdy(w.punkty, inna.kwota > 1)",
            "suma_gdy(…) liczy po wierszach jednej tabeli, a są dwie: „inna”, „w”.",
        ),
        ("suma_gdy(w.rodzaj, w.punkty > 1)", "suma_gdy(…) bierze kolumnę liczb, a jest tekst."),
        ("ile_gdy(w.punkty)", "ile_gdy(…): ostatni ma być warunek, a jest liczba."),
        (
            "najlepsze(tak, w.punkty)",
            "najlepsze(…): pierwsza ma być liczba, a jest odpowiedź tak/nie.",
        ),
        ('ile_gdy(w.rodzaj = "sprot")', "Wśród odpowiedzi do wyboru nie ma „sprot”. Może „sport”?"),
        (
            "suma_gdy(w.punkty, ile_gdy(w.punkty > 1) > 1)",
            "W suma_gdy(…) nie może stać ile_gdy(…). Policz ją w osobnym pytaniu.",
        ),
        ("ile_gdy(w.punkty > 1, 2)", "ile_gdy(warunek) bierze jeden warunek – podano ich 2."),
    ],
)
def test_faults_over_rows(text, sentence):
    assert [fault.sentence for fault in type_of(parse(text), SCOPE)[1]] == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        'suma_gdy(w.punkty, w.rodzaj = "sport" i w.punkty > prog)',
        "ile_gdy(w.punkty > prog)",
        "najlepsze(2, w.punkty)",
        "suma(najlepsze(2, w.punkty, w.punkty > 1)) + 1",
    ],
)
def test_what_goes_through_rows_takes_no_more_steps_than_its_tree_tells(text):
    steps = Steps()
    evaluate(parse(text), ROWS, FACTS, steps)

    lengths = {("w",): 4, ("w", "punkty"): 4, ("w", "rodzaj"): 4}
    assert 0 < steps.taken <= steps_of(parse(text), lengths)


def test_rows_within_rows_are_counted_for_each_of_them():
    lengths = {("w", "punkty"): 100, ("w", "rodzaj"): 100}
    once, each = steps_in_row(parse("ile_gdy(w.rodzaj = rodzaj)"), {("rodzaj",)}, lengths)
    assert (once, each) == (0, 1 + 100 + 3 + 100 * 4)


def test_what_no_row_changes_is_computed_once_and_the_rest_in_each_row():
    names = {("rodzaj",)}
    once = settled(parse("ile_gdy(w.punkty > prog) + 1"), names, ROWS, FACTS)
    each = settled(parse("ile_gdy(w.rodzaj = rodzaj)"), names, ROWS, FACTS)

    assert write(once) == "2 + 1"
    assert write(each) == "ile_gdy(w.rodzaj = rodzaj)"
    assert evaluate(each, ROWS, FACTS) == 1
