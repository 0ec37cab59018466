import pytest

from forms.expressions import Steps, TooManySteps, evaluate, parse, steps_in_row, steps_of
from tests.forms.strategies import FACTS

COLUMN = {("b", "k"): [1, 2, 3]}


def taken(text, environment, most=1000):
    steps = Steps(most)
    evaluate(parse(text), environment, FACTS, steps)
    return steps.taken


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1", 1),
        ("1 + 2", 3),
        ("x", 1),
        ("b.k", 4),
        ("suma(b.k)", 5),
        ("suma(b.k) + suma(b.k)", 11),
        ('"a" w ["a", "b"]', 5),
        ("nie tak", 2),
    ],
)
def test_a_step_is_a_node_or_a_value_of_a_list(text, count):
    assert taken(text, COLUMN) == count


def test_what_is_not_looked_at_costs_nothing():
    assert taken("jeżeli(tak; 1; suma(b.k))", COLUMN) == 3


def test_an_expression_that_needs_one_step_more_than_is_left_is_refused_with_a_sentence():
    assert taken("suma(b.k)", COLUMN, most=5) == 5
    with pytest.raises(TooManySteps) as refused:
        taken("suma(b.k)", COLUMN, most=4)
    assert str(refused.value) == (
        "Reguły wymagają tu więcej niż 4 kroków obliczeń, więc nie policzono ich do końca. "
        "Wpisane odpowiedzi zostają. Usuń zbędne wiersze tabel albo poproś autora formularza "
        "lub procedury o prostsze reguły."
    )


def test_a_long_list_of_conditions_outside_a_form_is_bounded_too():
    text = "+".join(["ile(b.k)"] * 220)
    with pytest.raises(TooManySteps):
        evaluate(parse(text), {("b", "k"): [1] * 5000}, FACTS)


def test_the_most_that_an_expression_takes_is_told_from_its_tree():
    lengths = {("b", "k"): 3}
    assert steps_of(parse("jeżeli(tak; 1; suma(b.k))"), lengths) == 8
    assert steps_of(parse("suma(b.k) + x"), lengths) == 7


def test_what_no_row_changes_is_counted_once_for_the_table():
    lengths = {("b", "k"): 1000}
    assert steps_in_row(parse("k / suma(b.k)"), {("k",)}, lengths) == (1002, 4)
    assert steps_in_row(parse("k / suma(b.k, k)"), {("k",)}, lengths) == (0, 1005)
