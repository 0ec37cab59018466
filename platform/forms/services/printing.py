"""A sheet of answers as an accessible PDF."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from documents import pdf
from documents.content import Block, Document, Facts, Heading, Paragraph, Run, Table, plain
from files import services as files
from files.registry import Made, Making
from forms import filling, selectors
from forms.deeds import Deed
from forms.definition import Column, Question
from forms.definition.types import TYPES
from forms.models import FormRevision, Sheet, SheetVersion
from forms.permissions import require_sight
from opium.errors import NotFound
from opium.permissions import Actor
from opium.polish import format_moment
from units.selectors import UNIT_LABELS, unit_facts

if TYPE_CHECKING:
    from files.models import FileMaking

PURPOSE = "forms.print"
NUMERIC = frozenset({"number", "money", "percent"})


@transaction.atomic
def print_sheet(*, actor: Actor, sheet: Sheet, number: int | None = None) -> "FileMaking":
    """Have what was submitted (the newest version, or `number`), or the draft, made a PDF/UA.

    What stands on it is what the actor sees now; the background draws it. Hidden questions are left
    out; a draft says on the page that it is one. The log says who has taken it out. Raises
    `NotFound`, `UnknownSheetVersion`.
    """
    require_sight(actor, sheet)
    printed = sheet.version if number is None else number
    is_submitted = bool(printed) or number is not None
    version = selectors.version_of(sheet, printed) if is_submitted else None
    document = document_of(sheet, version)
    audit.record(
        actor=actor,
        deed=Deed.PRINT_SHEET,
        right=None,
        target=sheet,
        after={"export": "print", "version": printed},
    )
    return files.begin_making(
        actor=actor,
        purpose=PURPOSE,
        about=f"{sheet.pk}/{printed}",
        name=files.archive_name(sheet.form.name, extension="pdf"),
        told=pdf.told(document),
    )


def document_of(sheet: Sheet, version: SheetVersion | None) -> Document:
    """The page of a version of the sheet, or of its draft; who may see it was asked before."""
    if version is not None:
        revision, answers = version.revision, version.answers
        projection = selectors.project_version(version)
        heading = _submission(version)
    else:
        revision, answers = sheet.revision, sheet.answers
        projection = selectors.project_sheet(sheet)
        heading = f"Szkic z {format_moment(timezone.now())}; formularza jeszcze nie złożono."
    blocks = [plain(heading), *_unit(sheet), *_sections(sheet, revision, answers, projection)]
    definition = selectors.definition_of(revision)
    return Document(title=definition.title or sheet.form.name, blocks=blocks)


def _ask(actor: Actor, about: str) -> None:
    sheet = Sheet.objects.filter(pk=about.partition("/")[0]).first()
    if sheet is None:
        raise NotFound
    require_sight(actor, sheet)


MAKING = Making(lambda told: Made(content=pdf.draw(told)), _ask)


def _submission(version: SheetVersion) -> str:
    who = version.submitted_by.display_name if version.submitted_by else "OPIUM"
    instead = f" w zastępstwie: {version.in_place_of.display_name}" if version.in_place_of else ""
    when = format_moment(version.submitted_at)
    return f"Wersja {version.number}, złożono {when}; składa: {who}{instead}."


def _unit(sheet: Sheet) -> Iterator[Block]:
    if sheet.unit_id is not None:
        facts = unit_facts([sheet.unit_id]).get(sheet.unit_id, {})
        shown = ("name", "rspo", "address")
        pairs = [(UNIT_LABELS[key], facts[key]) for key in shown if facts.get(key)]
        if pairs:
            yield Facts(pairs)


def _sections(
    sheet: Sheet, revision: FormRevision, answers: Mapping[str, Any], projection: filling.Projection
) -> Iterator[Block]:
    definition = selectors.definition_of(revision)
    facts = selectors.facts_for(definition, answers, sheet.unit_id, is_past=True)
    for section in definition.sections:
        drawn = projection.sections[section.key]
        if not drawn.is_visible:
            continue
        yield Heading(drawn.title or section.title or section.key, level=2)
        if drawn.description:
            yield plain(drawn.description)
        yield from _questions(section.questions, projection, facts)


def _questions(
    questions: tuple[Question, ...], projection: filling.Projection, facts: filling.Facts
) -> Iterator[Block]:
    """Short answers as pairs, long ones as text under their question, tables as tables."""
    pairs: list[tuple[str, str]] = []
    for question in questions:
        drawn = projection.questions[question.key]
        if not drawn.is_visible:
            continue
        if question.type in IN_PAIRS:
            pairs.append((drawn.label, _said(question, drawn.value, facts)))
            continue
        if pairs:
            yield Facts(tuple(pairs))
            pairs = []
        yield from _block(question, drawn, facts)
    if pairs:
        yield Facts(tuple(pairs))


def _said(asked: Question | Column, value: Any, facts: filling.Facts) -> str:
    return filling.spoken(asked, value, facts) or NO_ANSWER


NO_ANSWER = "—"
IN_PAIRS = frozenset(TYPES) - {
    *("long_text", "rich_text", "table", "statement", "heading", "help_text"),
}


def _block(question: Question, drawn: filling.Drawn, facts: filling.Facts) -> Iterator[Block]:
    match question.type:
        case "heading":
            yield Heading(drawn.label, level=3)
        case "help_text":
            yield plain("\n".join(filter(None, (drawn.label, drawn.help))))
        case "table":
            yield Paragraph([Run(drawn.label, bold=True)])
            yield _table(question, drawn, facts)
        case "statement":
            given = drawn.value if isinstance(drawn.value, Mapping) else {}
            wording = str(given.get("wording") or drawn.wording or drawn.label)
            yield Paragraph(
                [Run(f"{_said(question, drawn.value, facts)}: ", bold=True), Run(wording)]
            )
        case _:
            yield Paragraph([Run(drawn.label, bold=True)])
            yield plain(_said(question, drawn.value, facts))


def _table(question: Question, drawn: filling.Drawn, facts: filling.Facts) -> Block:
    columns = [one for one in question.options.columns if not one.options.hidden]
    rows = [
        [
            _said(column, cell.value, facts)
            if (cell := row.cells.get(column.key)) is not None and cell.is_visible
            else ""
            for column in columns
        ]
        for row in drawn.rows or ()
    ]
    if drawn.sums:
        sums = [
            _said(column, drawn.sums[column.key], facts) if column.key in drawn.sums else ""
            for column in columns
        ]
        if not sums[0]:
            sums[0] = "Razem"
        rows.append(sums)
    if not rows:
        return plain("Brak wierszy.")
    numeric = [place for place, column in enumerate(columns) if column.type in NUMERIC]
    return Table([column.label or column.key for column in columns], rows, numeric=numeric)
