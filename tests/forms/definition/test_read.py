import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition import Unreadable, read
from tests.forms.answering import GARBAGE


def refused(document):
    with pytest.raises(Unreadable) as caught:
        read(document)
    return [(fault.path, fault.where, fault.sentence) for fault in caught.value.faults]


def form(**question):
    asked = {"key": "tytul", "type": "short_text", "label": "Tytuł", **question}
    return {
        "format": 1,
        "title": "F",
        "sections": [{"key": "dane", "title": "Dane", "questions": [asked]}],
    }


def test_an_unknown_member_is_refused_with_its_path_and_its_place_in_words():
    assert refused(form(requird=True)) == [
        (
            "sections/0/questions/0/requird",
            "Sekcja „Dane” › „Tytuł”",
            "„requird”: Nie znam takiego pola.",
        )
    ]


def test_a_setting_that_the_type_does_not_know_is_refused():
    assert refused(form(options={"decimals": 2})) == [
        (
            "sections/0/questions/0/options/decimals",
            "Sekcja „Dane” › „Tytuł”",
            "„decimals”: Pytanie typu „krótki tekst” nie ma takiego ustawienia.",
        )
    ]


def test_every_fault_is_told_at_once():
    document = form(required="tak", options={"max_length": -1})
    document["title"] = 5

    assert [path for path, _, _ in refused(document)] == [
        "title",
        "sections/0/questions/0/required",
        "sections/0/questions/0/options/max_length",
    ]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("Tytuł", "jest niedozwolony"),
        ("1a", "jest niedozwolony"),
        ("a" * 61, "jest niedozwolony"),
        ("", "jest niedozwolony"),
        ("suma", "jest słowem języka wyrażeń"),
        ("jednostka", "jest słowem języka wyrażeń"),
        ("dane", "jest już zajęty"),
    ],
)
def test_a_key_is_plain_no_word_of_the_language_and_unique_among_sections_too(key, sentence):
    ((path, _, said),) = refused(form(key=key))

    assert path == "sections/0/questions/0/key"
    assert sentence in said


def test_columns_need_keys_unique_in_their_table_only():
    column = {"key": "kwota", "type": "money", "label": "Kwota"}
    document = form(type="table", options={"columns": [column, column]})
    document["sections"][0]["questions"].append({"key": "kwota", "type": "money"})

    assert [path for path, _, _ in refused(document)] == [
        "sections/0/questions/0/options/columns/1/key"
    ]


def test_a_table_holds_only_simple_types():
    column = {"key": "a", "type": "table", "label": "A"}

    ((path, _, said),) = refused(form(type="table", options={"columns": [column]}))

    assert path == "sections/0/questions/0/options/columns/0/type"
    assert said.startswith("Nie znam typu „table”. Typy: short_text, long_text, number,")


def test_texts_that_a_database_cannot_keep_are_refused():
    assert [path for path, _, _ in refused(form(label="a\x00"))] == ["sections/0/questions/0/label"]


def test_another_format_is_refused():
    assert refused({"format": 2}) == [
        ("format", "Formularz", "Znam tylko formularze zapisane w formacie 1.")
    ]


def test_an_unfinished_draft_can_be_read():
    draft = read({"sections": [{"key": "a", "questions": [{"key": "b", "type": "money"}]}]})

    assert draft.by_key["b"].label == ""
    assert draft.section_of["b"].key == "a"


MEMBERS = st.sampled_from(
    ["title", "sections", "questions", "key", "type", "options", "columns", "choices", "checks"]
)
DOCUMENTS = st.recursive(
    GARBAGE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(MEMBERS, inner, max_size=4)
    ),
)


@given(DOCUMENTS)
def test_any_json_is_a_definition_or_refused_with_faults(document):
    try:
        read(document)
    except Unreadable as unreadable:
        faults = unreadable.faults
    else:
        faults = None

    assert faults is None or all(fault.sentence and fault.where for fault in faults)
    assert faults != []
