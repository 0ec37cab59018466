"""A definition into its document (JSON): only what is set, in the order people expect."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from forms.definition.model import Check, Choice, Column, Definition, Options, Question, Section
from forms.definition.shaping import FORMAT

_Written = Section | Question | Column | Options | Check | Choice


def write(definition: Definition) -> dict[str, Any]:
    """The document of a definition: `read(write(definition)) == definition`."""
    return {
        "format": FORMAT,
        "title": definition.title,
        **_set(introduction=definition.introduction),
        "sections": [_object(section) for section in definition.sections],
        **_set(checks=definition.checks, sources=definition.sources),
    }


def _object(one: _Written) -> dict[str, Any]:
    return _set(**{field.name: getattr(one, field.name) for field in fields(one)})


def _set(**members: Any) -> dict[str, Any]:
    """The members that say something, as JSON; 0 says something."""
    written = {member: _json(value) for member, value in members.items()}
    return {
        member: value
        for member, value in written.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


def _json(value: Any) -> Any:
    match value:
        case Section() | Question() | Column() | Options() | Check() | Choice():
            return _object(value)
        case tuple():
            return [_json(one) for one in value]
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return value
