"""Carrying sheets over to another revision: nothing gets lost that was not announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from audit import services as audit
from forms import registry, selectors
from forms.deeds import Deed
from forms.definition import Definition
from forms.filling import project
from forms.models import FormRevision, Sheet
from forms.permissions import Permission, open_sections
from forms.selectors import Carried
from opium.permissions import Actor

_CHANGED = (
    *("revision", "answers", "set_aside", "answered", "required", "is_complete"),
    *("draft_version", "moved_at_version", "state", "asks_correction", "updated_at"),
)


@dataclass(slots=True)
class Count:
    moved: int = 0
    asked: int = 0


def move_sheets(
    *, actor: Actor, old: FormRevision, new: FormRevision, state: str, is_asking: bool
) -> Count:
    """Move the sheets in flight that are in this state, in blocks; to be called by publishing.

    What was submitted stays as it is: only the draft layer moves. An answer without a place in
    the new revision is set aside in the sheet and comes back with no question. With `is_asking`
    whoever has something to correct gets the sheet back as a draft, the others are left alone.
    """
    definition = selectors.definition_of(new)
    count = Count()
    for kind, sheets in selectors.in_flight(old.form).items():
        group = sheets.filter(revision=old, state=state).order_by("owner_id", "pk")
        places = list(group.values_list("pk", "owner_id"))
        for block in selectors.in_blocks(places):
            registry.guards()[kind].hold(sorted({owner for _, owner in block}))
            locked = _locked([pk for pk, _ in block], old, state)
            asked = _move(actor, locked, new, definition, is_asking=is_asking)
            count.moved += len(locked)
            count.asked += len(asked)
            registry.tell_moved(actor, asked)
    return count


def _locked(ids: Sequence[UUID], old: FormRevision, state: str) -> list[Sheet]:
    """The rows as they stand; one that was submitted or moved meanwhile is no longer among them."""
    rows = Sheet.objects.select_for_update().filter(pk__in=ids, revision=old, state=state)
    sheets = list(rows.order_by("pk"))
    for sheet in sheets:
        sheet.revision, sheet.form = old, old.form
    return sheets


def _move(
    actor: Actor,
    sheets: list[Sheet],
    new: FormRevision,
    definition: Definition,
    *,
    is_asking: bool,
) -> list[Sheet]:
    asked = []
    for carried in selectors.carry(sheets, definition):
        sheet = carried.sheet
        left = sheet.revision.number
        _carry_over(carried, new)
        if is_asking and carried.to_correct:
            _ask(actor, carried, definition)
            asked.append(sheet)
        allowed = open_sections(sheet)
        projection = (
            carried.projection
            if allowed is None
            else project(definition, sheet.answers, carried.facts, sections=allowed)
        )
        sheet.count(projection)
        audit.record(
            actor=actor,
            deed=Deed.MOVE_SHEETS,
            right=Permission.MANAGE_FORMS,
            target=sheet,
            before={"revision": left},
            after={
                "revision": new.number,
                "set_aside": [loss.path for loss in carried.losses],
                "asked": list(carried.to_correct) if sheet in asked else [],
            },
        )
    Sheet.objects.bulk_create(
        sheets, update_conflicts=True, unique_fields=["id"], update_fields=_CHANGED
    )
    return asked


def _carry_over(carried: Carried, new: FormRevision) -> None:
    sheet = carried.sheet
    sheet.set_aside = [
        *sheet.set_aside,
        *(
            {
                "path": loss.path,
                "label": loss.label,
                "value": loss.value,
                "revision": sheet.revision.number,
            }
            for loss in carried.losses
        ),
    ]
    sheet.revision = new
    sheet.answers = carried.answers
    sheet.draft_version += 1
    sheet.moved_at_version = sheet.draft_version
    sheet.updated_at = timezone.now()


def _ask(actor: Actor, carried: Carried, definition: Definition) -> None:
    sheet = carried.sheet
    keys = carried.to_correct
    found = {definition.section_of[key].key for key in keys if key}
    before: dict[str, Any] | None = sheet.asks_correction
    was_whole = before is not None and before["sections"] is None
    whole = sheet.version == 0 or "" in keys or was_whole
    if before is not None and not whole:
        found |= set(before["sections"])
    sheet.state = Sheet.State.DRAFT
    sheet.asks_correction = {
        "sections": None if whole else [one.key for one in definition.sections if one.key in found],
        "sentence": f"Formularz ma nową wersję. Uzupełnij lub popraw: {selectors.labels(keys)}.",
        "by": actor.display_name,
        "at": timezone.now().isoformat(),
    }
