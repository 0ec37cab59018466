from hypothesis import given

from forms.expressions import parse, write
from tests.forms.strategies import EXPRESSIONS


@given(EXPRESSIONS)
def test_what_is_written_reads_back_the_same(expression):
    assert parse(write(expression)) == expression


def test_a_no_that_something_is_taken_from_stays_a_no():
    assert write(parse("(nie) - x")) == "(nie) - x"
    assert write(parse("nie -x > 1")) == "nie -x > 1"


def test_it_is_written_in_the_spelling_of_the_documentation_with_only_the_needed_brackets():
    text = 'nie (a+b)*2>5 I jezeli(puste(c);"x";"y")="x" lub (d)'

    assert write(parse(text)) == 'nie (a + b) * 2 > 5 i jeżeli(puste(c), "x", "y") = "x" lub d'
