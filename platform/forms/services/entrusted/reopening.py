"""Opening a sheet for correction, and taking it back."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.definition import Definition
from forms.errors import SheetAlreadyOpen, UnknownSections
from forms.filling import project
from forms.models import Sheet
from forms.permissions import Permission, open_sections
from forms.registry import SHEET
from forms.services.filling import locked_draft, locked_sheet
from opium.permissions import Actor
from todo import services as todo


@transaction.atomic
def reopen_sheet(
    *,
    actor: Actor,
    sheet: Sheet,
    sections: Collection[str] | None = None,
    sentence: str = "",
) -> Sheet:
    """Make a draft of what was submitted or withdrawn, so that the named sections can be changed.

    Without `sections` the whole form is open. What was submitted stays as its version, and the
    correction goes on in the same draft layer. Raises `SheetAlreadyOpen`, `UnknownSections`.
    """
    sheet = locked_sheet(sheet)
    if sheet.state == Sheet.State.DRAFT:
        raise SheetAlreadyOpen
    definition = selectors.definition_of(sheet.revision)
    known = [section.key for section in definition.sections]
    if strangers := set(sections or ()) - set(known):
        raise UnknownSections(sections=", ".join(sorted(strangers)))
    before = sheet.state
    sheet.state = Sheet.State.DRAFT
    sheet.asks_correction = {
        "sections": None if sections is None else [key for key in known if key in sections],
        "sentence": sentence.strip(),
        "by": actor.display_name,
        "at": timezone.now().isoformat(),
    }
    facts = selectors.facts_of_sheet(definition, sheet)
    sheet.count(project(definition, sheet.answers, facts, sections=open_sections(sheet)))
    sheet.save()
    audit.record(
        actor=actor,
        deed=Deed.REOPEN_SHEET,
        right=Permission.FILL_SHEET,
        target=sheet,
        before={"state": before},
        after={
            "state": sheet.state,
            "sections": None if sections is None else _titles(definition, sections),
        },
    )
    return sheet


def _titles(definition: Definition, sections: Collection[str]) -> list[str]:
    """As people read them in the log; a section without a title by the first of its questions."""
    return [
        one.title or next((question.label for question in one.questions), one.key)
        for one in definition.sections
        if one.key in sections
    ]


@transaction.atomic
def take_back_correction(*, actor: Actor, sheet: Sheet) -> Sheet:
    """Undo `reopen_sheet`: submitted again as the newest version stands, with no new one.

    What was typed since is given up. Raises
    `SheetClosed` for what is no draft, `UnknownSheetVersion` for what was never submitted.
    """
    sheet = locked_draft(sheet)
    version = selectors.version_of(sheet, sheet.version)
    sheet.state = Sheet.State.SUBMITTED
    sheet.revision = version.revision
    asked = selectors.definition_of(version.revision)
    sheet.answers = {
        key: value for key, value in version.answers.items() if not asked.by_key[key].compute
    }
    sheet.touched = version.touched
    sheet.draft_version += 1
    sheet.moved_at_version = sheet.draft_version
    sheet.asks_correction = None
    facts = selectors.facts_for(asked, sheet.answers, sheet.unit_id)
    sheet.count(project(asked, sheet.answers, facts))
    sheet.save()
    todo.done(subject_kind=SHEET, subjects=[sheet.pk], by=actor)
    audit.record(
        actor=actor,
        deed=Deed.TAKE_BACK_CORRECTION,
        right=Permission.FILL_SHEET,
        target=sheet,
        before={"state": Sheet.State.DRAFT},
        after={"state": sheet.state, "version": sheet.version},
    )
    return sheet


@transaction.atomic
def withdraw_sheet(*, actor: Actor, sheet: Sheet) -> Sheet:
    """Take the sheet back: nobody fills it and no new revision moves it; again changes nothing.

    What was submitted stays as its versions.
    """
    sheet = locked_sheet(sheet)
    if sheet.state == Sheet.State.WITHDRAWN:
        return sheet
    before = sheet.state
    sheet.state = Sheet.State.WITHDRAWN
    sheet.asks_correction = None
    sheet.save(update_fields=["state", "asks_correction", "updated_at"])
    todo.done(subject_kind=SHEET, subjects=[sheet.pk], by=actor)
    audit.record(
        actor=actor,
        deed=Deed.WITHDRAW_SHEET,
        right=Permission.FILL_SHEET,
        target=sheet,
        before={"state": before},
        after={"state": sheet.state},
    )
    return sheet
