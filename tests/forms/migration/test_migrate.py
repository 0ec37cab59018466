from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition import read
from forms.filling import project, spoken
from forms.migration import Loss, migrate
from tests.forms.answering import answers_to
from tests.forms.strategies import FACTS, SOME, definitions

BLANK = (None, "", [], {})


def form(*questions):
    asked = [{"key": "q", "label": "Pytanie"} | question for question in questions]
    return read({"sections": [{"key": "s", "title": "S", "questions": asked}]})


def choices(*keys, **more):
    return {"choices": [{"key": key, "label": key.upper()} for key in keys]} | more


def table(*columns):
    listed = [{"key": key, "type": kind, "label": key} for key, kind in columns]
    return {"type": "table", "options": {"columns": listed}}


@pytest.mark.parametrize(
    ("old", "new", "answer", "expected"),
    [
        ({"type": "number"}, {"type": "money"}, "12.5", "12.5"),
        ({"type": "money"}, {"type": "percent"}, "12.50", "12.50"),
        ({"type": "short_text"}, {"type": "long_text"}, "Ala", "Ala"),
        ({"type": "money"}, {"type": "short_text"}, "1234.50", "1\u00a0234,50\u00a0zł"),
        ({"type": "date"}, {"type": "long_text"}, "2026-11-23", "23.11.2026"),
        ({"type": "nip"}, {"type": "short_text"}, "5260001246", "5260001246"),
        ({"type": "short_text"}, {"type": "money"}, "1 234,5 zł", "1234.50"),
        ({"type": "short_text"}, {"type": "date"}, "23.11.2026", "2026-11-23"),
        ({"type": "short_text"}, {"type": "nip"}, "526-000-12-46", "5260001246"),
        ({"type": "date"}, {"type": "date_range"}, "2026-11-23", {"from": "2026-11-23"}),
        (
            {"type": "single_choice", "options": choices("a")},
            {"type": "multiple_choice", "options": choices("a", "b")},
            "a",
            ["a"],
        ),
        (
            {"type": "multiple_choice", "options": choices("a", "b")},
            {"type": "single_choice", "options": choices("a")},
            ["a"],
            "a",
        ),
        (
            {"type": "short_text"},
            {"type": "single_choice", "options": choices("a")},
            "A",
            "a",
        ),
        (
            {"type": "single_choice", "options": choices("a")},
            {"type": "short_text"},
            "a",
            "A",
        ),
        (
            {"type": "file"},
            {"type": "workbook"},
            ["00000000-0000-4000-8000-00000000000b"],
            "00000000-0000-4000-8000-00000000000b",
        ),
        ({"type": "money"}, {"type": "money", "options": {"max": 1}}, "5.00", "5.00"),
        ({"type": "money"}, {"type": "money"}, "12a", "12a"),
        ({"type": "money"}, {"type": "money"}, None, None),
    ],
)
def test_an_answer_that_has_a_form_in_the_new_type_is_kept(old, new, answer, expected):
    migrated = migrate(form(old), form(new), {"q": answer})

    assert migrated.answers == {"q": expected}
    assert migrated.losses == []
    assert migrated.kept == ([] if answer is None else ["q"])


@pytest.mark.parametrize(
    ("old", "new", "answer", "sentence"),
    [
        ({"type": "short_text"}, {"type": "money"}, "sto", "Odpowiedzi nie da się przenieść"),
        ({"type": "pesel"}, {"type": "number"}, "02070803628", "Odpowiedzi nie da się przenieść"),
        ({"type": "short_text"}, {"type": "number"}, "007", "Liczba zgubiłaby zero"),
        ({"type": "yes_no"}, {"type": "money"}, True, "Odpowiedzi nie da się przenieść"),
        ({"type": "yes_no"}, {"type": "short_text"}, "garbage", "Odpowiedzi nie da się"),
        ({"type": "money"}, {"type": "heading"}, "5", "W nowym formularzu nie ma tego pytania."),
        (
            {"type": "money"},
            {"type": "money", "compute": "1"},
            "5",
            "W nowym formularzu ta wartość",
        ),
        (
            {"type": "single_choice", "options": choices("a")},
            {"type": "single_choice", "options": choices("b")},
            "a",
            "Wybranej odpowiedzi nie ma już na liście.",
        ),
        (
            {"type": "multiple_choice", "options": choices("a", "b")},
            {"type": "single_choice", "options": choices("a", "b")},
            ["a", "b"],
            "Zaznaczono kilka odpowiedzi",
        ),
    ],
)
def test_an_answer_that_has_none_is_announced(old, new, answer, sentence):
    migrated = migrate(form(old), form(new), {"q": answer})

    ((path, label, value, said),) = [
        (loss.path, loss.label, loss.value, loss.sentence) for loss in migrated.losses
    ]
    assert (path, label, value, migrated.answers) == ("q", "Pytanie", answer, {})
    assert said.startswith(sentence)


def test_a_removed_question_is_announced_by_its_old_name():
    migrated = migrate(form({"type": "money"}), form({"key": "inne", "type": "money"}), {"q": "5"})

    assert migrated.losses == [Loss("q", "Pytanie", "5", "W nowym formularzu nie ma tego pytania.")]


def test_of_several_chosen_answers_those_that_are_left_are_kept():
    old = form({"type": "multiple_choice", "options": choices("a", "b")})
    new = form({"type": "multiple_choice", "options": choices("a")})

    migrated = migrate(old, new, {"q": ["a", "b"]})

    assert migrated.answers == {"q": ["a"]}
    assert [(loss.value, loss.sentence) for loss in migrated.losses] == [
        ("b", "Wybranej odpowiedzi nie ma już na liście.")
    ]


def test_rows_keep_their_ids_and_a_removed_column_is_announced_row_by_row():
    old, new = form(table(("a", "money"), ("b", "nip"))), form(table(("a", "number")))
    rows = [{"id": "x", "a": "1.00", "b": "5260001246"}, {"id": "y", "b": None}]

    migrated = migrate(old, new, {"q": rows})

    assert migrated.answers == {"q": [{"id": "x", "a": "1.00"}, {"id": "y", "b": None}]}
    assert [(loss.path, loss.label, loss.value) for loss in migrated.losses] == [
        ("q/x/b", "Pytanie › b", "5260001246")
    ]
    assert migrated.kept == ["q/x/a"]


def test_personal_data_that_are_no_longer_asked_for_are_announced_one_by_one():
    old = form(
        {"type": "personal_data", "options": {"of": "pupil", "fields": ["first_name", "pesel"]}}
    )
    new = form({"type": "personal_data", "options": {"of": "pupil", "fields": ["first_name"]}})

    migrated = migrate(old, new, {"q": {"first_name": "Jan", "pesel": "44051401359"}})

    assert migrated.answers == {"q": {"first_name": "Jan"}}
    assert [(loss.path, loss.label) for loss in migrated.losses] == [("q/pesel", "Pytanie › PESEL")]


@SOME
@given(st.data())
def test_every_answer_is_kept_or_announced(data):
    old, new = data.draw(definitions()), data.draw(definitions())
    answers = data.draw(answers_to(old))

    migrated = migrate(old, new, answers)

    lost = {loss.path: loss.value for loss in migrated.losses}
    for path, answer in _leaves(old, answers):
        whole = path.split("/")[0]
        if path in migrated.kept:
            assert _at(migrated.answers, path) is not None
        elif path in lost:
            assert lost[path] == answer
        else:
            assert lost[whole] == answers[whole]


@SOME
@given(st.data())
def test_what_is_kept_says_the_same_as_before(data):
    old, new = data.draw(definitions()), data.draw(definitions())
    answers = data.draw(answers_to(old))

    migrated = migrate(old, new, answers)

    before = dict(_leaves(old, answers))
    for path in set(migrated.kept) & set(before):
        left = _without(before[path], [loss.value for loss in migrated.losses if loss.path == path])
        assert _said(old, path, left) == _said(new, path, _at(migrated.answers, path))


@SOME
@given(st.data())
def test_a_move_to_the_same_form_changes_nothing(data):
    definition = data.draw(definitions())
    answers = data.draw(answers_to(definition))
    before = project(definition, answers, FACTS)

    migrated = migrate(definition, definition, answers)

    assert [loss for loss in migrated.losses if "/" not in loss.path] == []
    assert project(definition, migrated.answers, FACTS).submitted() == before.submitted()


@SOME
@given(st.data())
def test_a_moved_sheet_can_be_drawn_and_filled(data):
    old, new = data.draw(definitions()), data.draw(definitions())

    migrated = migrate(old, new, data.draw(answers_to(old)))

    assert set(migrated.answers) <= set(new.by_key)
    assert list(project(new, migrated.answers, FACTS).questions) == list(new.by_key)


def _leaves(definition, answers):
    """Every answer that somebody gave, by its path: cells and personal data one by one."""
    for key, answer in answers.items():
        question = definition.by_key[key]
        if answer in BLANK or question.compute:
            continue
        if (
            question.type == "table"
            and isinstance(answer, list)
            and all(isinstance(row, dict) for row in answer)
        ):
            ids = [row.get("id", "") for row in answer]
            for row in answer:
                for column, cell in row.items():
                    known = question.column(column)
                    computed = known is not None and known.compute
                    if (
                        column != "id"
                        and cell not in BLANK
                        and not computed
                        and ids.count(row.get("id", "")) == 1
                    ):
                        yield f"{key}/{row.get('id', '')}/{column}", cell
        elif question.type == "personal_data" and isinstance(answer, dict):
            yield from (
                (f"{key}/{code}", value) for code, value in answer.items() if value not in BLANK
            )
        else:
            yield key, answer


def _at(answers, path):
    key, *below = path.split("/")
    answer = answers.get(key)
    match below:
        case []:
            return answer
        case [code] if isinstance(answer, dict):
            return answer.get(code)
        case [row, column]:
            return next((one.get(column) for one in answer if one.get("id", "") == row), None)
    return None


def _without(answer, lost):
    if not lost:
        return answer
    return [one for one in answer if one not in lost]


def _said(definition, path, answer):
    """What an answer says to people, without the marks that tell its type."""
    key, *below = path.split("/")
    question = definition.by_key[key]
    if question.type == "table":
        question = question.column(below[1]) if below else question
    said = str(answer) if question.type == "personal_data" else spoken(question, answer)
    bare = "".join(char for char in said.removesuffix("zł") if char.isalnum() or char in "-,")
    try:
        return Decimal(bare.replace(",", ".")).normalize()
    except InvalidOperation:
        return "".join(char for char in said if char.isalnum())
