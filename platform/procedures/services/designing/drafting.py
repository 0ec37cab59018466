"""Making procedures: a draft may be as wrong as a draft is, and no author overwrites another."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts import services as accounts
from accounts.selectors import free_function_name, functions_known
from audit import services as audit
from forms.plain import flaw
from opium.permissions import WHOLE_CITY, Actor, require
from procedures import selectors
from procedures.deeds import Deed
from procedures.definition import Procedure as Definition
from procedures.definition import write
from procedures.errors import DraftNotStorable, ProcedureArchived, ProcedureChangedMeanwhile
from procedures.models import Procedure
from procedures.permissions import Permission

LONGEST_NAME = 200
TOLD = {"name": LONGEST_NAME, "noun": 60, "description": 10_000}
"""What a row tells of its draft, and how much of it at most."""


@transaction.atomic
def add_procedure(*, actor: Actor, name: str, draft: Mapping[str, Any] | None = None) -> Procedure:
    """Begin a procedure; nobody runs through it before it is published."""
    require(actor, Permission.MANAGE_PROCEDURES, WHOLE_CITY)
    name = name.strip()
    written = write(Definition(name=name)) if draft is None else {**draft, "name": name}
    procedure = Procedure(name=name, draft=written)
    _tell(procedure)
    procedure.save()
    audit.record(
        actor=actor,
        deed=Deed.ADD_PROCEDURE,
        right=Permission.MANAGE_PROCEDURES,
        target=procedure,
        after={"name": procedure.name},
    )
    return procedure


@transaction.atomic
def change_procedure(
    *,
    actor: Actor,
    procedure: Procedure,
    draft_version: int,
    name: str | None = None,
    draft: Mapping[str, Any] | None = None,
) -> Procedure:
    """Replace the draft, faulty or not, or rename it; `selectors.problems_of` finds the faults.

    A draft is saved every few seconds, so the log tells only of a new name. Raises
    `ProcedureChangedMeanwhile` where somebody has changed it since `draft_version`,
    `ProcedureArchived`, `DraftNotStorable`.
    """
    require(actor, Permission.MANAGE_PROCEDURES, procedure)
    procedure = locked_procedure(procedure)
    written = dict(procedure.draft if draft is None else draft)
    if sentence := flaw(written):
        raise DraftNotStorable(sentence=sentence)
    if name is not None:
        written["name"] = name.strip()
    if written == procedure.draft:
        return procedure
    if procedure.draft_version != draft_version:
        raise ProcedureChangedMeanwhile(name=procedure.name)
    before = procedure.name
    procedure.draft = written
    procedure.draft_version += 1
    _tell(procedure)
    procedure.save()
    if procedure.name != before:
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_PROCEDURE,
            right=Permission.MANAGE_PROCEDURES,
            target=procedure,
            before={"name": before},
            after={"name": procedure.name},
        )
    return procedure


@transaction.atomic
def archive_procedure(*, actor: Actor, procedure: Procedure, is_archived: bool = True) -> Procedure:
    """Take no new matters, or take them again; those that run go on. Twice changes nothing."""
    require(actor, Permission.MANAGE_PROCEDURES, procedure)
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if procedure.is_archived == is_archived:
        return procedure
    procedure.is_archived = is_archived
    procedure.save(update_fields=["is_archived", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.ARCHIVE_PROCEDURE,
        right=Permission.MANAGE_PROCEDURES,
        target=procedure,
        before={"is_archived": not is_archived},
        after={"is_archived": is_archived},
    )
    return procedure


@transaction.atomic
def declare_functions(*, actor: Actor, procedure: Procedure) -> list[str]:
    """Add those functions of the draft that the city does not have yet; the names of the new ones.

    Who plays them is settled on the screen of functions, so the right to that is asked for too.
    """
    require(actor, Permission.MANAGE_PROCEDURES, procedure)
    draft = selectors.draft_of(procedure)
    wanted = {} if draft is None else {one.key: one.name for one in draft.functions}
    known = functions_known(wanted.keys())
    missing = [code for code in wanted if code not in known]
    for code in missing:
        name = free_function_name(wanted[code], code)
        accounts.add_function(actor=actor, code=code, name=name)
    if missing:
        audit.record(
            actor=actor,
            deed=Deed.DECLARE_FUNCTIONS,
            right=Permission.MANAGE_PROCEDURES,
            target=procedure,
            after={"functions": missing},
        )
    return [wanted[code] for code in missing]


def locked_procedure(procedure: Procedure) -> Procedure:
    """The row as it stands, held until the transaction ends. Raises `ProcedureArchived`.

    While it is held nobody opens a matter of it either: that takes a lock of the same row.
    """
    found = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if found.is_archived:
        raise ProcedureArchived(name=found.name)
    return found


def _tell(procedure: Procedure) -> None:
    """Keep beside the draft what lists show of it; what the draft does not say stays."""
    for member, most in TOLD.items():
        told = procedure.draft.get(member)
        if isinstance(told, str) and (told.strip() or member == "description"):
            setattr(procedure, member, told.strip()[:most])
