from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.expressions import Malformed, parse
from forms.expressions.tree import Both, Comparison, Literal, Named, Not, Product, Sum


def test_numbers_are_read_with_a_comma_and_with_a_point():
    assert parse("1234,50") == parse("1234.5")
    assert parse("1234,50").root == Literal(Decimal("1234.5"))


def test_a_comma_that_could_part_two_values_or_be_a_decimal_one_is_not_guessed():
    with pytest.raises(Malformed) as refused:
        parse("min(1,5)")

    assert refused.value.position == 4
    assert refused.value.sentence == (
        "Nie wiadomo, czy „1,5” to jedna liczba, czy dwie. Napisz 1.5 "
        "albo rozdziel wartości średnikami lub przecinkiem z odstępem: 1, 5."
    )


def test_semicolons_between_values_leave_the_comma_to_decimals():
    assert parse("min(1,5; 2)") == parse("min(1.5, 2)")


def test_products_bind_before_sums_sums_before_comparisons_those_before_i():
    product = Product(Named(("b",)), (("*", Literal(Decimal(2))),))
    left = Comparison(">", Sum(Named(("a",)), (("+", product),)), Literal(Decimal(5)))

    assert parse("a + b * 2 > 5 i nie c").root == Both((left, Not(Named(("c",)))))


def test_diacritics_and_capitals_do_not_matter_in_words_of_the_language():
    assert parse("ZAOKRAGL(Średnia(a.b), 2)") == parse("zaokrągl(średnia(a.b), 2)")


def test_nie_alone_is_an_answer_and_before_a_condition_it_negates():
    assert parse("zgoda = nie").root == Comparison("=", Named(("zgoda",)), Literal(value=False))
    assert parse("nie zgoda").root == Not(Named(("zgoda",)))


def test_an_expression_knows_the_names_and_the_lookups_that_it_reads():
    expression = parse('suma(budzet.kwota) <= z_tabeli("limity", "kwota") i jednostka.nip <> ""')

    assert expression.names == {("budzet", "kwota"), ("jednostka", "nip")}
    assert expression.lookups == {("limity", "kwota")}


def test_dates_and_texts_in_polish_quotes_are_read():
    assert parse("2026-11-23").root == Literal(date(2026, 11, 23))
    assert parse("„tak”").root == Literal("tak")


@pytest.mark.parametrize(
    ("text", "position", "beginning"),
    [
        ("", 0, "Wyrażenie jest puste."),
        ("a +", 3, "Wyrażenie się urywa"),
        ("(a", 2, "Brakuje nawiasu zamykającego"),
        ("a b", 2, "Nie rozumiem „b” w tym miejscu"),
        ("a < b < c", 6, "Porównania nie można ciągnąć"),
        ('a = "x', 4, "Tekst nie ma końca"),
        ("sum(a)", 0, "Nie ma funkcji „sum”. Może „suma”?"),
        ("suma", 0, "Po nazwie funkcji „suma” ma być nawias"),
        ("a w []", 4, "Lista w nawiasach [ ] jest pusta"),
        ("2026-02-30", 0, "Nie ma takiego dnia: 2026-02-30."),
        ("10 zł", 3, "Nie rozumiem „zł”"),
        ("a $ b", 2, "Znak „$” nie należy do języka"),
        ("min(1; 2, 3)", 11, "Rozdzielaj wartości albo przecinkami, albo średnikami."),
        ("1" + "+1" * 1000, 2000, "Wyrażenie jest za długie"),
        ("(" * 60 + "1" + ")" * 60, 51, "Wyrażenie jest zbyt zagnieżdżone"),
        ("nie " * 60 + "a", 204, "Wyrażenie jest zbyt zagnieżdżone"),
        ("-" * 60 + "1", 51, "Wyrażenie jest zbyt zagnieżdżone"),
    ],
)
def test_what_is_no_expression_is_refused_with_the_place_and_what_to_do(text, position, beginning):
    with pytest.raises(Malformed) as refused:
        parse(text)

    assert refused.value.position == position
    assert refused.value.sentence.startswith(beginning)


@given(st.one_of(st.text(), st.text('ab1.,;()[]"=<> nieluw-+*/', max_size=60)))
def test_any_text_is_an_expression_or_refused_never_an_accident(text):
    place, sentence = _refusal(text)

    assert 0 <= place <= len(text)
    assert sentence is None or sentence.endswith((".", "?", "1234,50.", "}}."))


def _refusal(text):
    try:
        parse(text)
    except Malformed as refused:
        return refused.position, refused.sentence
    return 0, None
