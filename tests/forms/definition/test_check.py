import pytest
from hypothesis import given

from forms.definition import check, read
from forms.expressions import Scope, Type
from tests.forms.strategies import DICTIONARIES, SOME, TABLES, definitions, wild_definitions


def form(*questions, checks=(), **section):
    asked = [
        {"key": f"q{number}", "type": "money", "label": f"Pytanie {number}"} | question
        for number, question in enumerate(questions)
    ]
    return read(
        {
            "title": "F",
            "sections": [{"key": "dane", "title": "Dane", "questions": asked} | section],
            "checks": list(checks),
        }
    )


def faults(definition, **known):
    return [(fault.path, fault.sentence) for fault in check(definition, **known)]


@SOME
@given(definitions())
def test_a_form_with_typed_formulas_and_no_circle_may_be_published(definition):
    assert check(definition, dictionaries=DICTIONARIES, tables=TABLES) == []


@SOME
@given(wild_definitions())
def test_any_draft_is_judged_with_sentences(definition):
    assert all(
        fault.sentence.endswith((".", "?", ")")) for fault in check(definition, dictionaries={})
    )


def test_a_fault_says_where_in_words():
    definition = form({"show": "nie ma"}, {"type": "table", "options": {"columns": []}})

    assert [(fault.where, fault.path) for fault in check(definition)] == [
        ("Sekcja „Dane” › „Pytanie 1”", "sections/0/questions/1/options/columns"),
        ("Sekcja „Dane” › „Pytanie 0”", "sections/0/questions/0/show"),
    ]


@pytest.mark.parametrize(
    ("question", "path", "sentence"),
    [
        ({"label": " "}, "label", "Pytanie nie ma treści. Wpisz ją."),
        (
            {"show": "5"},
            "show",
            "Wyrażenie daje wartość: liczba, a ma dać: odpowiedź tak/nie.",
        ),
        ({"show": "1 +"}, "show", "Wyrażenie się urywa: dopisz brakującą wartość. (znak 4.)"),
        ({"label": "Ile {x}"}, "label", "Nie ma tu pytania „x”. Sprawdź klucz pytania."),
        (
            {"compute": "5", "required": True},
            "required",
            "Wartość jest obliczana, więc odpowiedź nie może być wymagana: usuń jedno z dwojga.",
        ),
        (
            {"type": "file", "compute": "puste"},
            "compute",
            "Pytania typu „plik” nie można obliczać.",
        ),
        (
            {"checks": [{"rule": " ", "sentence": "x"}]},
            "checks/0/rule",
            "Wpisz regułę.",
        ),
        (
            {"prefill": "unit.name"},
            "prefill",
            "Pytania typu „kwota” nie da się wypełnić cechą jednostki.",
        ),
        (
            {"type": "file", "prefill": "link"},
            "prefill",
            "Pytania typu „plik” nie da się wypełnić z odnośnika.",
        ),
        (
            {"type": "file", "prefill": "previous"},
            "prefill",
            "Na pytanie typu „plik” trzeba odpowiedzieć od nowa.",
        ),
        (
            {"options": {"min": 5, "max": 1}},
            "options/max",
            "Największa wartość jest mniejsza od najmniejszej.",
        ),
        (
            {"type": "single_choice"},
            "options/choices",
            "Podaj odpowiedzi do wyboru albo wskaż słownik, skąd mają być (jedno z dwojga).",
        ),
        (
            {"type": "single_choice", "options": {"dictionary": "x"}},
            "options/dictionary",
            "Nie ma słownika „x”. Utwórz go albo wybierz inny.",
        ),
        (
            {"type": "statement"},
            "options/wording",
            "Oświadczenie nie ma treści. Wpisz ją.",
        ),
        (
            {"type": "personal_data", "options": {"of": "pupil", "fields": ["post"]}},
            "options/fields",
            "„Stanowisko” nie dotyczy wybranej osoby.",
        ),
        (
            {"type": "heading", "required": True},
            "required",
            "Na nagłówek nikt nie odpowiada: usuń to.",
        ),
    ],
)
def test_what_hinders_publishing_a_question(question, path, sentence):
    found = faults(form(question, {}), dictionaries={})

    assert (f"sections/0/questions/0/{path}", sentence) in found


def test_values_that_need_each_other_are_a_circle_told_in_labels():
    definition = form({"compute": "q1 + 1"}, {"show": "q2 > 1"}, {"default": "q0"})

    assert faults(definition) == [
        (
            "sections/0/questions/0",
            (
                "Reguły tworzą koło: „Pytanie 0” → „Pytanie 1” → „Pytanie 2” → „Pytanie 0”. "
                "Usuń jedną z zależności."
            ),
        )
    ]


def test_a_section_shown_by_a_question_inside_it_is_a_circle():
    assert [sentence for _, sentence in faults(form({}, show="q0 > 1"))] == [
        "Reguły tworzą koło: „Dane” → „Pytanie 0” → „Dane”. Usuń jedną z zależności."
    ]


def test_a_share_of_the_sum_of_another_column_of_the_same_table_is_no_circle():
    columns = [
        {"key": "kwota", "type": "money", "label": "Kwota"},
        {"key": "udzial", "type": "percent", "label": "U", "compute": "kwota / suma(q0.kwota)"},
    ]

    assert faults(form({"type": "table", "options": {"columns": columns}})) == []


def test_a_column_computed_from_its_own_sum_is_a_circle():
    column = {"key": "a", "type": "money", "label": "A", "compute": "suma(q0.a)"}

    assert [
        sentence
        for _, sentence in faults(form({"type": "table", "options": {"columns": [column]}}))
    ] == ["Reguły tworzą koło: „A” → „A”. Usuń jedną z zależności."]


def test_a_phone_or_an_e_mail_may_be_required_by_turns():
    definition = form(
        {"type": "phone", "required_when": "puste(q1)"},
        {"type": "email", "required_when": "puste(q0)"},
    )

    assert faults(definition) == []


def test_a_bare_column_is_known_in_its_row_only():
    columns = [
        {"key": "ile", "type": "number", "label": "Ile"},
        {"key": "cena", "type": "money", "label": "Cena"},
    ]
    columns[0]["key"] = "sztuk"
    columns.append({"key": "razem", "type": "money", "label": "R", "compute": "sztuk * cena"})
    definition = form({"type": "table", "options": {"columns": columns}}, {"compute": "razem"})

    assert faults(definition) == [
        (
            "sections/0/questions/1/compute",
            "Nie ma tu pytania „razem”. Może „q0.razem”?",
        )
    ]


def test_facts_of_the_unit_dictionaries_tables_and_outer_names_are_known():
    definition = form(
        {"show": "jednostka.rodzaj = „sp” i jednostka.nip <> „”"},
        {"default": "z_tabeli(„limity”, „kwota”)", "required_when": "ocena.wynik > 5"},
        {"type": "single_choice", "options": {"dictionary": "rodzaje"}},
        {"show": "q2 = „a”"},
    )

    assert (
        faults(
            definition,
            dictionaries=DICTIONARIES,
            tables=TABLES,
            scope=Scope({("ocena", "wynik"): Type.NUMBER}),
        )
        == []
    )


def test_a_check_of_the_form_stands_at_a_question_that_exists():
    definition = form({}, checks=[{"rule": "q0 > 1", "sentence": "Więcej.", "at": "q9"}])

    assert faults(definition) == [
        ("checks/0/at", "Nie ma pytania o kluczu „q9”, przy którym ma stać uwaga.")
    ]


def test_an_empty_form_and_an_empty_section_are_not_published():
    definition = read({"title": "", "sections": [{"key": "a", "title": ""}]})

    assert [path for path, _ in faults(definition)] == [
        "title",
        "sections",
        "sections/0/title",
        "sections/0/questions",
    ]
