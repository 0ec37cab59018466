"""Publishing: the draft becomes a revision, and what runs is kept or moved as was chosen."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from django.db import transaction

from audit import services as audit
from opium.errors import FieldError
from opium.permissions import Actor, require
from procedures import differences, selectors
from procedures.deeds import Deed
from procedures.definition import Fault, Unreadable, read, write
from procedures.errors import NothingToPublish, ProcedureChangedMeanwhile, ProcedureFaulty
from procedures.models import Procedure, ProcedureRevision
from procedures.permissions import Permission
from procedures.services.designing.drafting import locked_procedure
from procedures.services.designing.moves import Move, carry, require_decisions, told

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def publish_procedure(
    *,
    actor: Actor,
    procedure: Procedure,
    moves: Sequence[Move] = (),
    draft_version: int | None = None,
) -> ProcedureRevision:
    """Freeze the draft as the next revision; matters that run are kept or moved in one transaction.

    Every group of them (a stage of a revision) has to be decided, so none is forgotten in silence.
    Raises `ProcedureFaulty` with every place, `CasesUndecided`, `MoveImpossible`,
    `NothingToPublish`, `ProcedureChangedMeanwhile` where the draft is no longer `draft_version`,
    `ProcedureArchived`.
    """
    require(actor, Permission.MANAGE_PROCEDURES, procedure)
    procedure = locked_procedure(procedure)
    if draft_version not in {None, procedure.draft_version}:
        raise ProcedureChangedMeanwhile(name=procedure.name)
    revision = _frozen(actor, procedure)
    require_decisions(procedure, moves)
    moved = carry(actor, procedure, revision, moves)
    audit.record(
        actor=actor,
        deed=Deed.PUBLISH_PROCEDURE,
        right=Permission.MANAGE_PROCEDURES,
        target=procedure,
        after={"revision": revision.number, "moved": moved, "moves": list(told(moves))},
    )
    return revision


def _frozen(actor: Actor, procedure: Procedure) -> ProcedureRevision:
    try:
        definition = read(procedure.draft)
    except Unreadable as unreadable:
        raise ProcedureFaulty(errors=_as_errors(unreadable.faults)) from unreadable
    used = selectors.forms_used(definition)
    faults = selectors.faults_of(definition, used)
    if faults:
        raise ProcedureFaulty(errors=_as_errors(faults))
    newest = selectors.newest_or_none(procedure)
    if newest is not None and selectors.definition_of(newest) == definition:
        raise NothingToPublish
    changes = (
        [] if newest is None else differences.compare(selectors.definition_of(newest), definition)
    )
    Procedure.objects.filter(pk=procedure.pk).update(form=definition.form or None)
    return ProcedureRevision.objects.create(
        procedure=procedure,
        number=1 if newest is None else newest.number + 1,
        definition=write(definition),
        bindings=dict(used.bindings),
        differences=[asdict(change) for change in changes],
        published_by=cast("Person", actor) if actor.pk is not None else None,
    )


def _as_errors(faults: Sequence[Fault]) -> list[FieldError]:
    return [FieldError(fault.path, str(fault)) for fault in faults]
