"""A definition as rows."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from forms.definition import SETTING_NAMES, TYPES, Check, Column, Definition, Options, Question
from forms.tabular import layout as at


def definition_to_rows(definition: Definition) -> list[list[str]]:
    """The table of a form, with its header; `definition_from_rows` reads it back the same."""
    rows = [
        list(at.HEADER),
        _row(at.FORM, {at.TEXT: definition.title, at.HELP: definition.introduction}),
    ]
    for section in definition.sections:
        cells = {
            at.KEY: section.key,
            at.TEXT: section.title,
            at.HELP: section.description,
            at.SHOW: section.show,
        }
        rows.append(_row(at.SECTION, cells))
        for question in section.questions:
            rows.append(_question(question))
            rows += [_row(at.COLUMN, _asked(column)) for column in question.options.columns]
            rows += [_check(at.CHECK, check) for check in question.checks]
    rows += [_check(at.FORM_CHECK, check) for check in definition.checks]
    rows += [_row(at.SOURCE, {at.TEXT: source}) for source in definition.sources]
    return rows


def _row(element: str, cells: dict[int, str]) -> list[str]:
    row = [""] * len(at.HEADER)
    row[at.ELEMENT] = element
    for number, text in cells.items():
        row[number] = text
    return row


def _question(question: Question) -> list[str]:
    cells = {
        **_asked(question),
        at.REQUIRED_WHEN: question.required_when,
        at.DEFAULT: question.default,
        at.PREFILL: question.prefill,
    }
    return _row(at.QUESTION, cells)


def _asked(question: Question | Column) -> dict[int, str]:
    return {
        at.KEY: question.key,
        at.TYPE: TYPES[question.type].label,
        at.TEXT: question.label,
        at.HELP: question.help,
        at.REQUIRED: "tak" if question.required else "",
        at.SHOW: question.show,
        at.COMPUTE: question.compute,
        at.CHOICES: "\n".join(
            f"{choice.key} = {at.escaped(choice.label)}" for choice in question.options.choices
        ),
        at.SETTINGS: "\n".join(_settings(question.options)),
    }


def _settings(options: Options) -> list[str]:
    written = {
        field.name: _setting(getattr(options, field.name))
        for field in fields(options)
        if field.name in SETTING_NAMES
    }
    return [f"{SETTING_NAMES[member]}: {text}" for member, text in written.items() if text]


def _setting(value: Any) -> str:  # noqa: PLR0911  # a kind each
    match value:
        case None | False | () | "":
            return ""
        case True:
            return "tak"
        case tuple():
            return at.joined(value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return at.escaped(value)
        case _:
            return str(value)


def _check(element: str, check: Check) -> list[str]:
    cells = {at.KEY: check.at, at.RULE: check.rule, at.TEXT: check.sentence}
    return _row(element, cells)
