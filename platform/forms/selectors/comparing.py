"""What differs between two versions of the answers, who changed it and when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from forms.definition import Definition
from forms.differences import AnswerChange, compare_answers
from forms.migration import migrate
from forms.models import Sheet
from forms.selectors.carrying import question_in
from forms.selectors.definitions import definition_of
from forms.selectors.facts import Answered, facts_of_many
from forms.selectors.sheets import project_sheet, version_of


@dataclass(frozen=True, slots=True)
class Traced:
    """A difference with its author: None for what was computed, or was not touched by anybody."""

    path: str
    label: str
    kind: str
    before: str
    after: str
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Answers:
    definition: Definition
    answers: Mapping[str, Any]
    touched: Mapping[str, Any]


def differences(sheet: Sheet, older: int, newer: int | None = None) -> list[Traced]:
    """Between two submitted versions; without `newer`, between one and the draft as it stands.

    Answers are compared as the newer revision asks them; ask before who sees the sheet. Raises
    `UnknownSheetVersion`.
    """
    before = _submitted(sheet, older)
    after = _draft(sheet) if newer is None else _submitted(sheet, newer)
    known = before.answers
    if before.definition is not after.definition:
        known = migrate(before.definition, after.definition, before.answers).answers
    facts, _ = facts_of_many(
        [Answered(after.definition, given, sheet.unit_id) for given in (known, after.answers)],
        is_past=True,
    )
    changes = compare_answers(after.definition, known, after.answers, facts=facts)
    return [_traced(change, before.touched, after.touched) for change in changes]


def _submitted(sheet: Sheet, number: int) -> _Answers:
    version = version_of(sheet, number)
    return _Answers(definition_of(version.revision), version.answers, version.touched)


def _draft(sheet: Sheet) -> _Answers:
    answers = project_sheet(sheet).submitted()
    return _Answers(definition_of(sheet.revision), answers, sheet.touched)


def _traced(change: AnswerChange, before: Mapping[str, Any], after: Mapping[str, Any]) -> Traced:
    key = question_in(change.path)
    mark = after.get(key)
    said = Traced(change.path, change.label, change.kind, change.before, change.after)
    if not mark or mark == before.get(key):
        return said
    return replace(said, by=mark["name"], at=datetime.fromisoformat(mark["at"]))
