from hypothesis import given
from hypothesis import strategies as st

from forms.definition import read
from forms.differences import AnswerChange, compare_answers
from forms.filling import project
from tests.forms.answering import answers_to
from tests.forms.strategies import FACTS, SOME, definitions

FORM = read(
    {
        "sections": [
            {
                "key": "s",
                "title": "S",
                "questions": [
                    {"key": "tytul", "type": "short_text", "label": "Tytuł"},
                    {"key": "kwota", "type": "money", "label": "Kwota"},
                    {
                        "key": "rodzaj",
                        "type": "single_choice",
                        "label": "Rodzaj",
                        "options": {"dictionary": "rodzaje"},
                    },
                    {
                        "key": "b",
                        "type": "table",
                        "label": "Budżet",
                        "options": {
                            "columns": [
                                {"key": "opis", "type": "short_text", "label": "Opis"},
                                {"key": "kwota", "type": "money", "label": "Kwota"},
                            ]
                        },
                    },
                ],
            }
        ]
    }
)


def test_what_was_added_removed_and_changed_is_told_in_words():
    old = {"tytul": "Chór", "kwota": "100.00", "rodzaj": None}
    new = {"kwota": "200.00", "rodzaj": "a"}

    assert compare_answers(FORM, old, new, facts=FACTS) == [
        AnswerChange("tytul", "Tytuł", "Chór", "", "removed"),
        AnswerChange("kwota", "Kwota", "100,00\u00a0zł", "200,00\u00a0zł", "changed"),
        AnswerChange("rodzaj", "Rodzaj", "", "Artystyczne", "added"),
    ]


def test_rows_are_matched_by_their_ids_wherever_they_stand():
    old = {"b": [{"id": "x", "opis": "Farby", "kwota": "1.00"}, {"id": "y", "opis": "Papier"}]}
    new = {
        "b": [
            {"id": "z", "opis": "Klej", "kwota": "3.00"},
            {"id": "x", "opis": "Farby", "kwota": "2.00"},
        ]
    }

    assert compare_answers(FORM, old, new) == [
        AnswerChange("b/z", "Budżet (wiersz 1)", "", "Opis: Klej; Kwota: 3,00\u00a0zł", "added"),
        AnswerChange(
            "b/x/kwota", "Budżet (wiersz 2) › Kwota", "1,00\u00a0zł", "2,00\u00a0zł", "changed"
        ),
        AnswerChange("b/y", "Budżet (usunięty wiersz 2)", "Opis: Papier", "", "removed"),
    ]


def test_an_empty_answer_and_none_are_the_same():
    assert compare_answers(FORM, {"tytul": "", "b": []}, {"tytul": None}) == []


@SOME
@given(st.data())
def test_answers_differ_exactly_where_something_is_told(data):
    definition = data.draw(definitions())
    old, new = (
        project(definition, data.draw(answers_to(definition)), FACTS).submitted() for _ in "ab"
    )

    told = {change.path.split("/")[0] for change in compare_answers(definition, old, new)}

    assert told == {
        key
        for key in definition.by_key
        if _without_order(old.get(key)) != _without_order(new.get(key))
    }


def _without_order(answer):
    if isinstance(answer, list) and answer and isinstance(answer[0], dict):
        return {row["id"]: row for row in answer}
    return answer
