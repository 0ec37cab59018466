"""Writing answers into the draft layer of a sheet, a few at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from files import services as files
from forms import selectors
from forms.deeds import Deed
from forms.definition import Definition
from forms.errors import AnswersRefused, SheetChangedMeanwhile, SheetClosed, SheetMovedMeanwhile
from forms.filling import Projection, project, worded
from forms.models import FormRevision, Sheet, SheetFile
from forms.permissions import Permission, open_sections, require_filling
from forms.plain import flaw
from opium.errors import FieldError
from opium.permissions import Actor
from opium.polish import format_moment
from opium.prepared import Prepared

if TYPE_CHECKING:
    from files.models import File

UNANSWERED = frozenset({"heading", "help_text"})
_SAVED = (
    *("answers", "touched", "draft_version", "answered", "required", "is_complete"),
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class Saved:
    """The sheet as it is now, and what its form looks like over the answers."""

    sheet: Sheet
    projection: Projection
    at: datetime


@transaction.atomic
def save_answers(
    *, actor: Actor, sheet: Sheet, changes: Mapping[str, Any], draft_version: int
) -> Saved:
    """Write the given answers (None clears one, its default too) and leave the others alone.

    A table is given whole; its rows keep their ids and get one where they have none. A statement
    that is accepted without its words is kept with those that it says now. It is called
    every few seconds: who answered what, and when, stands in the sheet, and the log tells who
    began to fill it in, anew after an hour without a word of theirs. Wrong answers are kept, and
    the projection says what is wrong. Raises `NotFound`, `MissingPermission`, `SheetClosed`,
    `SheetMovedMeanwhile` where a new revision of the form came after `draft_version`,
    `SheetChangedMeanwhile` where somebody else, or the actor in another tab, has answered one of
    the same questions since, `AnswersRefused`, and the refusals of `files.services.claim`.
    """
    require_filling(actor, sheet)
    sheet = locked_draft(sheet)
    if draft_version < sheet.moved_at_version:
        raise SheetMovedMeanwhile
    definition = selectors.definition_of(sheet.revision)
    changes = _with_row_ids(definition, changes)
    _refuse(definition, sheet, changes)
    fresh = {
        key: value
        for key, value in changes.items()
        if key not in sheet.answers or sheet.answers[key] != value
    }
    _refuse_overwriting(actor, definition, sheet, fresh, draft_version)
    now = timezone.now()
    if fresh:
        _take_files(actor, definition, sheet, fresh)
        _tell_beginning(actor, sheet, now)
        _write(actor, sheet, fresh, now)
    facts = selectors.facts_of_sheet(definition, sheet)
    projection = project(definition, sheet.answers, facts, sections=open_sections(sheet))
    if _word_statements(sheet, fresh, projection):
        projection = project(definition, sheet.answers, facts, sections=open_sections(sheet))
    if fresh:
        sheet.count(projection)
        sheet.save(update_fields=_SAVED)
    return Saved(sheet, projection, now)


def locked_draft(sheet: Sheet) -> Sheet:
    """The row as it stands, held until the transaction ends. Raises `SheetClosed`."""
    found = locked_sheet(sheet)
    if found.state != Sheet.State.DRAFT:
        raise SheetClosed
    return found


def locked_sheet(sheet: Sheet) -> Sheet:
    """The row as it stands, with its form and revision, held until the transaction ends.

    They are read after the lock: a join to the revision that the sheet has just left would find
    no row at all.
    """
    found = _locked.first(sheet=sheet.pk)
    if found is None:
        raise Sheet.DoesNotExist
    found.revision = _revision.all(revision=found.revision_id)[0]
    found.form = found.revision.form
    return found


_locked = Prepared(lambda sheet: Sheet.objects.select_for_update().filter(pk=sheet))
_revision = Prepared(
    lambda revision: FormRevision.objects.filter(pk=revision).select_related("form")
)


def _with_row_ids(definition: Definition, changes: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(changes)
    for key, value in changes.items():
        question = definition.by_key.get(key)
        if question is not None and question.type == "table" and isinstance(value, list):
            given[key] = _rows(value)
    return given


def _rows(rows: list[Any]) -> list[Any]:
    taken: set[str] = set()
    kept = []
    for row in rows:
        if isinstance(row, dict):
            mark = row.get("id")
            if not isinstance(mark, str) or not mark or mark in taken:
                mark = str(uuid4())
            taken.add(mark)
            kept.append({**row, "id": mark})
        else:
            kept.append(row)
    return kept


def _refuse(definition: Definition, sheet: Sheet, changes: Mapping[str, Any]) -> None:
    allowed = open_sections(sheet)
    errors = []
    for key, value in changes.items():
        question = definition.by_key.get(key)
        if question is None or question.type in UNANSWERED:
            errors.append(FieldError(key, "Formularz nie ma takiego pytania."))
        elif question.compute:
            errors.append(FieldError(key, f"„{question.label}” oblicza się samo."))
        elif allowed is not None and definition.section_of[key].key not in allowed:
            sentence = f"„{question.label}” jest poza częściami otwartymi do poprawy."
            errors.append(FieldError(key, sentence))
        elif sentence := flaw(value):
            errors.append(FieldError(key, sentence))
    if not errors and (sentence := flaw({**sheet.answers, **changes})):
        errors.append(FieldError("", sentence))
    if errors:
        raise AnswersRefused(errors=errors)


def _refuse_overwriting(
    actor: Actor,
    definition: Definition,
    sheet: Sheet,
    changes: Mapping[str, Any],
    draft_version: int,
) -> None:
    errors = []
    for key in changes:
        last = sheet.touched.get(key)
        if last and last["version"] > draft_version:
            when = format_moment(datetime.fromisoformat(last["at"]))
            label = definition.by_key[key].label
            sentence = (
                f"Zmieniono w innej karcie odpowiedź na „{label}” ({when})."
                if last["by"] == _id(actor)
                else f"{last['name']} zmienił(a) odpowiedź na „{label}” ({when})."
            )
            errors.append(FieldError(key, sentence))
    if errors:
        raise SheetChangedMeanwhile(errors=errors)


def _id(actor: Actor) -> str | None:
    return str(actor.pk) if actor.pk is not None else None


def _tell_beginning(actor: Actor, sheet: Sheet, now: datetime) -> None:
    """Into the log, where the actor has answered nothing for an hour; else it costs no query."""
    mine = [one["at"] for one in sheet.touched.values() if one["by"] == _id(actor)]
    if mine and now - datetime.fromisoformat(max(mine)) < audit.TYPING_COUNTS_ONCE_IN:
        return
    audit.record(
        actor=actor,
        deed=Deed.SAVE_ANSWERS,
        right=Permission.FILL_SHEET,
        target=sheet,
        after={"typed": True},
    )


def _write(actor: Actor, sheet: Sheet, changes: Mapping[str, Any], now: datetime) -> None:
    sheet.draft_version += 1
    mark = {
        "version": sheet.draft_version,
        "by": _id(actor),
        "name": actor.display_name,
        "at": now.isoformat(),
    }
    for key, value in changes.items():
        sheet.answers[key] = value
        sheet.touched[key] = mark


def _word_statements(sheet: Sheet, changes: Mapping[str, Any], projection: Projection) -> bool:
    """Write beside each bare yes to a statement the words that it now says; whether any was."""
    found = worded(changes, projection)
    sheet.answers.update(found)
    return bool(found)


def _take_files(
    actor: Actor, definition: Definition, sheet: Sheet, changes: Mapping[str, Any]
) -> None:
    """Fresh uploads become the sheet's; a file that only the draft had is let go."""
    before = set(selectors.files_in(definition, sheet.answers))
    after = {*selectors.files_in(definition, {**sheet.answers, **changes})}
    if before == after:
        return
    held = {one.file_id: one for one in SheetFile.objects.filter(sheet=sheet)}
    claimed = _claim(actor, definition, changes, after - set(held))
    SheetFile.objects.bulk_create(SheetFile(sheet=sheet, file=file) for file in claimed)
    dropped = [one for file, one in held.items() if file in before - after and not one.is_submitted]
    for one in SheetFile.objects.filter(pk__in=[d.pk for d in dropped]).select_related("file"):
        file = one.file
        one.delete()
        files.discard(file=file)


def _claim(
    actor: Actor, definition: Definition, changes: Mapping[str, Any], fresh: set[UUID]
) -> "list[File]":
    """Only what these changes name: an answer that was wrong before stays wrong."""
    named = set(selectors.files_in(definition, changes))
    return files.claim(actor=actor, files=sorted(fresh & named))
