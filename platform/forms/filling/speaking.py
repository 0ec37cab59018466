"""Answers as people read them: on screens that only show, in prints, tables and differences."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.definition import Column, Question, parts_of
from forms.expressions import format_number, in_polish
from forms.filling.facts import Facts
from opium.polish import format_date, format_money

_NOTHING_KNOWN = Facts(today=date.min)


def spoken(question: Question | Column, answer: Any, facts: Facts = _NOTHING_KNOWN) -> str:  # noqa: PLR0911  # a type each
    """The answer (its JSON form) as a text; "" where there is none.

    Labels instead of keys where they are known: choices, dictionaries, units, files. A table is
    told as the number of its rows. Never raises.
    """
    if answer is None or answer in ("", [], {}):
        return ""
    match question.type:
        case "money":
            return _number(answer, format_money)
        case "number":
            unit = f"\u00a0{question.options.unit}" if question.options.unit else ""
            return _number(answer, lambda value: format_number(value) + unit)
        case "percent":
            return _number(answer, lambda value: f"{format_number(value)}%")
        case "date":
            return _day(answer)
        case "yes_no":
            return in_polish(answer is True)
        case "statement":
            return "przyjęto" if isinstance(answer, Mapping) and answer.get("accepted") else ""
        case "table":
            return f"wiersze: {len(answer)}" if isinstance(answer, list) else _raw(answer)
        case _:
            return _listed(question, answer, facts)


def _listed(question: Question | Column, answer: Any, facts: Facts) -> str:
    if isinstance(answer, Mapping) and isinstance(question, Question):
        return _parts(question, answer)
    if isinstance(answer, list):
        return ", ".join(_named(question, one, facts) for one in answer)
    return _named(question, answer, facts)


def _named(question: Question | Column, key: Any, facts: Facts) -> str:
    """A key by its label: of a choice, a unit, a file; any other text as it is."""
    if not isinstance(key, str):
        return _raw(key)
    match question.type:
        case "single_choice" | "multiple_choice":
            labels = {choice.key: choice.label for choice in question.options.choices}
            return {**labels, **facts.dictionaries.get(question.options.dictionary, {})}.get(
                key, key
            )
        case "unit":
            known = facts.units.get(key, {})
            return known.get("short_name") or known.get("name") or key
        case "person":
            return facts.people.get(key, key)
        case "file" | "workbook":
            return facts.files[key].name if key in facts.files else key
    return key


def _parts(question: Question, answer: Mapping[str, Any]) -> str:
    if question.type == "date_range":
        return " – ".join(_day(answer.get(end)) or "…" for end in ("from", "to"))
    if question.type == "classification":
        return " ".join(_raw(answer[code]) for code in parts_of(question) if answer.get(code))
    if question.type == "address":
        place = " ".join(_raw(answer[code]) for code in ("postal_code", "city") if answer.get(code))
        return ", ".join(text for text in (_raw(answer.get("street") or ""), place) if text)
    return "; ".join(
        f"{part.label}: {_day(answer[code]) if part.type == 'date' else _raw(answer[code])}"
        for code, part in parts_of(question).items()
        if answer.get(code)
    )


def _number(answer: Any, said: Callable[[Decimal], str]) -> str:
    try:
        value = Decimal(str(answer))
    except InvalidOperation:
        return _raw(answer)
    return said(value) if value.is_finite() else _raw(answer)


def _day(answer: Any) -> str:
    try:
        return format_date(date.fromisoformat(answer)) if answer else ""
    except (TypeError, ValueError):
        return _raw(answer)


def _raw(answer: Any) -> str:
    return answer if isinstance(answer, str) else str(answer)
