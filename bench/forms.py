"""Projecting a form of 200 questions, against a JSON load and dump of its definition.

    python -m bench forms

The form has what large applications have: conditions, formulas, checks, texts with values, two
tables of 20 rows. Each round runs ours and the peer one after the other; the figure is the median
of the rounds in processor time (nothing here waits, so other work must not count).
"""

import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from forms.definition import Definition, check, read
from forms.filling import Facts, project

QUESTIONS, SECTIONS, TABLE_ROWS, ROUNDS, LIMIT, ANEW_LIMIT = 200, 10, 20, 15, 30.0, 45.0
TINY = {"ROUNDS": 1}
FACTS = Facts(
    today=date(2026, 11, 23),
    unit={"name": "Szkoła Podstawowa nr 1", "kind": "sp"},
    tables={"limity": {"kwota": Decimal(3000)}},
)
CHOICES = [{"key": key, "label": f"Odpowiedź {key}"} for key in "abcde"]


def rows() -> list[dict[str, Any]]:
    document = json.dumps(_document(), ensure_ascii=False)
    definition = read(json.loads(document))
    answers = _answers(definition)
    _prove(definition, answers)

    def anew() -> None:
        project(read(json.loads(document)), answers, FACTS).as_json()

    def warm() -> None:
        project(definition, answers, FACTS).as_json()

    def peer() -> None:
        json.dumps(json.loads(document), ensure_ascii=False)

    return [
        _row("autosave of a 200-question form", warm, peer, LIMIT),
        _row("the same, its definition read anew", anew, peer, ANEW_LIMIT),
    ]


def _row(
    name: str, ours: Callable[[], None], peer: Callable[[], None], limit: float
) -> dict[str, Any]:
    ours()
    times: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(ROUNDS):
        for whose, run in (("ours", ours), ("peer", peer)):
            start = time.process_time()
            run()
            times[whose].append(time.process_time() - start)
    ours_s, peer_s = (statistics.median(times[whose]) for whose in ("ours", "peer"))
    ratio = ours_s / peer_s
    return {
        "name": name,
        "ours_s": ours_s,
        "peer_s": peer_s,
        "ratio": ratio,
        "limit": limit,
        "peer": "json.loads + json.dumps of its definition",
        "ok": ratio <= limit,
    }


def _document() -> dict[str, Any]:
    each = QUESTIONS // SECTIONS
    return {
        "format": 1,
        "title": "Wniosek o grant oświatowy",
        "sections": [
            {
                "key": f"sekcja_{number}",
                "title": f"Część {number + 1}: opis przedsięwzięcia",
                "questions": [_question(number * each + place, place) for place in range(each)],
            }
            for number in range(SECTIONS)
        ],
        "checks": [
            {
                "rule": f"kwota_{20 * number} <= z_tabeli(„limity”, „kwota”) * 10",
                "sentence": "Kwota {kwota_0} jest wyższa niż dziesięć limitów.",
                "at": f"kwota_{20 * number}",
            }
            for number in range(SECTIONS)
        ],
    }


def _question(number: int, place: int) -> dict[str, Any]:
    first = number - place
    asked: dict[str, Any] = {
        "label": f"Pytanie {number + 1} o przebieg i koszty przedsięwzięcia",
        "help": "Odpowiedz krótko; odpowiedź przeczyta komisja konkursowa.",
    }
    match place % 10:
        case 0:
            known = {"key": f"kwota_{number}", "type": "money", "required": True}
        case 1:
            known = {"key": f"ma_{number}", "type": "yes_no", "default": f"kwota_{first} > 100"}
        case 2:
            show = f"ma_{first + 1} i kwota_{first} >= 50"
            known = {"key": f"opis_{number}", "type": "long_text", "show": show, "required": True}
        case 3:
            formula = f"zaokrągl(suma(kwota_{first}, 10) * 1.23, 2)"
            known = {"key": f"brutto_{number}", "type": "money", "compute": formula}
        case 4:
            known = {
                "key": f"wybor_{number}",
                "type": "single_choice",
                "options": {"choices": CHOICES},
            }
        case 5:
            show = f"wybor_{first + 4} w [„a”, „b”]"
            known = {"key": f"tytul_{number}", "type": "short_text", "required_when": show}
        case 6 if place == 6 and first < 40:
            known = {"key": f"tabela_{number}", "type": "table", "options": _table(number)}
        case 7:
            known = {
                "key": f"dzien_{number}",
                "type": "date",
                "label": f"Dzień, koszt {{kwota_{first}}}",
            }
        case 8:
            rule = {"rule": f"osoby_{number} <= 500", "sentence": f"Za dużo: {{osoby_{number}}}."}
            known = {"key": f"osoby_{number}", "type": "number", "checks": [rule]}
        case _:
            known = {"key": f"tekst_{number}", "type": "short_text"}
    return asked | known


def _table(number: int) -> dict[str, Any]:
    return {
        "columns": [
            {"key": "pozycja", "type": "short_text", "label": "Pozycja", "required": True},
            {"key": "sztuk", "type": "number", "label": "Sztuk"},
            {"key": "cena", "type": "money", "label": "Cena"},
            {"key": "razem", "type": "money", "label": "Razem", "compute": "sztuk * cena"},
            {
                "key": "udzial",
                "type": "percent",
                "label": "Udział",
                "compute": f"zaokrągl(razem / suma(tabela_{number}.razem) * 100, 2)",
            },
        ],
        "sums": ["razem"],
    }


def _answers(definition: Definition) -> dict[str, Any]:
    known: dict[str, Any] = {
        "money": "1234.50",
        "long_text": "Warsztaty dla uczniów klas czwartych. " * 10,
        "short_text": "Warsztaty",
        "single_choice": "b",
        "date": "2026-11-23",
        "number": "25",
        "table": [
            {"id": f"w{row}", "pozycja": "Farby", "sztuk": str(row + 1), "cena": "12.50"}
            for row in range(TABLE_ROWS)
        ],
    }
    return {
        question.key: known[question.type]
        for question in definition.questions()
        if question.type in known and not question.compute
    }


def _prove(definition: Definition, answers: dict[str, Any]) -> None:
    """The form is what it claims to be: publishable, of 200 questions, complete, computed."""
    projection = project(definition, answers, FACTS)
    assert len(list(definition.questions())) == QUESTIONS
    assert check(definition) == []
    assert projection.is_complete, projection.errors[:3]
    assert projection.questions["brutto_3"].value == "1530.74"
    assert len(projection.submitted()) == QUESTIONS
