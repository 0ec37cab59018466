"""What was submitted, as it was: rules that read a later day or a changed table change nothing."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.definition import Question
from forms.filling import Cell, Drawn, Projection, Row, project
from forms.models import SheetVersion
from forms.selectors.definitions import definition_of
from forms.selectors.facts import facts_for
from opium.polish import WARSAW


def project_version(version: SheetVersion) -> Projection:
    """The version (with its revision and sheet) on the revision on which it was submitted.

    Labels and what is visible follow from the answers; values are those that were submitted,
    computed ones too, and nothing is wrong with them any more.
    """
    definition = definition_of(version.revision)
    facts = facts_for(
        definition,
        version.answers,
        version.sheet.unit_id,
        today=version.submitted_at.astimezone(WARSAW).date(),
        is_past=True,
        grounds=version.grounds,
    )
    projection = project(definition, version.answers, facts)
    return replace(
        projection,
        sections={
            key: replace(section, mistakes=0, missing=0)
            for key, section in projection.sections.items()
        },
        questions={
            key: _as_submitted(definition.by_key[key], drawn, version.answers.get(key))
            for key, drawn in projection.questions.items()
        },
        errors=[],
        is_complete=True,
    )


def _as_submitted(question: Question, drawn: Drawn, answer: Any) -> Drawn:
    if question.options.hidden:
        return drawn
    is_visible = drawn.is_visible or answer is not None
    drawn = replace(drawn, is_visible=is_visible, errors=[])
    if drawn.rows is not None:
        rows = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
        helping = {one.key for one in question.options.columns if one.options.hidden}
        shown = [{key: one for key, one in row.items() if key not in helping} for row in rows]
        drawn = replace(drawn, rows=_rows(drawn.rows, shown), sums=_sums(drawn.sums, rows))
    return replace(drawn, value=answer) if drawn.is_computed or drawn.rows is not None else drawn


def _rows(drawn: list[Row], submitted: list[dict[str, Any]]) -> list[Row]:
    """The cells as drawn, with the values of the submitted row of the same id."""
    known = {str(row.get("id")): row for row in submitted}
    return [
        replace(
            row,
            cells={
                column: _cell(cell, known[row.id].get(column)) for column, cell in row.cells.items()
            },
        )
        for row in drawn
        if row.id in known
    ]


def _cell(cell: Cell, value: Any) -> Cell:
    return replace(cell, is_visible=cell.is_visible or value is not None, value=value, errors=[])


def _sums(
    drawn: Mapping[str, Any] | None, submitted: list[dict[str, Any]]
) -> dict[str, Any] | None:
    if drawn is None:
        return None
    return {column: _sum(submitted, column, now) for column, now in drawn.items()}


def _sum(submitted: list[dict[str, Any]], column: str, now: Any) -> Any:
    try:
        values = [Decimal(row[column]) for row in submitted if row.get(column) is not None]
    except (InvalidOperation, TypeError):
        return now
    return str(sum(values)) if values else None
