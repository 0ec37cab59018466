"""A new sheet, with the answers that are already known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.definition import Definition
from forms.definition.types import NEVER_PREFILLED
from forms.errors import FormArchived
from forms.filling import Projection, prefill, project
from forms.migration import migrate
from forms.models import Form, FormRevision, Sheet, SheetVersion
from forms.permissions import Permission
from opium.permissions import Actor

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def add_sheet(
    *,
    actor: Actor,
    form: Form | FormRevision,
    owner_kind: str,
    owner_id: UUID,
    purpose: str,
    unit_id: UUID | None = None,
    person: "Person | None" = None,
    link: Mapping[str, str] | None = None,
    reference_day: date | None = None,
    is_trial: bool = False,
    earlier: Sheet | None = None,
) -> Sheet:
    """A sheet of the form's newest revision, or of the revision given; asked again, the same one.

    It begins with what the questions take from the unit's facts, from its previous sheet of the
    same form, and from `link` (the query of an address); else with what `earlier` says, which asked
    the same before, but statements and files. Its rules reckon from `reference_day`, and
    without one from the day of its submission. Raises
    `FormNotPublished`, `FormArchived` for a form that is named itself.
    """
    known = Sheet.objects.select_related("form", "revision").filter(
        owner_kind=owner_kind, owner_id=owner_id, purpose=purpose
    )
    if (found := known.first()) is not None:
        return found
    revision = _revision(form)
    answers, drawn = _begun(revision, unit_id, reference_day, link, earlier)
    sheet, is_new = Sheet.objects.get_or_create(
        owner_kind=owner_kind,
        owner_id=owner_id,
        purpose=purpose,
        defaults={
            "form": revision.form,
            "revision": revision,
            "unit_id": unit_id,
            "person": person,
            "reference_day": reference_day,
            "is_trial": is_trial,
            "answers": answers,
            "answered": drawn.answered,
            "required": drawn.required,
            "is_complete": drawn.is_complete,
        },
    )
    if is_new:
        _record(actor, sheet, revision)
    return sheet


def _begun(
    revision: FormRevision,
    unit_id: UUID | None,
    reference_day: date | None,
    link: Mapping[str, str] | None,
    earlier: Sheet | None,
) -> tuple[dict[str, Any], Projection]:
    """The answers that a new sheet begins with, and what the form looks like over them."""
    definition = selectors.definition_of(revision)
    answered = selectors.Answered(definition, {}, unit_id, reference=reference_day)
    [facts] = selectors.facts_of_many([answered])
    previous = _previous(revision, definition, unit_id)
    begun = prefill(definition, facts, previous=previous, link=link)
    answers = _said_by(earlier, definition) | begun
    [facts] = selectors.facts_of_many([replace(answered, answers=answers)])
    return answers, project(definition, answers, facts)


def _record(actor: Actor, sheet: Sheet, revision: FormRevision) -> None:
    questions = selectors.definition_of(revision).by_key
    prefilled = [one.label or key for key, one in questions.items() if key in sheet.answers]
    audit.record(
        actor=actor,
        deed=Deed.ADD_SHEET,
        right=Permission.FILL_SHEET,
        target=sheet,
        after={"revision": revision.number, "prefilled": prefilled},
    )


def _revision(form: Form | FormRevision) -> FormRevision:
    if isinstance(form, FormRevision):
        return form
    if form.is_archived:
        raise FormArchived(name=form.name)
    return selectors.newest_revision(form)


def _said_by(earlier: Sheet | None, definition: Definition) -> dict[str, Any]:
    """A statement is made anew each time, and a file belongs to one sheet."""
    if earlier is None:
        return {}
    kept = migrate(selectors.definition_of(earlier.revision), definition, earlier.answers).answers
    types = {question.key: question.type for question in definition.questions()}
    return {key: one for key, one in kept.items() if types[key] not in NEVER_PREFILLED}


def _previous(
    revision: FormRevision, definition: Definition, unit_id: UUID | None
) -> Mapping[str, Any] | None:
    """What the unit answered last, as this revision asks it."""
    if not any(question.prefill == "previous" for question in definition.questions()):
        return None
    version: SheetVersion | None = selectors.previous_version(revision.form, unit_id)
    if version is None:
        return None
    old = selectors.definition_of(version.revision)
    return migrate(old, definition, version.answers).answers
