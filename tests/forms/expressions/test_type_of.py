import pytest
from hypothesis import given

from forms.expressions import Fault, Scope, Type, parse, type_of
from tests.forms.strategies import EXPRESSIONS

SCOPE = Scope(
    {
        ("koszt",): Type.NUMBER,
        ("tytul",): Type.TEXT,
        ("rodzaj",): Type.TEXT,
        ("zgoda",): Type.YES_NO,
        ("dzien",): Type.DATE,
        ("wybrane",): Type.TEXTS,
        ("budzet",): Type.TABLE,
        ("budzet", "kwota"): Type.NUMBERS,
        ("adres", "city"): Type.TEXT,
    },
    tables={"limity": {"kwota": Type.NUMBER, "opis": Type.TEXT}},
    choices={("rodzaj",): frozenset({"artystyczny", "naukowy"})},
)


def fault(text, scope=SCOPE):
    (only,) = type_of(parse(text), scope)[1]
    return only


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("suma(budzet.kwota) - koszt * 2", Type.NUMBER),
        ("budzet.kwota", Type.NUMBERS),
        ("jeżeli(zgoda, koszt, puste)", Type.NUMBER),
        ("jeżeli(zgoda, tytul, „brak”)", Type.TEXT),
        ("max(dzien, dzisiaj())", Type.DATE),
        ("ile(budzet) > 1 i nie puste(budzet)", Type.YES_NO),
        ("rodzaj w [„naukowy”]", Type.YES_NO),
        ("wybrane zawiera „a”", Type.YES_NO),
        ("tytul zawiera „a”", Type.YES_NO),
        ("wybrane = puste", Type.YES_NO),
        ("z_tabeli(„limity”, „kwota”)", Type.NUMBER),
        ("z_tabeli(„limity”, „opis”)", Type.TEXT),
    ],
)
def test_types_without_faults(text, kind):
    assert type_of(parse(text), SCOPE) == (kind, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("koszty + 1", Fault(0, "Nie ma tu pytania „koszty”. Może „koszt”?")),
        ("adres", Fault(0, "„adres” składa się z części; wybierz jedną z nich: adres.city.")),
        (
            "koszt + budzet.kwota",
            Fault(8, "Można dodawać tylko liczby, a jest lista liczb. Użyj suma(…)."),
        ),
        (
            "koszt > „5”",
            Fault(6, "Nie można porównać: liczba i tekst. Liczby i daty pisze się bez cudzysłowu."),
        ),
        ("tytul > „b”", Fault(6, "Znak „>” porównuje tylko liczby i daty. Użyj = albo <>.")),
        (
            "zgoda i koszt",
            Fault(8, "Po obu stronach „i” mają stać warunki, a jest liczba."),
        ),
        (
            "dni(dzien)",
            Fault(0, "dni(od, do) bierze dwie daty – podano ich 1."),
        ),
        ("długość(koszt)", Fault(8, "długość(…): wartość 1. to liczba, a ma być tekst.")),
        ("min(koszt, dzien)", Fault(0, "min(…) wybiera spośród samych liczb albo samych dat.")),
        (
            "jeżeli(zgoda, 1, „x”)",
            Fault(17, "jeżeli(…): obie wartości mają być jednego rodzaju, a są: liczba i tekst."),
        ),
        (
            "rodzaj = „naukowe”",
            Fault(9, "Wśród odpowiedzi do wyboru nie ma „naukowe”. Może „naukowy”?"),
        ),
        ("z_tabeli(„limit”, „kwota”)", Fault(0, "Nie ma tabeli „limit”. Są: limity.")),
        (
            "z_tabeli(„limity”, „x”)",
            Fault(0, "Tabela „limity” nie ma kolumny „x”. Są: kwota, opis."),
        ),
        (
            "z_tabeli(tytul, „x”)",
            Fault(
                0,
                'z_tabeli(…) bierze dwie nazwy w cudzysłowach: ("tabela", "kolumna"), '
                "a po nich klucze.",
            ),
        ),
    ],
)
def test_a_fault_names_the_place_and_what_to_do(text, expected):
    assert fault(text) == expected


def test_lookups_are_not_judged_where_the_tables_are_not_known():
    assert type_of(parse("z_tabeli(„x”, „y”) > 1"), Scope()) == (Type.YES_NO, [])


def test_scopes_join_and_stand_behind_a_prefix():
    scores = Scope({("wynik",): Type.NUMBER}, choices={("wynik",): frozenset("a")})
    scope = SCOPE | scores.under("ocena")

    assert type_of(parse("ocena.wynik > koszt"), scope) == (Type.YES_NO, [])
    assert scope.choices[("ocena", "wynik")] == frozenset("a")
    assert scope.tables == SCOPE.tables
    assert fault("wynik", scope).sentence.startswith("Nie ma tu pytania „wynik”.")


@given(EXPRESSIONS)
def test_any_expression_has_a_type_or_faults_with_places(expression):
    kind, faults = type_of(expression, SCOPE)

    assert isinstance(kind, Type)
    assert all(one.sentence.endswith((".", "?")) for one in faults)
