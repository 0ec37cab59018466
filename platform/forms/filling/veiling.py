"""Answers as far as they do not tell who gave them, for whoever may not know it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms.definition import BETRAYING, Column, Definition, Question
from forms.filling.composites import is_accepted
from forms.filling.projection import Drawn, Projection, Row


def betrays(asked: Question | Column) -> bool:
    """Whether an answer tells who applies: its author says so, its type does, or it is the unit's.

    The text of an `unit.*` prefill is the unit's name or address, whatever its type is; what names
    the matter is its title, which is hidden too.
    """
    is_units = isinstance(asked, Question) and asked.prefill.split(".")[0] == "unit"
    says_so = asked.options.identifying or asked.options.names
    return says_so or asked.type in BETRAYING or is_units


def veiled_answers(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that betray nothing, without what is computed: that is computed of these anew.

    So no rule, sum or text that reads a veiled answer says anything of it.
    """
    found: dict[str, Any] = {}
    for question in definition.questions():
        value = answers.get(question.key)
        if value is None or question.compute or betrays(question):
            continue
        if question.type == "statement":
            value = is_accepted(value)  # its words were written with what is known of the unit
        found[question.key] = _rows(question, value) if question.type == "table" else value
    return found


def _rows(question: Question, rows: Any) -> Any:
    shut = {one.key for one in question.options.columns if betrays(one) or one.compute}
    if not isinstance(rows, list):
        return None
    return [
        {key: value for key, value in row.items() if key not in shut}
        for row in rows
        if isinstance(row, Mapping)
    ]


def veiled_projection(definition: Definition, projection: Projection) -> Projection:
    """The projection of `veiled_answers` for reading: nothing veiled is drawn, and nothing wrong.

    What a veiled answer would have to say is missing from it, which is no mistake of anybody's.
    """
    questions = {}
    for key, drawn in projection.questions.items():
        asked = definition.by_key[key]
        if betrays(asked):
            questions[key] = _unseen(drawn)
            continue
        rows = drawn.rows
        if rows is not None:
            shut = {one.key for one in asked.options.columns if betrays(one)}
            rows = [_row(row, shut) for row in rows]
        questions[key] = replace(drawn, rows=rows, errors=[])
    sections = {
        key: replace(one, mistakes=0, missing=0) for key, one in projection.sections.items()
    }
    return replace(
        projection,
        sections=sections,
        questions=questions,
        errors=[],
        answered=0,
        required=0,
        is_complete=True,
    )


def _unseen(drawn: Drawn) -> Drawn:
    return Drawn(
        is_visible=False,
        is_required=False,
        is_computed=drawn.is_computed,
        value=None,
        label="",
        help="",
        errors=[],
    )


def _row(row: Row, shut: set[str]) -> Row:
    cells = {
        key: replace(cell, is_visible=cell.is_visible and key not in shut, errors=[])
        for key, cell in row.cells.items()
    }
    return replace(row, cells=cells)
