from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition import TYPES, Choice, Options, Question
from forms.filling.taking import take
from tests.forms.answering import GARBAGE
from tests.forms.strategies import FACTS, FILES, UNITS, options_of

PDF, XLSX = FILES
SCHOOL, NURSERY = UNITS
CHOICES = Options(choices=(Choice("a", "A"), Choice("b", "B")), min=Decimal(2), max=Decimal(2))
SIMPLE = [code for code, one in TYPES.items() if one.is_simple]


def taken(kind, raw, options=None):
    return take(Question("q", kind, "Q", options=options or Options()), raw, FACTS)


@pytest.mark.parametrize(
    ("kind", "raw", "value", "kept"),
    [
        ("short_text", "  Ala ", "Ala", "Ala"),
        ("number", "1 234,50", Decimal("1234.5"), "1234.5"),
        ("number", "-0", Decimal(0), "0"),
        ("number", 12, Decimal(12), "12"),
        ("number", "0,123456", Decimal("0.123456"), "0.123456"),
        ("money", "1\u00a0234,5 zł", Decimal("1234.5"), "1234.50"),
        ("money", "3000", Decimal(3000), "3000.00"),
        ("percent", "12,5%", Decimal("12.5"), "12.5"),
        ("date", "23.11.2026", date(2026, 11, 23), "2026-11-23"),
        ("yes_no", False, False, False),
        ("unit", SCHOOL.upper(), SCHOOL, SCHOOL),
        ("email", "a@sp1.pl", "a@sp1.pl", "a@sp1.pl"),
        (
            "phone",
            "+48 (52) 123-45-67 w. 12",
            "+48 (52) 123-45-67 w. 12",
            "+48 (52) 123-45-67 w. 12",
        ),
        ("pesel", "440514 01359", "44051401359", "44051401359"),
        ("nip", "PL 526-000-12-46", "5260001246", "5260001246"),
        ("regon", "123 456 785", "123456785", "123456785"),
        (
            "iban",
            "61 1090 1014 0000 0712 1981 2874",
            "PL61109010140000071219812874",
            "PL61109010140000071219812874",
        ),
        ("file", [PDF, PDF], [PDF], [PDF]),
        ("workbook", XLSX, XLSX, XLSX),
    ],
)
def test_an_answer_is_read_the_polish_way_and_kept_in_one_form(kind, raw, value, kept):
    one = taken(kind, raw)

    assert (one.value, one.kept, one.remarks) == (value, kept, [])
    assert taken(kind, kept) == one


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    [
        ("number", "12a", "Podaj liczbę, np. 12 albo 2,5."),
        ("number", "1e5", "Podaj liczbę, np. 12 albo 2,5."),
        ("number", True, "Podaj liczbę, np. 12 albo 2,5."),
        ("money", "sto", "Podaj kwotę w złotych, np. 1 234,50."),
        ("percent", "%", "Podaj procent, np. 25 albo 12,5."),
        ("date", "31.02.2026", "Podaj datę, np. 23.11.2026."),
        ("yes_no", "tak", "Zaznacz tak albo nie."),
        ("single_choice", "x", "Wybierz odpowiedź z listy."),
        ("multiple_choice", ["x"], "Wybierz odpowiedzi z listy."),
        ("unit", PDF, "Wybierz jednostkę z listy."),
        ("person", "Jan", "Wybierz z listy."),
        ("email", "jan", "Podaj adres e-mail, np. sekretariat@szkola.pl."),
        ("phone", "12", "Podaj numer telefonu, np. 52 123 45 67."),
        ("pesel", "44051401358", "Sprawdź PESEL: to 11 cyfr, a ostatnia jest kontrolna."),
        ("nip", "1234567890", "Sprawdź NIP: to 10 cyfr, a ostatnia jest kontrolna."),
        ("regon", "1", "Sprawdź REGON: to 9 albo 14 cyfr, a ostatnia jest kontrolna."),
        ("iban", "61", "Sprawdź numer rachunku: po PL ma być 26 cyfr."),
        ("file", PDF, "Dodaj plik."),
        ("short_text", ["a"], "Wpisz tekst."),
        ("short_text", "a\x00b", "Wpisz tekst."),
    ],
)
def test_an_unreadable_answer_says_how_to_give_it_and_is_kept_as_it_came(kind, raw, sentence):
    one = taken(kind, raw)

    assert (one.value, one.kept, one.remarks) == (None, raw, [sentence])
    assert not one.is_readable


@pytest.mark.parametrize(
    ("kind", "raw", "options", "sentence"),
    [
        (
            "short_text",
            "abcd",
            Options(max_length=3),
            "Skróć tekst: może mieć najwyżej 3 znaków, a ma 4.",
        ),
        ("number", "1,5", Options(decimals=0), "Podaj liczbę całkowitą, np. 12."),
        ("number", "1,555", Options(decimals=2), "Zaokrąglij: najwyżej 2 miejsca po przecinku."),
        ("number", "0,1234567", None, "Zaokrąglij: najwyżej 6 miejsc po przecinku."),
        ("money", "1,555", None, "Podaj kwotę z dokładnością do grosza, np. 1 234,50."),
        (
            "money",
            "3001",
            Options(max=Decimal(3000)),
            "Największa dozwolona wartość to 3\u00a0000,00\u00a0zł.",
        ),
        (
            "number",
            "1",
            Options(min=Decimal(2), unit="osoby"),
            "Najmniejsza dozwolona wartość to 2 osoby.",
        ),
        (
            "date",
            "2019-12-31",
            Options(min=date(2020, 1, 1)),
            "Najmniejsza dozwolona wartość to 01.01.2020.",
        ),
        ("multiple_choice", ["a"], CHOICES, "Zaznacz więcej odpowiedzi: co najmniej 2."),
        ("unit", NURSERY, Options(kinds=("sp",)), "Wybierz jednostkę innego rodzaju."),
        (
            "file",
            [XLSX],
            Options(endings=("pdf",)),
            "Plik „zestawienie.xlsx” ma złe rozszerzenie. Dozwolone: pdf.",
        ),
        (
            "file",
            [XLSX],
            Options(max_size=10),
            "Plik „zestawienie.xlsx” jest za duży. Wczytaj mniejszy.",
        ),
        ("file", [SCHOOL], None, "Nie ma tego pliku. Wczytaj go ponownie."),
        (
            "workbook",
            PDF,
            None,
            "Plik „skan.pdf” ma złe rozszerzenie. Dozwolone: xlsx, xlsm, xls, xlsb, ods.",
        ),
    ],
)
def test_a_readable_answer_against_the_settings_keeps_its_value_and_says_what_to_do(
    kind, raw, options, sentence
):
    one = taken(kind, raw, options)

    assert one.remarks == [sentence]
    assert one.is_readable
    assert one.value is not None


@pytest.mark.parametrize("kind", SIMPLE)
def test_nothing_and_blanks_are_no_answer(kind):
    assert taken(kind, None).is_empty
    assert taken(kind, " \u00a0 ").is_empty


def test_a_number_too_long_to_be_written_is_refused_like_any_other():
    assert taken("number", 10**5000).remarks == ["Podaj liczbę, np. 12 albo 2,5."]


def test_another_answer_than_those_to_choose_is_taken_only_where_it_is_allowed():
    choices = (Choice("a", "A"),)

    assert not taken("single_choice", "moja", Options(choices=choices)).is_readable
    assert taken("single_choice", "moja", Options(choices=choices, other=True)).value == "moja"


def test_choices_come_from_the_citys_dictionary_where_the_author_says_so():
    options = Options(dictionary="rodzaje")

    assert taken("single_choice", "n", options).value == "n"
    assert not taken("single_choice", "s", options).is_readable


@given(st.data())
def test_garbage_gives_a_mistake_or_a_value_never_an_accident(data):
    kind = data.draw(st.sampled_from(SIMPLE))
    options, raw = data.draw(options_of(kind)), data.draw(GARBAGE)

    one = taken(kind, raw, options)

    assert one.is_readable or (one.remarks and one.value is None and one.kept is raw)
    assert not one.is_readable or taken(kind, one.kept, options) == one
