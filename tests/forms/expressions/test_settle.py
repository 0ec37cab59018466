from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from forms.expressions import evaluate, parse, settled, write
from tests.forms.strategies import DAYS, EXPRESSIONS, FACTS, NAMES, NUMBERS, TEXTS

VALUES = st.one_of(st.none(), st.booleans(), TEXTS, DAYS, NUMBERS, st.lists(NUMBERS, max_size=3))


def test_what_no_row_changes_is_computed_ahead():
    expression = parse("kwota / suma(b.kwota) + min(kwota, max(5, stawka))")
    values = {("b", "kwota"): [Decimal(1), Decimal(3)], ("stawka",): Decimal(7)}

    ahead = settled(expression, {("kwota",)}, values, FACTS)

    assert write(ahead) == "kwota / 4 + min(kwota, 7)"


def test_an_empty_value_is_not_taken_for_the_word_puste():
    expression = parse("kwota = min(b.kwota)")

    ahead = settled(expression, {("kwota",)}, {}, FACTS)

    assert evaluate(ahead, {}, FACTS) is None


@given(EXPRESSIONS, st.dictionaries(NAMES, VALUES), st.data())
def test_an_expression_computed_ahead_has_the_same_value(expression, values, data):
    names = sorted(expression.names)
    rest = data.draw(st.sets(st.sampled_from(names))) if names else set()
    known = {name: value for name, value in values.items() if name not in rest}

    ahead = settled(expression, rest, known, FACTS)

    assert evaluate(ahead, values, FACTS) == evaluate(expression, values, FACTS)
