import pytest
from hypothesis import given

from forms.definition import Unreadable, write
from forms.tabular import definition_from_rows, definition_to_rows
from tests.forms.strategies import SOME, definitions, wild_definitions


@SOME
@given(wild_definitions())
def test_a_form_written_as_a_table_is_read_back_the_same(definition):
    assert definition_from_rows(definition_to_rows(definition)) == definition


@SOME
@given(definitions())
def test_a_table_is_written_the_same_again(definition):
    rows = definition_to_rows(definition)

    assert definition_to_rows(definition_from_rows(rows)) == rows
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_a_plain_list_of_questions_is_a_form():
    definition = definition_from_rows(
        [
            ["Sekcja", "Pytanie", "Typ", "Wymagane", "Odpowiedzi", "Ustawienia"],
            ["Dane", "Tytuł projektu", "", "tak", None, "najwięcej znaków: 100"],
            ["Dane", "Rodzaj", "jedna odpowiedź z listy", "x", "Artystyczny\nDla dzieci", ""],
            ["", "", "", "", "", ""],
            ["Koszty", "Kwota, zł", "Kwota", "", "", "najmniej: 0\nnajwięcej: 3000"],
        ]
    )

    assert write(definition)["sections"] == [
        {
            "key": "dane",
            "title": "Dane",
            "questions": [
                {
                    "key": "tytul_projektu",
                    "type": "short_text",
                    "label": "Tytuł projektu",
                    "required": True,
                    "options": {"max_length": 100},
                },
                {
                    "key": "rodzaj",
                    "type": "single_choice",
                    "label": "Rodzaj",
                    "required": True,
                    "options": {
                        "choices": [
                            {"key": "artystyczny", "label": "Artystyczny"},
                            {"key": "dla_dzieci", "label": "Dla dzieci"},
                        ]
                    },
                },
            ],
        },
        {
            "key": "koszty",
            "title": "Koszty",
            "questions": [
                {
                    "key": "kwota_zl",
                    "type": "money",
                    "label": "Kwota, zł",
                    "options": {"min": "0", "max": "3000"},
                }
            ],
        },
    ]


def test_new_keys_avoid_each_other_those_given_and_the_words_of_the_language():
    definition = definition_from_rows(
        [
            ["Klucz", "Pytanie"],
            ["", "Suma"],
            ["", "Opis"],
            ["", "Opis"],
            ["opis", "Inny"],
            ["", "2 dni"],
        ]
    )

    assert [question.key for question in definition.questions()] == [
        "suma_2",
        "opis_2",
        "opis_3",
        "opis",
        "p_2_dni",
    ]


@pytest.mark.parametrize(
    ("rows", "where", "sentence"),
    [
        ([["Klucz"]], "wiersz 1", "Brakuje nagłówka „Treść” (albo „Pytanie”) w pierwszym wierszu."),
        (
            [["Pytanie", "Typ"], ["Ile", "liczba"], ["Co", "obrazek"]],
            "wiersz 3",
            "Nie znam typu „obrazek”. Typy:",
        ),
        (
            [["Pytanie", "Wymagane"], ["Ile", "może"]],
            "wiersz 2",
            "W kolumnie „Wymagane” ma być „tak” albo nic, a jest „może”.",
        ),
        (
            [["Pytanie", "Typ", "Ustawienia"], ["Ile", "liczba", "najmniej: mało"]],
            "wiersz 2 › Sekcja „Pytania” › „Ile”",
            "Tu ma być liczba, np. 3000 albo 0.5.",
        ),
        (
            [["Pytanie", "Ustawienia"], ["Ile", "kolor: zielony"]],
            "wiersz 2",
            "Nie znam ustawienia „kolor”.",
        ),
        (
            [["Pytanie", "Element"], ["Kwota", "kolumna"]],
            "wiersz 2",
            "Nad wierszem „kolumna” brakuje pytania, do którego ma należeć.",
        ),
        ([["Pytanie", "Uwagi"], ["Ile", ""]], "wiersz 1", "Nie znam kolumny „Uwagi”. Kolumny:"),
        ([], "wiersz 1", "Brakuje nagłówka"),
    ],
)
def test_what_is_wrong_in_a_table_names_its_row(rows, where, sentence):
    with pytest.raises(Unreadable) as refused:
        definition_from_rows(rows)

    assert refused.value.faults[0].where == where
    assert refused.value.faults[0].sentence.startswith(sentence)
