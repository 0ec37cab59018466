from pathlib import Path

import pytest

from forms.expressions import UNIT_FACTS, parse
from forms.expressions.words import SPELLING

PAGE = (Path(__file__).parents[3] / "docs" / "expressions.md").read_text()
EXAMPLES = PAGE.split("```")[1].strip().splitlines()


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_page_is_an_expression(example):
    assert parse(example).names


@pytest.mark.parametrize("word", [*SPELLING.values(), *UNIT_FACTS])
def test_every_function_and_every_fact_of_a_unit_is_on_the_page(word):
    assert word in PAGE
