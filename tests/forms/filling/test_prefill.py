from forms.definition import read
from forms.filling import prefill
from tests.forms.strategies import FACTS


def form(**questions):
    asked = [{"key": key, "label": key, **question} for key, question in questions.items()]
    return read({"sections": [{"key": "s", "title": "S", "questions": asked}]})


def test_answers_come_from_the_unit_the_previous_sheet_and_the_address():
    definition = form(
        nazwa={"type": "short_text", "prefill": "unit.name"},
        opis={"type": "long_text", "prefill": "previous"},
        kwota={"type": "money", "prefill": "link"},
        zgoda={"type": "yes_no", "prefill": "link"},
        inne={"type": "short_text"},
    )
    previous = {"opis": "Jak rok temu", "inne": "nie proszono"}
    link = {"kwota": "100,5", "zgoda": "tak", "inne": "x"}

    assert prefill(definition, FACTS, previous=previous, link=link) == {
        "nazwa": "SP 1",
        "opis": "Jak rok temu",
        "kwota": "100.50",
        "zgoda": True,
    }


def test_what_is_no_right_answer_is_left_out():
    definition = form(
        kwota={"type": "money", "prefill": "link"},
        wybor={
            "type": "single_choice",
            "prefill": "previous",
            "options": {"dictionary": "rodzaje"},
        },
        brak={"type": "short_text", "prefill": "unit.regon"},
    )

    assert prefill(definition, FACTS, previous={"wybor": "x"}, link={"kwota": "sto"}) == {}


def test_nobody_accepts_a_statement_or_hands_in_a_file_by_a_previous_sheet():
    definition = form(
        zgoda={"type": "statement", "prefill": "previous", "options": {"wording": "x"}},
        plik={"type": "file", "prefill": "previous"},
    )
    previous = {"zgoda": {"accepted": True}, "plik": ["00000000-0000-4000-8000-00000000000a"]}

    assert prefill(definition, FACTS, previous=previous) == {}
