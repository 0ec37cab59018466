from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.expressions import Malformed, parse_template
from tests.forms.strategies import FACTS, TODAY

NAMED = {
    ("kwota",): Decimal("1234.5"),
    ("osoby",): Decimal(3),
    ("dzien",): TODAY,
    ("rodzaj",): "a",
    ("brak",): None,
    ("zgoda",): False,
}
MONEY = {("kwota",)}


def rendered(text, **how):
    return parse_template(text).render(NAMED, FACTS, money=MONEY, **how)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wnoszę o {kwota}.", "Wnoszę o 1\u00a0234,50\u00a0zł."),
        ("Na osobę {kwota / osoby}", "Na osobę 411,50\u00a0zł"),
        ("Krotność {kwota / kwota}", "Krotność 1"),
        ("Razem {suma(kwota, 1)}", "Razem 1\u00a0235,50\u00a0zł"),
        ("{osoby * 1000}", "3\u00a0000"),
        ("Do {dzien}", "Do 23.11.2026"),
        ("{zgoda}, {brak}", "nie, …"),
        ("{{dosłownie}} {osoby}", "{dosłownie} 3"),
        ('{jeżeli(osoby > 2, "gru}pa", "osoba")}', "gru}pa"),
        ("bez klamer", "bez klamer"),
    ],
)
def test_values_stand_in_a_text_as_people_write_them(text, expected):
    assert rendered(text) == expected


def test_who_knows_better_says_how_a_name_reads():
    spoken = {("rodzaj",): "Artystyczny"}.get

    assert rendered("Rodzaj: {rodzaj}, {osoby}", spoken=spoken) == "Rodzaj: Artystyczny, 3"


@pytest.mark.parametrize(
    ("text", "position"), [("ile {kwota", 4), ("ile kwota}", 9), ("ile {kwota +}", 12), ("{}", 1)]
)
def test_a_text_with_broken_braces_is_refused_with_the_place(text, position):
    with pytest.raises(Malformed) as refused:
        parse_template(text)

    assert refused.value.position == position


@given(st.text('a{}"„” +1', max_size=20))
def test_any_text_is_rendered_or_refused(text):
    try:
        template = parse_template(text)
    except Malformed:
        return
    assert isinstance(template.render(NAMED, FACTS), str)
