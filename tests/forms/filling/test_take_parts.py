import pytest
from hypothesis import given

from forms.definition import read
from forms.filling import project
from tests.forms.answering import GARBAGE
from tests.forms.strategies import FACTS

TEACHER = {"of": "teacher", "fields": ["first_name", "birth_date", "pesel"]}


def filled(kind, answer, *, options=None, compute="", label="Pytanie"):
    questions = [
        {"key": "q", "type": kind, "label": label, "options": options or {}},
        {"key": "x", "type": "short_text", "label": "X", "compute": compute},
    ]
    definition = read({"sections": [{"key": "s", "title": "S", "questions": questions}]})
    return project(definition, {"q": answer}, FACTS)


def sentences(kind, answer, **how):
    return [one.sentence for one in filled(kind, answer, **how).errors]


def test_parts_are_values_of_expressions_under_their_codes_and_polish_names():
    address = {"street": "Długa 1", "postal_code": "85-006", "city": "Bydgoszcz"}

    for name in ("q.city", "q.miejscowosc"):
        assert filled("address", address, compute=name).questions["x"].value == "Bydgoszcz"


@pytest.mark.parametrize(
    ("kind", "answer", "options", "expected"),
    [
        (
            "address",
            {"street": "D 1", "postal_code": "85006", "city": "B"},
            None,
            ["Podaj kod pocztowy, np. 85-006."],
        ),
        ("address", {"city": "B"}, None, ["Uzupełnij: Ulica i numer, Kod pocztowy."]),
        ("address", "Długa 1", None, ["Wypełnij wszystkie pola."]),
        (
            "date_range",
            {"from": "2026-11-23", "to": "2026-11-01"},
            None,
            ["Koniec okresu jest przed jego początkiem. Popraw daty."],
        ),
        (
            "date_range",
            {"from": "wczoraj"},
            None,
            ["Od: Podaj datę, np. 23.11.2026.", "Uzupełnij: Do."],
        ),
        (
            "classification",
            {"division": "801", "chapter": "85401", "paragraph": "421"},
            None,
            [
                "Paragraf to 4 cyfry, np. 4210.",
                "Rozdział 85401 nie należy do działu 801. Popraw jeden z nich.",
            ],
        ),
        (
            "classification",
            {"division": "801", "chapter": "80101", "paragraph": "4210"},
            {"dictionary": "rodzaje"},
            [f"W słowniku klasyfikacji nie ma „{code}”." for code in ("801", "80101", "4210")],
        ),
        (
            "personal_data",
            {"first_name": "Jan", "pesel": "1"},
            TEACHER,
            [
                "PESEL: Sprawdź PESEL: to 11 cyfr, a ostatnia jest kontrolna.",
                "Uzupełnij: Data urodzenia.",
            ],
        ),
    ],
)
def test_mistakes_in_parts(kind, answer, options, expected):
    assert sentences(kind, answer, options=options) == expected


def test_what_nobody_asked_for_is_not_kept():
    drawn = filled("personal_data", {"first_name": "Jan", "class": "4a"}, options=TEACHER)

    assert drawn.submitted()["q"] == {"first_name": "Jan"}


def test_an_accepted_statement_is_submitted_in_the_words_that_were_shown():
    options = {"wording": "Wnoszę o {2 * 100} zł."}

    drawn = filled("statement", {"accepted": True, "wording": "Wnoszę o 200 zł."}, options=options)

    assert drawn.questions["q"].wording == "Wnoszę o 200 zł."
    assert drawn.submitted() == {"q": {"accepted": True, "wording": "Wnoszę o 200 zł."}}


def test_a_statement_whose_words_have_changed_has_to_be_accepted_again():
    options = {"wording": "Wnoszę o {2 * 100} zł."}

    drawn = filled("statement", {"accepted": True, "wording": "Wnoszę o 100 zł."}, options=options)

    assert [one.sentence for one in drawn.errors] == [
        "Treść oświadczenia zmieniła się. Przeczytaj je i zaznacz ponownie."
    ]
    assert drawn.submitted() == {}


def test_the_words_of_a_statement_quote_values_that_come_after_it():
    questions = [
        {"key": "q", "type": "statement", "label": "O", "options": {"wording": "Kwota {kwota}."}},
        {"key": "kwota", "type": "money", "label": "K"},
    ]
    definition = read({"sections": [{"key": "s", "title": "S", "questions": questions}]})

    drawn = project(definition, {"kwota": "5"}, FACTS)

    assert drawn.questions["q"].wording == "Kwota 5,00\u00a0zł."


@pytest.mark.parametrize("answer", [True, {"accepted": True}, {"accepted": True, "wording": None}])
def test_a_bare_yes_accepts_no_words(answer):
    drawn = filled("statement", answer, options={"wording": "Zgoda."})

    assert [one.sentence for one in drawn.errors] == [
        "Nie zapisano, na jaką treść oświadczenia jest zgoda. Przeczytaj je i zaznacz."
    ]
    assert drawn.submitted() == {}


@pytest.mark.parametrize("answer", [False, None, {"accepted": False}, {"accepted": None}])
def test_a_statement_that_is_not_accepted_is_not_answered(answer):
    drawn = filled("statement", answer, options={"wording": "Zgoda."})

    assert (drawn.errors, drawn.submitted()) == ([], {})


@given(GARBAGE)
def test_garbage_in_place_of_parts_never_is_an_accident(answer):
    for kind in ("address", "date_range", "classification", "statement"):
        drawn = filled(kind, answer)
        assert drawn.is_complete is (drawn.errors == [])
