import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition import TYPES, Choice, Options, Question
from forms.filling import spoken
from tests.forms.answering import GARBAGE
from tests.forms.strategies import FACTS, FILES, UNITS


@pytest.mark.parametrize(
    ("kind", "answer", "options", "expected"),
    [
        ("money", "1234.50", Options(), "1\u00a0234,50\u00a0zł"),
        ("number", "12.5", Options(unit="h"), "12,5\u00a0h"),
        ("percent", "25", Options(), "25%"),
        ("date", "2026-11-23", Options(), "23.11.2026"),
        ("date_range", {"from": "2026-11-01", "to": None}, Options(), "01.11.2026 – …"),
        ("yes_no", False, Options(), "nie"),
        ("single_choice", "a", Options(choices=(Choice("a", "Ala"),)), "Ala"),
        ("multiple_choice", ["a", "n"], Options(dictionary="rodzaje"), "Artystyczne, Naukowe"),
        ("unit", next(iter(UNITS)), Options(), "SP 1"),
        ("file", list(FILES), Options(), "skan.pdf, zestawienie.xlsx"),
        ("table", [{}, {}], Options(), "wiersze: 2"),
        ("statement", {"accepted": True, "wording": "x"}, Options(), "przyjęto"),
        ("classification", {"division": "801", "paragraph": "4210"}, Options(), "801 4210"),
        (
            "address",
            {"street": "Długa 1", "postal_code": "85-006", "city": "Bydgoszcz"},
            Options(),
            "Długa 1, 85-006 Bydgoszcz",
        ),
        (
            "personal_data",
            {"first_name": "Jan", "birth_date": "2010-05-01"},
            Options(of="pupil", fields=("first_name", "birth_date")),
            "Imię: Jan; Data urodzenia: 01.05.2010",
        ),
        ("money", None, Options(), ""),
    ],
)
def test_an_answer_is_told_in_words(kind, answer, options, expected):
    assert spoken(Question("q", kind, options=options), answer, FACTS) == expected


@given(st.sampled_from(sorted(TYPES)), GARBAGE)
def test_any_answer_can_be_told(kind, answer):
    assert isinstance(spoken(Question("q", kind), answer, FACTS), str)
