"""From which value on a condition holds, told where it says nothing else."""

from decimal import Decimal

import pytest

from forms.expressions import parse


@pytest.mark.parametrize("text", ["ocena.wynik >= 50", "50 <= ocena.wynik", "(ocena.wynik >= 50)"])
def test_a_condition_that_asks_for_a_least_value_tells_it(text):
    assert parse(text).least(("ocena", "wynik")) == Decimal(50)


@pytest.mark.parametrize(
    "text",
    [
        "ocena.wynik > 50",
        "ocena.wynik <= 50",
        "jury.wynik >= 50",
        "ocena.wynik + jury.wynik >= 50",
        "ocena.wynik >= 50 i koszt >= 10",
        "ocena.wynik >= koszt",
    ],
)
def test_one_that_says_anything_else_tells_none(text):
    assert parse(text).least(("ocena", "wynik")) is None
