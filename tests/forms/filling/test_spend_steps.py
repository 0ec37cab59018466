from dataclasses import replace

import pytest

from forms.definition import check, read
from forms.filling import project
from tests.forms.strategies import FACTS

SPENT = "Reguły wymagają tu więcej niż"


def form(*, checks=0, rows=None, show="", rule="suma(b.k) >= 0"):
    """A table and as many checks over it; a question below that is shown on a condition."""
    table = {
        "key": "b",
        "type": "table",
        "label": "Budżet",
        "options": {
            "columns": [
                {"key": "k", "type": "number", "label": "Kwota"},
                {"key": "d", "type": "number", "label": "Dwa", "compute": "k * 2"},
            ],
            "max_rows": rows,
        },
    }
    note = {"key": "n", "type": "short_text", "label": "Notatka {suma(b.k)}", "show": show}
    return read(
        {
            "title": "F",
            "sections": [{"key": "s", "title": "S", "questions": [table, note]}],
            "checks": [{"rule": rule, "sentence": "Źle."}] * checks,
        }
    )


def answers(count):
    return {"b": [{"id": f"r{number}", "k": "1"} for number in range(count)], "n": "Wpisane"}


def sentences(projection):
    return [mistake.sentence for mistake in projection.errors]


def test_a_form_within_its_steps_is_judged_whole():
    projection = project(form(checks=3), answers(10), replace(FACTS, most_steps=200))
    assert (sentences(projection), projection.is_complete) == ([], True)


def test_a_form_that_spends_its_steps_cannot_be_sent_and_says_why():
    projection = project(form(checks=30), answers(10), replace(FACTS, most_steps=200))
    assert projection.is_complete is False
    [sentence] = sentences(projection)
    assert sentence.startswith(SPENT)
    assert "Wpisane odpowiedzi zostają." in sentence


def test_answers_are_kept_and_everything_stays_in_sight_when_the_steps_are_spent():
    projection = project(form(show="suma(b.k) < 0"), answers(10), replace(FACTS, most_steps=5))
    assert projection.questions["n"].is_visible
    assert projection.questions["n"].value == "Wpisane"
    assert projection.questions["n"].label == "Notatka …"
    assert [row.cells["k"].value for row in projection.questions["b"].rows] == ["1"] * 10
    assert projection.counting["n"] == "Wpisane"


def test_a_form_of_a_hundred_long_checks_over_a_thousand_rows_stops_at_its_steps():
    hostile = form(checks=100, rule="+".join(["suma(b.k)"] * 150) + " >= 0")
    projection = project(hostile, answers(1000), FACTS)
    assert sentences(projection)[-1].startswith("Reguły wymagają tu więcej niż 500\u00a0000 kroków")


def test_a_form_that_may_cost_more_than_is_given_is_not_published_and_the_dearest_rule_is_named():
    hostile = form(checks=100, rule="+".join(["suma(b.k)"] * 150) + " >= 0")
    [fault] = check(hostile)
    assert fault.path == "checks/0/rule"
    assert fault.sentence.startswith(
        "Przy pełnych tabelach reguły formularza wymagają 15\u00a0034\u00a0"
    )
    assert "a mogą najwyżej 500\u00a0000" in fault.sentence


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_same_form_is_published_where_its_tables_are_short(rows):
    hostile = form(checks=100, rows=rows, rule="+".join(["suma(b.k)"] * 150) + " >= 0")
    assert bool(check(hostile)) is (rows == 1000)


@pytest.mark.parametrize("count", [0, 1, 7, 20])
def test_what_is_told_before_publishing_is_never_less_than_what_is_taken(count):
    definition = form(checks=3, rows=20, show="suma(b.k) < 0 lub ile(b) > 2")
    [fault] = check(definition, most_steps=0)
    told = int(fault.sentence.split("wymagają ")[1].split(" kroków")[0].replace("\u00a0", ""))
    projection = project(definition, answers(count), replace(FACTS, most_steps=told))
    assert sentences(projection) == []
