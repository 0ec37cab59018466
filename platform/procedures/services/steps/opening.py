"""Opening a case: its applicant, its limits, its first stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.scopes import Spot
from opium.permissions import WHOLE_CITY, Actor, MissingPermission, System, require
from procedures import registry
from procedures.checking import start_of
from procedures.deeds import Deed
from procedures.definition import APPLICANT
from procedures.definition import Procedure as Definition
from procedures.desk import Desk
from procedures.errors import (
    ApplicantMissing,
    ProcedureNotOpen,
    ProcedureNotPublished,
    SubjectBusy,
)
from procedures.kinds import KINDS
from procedures.models import Case, Procedure
from procedures.permissions import Permission
from procedures.published import definition_of
from procedures.selectors import starting
from procedures.selectors.procedure_list import newest_or_none
from procedures.services.entrusted import recording
from procedures.services.steps import filing, stages, telling
from procedures.standing import Hat
from units.selectors import unit_facts

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.models import ProcedureRevision


@dataclass(frozen=True, slots=True)
class Taken:
    """How a module takes a matter in: the kind of its `registry.Intake`, and on which revision."""

    intake: str
    revision: "ProcedureRevision"
    reference_day: date | None = None
    """What its forms reckon from; None leaves that to the procedure."""
    is_trial: bool = False


@transaction.atomic
def open_case(  # what a new matter is about
    *,
    actor: Actor,
    procedure: Procedure,
    unit_id: UUID | None = None,
    section_id: UUID | None = None,
    title: str = "",
    subject: tuple[str, UUID] | None = None,
    link: Mapping[str, str] | None = None,
    taken: Taken | None = None,
) -> Case:
    """Open a matter on the newest revision, in the unit's name or one's own.

    A module that takes it in by its own dates and limits (`taken`) has asked these, and names the
    revision.

    It stands in its first stage, with the sheet of its application.
    `subject` is another module's record (kind, id) that runs through the procedure. Whoever waits
    for it is told once this transaction has committed. Raises `ApplicantMissing`,
    `ProcedureNotPublished`, `ProcedureNotOpen` (dates, limits, overdue matters), `SubjectBusy`.
    """
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    revision = taken.revision if taken is not None else newest_or_none(procedure)
    if revision is None:
        raise ProcedureNotPublished(name=procedure.name)
    definition = definition_of(revision)
    applicant = _applicant(actor, definition, unit_id)
    if subject is None:
        require(actor, Permission.OPEN_CASE, _subject_of_right(definition, unit_id))
    else:
        _require_free(actor, subject)
    _require_open(procedure, unit_id, applicant, taken)
    case = _new(procedure, revision, definition, actor, applicant, unit_id)
    case.section_id = section_id
    if taken is not None:
        case.intake, case.is_trial = taken.intake, taken.is_trial
        case.reference_day = taken.reference_day
    case.subject_kind, case.subject_id = subject or ("", None)
    case.title = (title.strip() or _title(procedure, case, subject))[:300]
    case.save(force_insert=True)
    _begin(case, actor, definition, link)
    return case


def _applicant(actor: Actor, definition: Definition, unit_id: UUID | None) -> "Person | None":
    if definition.applicant == "unit":
        if unit_id is None or not unit_facts([unit_id]):
            raise ApplicantMissing
        return None
    return None if isinstance(actor, System) else cast("Person", actor)


def _subject_of_right(definition: Definition, unit_id: UUID | None) -> object | None:
    """Where the right to open must be held: for the unit, in the city, or anywhere for oneself."""
    if definition.applicant == "unit":
        return Spot(unit_id=unit_id)
    return WHOLE_CITY if definition.applicant == "office" else None


def _require_open(
    procedure: Procedure, unit_id: UUID | None, applicant: "Person | None", taken: Taken | None
) -> None:
    start = starting.start_of(
        procedure,
        unit_id=unit_id,
        person_id=applicant.pk if applicant else None,
        taken=taken.revision if taken is not None else None,
    )
    if not start.may:
        raise ProcedureNotOpen(sentence=start.sentence)


def _require_free(actor: Actor, subject: tuple[str, UUID]) -> None:
    """Let the record through where its module does and nothing runs with it already."""
    kind, pk = subject
    told = registry.subject_of(kind)
    if told is None or not told.may_open(actor, pk):
        raise MissingPermission(Permission.OPEN_CASE)
    if Case.objects.filter(subject_kind=kind, subject_id=pk, state=Case.State.OPEN).exists():
        raise SubjectBusy


def _new(  # noqa: PLR0917  # what is known before it is saved
    procedure: Procedure,
    revision: "ProcedureRevision",
    definition: Definition,
    actor: Actor,
    applicant: "Person | None",
    unit_id: UUID | None,
) -> Case:
    now = timezone.now()
    of_unit = unit_id if definition.applicant == "unit" else None
    names = unit_facts([of_unit]) if of_unit else {}
    return Case(
        procedure=procedure,
        revision=revision,
        unit_id=of_unit,
        unit_name=names.get(of_unit, {}).get("short_name", "") if of_unit else "",
        applicant=applicant,
        opened_by_id=actor.pk,
        authors=[actor.pk] if actor.pk else [],
        opened_at=now,
        ball_since=now,
    )


def _title(procedure: Procedure, case: Case, subject: tuple[str, UUID] | None) -> str:
    if subject is not None and (told := registry.subject_of(subject[0])) is not None:
        return told.label_of(subject[1])
    return ", ".join(filter(None, (procedure.name, case.unit_name)))


def _begin(
    case: Case, actor: Actor, definition: Definition, link: Mapping[str, str] | None
) -> None:
    """Enter the first stage, and write the first event."""
    desk = Desk(case, link=link or {})
    first = start_of(definition)
    if first is None:
        raise ProcedureNotPublished(name=case.procedure.name)
    if KINDS[first.kind].starts:
        case.search = filing.searched(case)
    else:
        filing.file_case(desk)
    stages.enter(desk, first)
    subject = registry.subject_of(case.subject_kind)
    label = subject.opened if subject is not None else "Założono sprawę"
    hat = Hat(APPLICANT if definition.applicant != "office" else "")
    event = recording.record(
        desk,
        actor,
        Deed.OPEN_CASE,
        recording.Step(action="open", label=label, left=None, entered=first, hat=hat),
    )
    telling.tell_later(event)
