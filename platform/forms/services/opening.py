"""Looking at a sheet; where it holds personal data, the log says who did."""

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.filling import (
    Facts,
    Projection,
    project,
    veiled_answers,
    veiled_projection,
    worded,
)
from forms.models import Sheet, SheetFile, SheetVersion
from forms.permissions import may_fill, open_sections, reads_veiled, require_sight
from opium.permissions import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

PERSONAL = frozenset({"personal_data", "pesel"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet as its page shows it: what it may know, what it looks like, what was submitted."""

    sheet: Sheet
    facts: Facts
    projection: Projection
    files: "Sequence[SheetFile]"
    versions: "Sequence[SheetVersion]"
    is_veiled: bool = False
    """Whether it lacks what tells whose it is, and everything that follows from that."""


@transaction.atomic
def open_sheet(*, actor: Actor, sheet: Sheet) -> Opened:
    """Everything that the sheet's page shows, in a number of queries that does not grow.

    Whoever looks at personal data without filling them in is written down, once an hour. Whoever
    may not know whose it is gets it without what tells that. Raises `NotFound`.
    """
    if reads_veiled(actor, sheet):
        return _veiled(sheet)
    _write_down(actor, Deed.OPEN_SHEET, sheet)
    definition = selectors.definition_of(sheet.revision)
    facts = selectors.facts_of_sheet(definition, sheet)
    projection = project(definition, sheet.answers, facts, sections=open_sections(sheet))
    return Opened(
        sheet,
        facts,
        projection,
        list(SheetFile.objects.filter(sheet=sheet).select_related("file")),
        list(selectors.versions_of(sheet)),
    )


def _veiled(sheet: Sheet) -> Opened:
    """Files are left out whole: a stamp or a property of one tells whose it is."""
    shown = copy(sheet)
    definition = selectors.definition_of(sheet.revision)
    shown.answers = veiled_answers(definition, sheet.answers)
    shown.unit_id, shown.set_aside, shown.asks_correction = None, [], None
    grounds = {key: told for key, told in sheet.grounds.items() if key != "units"}
    facts = selectors.facts_for(definition, shown.answers, None, grounds=grounds)
    projection = project(definition, shown.answers, facts)
    if words := worded(shown.answers, projection):
        shown.answers |= words
        projection = project(definition, shown.answers, facts)
    return Opened(shown, facts, veiled_projection(definition, projection), [], [], is_veiled=True)


@transaction.atomic
def open_version(*, actor: Actor, sheet: Sheet, number: int) -> SheetVersion:
    """What was submitted as that version. Raises `NotFound`, `UnknownSheetVersion`."""
    require_sight(actor, sheet)
    version = selectors.version_of(sheet, number)
    _write_down(actor, Deed.OPEN_VERSION, sheet)
    return version


@transaction.atomic
def compare_versions(
    *, actor: Actor, sheet: Sheet, older: int, newer: int | None = None
) -> list[selectors.Traced]:
    """As `selectors.differences`; without `newer`, up to the draft. Raises also `NotFound`."""
    require_sight(actor, sheet)
    _write_down(actor, Deed.COMPARE_VERSIONS, sheet)
    return selectors.differences(sheet, older, newer)


def _write_down(actor: Actor, deed: Deed, sheet: Sheet) -> None:
    definition = selectors.definition_of(sheet.revision)
    if any(one.type in PERSONAL for one in definition.questions()) and not may_fill(actor, sheet):
        audit.record_view(actor=actor, deed=deed, right=None, target=sheet)
