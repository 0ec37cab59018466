"""Taking the answers out: every submitted sheet of a form in one workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.permissions import require_any
from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.definition import Column, Definition, Question
from forms.definition.types import TYPES
from forms.filling import Facts
from forms.models import Form, Sheet, SheetVersion
from forms.permissions import Permission
from forms.selectors import Answered
from forms.wording import cells_of, headings_of
from opium.permissions import Actor
from spreadsheets import writing
from spreadsheets.writing import Cell, Kind, Table, write_tables
from units.selectors import unit_facts

ORIGIN = (
    writing.Column("Jednostka"),
    writing.Column("RSPO"),
    writing.Column("Arkusz"),
    writing.Column("Wersja formularza", Kind.INTEGER),
    writing.Column("Wersja odpowiedzi", Kind.INTEGER),
    writing.Column("Złożono", Kind.DATETIME),
)
ROW = writing.Column("Wiersz", Kind.INTEGER)


@dataclass(frozen=True, slots=True)
class _Line:
    """One submitted sheet: where it comes from, its answers, and what its ids stand for."""

    origin: Sequence[Cell]
    answers: Mapping[str, Any]
    facts: Facts


@transaction.atomic
def export_answers(*, actor: Actor, form: Form, sheets: QuerySet[Sheet]) -> bytes:
    """The newest submitted answers of these sheets (`selectors.sheets_visible_to`) as xlsx.

    One row a sheet; a table of the form is a sheet of its own with one row a row. Every row says
    which unit and which sheet it comes from. Columns are the questions of all the revisions in
    use, the newest one first. The log says who has taken them out.
    """
    right = require_any(actor, (Permission.VIEW_FORMS, Permission.MANAGE_FORMS), form)
    versions = _versions(sheets)
    definitions = _definitions(versions)
    questions = _merged(definitions)
    lines = list(_lines(versions))
    audit.record(
        actor=actor,
        deed=Deed.EXPORT_ANSWERS,
        right=right,
        target=form,
        after={"export": "answers", "sheets": len(lines)},
    )
    plain = [one for one in questions if one.type != "table"]
    tables = [one for one in questions if one.type == "table"]
    return write_tables(
        [
            Table("Odpowiedzi", _columns(plain, ORIGIN), _rows(plain, lines), frozen=1),
            *(
                Table(
                    one.label or one.key,
                    _columns(one.options.columns, (*ORIGIN, ROW)),
                    _table_rows(one, lines),
                    frozen=1,
                )
                for one in tables
            ),
        ]
    )


def _versions(sheets: QuerySet[Sheet]) -> list[SheetVersion]:
    counted = sheets.filter(version__gte=1).exclude(state=Sheet.State.WITHDRAWN)
    versions = (
        SheetVersion.objects.filter(sheet__in=counted.values("pk"))
        .select_related("revision", "sheet")
        .order_by("sheet", "-number")
        .distinct("sheet")
    )
    return list(versions)


def _definitions(versions: Sequence[SheetVersion]) -> list[Definition]:
    revisions = {version.revision.number: version.revision for version in versions}
    return [selectors.definition_of(revisions[number]) for number in sorted(revisions)[::-1]]


def _merged(definitions: Sequence[Definition]) -> list[Question]:
    """Every question that holds an answer, each key once, as the newest revision asks it."""
    found: dict[str, Question] = {}
    for definition in definitions:
        for question in definition.questions():
            if TYPES[question.type].has_answer:
                found.setdefault(question.key, question)
    return list(found.values())


def _lines(versions: Sequence[SheetVersion]) -> Iterator[_Line]:
    units = unit_facts({one.sheet.unit_id for one in versions if one.sheet.unit_id})
    facts = selectors.facts_of_many(
        [
            Answered(selectors.definition_of(one.revision), one.answers, one.sheet.unit_id)
            for one in versions
        ],
        is_past=True,
    )
    for version, known in zip(versions, facts, strict=True):
        unit = units.get(version.sheet.unit_id, {}) if version.sheet.unit_id else {}
        origin = (
            unit.get("short_name"),
            unit.get("rspo"),
            str(version.sheet_id),
            version.revision.number,
            version.number,
            version.submitted_at,
        )
        yield _Line(origin, version.answers, known)


def _columns(
    asked: Sequence[Question | Column], before: Sequence[writing.Column]
) -> list[writing.Column]:
    headings = [heading for one in asked for heading in headings_of(one)]
    return [*before, *(writing.Column(one.title, one.kind) for one in headings)]


def _rows(questions: Sequence[Question], lines: Sequence[_Line]) -> Iterator[list[Cell]]:
    for line in lines:
        row = list(line.origin)
        for question in questions:
            row += cells_of(question, line.answers.get(question.key), line.facts)
        yield row


def _table_rows(question: Question, lines: Sequence[_Line]) -> Iterator[list[Cell]]:
    for line in lines:
        given = line.answers.get(question.key)
        rows = given if isinstance(given, list) else []
        for number, answers in enumerate(rows, 1):
            row = [*line.origin, number]
            for column in question.options.columns:
                row += cells_of(column, answers.get(column.key), line.facts)
            yield row
