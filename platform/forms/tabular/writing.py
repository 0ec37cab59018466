"""A definition as rows."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from forms.definition import SETTING_NAMES, TYPES, Check, Column, Definition, Options, Question
from forms.tabular import layout


def definition_to_rows(definition: Definition) -> list[list[str]]:
    """The table of a form, with its header; `definition_from_rows` reads it back the same."""
    rows = [
        list(layout.HEADER),
        _row(layout.FORM, {layout.TEXT: definition.title, layout.HELP: definition.introduction}),
    ]
    for section in definition.sections:
        cells = {
            layout.KEY: section.key,
            layout.TEXT: section.title,
            layout.HELP: section.description,
            layout.SHOW: section.show,
        }
        rows.append(_row(layout.SECTION, cells))
        for question in section.questions:
            rows.append(_question(question))
            rows += [_row(layout.COLUMN, _asked(column)) for column in question.options.columns]
            rows += [_check(layout.CHECK, check) for check in question.checks]
    rows += [_check(layout.FORM_CHECK, check) for check in definition.checks]
    rows += [_row(layout.SOURCE, {layout.TEXT: source}) for source in definition.sources]
    return rows


def _row(element: str, cells: dict[int, str]) -> list[str]:
    row = [""] * len(layout.HEADER)
    row[layout.ELEMENT] = element
    for number, text in cells.items():
        row[number] = text
    return row


def _question(question: Question) -> list[str]:
    cells = {
        **_asked(question),
        layout.REQUIRED_WHEN: question.required_when,
        layout.DEFAULT: question.default,
        layout.PREFILL: question.prefill,
    }
    return _row(layout.QUESTION, cells)


def _asked(question: Question | Column) -> dict[int, str]:
    return {
        layout.KEY: question.key,
        layout.TYPE: TYPES[question.type].label,
        layout.TEXT: question.label,
        layout.HELP: question.help,
        layout.REQUIRED: "tak" if question.required else "",
        layout.SHOW: question.show,
        layout.COMPUTE: question.compute,
        layout.CHOICES: "\n".join(
            f"{choice.key} = {layout.escaped(choice.label)}" for choice in question.options.choices
        ),
        layout.SETTINGS: "\n".join(_settings(question.options)),
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
            return layout.joined(value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return layout.escaped(value)
        case _:
            return str(value)


def _check(element: str, check: Check) -> list[str]:
    cells = {layout.KEY: check.at, layout.RULE: check.rule, layout.TEXT: check.sentence}
    return _row(element, cells)
