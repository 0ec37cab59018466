from forms.expressions import DESCRIBED, parse
from forms.expressions.words import FUNCTIONS


def test_the_editor_tells_of_every_function_once():
    told = [one for _, group in DESCRIBED for one in group]

    assert len({one.written for one in told}) == len(told)
    assert {one.function for one in told} == set(FUNCTIONS)


def test_what_the_editor_shows_can_be_written_so():
    for _, group in DESCRIBED:
        for one in group:
            assert one.function in parse(one.written.replace("…", "")).functions
