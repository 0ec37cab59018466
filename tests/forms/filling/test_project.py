import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition import read
from forms.filling import Facts, Mistake, environment, project
from tests.forms.answering import answers_to
from tests.forms.strategies import FACTS, SOME, TODAY, definitions, wild_definitions


def form(*questions, checks=(), **section):
    asked = [
        {"type": "money", "label": question["key"].title()} | question for question in questions
    ]
    return read(
        {
            "title": "F",
            "sections": [{"key": "dane", "title": "Dane", "questions": asked} | section],
            "checks": list(checks),
        }
    )


def filled(definition, answers=None, **how):
    return project(definition, answers or {}, FACTS, **how)


def value(projection, key):
    return projection.questions[key].value


@SOME
@given(st.data())
def test_after_saving_and_reloading_the_projection_is_the_same(data):
    definition = data.draw(definitions())
    answers = data.draw(answers_to(definition))

    drawn = project(definition, answers, FACTS)
    again = project(definition, json.loads(json.dumps(answers)), FACTS)

    assert again.as_json() == drawn.as_json()
    assert again.submitted() == drawn.submitted()


@SOME
@given(st.data())
def test_saving_what_is_shown_changes_nothing(data):
    definition = data.draw(definitions())
    answers = data.draw(answers_to(definition))
    drawn = project(definition, answers, FACTS)
    shown = {key: one.value for key, one in drawn.questions.items() if one.is_visible}

    again = project(definition, {**answers, **json.loads(json.dumps(shown))}, FACTS)

    assert again.as_json() == drawn.as_json()


@SOME
@given(st.data())
def test_what_was_submitted_is_a_whole_form_by_itself(data):
    definition = data.draw(definitions())
    drawn = project(definition, data.draw(answers_to(definition, with_garbage=False)), FACTS)

    again = project(definition, json.loads(json.dumps(drawn.submitted())), FACTS)

    assert again.submitted() == drawn.submitted()
    assert not drawn.is_complete or again.errors == []


@SOME
@given(st.data())
def test_a_hidden_question_is_never_submitted_and_worth_nothing(data):
    definition = data.draw(definitions())
    drawn = project(definition, data.draw(answers_to(definition)), FACTS)
    hidden = {key for key, one in drawn.questions.items() if not one.is_visible}

    assert hidden.isdisjoint(drawn.submitted())
    assert not any(name[0] in hidden for name, one in drawn.values.items() if one is not None)
    assert not any(mistake.path.split("/")[0] in hidden for mistake in drawn.errors)


@SOME
@given(st.data())
def test_any_draft_over_any_answers_is_drawn_and_fit_for_json(data):
    definition = data.draw(wild_definitions())
    answers = data.draw(answers_to(definition))

    drawn = project(definition, answers, FACTS)

    assert list(drawn.questions) == [question.key for question in definition.questions()]
    assert json.loads(json.dumps(drawn.as_json())) is not None
    assert drawn.answered <= drawn.required
    assert drawn.is_complete is (drawn.errors == [])


def test_a_formula_is_worth_its_value_in_full_grosze_half_up():
    definition = form(
        {"key": "koszt", "compute": "suma(netto) * 1.23"},
        {"key": "netto"},
        {"key": "procent", "type": "percent", "compute": "netto / 9"},
        {"key": "trzecia", "type": "number", "compute": "netto / 3", "options": {"decimals": 1}},
    )

    drawn = filled(definition, {"netto": "10,50", "koszt": "999"})

    assert value(drawn, "koszt") == "12.92"
    assert value(drawn, "trzecia") == "3.5"
    assert drawn.questions["koszt"].is_computed
    assert value(drawn, "procent") == "1.17"
    assert list(drawn.submitted()) == ["koszt", "netto", "procent", "trzecia"]


def test_a_long_chain_of_formulas_is_computed_whole():
    chain = [{"key": f"q{number}", "compute": f"q{number + 1} + 1"} for number in range(400)]

    drawn = filled(form(*chain, {"key": "q400"}), {"q400": "0"})

    assert value(drawn, "q0") == "400.00"


def test_a_hidden_question_counts_as_empty_but_its_draft_comes_back():
    definition = form(
        {"key": "ma", "type": "yes_no"},
        {"key": "kwota", "show": "ma", "required": True},
        {"key": "razem", "compute": "suma(kwota) + 1"},
    )
    answers = {"ma": False, "kwota": "50"}

    hidden = filled(definition, answers)
    shown = filled(definition, answers | {"ma": True})

    assert (value(hidden, "kwota"), value(hidden, "razem")) == (None, "1.00")
    assert hidden.submitted() == {"ma": False, "razem": "1.00"}
    assert (hidden.required, hidden.is_complete) == (0, True)
    assert (value(shown, "kwota"), value(shown, "razem")) == ("50.00", "51.00")


def test_a_hidden_section_hides_its_questions():
    definition = form({"key": "kwota", "required": True}, show="1 > 2")

    drawn = filled(definition, {"kwota": "5"})

    assert not drawn.sections["dane"].is_visible
    assert not drawn.questions["kwota"].is_visible
    assert (drawn.errors, drawn.submitted()) == ([], {})


def test_a_missing_answer_is_asked_for_by_the_name_of_its_question():
    drawn = filled(form({"key": "tytul", "type": "short_text", "label": "Tytuł", "required": True}))

    assert drawn.errors == [Mistake("tytul", "Tytuł", "Odpowiedz na „Tytuł”.", is_missing=True)]
    assert drawn.questions["tytul"].errors == []
    assert (drawn.answered, drawn.required, drawn.is_complete) == (0, 1, False)
    assert (drawn.sections["dane"].mistakes, drawn.sections["dane"].missing) == (0, 1)


def test_a_condition_makes_an_answer_required():
    definition = form(
        {"key": "kwota"}, {"key": "opis", "type": "long_text", "required_when": "kwota > 100"}
    )

    assert filled(definition, {"kwota": "100"}).is_complete
    assert filled(definition).is_complete
    assert [one.path for one in filled(definition, {"kwota": "101"}).errors] == ["opis"]


def test_a_rule_that_does_not_hold_speaks_in_the_authors_words_at_its_question():
    definition = form(
        {"key": "koszt"},
        {"key": "wniosek", "label": "Wnioskowana"},
        checks=[{"rule": "wniosek <= koszt", "sentence": "Najwyżej {koszt}.", "at": "wniosek"}],
    )

    drawn = filled(definition, {"koszt": "10", "wniosek": "11"})

    sentence = "Najwyżej 10,00\u00a0zł."
    assert drawn.errors == [Mistake("wniosek", "Wnioskowana", sentence)]
    assert drawn.questions["wniosek"].errors == [sentence]


@pytest.mark.parametrize(("required", "told"), [(True, []), (False, ["Podaj kwotę."])])
def test_what_must_be_answered_and_is_not_yet_is_missing_and_not_wrong(required, told):
    definition = form(
        {"key": "koszt", "required": required},
        checks=[{"rule": "suma(0, koszt) > 0", "sentence": "Podaj kwotę.", "at": "koszt"}],
    )
    projection = filled(definition)

    assert projection.questions["koszt"].errors == told
    assert projection.sections["dane"].mistakes == len(told)
    assert [one.is_missing for one in projection.errors] == [required]
    assert filled(definition, {"koszt": "0"}).questions["koszt"].errors == ["Podaj kwotę."]


def test_a_rule_is_not_judged_before_its_questions_are_answered():
    checks = [{"rule": "wniosek <= koszt", "sentence": "Za dużo."}]
    definition = form({"key": "koszt"}, {"key": "wniosek"}, checks=checks)

    assert filled(definition, {"wniosek": "11"}).errors == []


def test_a_rule_about_emptiness_is_judged_at_once():
    checks = [{"rule": "koszt <> puste lub wniosek <> puste", "sentence": "Podaj jedno z dwojga."}]
    definition = form({"key": "koszt"}, {"key": "wniosek"}, checks=checks)

    assert [one.path for one in filled(definition).errors] == [""]
    assert filled(definition, {"koszt": "1"}).errors == []


def test_a_default_stands_until_somebody_answers_or_clears_it():
    definition = form({"key": "limit", "default": 'z_tabeli("limity", "kwota")'})

    assert value(filled(definition), "limit") == "3000.00"
    assert value(filled(definition, {"limit": "5"}), "limit") == "5.00"
    cleared = filled(definition, {"limit": None})
    assert value(cleared, "limit") is None
    assert value(filled(definition, cleared.submitted()), "limit") is None


def test_a_wrong_answer_is_shown_as_it_was_typed_and_worth_nothing():
    definition = form({"key": "kwota"}, {"key": "dwa", "compute": "kwota * 2"})

    drawn = filled(definition, {"kwota": "12a"})

    assert drawn.questions["kwota"].value == "12a"
    assert drawn.questions["kwota"].errors == ["Podaj kwotę w złotych, np. 1 234,50."]
    assert value(drawn, "dwa") is None
    assert drawn.submitted() == {}


def test_texts_quote_values_choices_and_units_as_people_say_them():
    unit = "00000000-0000-4000-8000-000000000001"
    definition = form(
        {"key": "kwota", "label": "Ile dla {rodzaj}?", "help": "Jednostka: {szkola}, {szkola.nip}"},
        {
            "key": "rodzaj",
            "type": "single_choice",
            "options": {"choices": [{"key": "a", "label": "Artystyczny"}]},
        },
        {"key": "szkola", "type": "unit", "options": {"facts": ["nip", "kind"]}},
        title="Koszt {kwota}",
    )

    drawn = filled(definition, {"rodzaj": "a", "szkola": unit, "kwota": "2"})

    assert drawn.questions["kwota"].label == "Ile dla Artystyczny?"
    assert drawn.questions["kwota"].help == "Jednostka: SP 1, 5250000000"
    assert drawn.questions["szkola"].facts == {"nip": "5250000000", "kind": "sp"}
    assert drawn.sections["dane"].title == "Koszt 2,00\u00a0zł"


def test_texts_name_people_and_tell_numbers_with_their_units():
    person = "00000000-0000-4000-8000-0000000000aa"
    definition = form(
        {"key": "kto", "type": "person", "label": "Kto?"},
        {"key": "czas", "type": "number", "label": "{kto}: {czas}", "options": {"unit": "godz."}},
    )

    drawn = project(
        definition, {"kto": person, "czas": "2,5"}, Facts(TODAY, people={person: "Jan Lis"})
    )

    assert drawn.questions["czas"].label == "Jan Lis: 2,5\u00a0godz."


def test_only_the_open_sections_are_judged_while_the_others_still_count_in_rules():
    document = {
        "title": "F",
        "sections": [
            {
                "key": key,
                "title": key,
                "questions": [
                    {"key": f"{key}_kwota", "type": "money", "label": key, "required": True}
                ],
            }
            for key in ("a", "b")
        ],
        "checks": [{"rule": "b_kwota > a_kwota", "sentence": "Za mało.", "at": "b_kwota"}],
    }
    definition = read(document)

    drawn = filled(definition, {"a_kwota": "5"}, sections=frozenset({"b"}))
    wrong = filled(definition, {"a_kwota": "5", "b_kwota": "1"}, sections=frozenset({"b"}))

    assert [one.path for one in drawn.errors] == ["b_kwota"]
    assert (drawn.answered, drawn.required) == (0, 1)
    assert [one.sentence for one in wrong.errors] == ["Za mało."]
    assert wrong.submitted() == {"a_kwota": "5.00", "b_kwota": "1.00"}
    assert filled(definition, {"b_kwota": "1"}, sections=frozenset({"b"})).is_complete


def test_values_serve_expressions_around_the_form_behind_a_prefix():
    drawn = filled(form({"key": "wynik"}), {"wynik": "5"})

    assert environment(drawn, prefix="ocena") == {("ocena", "wynik"): 5}
    assert environment(drawn) == {("wynik",): 5}


@pytest.mark.parametrize("answers", [{}, {"q0": "1"}, {"q0": "1", "q1": "2"}])
def test_a_draft_with_a_circle_is_drawn_all_the_same(answers):
    definition = form({"key": "q0", "compute": "q1 + 1"}, {"key": "q1", "default": "q0"})

    assert set(filled(definition, answers).questions) == {"q0", "q1"}
