"""Submitting a sheet."""

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.errors import SheetIncomplete
from forms.filling import project
from forms.models import Sheet, SheetFile, SheetVersion
from forms.permissions import Permission, open_sections, require_filling
from forms.registry import SHEET
from forms.services.filling import locked_draft
from opium.errors import FieldError
from opium.permissions import Actor
from todo import services as todo


@transaction.atomic
def submit_sheet(*, actor: Actor, sheet: Sheet) -> SheetVersion:
    """Freeze the answers that count (visible and computed ones) as the next version.

    What they were computed with is kept beside them, and the sheet goes on to be computed with it.
    A hidden question's answer stays in the draft layer and is not submitted. While a correction
    is asked for some sections, only they are judged. Raises `SheetIncomplete` with every mistake
    in the order of the form, `SheetClosed`, `NotFound`, `MissingPermission`.
    """
    require_filling(actor, sheet)
    sheet = locked_draft(sheet)
    definition = selectors.definition_of(sheet.revision)
    facts = selectors.facts_of_sheet(definition, sheet)
    projection = project(definition, sheet.answers, facts, sections=open_sections(sheet))
    if projection.errors:
        raise SheetIncomplete(
            errors=[FieldError(fault.path, fault.sentence) for fault in projection.errors]
        )
    absent: Actor | None = getattr(actor, "in_place_of", None)
    version = SheetVersion.objects.create(
        sheet=sheet,
        number=sheet.version + 1,
        revision=sheet.revision,
        answers=projection.submitted(),
        touched=sheet.touched,
        submitted_at=timezone.now(),
        grounds=selectors.grounds_of(facts, definition),
        submitted_by_id=actor.pk,
        in_place_of_id=absent.pk if absent else None,
    )
    sheet.state = Sheet.State.SUBMITTED
    sheet.version = version.number
    sheet.submitted_at = version.submitted_at
    sheet.grounds = version.grounds
    sheet.asks_correction = None
    sheet.count(projection)
    sheet.save()
    named = set(selectors.files_in(definition, version.answers))
    SheetFile.objects.filter(sheet=sheet, file__in=named).update(is_submitted=True)
    todo.done(subject_kind=SHEET, subjects=[sheet.pk], by=actor)
    audit.record(
        actor=actor,
        deed=Deed.SUBMIT_SHEET,
        right=Permission.FILL_SHEET,
        target=sheet,
        after={"state": sheet.state, "version": version.number},
    )
    return version
