"""What publishing would do to the matters that run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count

from opium.errors import FieldError
from opium.polish import plural
from procedures import differences, fates
from procedures.definition import Procedure as Definition
from procedures.definition import Unreadable, read
from procedures.differences import Change
from procedures.errors import ProcedureFaulty
from procedures.models import Case, Procedure, ProcedureRevision
from procedures.published import definition_of
from procedures.selectors.procedure_list import newest_or_none, newest_revision


@dataclass(frozen=True, slots=True)
class Group:
    """The open matters that stand in one stage of one revision."""

    revision: int
    stage: str
    stage_name: str
    count: int
    proposal: str | None
    """The stage where they would stand; None where somebody has to say it."""
    is_kept_in_place: bool
    """Whether that is the same stage, so that nothing begins anew."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Effects:
    changes: Sequence[Change]
    """Since the revision published last; [] for the first."""
    groups: Sequence[Group]


def effects_of(procedure: Procedure, new: Definition, *, number: int | None = None) -> Effects:
    """What would change, and where each group of running matters would stand.

    `number` is the revision that `new` is, where it is published already: its own matters stay out.
    Three queries, however many matters there are.
    """
    newest = newest_or_none(procedure)
    changes = [] if newest is None else differences.compare(definition_of(newest), new)
    counts = running(procedure)
    revisions = ProcedureRevision.objects.filter(
        procedure=procedure, number__in={revision for revision, _ in counts} - {number}
    )
    groups = []
    for revision in revisions.order_by("number"):
        old = definition_of(revision)
        places = fates.plan(old, new)
        remark = "" if old.form == new.form else OTHER_FORM
        groups += [
            _group(revision.number, places[stage.key], counts[revision.number, stage.key], remark)
            for stage in old.stages
            if (revision.number, stage.key) in counts
        ]
    return Effects(changes, groups)


def effects_on(procedure: Procedure, of: Literal["draft", "published"]) -> Effects:
    """What publishing the draft would do, or moving what is left on older revisions.

    Raises `ProcedureFaulty` for a draft that cannot be read, `ProcedureNotPublished`.
    """
    if of == "published":
        newest = newest_revision(procedure)
        return effects_of(procedure, definition_of(newest), number=newest.number)
    try:
        return effects_of(procedure, read(procedure.draft))
    except Unreadable as unreadable:
        errors = [FieldError(fault.path, str(fault)) for fault in unreadable.faults]
        raise ProcedureFaulty(errors=errors) from unreadable


def running(procedure: Procedure) -> Mapping[tuple[int, str], int]:
    """(revision, stage) -> how many open matters stand there; one query."""
    counted = (
        Case.objects.filter(procedure=procedure, state=Case.State.OPEN)
        .order_by()
        .values_list("revision__number", "stage")
        .annotate(count=Count("pk"))
    )
    return {(number, stage): count for number, stage, count in counted}


OTHER_FORM = " Ich wnioski zostają na dotychczasowym formularzu."


def _group(revision: int, place: fates.Place, count: int, remark: str) -> Group:
    matters = plural(count, "sprawa", "sprawy", "spraw")
    return Group(
        revision=revision,
        stage=place.stage,
        stage_name=place.name,
        count=count,
        proposal=place.target,
        is_kept_in_place=place.fate == fates.Fate.STAYS,
        sentence=f"Wydanie {revision}, etap „{place.name}”: {matters}. {place.sentence}{remark}",
    )
