"""Answers that a new sheet begins with."""

from collections.abc import Mapping
from typing import Any

from forms.definition import Definition, Question
from forms.definition.types import NEVER_PREFILLED
from forms.filling.composites import take_parts
from forms.filling.facts import Facts
from forms.filling.taking import take

_YES_NO = {"tak": True, "true": True, "1": True, "nie": False, "false": False, "0": False}


def prefill(
    definition: Definition,
    facts: Facts,
    *,
    previous: Mapping[str, Any] | None = None,
    link: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The answers that a new sheet begins with, as each question's `prefill` says.

    They come from the unit's facts, from its previous sheet and from the address' query; what is
    no right answer is left out.
    """
    found = {
        question.key: _right(question, _raw(question, facts, previous or {}, link or {}), facts)
        for question in definition.questions()
        if question.prefill and not question.compute
    }
    return {key: answer for key, answer in found.items() if answer is not None}


def _raw(
    question: Question, facts: Facts, previous: Mapping[str, Any], link: Mapping[str, str]
) -> Any:
    match question.prefill.split("."):
        case ["previous"]:
            return previous.get(question.key)
        case ["link"]:
            given = link.get(question.key)
            if question.type == "yes_no" and isinstance(given, str):
                return _YES_NO.get(given.strip().lower())
            return given
        case ["unit"]:
            return facts.own or None
        case ["unit", fact]:
            return (facts.unit or {}).get(fact)
    return None


def _right(question: Question, raw: Any, facts: Facts) -> Any:
    if raw is None or question.type in NEVER_PREFILLED:
        return None
    if question.type == "table":
        return raw if isinstance(raw, list) else None
    if question.type in {"date_range", "personal_data", "classification", "address"}:
        taken = take_parts(question, raw, facts).taken
    else:
        taken = take(question, raw, facts)
    return taken.kept if taken.is_readable and not taken.remarks else None
