"""Questions about answer sheets; who sees one is the word of its owner's guard."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from forms import registry
from forms.errors import UnknownSheetVersion
from forms.filling import Projection, project
from forms.models import Form, Sheet, SheetFile, SheetVersion
from forms.permissions import may_view, open_sections
from forms.selectors.definitions import definition_of
from forms.selectors.facts import facts_of_sheet, files_in
from opium.errors import NotFound
from opium.permissions import Actor
from opium.prepared import Prepared

if TYPE_CHECKING:
    from files.models import File


def sheet_visible_to(actor: Actor, sheet_id: UUID) -> Sheet:
    """The sheet with its form and revision. Raises `NotFound`, also where it has no known owner."""
    sheet = unguarded_sheet(sheet_id)
    if not may_view(actor, sheet):
        raise NotFound
    return sheet


def unguarded_sheet(sheet_id: UUID) -> Sheet:
    """As `sheet_visible_to`, for a service that asks the owner itself before it says anything."""
    sheet = _sheet.first(sheet=sheet_id)
    if sheet is None:
        raise NotFound
    return sheet


def sheets_visible_to(actor: Actor, form: Form) -> QuerySet[Sheet]:
    """Sheets of the form that the actor may see, whoever owns them; one query."""
    visible = Q(pk__in=())
    for kind, guard in registry.guards().items():
        theirs = guard.visible(actor, Sheet.objects.filter(form=form, owner_kind=kind))
        visible |= Q(pk__in=theirs.values("pk"))
    return Sheet.objects.filter(visible, form=form).select_related("revision")


def sheets_of(owner_kind: str, owner_ids: Collection[UUID]) -> QuerySet[Sheet]:
    """Sheets of these owners, with form, revision and person; the owner knows the rights."""
    return _sheets_of.queryset(kind=owner_kind, owners=frozenset(owner_ids))


_sheet = Prepared(
    lambda sheet: (
        Sheet.objects.filter(pk=sheet).select_related("form", "revision").defer("form__draft")
    )
)
_sheets_of = Prepared(
    lambda kind, owners: (
        Sheet.objects.filter(owner_kind=kind, owner_id__among=owners)
        .select_related("form", "revision", "person")
        .order_by("created_at")
    )
)


def project_sheet(sheet: Sheet) -> Projection:
    """The draft layer as it stands: what is visible, computed and wrong."""
    definition = definition_of(sheet.revision)
    facts = facts_of_sheet(definition, sheet)
    return project(definition, sheet.answers, facts, sections=open_sections(sheet))


def versions_of(sheet: Sheet) -> QuerySet[SheetVersion]:
    """The newest first, without their answers."""
    return (
        SheetVersion.objects.filter(sheet=sheet)
        .select_related("submitted_by", "in_place_of")
        .defer("answers", "touched")
        .order_by("-number")
    )


def version_of(sheet: Sheet, number: int) -> SheetVersion:
    """Raises `UnknownSheetVersion`."""
    found = (
        SheetVersion.objects.filter(sheet=sheet, number=number)
        .select_related("revision", "sheet__form", "submitted_by", "in_place_of")
        .first()
    )
    if found is None:
        raise UnknownSheetVersion(number=number)
    return found


def newest_versions(sheets: Collection[UUID]) -> dict[UUID, SheetVersion]:
    """Sheet -> what was submitted last, with its revision; one query, nothing for a draft."""
    versions = (
        SheetVersion.objects.filter(sheet__in=sheets)
        .select_related("revision")
        .order_by("sheet", "-number")
        .distinct("sheet")
    )
    return {version.sheet_id: version for version in versions}


def submitted_texts(
    sheets: QuerySet[Any], questions: Sequence[str]
) -> dict[UUID, tuple[datetime, list[str | None]]]:
    """Sheet -> when it was submitted last, and the answers that count now to these questions.

    Each answer is the text that the database makes of it (`1200.50`, `true`, `2026-11-30`), None
    where there is none; a sheet of which nothing was submitted is left out. One query.
    """
    asked = {
        f"answer_{number}": KeyTextTransform(key, F("versions__answers"))
        for number, key in enumerate(questions)
    }
    rows = Sheet.objects.filter(pk__in=sheets, versions__number=F("version")).annotate(**asked)
    found = rows.values_list("pk", "versions__submitted_at", *asked)
    return {pk: (at, answers) for pk, at, *answers in found}


def newest_submissions(
    owner_kind: str, owners: QuerySet[Any] | Collection[UUID]
) -> QuerySet[Sheet]:
    """Sheets of these owners, each joined to its newest submitted version (`versions`)."""
    return Sheet.objects.filter(
        owner_kind=owner_kind, owner_id__in=owners, versions__number=F("version")
    )


def submitted_answers(sheet: Sheet) -> Mapping[str, Any]:
    """The answers that count now: the newest submitted ones; nothing where none were."""
    version = newest_versions([sheet.pk]).get(sheet.pk)
    return version.answers if version is not None else {}


def file_of_sheet(sheet: Sheet, file_id: UUID) -> "File":
    """A file that answers a question of the sheet. Raises `NotFound`."""
    found = SheetFile.objects.select_related("file").filter(sheet=sheet, file=file_id).first()
    if found is None:
        raise NotFound
    return found.file


def files_of_version(version: SheetVersion) -> "list[File]":
    """The files that the submitted answers name, in the order of the questions."""
    named = list(files_in(definition_of(version.revision), version.answers))
    rows = SheetFile.objects.filter(sheet=version.sheet_id, file__in=named).select_related("file")
    found = {row.file_id: row.file for row in rows}
    return [found[pk] for pk in dict.fromkeys(named) if pk in found]


def previous_version(form: Form, unit_id: UUID | None) -> SheetVersion | None:
    """What the unit submitted last on this form, in any matter.

    Neither withdrawn sheets nor those of trials count.
    """
    if unit_id is None:
        return None
    return (
        SheetVersion.objects.filter(
            sheet__form=form,
            sheet__unit_id=unit_id,
            sheet__state=Sheet.State.SUBMITTED,
            sheet__is_trial=False,
        )
        .select_related("revision")
        .order_by("-submitted_at")
        .first()
    )
