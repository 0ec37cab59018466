from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition import read
from forms.differences import compare
from tests.forms.strategies import SOME, definitions

TITLE = {"key": "tytul", "type": "short_text", "label": "Tytuł"}
COST = {"key": "koszt", "type": "money", "label": "Koszt"}
KIND = {
    "key": "rodzaj",
    "type": "single_choice",
    "label": "Rodzaj",
    "options": {"choices": [{"key": "a", "label": "Ala"}, {"key": "b", "label": "Bal"}]},
}
TABLE = {
    "key": "budzet",
    "type": "table",
    "label": "Budżet",
    "options": {"columns": [{"key": "kwota", "type": "money", "label": "Kwota"}]},
}
SECTION = {"key": "dane", "title": "Dane"}


def form(*questions, more=(), **members):
    sections = [SECTION | {"questions": list(questions)}, *more]
    return read({"title": "Grant", "sections": sections} | members)


def changes(old, new):
    return [(one.kind, one.path, one.sentence) for one in compare(old, new)]


def with_choices(*labels):
    choices = [{"key": label[0].lower(), "label": label} for label in labels]
    return KIND | {"options": {"choices": choices}}


def with_columns(*columns):
    return TABLE | {"options": {"columns": list(columns)}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [TITLE], ("added", "tytul", "Dodano „Tytuł” (krótki tekst).")),
        (
            [],
            [COST | {"required": True}],
            ("added", "koszt", "Dodano „Koszt” (kwota). Odpowiedź jest wymagana."),
        ),
        ([TITLE], [], ("removed", "tytul", "Usunięto „Tytuł”.")),
        (
            [COST],
            [COST | {"type": "number"}],
            (
                "type_changed",
                "koszt",
                "„Koszt”: zmienił się rodzaj (było: kwota, jest: liczba).",
            ),
        ),
        (
            [COST],
            [COST | {"required": True}],
            ("required_changed", "koszt", "„Koszt”: odpowiedź jest teraz wymagana."),
        ),
        (
            [COST],
            [COST | {"label": "Cena"}],
            ("text_changed", "koszt", "„Cena”: treść – było „Koszt”, jest „Cena”."),
        ),
        (
            [COST],
            [COST | {"show": "1 > 2"}],
            ("rule_changed", "koszt", "„Koszt”: warunek pokazywania – jest teraz „1 > 2”."),
        ),
        (
            [COST | {"compute": "1"}],
            [COST],
            ("rule_changed", "koszt", "„Koszt”: sposób obliczania – już nie ma (było „1”)."),
        ),
        (
            [COST | {"options": {"max": 3000}}],
            [COST | {"options": {"max": 5000}}],
            (
                "rule_changed",
                "koszt",
                "„Koszt”: najwięcej – było „3\u00a0000”, jest „5\u00a0000”.",
            ),
        ),
        (
            [COST],
            [COST | {"checks": [{"rule": "koszt > 1", "sentence": "x"}]}],
            ("rule_changed", "koszt", "„Koszt”: dodano sprawdzenie „koszt > 1”."),
        ),
        (
            [KIND],
            [with_choices("Ala", "Cel")],
            (
                "choices_changed",
                "rodzaj",
                "„Rodzaj”: odpowiedzi do wyboru – dodano „Cel”; usunięto „Bal”.",
            ),
        ),
        (
            [KIND],
            [with_choices("Bal", "Ala")],
            ("choices_changed", "rodzaj", "„Rodzaj”: odpowiedzi do wyboru – inna kolejność."),
        ),
        (
            [TABLE],
            [
                with_columns(
                    TABLE["options"]["columns"][0], {"key": "x", "type": "nip", "label": "N"}
                )
            ],
            ("added", "budzet/x", "„Budżet”: dodano kolumnę „N” (NIP)."),
        ),
        (
            [TABLE],
            [with_columns({"key": "kwota", "type": "number", "label": "Kwota"})],
            (
                "type_changed",
                "budzet/kwota",
                "„Budżet”, kolumna „Kwota”: zmienił się rodzaj (było: kwota, jest: liczba).",
            ),
        ),
    ],
)
def test_one_change_is_one_sentence(old, new, expected):
    assert changes(form(*old), form(*new)) == [expected]


def test_a_question_that_moved_is_told_once_and_the_others_are_not():
    assert changes(form(TITLE, COST, KIND), form(KIND, TITLE, COST)) == [
        ("moved", "rodzaj", "„Rodzaj” jest w innym miejscu sekcji.")
    ]


def test_a_question_moved_to_another_section_keeps_its_key_and_is_not_removed():
    other = {"key": "koszty", "title": "Koszty", "questions": [COST]}

    assert changes(form(TITLE, COST), form(TITLE, more=[other])) == [
        ("added", "koszty", "Dodano sekcję „Koszty”."),
        ("moved", "koszt", "„Koszt” jest teraz w sekcji „Koszty”."),
    ]


def test_checks_and_texts_of_the_whole_form_are_told():
    checks = [{"rule": "1 < 2", "sentence": "x"}]

    assert changes(form(TITLE), form(TITLE, title="Granty", checks=checks)) == [
        ("text_changed", "", "Formularz: tytuł – było „Grant”, jest „Granty”."),
        ("rule_changed", "", "Formularz: dodano sprawdzenie „1 < 2”."),
    ]


@SOME
@given(definitions())
def test_a_form_does_not_differ_from_itself(definition):
    assert compare(definition, definition) == []


@SOME
@given(st.data())
def test_two_forms_that_differ_never_pass_for_the_same(data):
    old, new = data.draw(definitions()), data.draw(definitions())

    assert bool(compare(old, new)) is (old != new)


@SOME
@given(st.data())
def test_every_question_that_came_or_went_is_told(data):
    old, new = data.draw(definitions()), data.draw(definitions())
    new = replace(new, sections=new.sections[: data.draw(st.integers(0, 2))])

    told = compare(old, new)

    paths = {kind: {one.path for one in told if one.kind == kind} for kind in ("added", "removed")}
    assert set(new.by_key) - set(old.by_key) <= paths["added"]
    assert set(old.by_key) - set(new.by_key) <= paths["removed"]
