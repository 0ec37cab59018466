"""Answers in typed cells of a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from forms.definition import Column, Question, parts_of
from forms.filling import Facts, spoken
from spreadsheets.writing import Cell, Kind

Asked: TypeAlias = Question | Column
_KINDS = {"number": Kind.NUMBER, "percent": Kind.NUMBER, "money": Kind.MONEY, "date": Kind.DATE}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a workbook for an answer or for a part of it."""

    title: str
    kind: Kind = Kind.TEXT


def headings_of(asked: Asked) -> list[Heading]:
    """One heading for a plain answer, one for each part of a composite one."""
    label = asked.label or asked.key
    if parts := _parts_of(asked):
        return [
            Heading(f"{label}: {part.label}", _KINDS.get(part.type, Kind.TEXT))
            for part in parts.values()
        ]
    return [Heading(label, _KINDS.get(asked.type, Kind.TEXT))]


def cells_of(asked: Asked, value: Any, facts: Facts) -> list[Cell]:
    """The answer under `headings_of`: numbers and dates as such, the rest as `spoken` says it."""
    if not (parts := _parts_of(asked)):
        return [_cell(asked, value, facts)]
    given = value if isinstance(value, Mapping) else {}
    return [
        _day(given.get(code)) if part.type == "date" else _text(given.get(code))
        for code, part in parts.items()
    ]


def _parts_of(asked: Asked) -> Mapping[str, Any]:
    """A chosen unit is one cell, its name; its facts are directory's."""
    return {} if asked.type == "unit" else parts_of(asked)


def _cell(asked: Asked, value: Any, facts: Facts) -> Cell:
    match asked.type:
        case "number" | "money" | "percent":
            return _decimal(value)
        case "date":
            return _day(value)
        case _:
            return spoken(asked, value, facts) or None


def _decimal(value: Any) -> Cell:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return _text(value)
    return number if number.is_finite() else _text(value)


def _day(value: Any) -> Cell:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _text(value)
    except ValueError:
        return value if isinstance(value, str) else None


def _text(value: Any) -> Cell:
    return None if value in (None, "") else str(value)
