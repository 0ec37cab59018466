"""Moving running matters to another revision: never in silence, never to a draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from audit import services as audit
from opium.errors import FieldError
from opium.permissions import Actor, require
from procedures import fates, selectors
from procedures.deeds import Deed
from procedures.definition import Procedure as Definition
from procedures.errors import CasesUndecided, MoveImpossible, NothingToMove
from procedures.kinds import KINDS
from procedures.models import Case, Procedure, ProcedureRevision
from procedures.permissions import Permission
from procedures.services.designing.drafting import locked_procedure
from procedures.services.steps.moving import move_case


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of the open matters in this stage of this revision."""

    revision: int
    stage: str
    choice: Literal["keep", "move"]
    to: str = ""
    """The stage of the new revision; "" for the one that the preview proposed."""


@transaction.atomic
def move_cases(*, actor: Actor, procedure: Procedure, moves: Sequence[Move]) -> int:
    """Move matters that were kept on older revisions to the newest; how many there were.

    Groups that are not named stay. Raises `MoveImpossible`, `ProcedureNotPublished`,
    `NothingToMove`, `ProcedureArchived`.
    """
    require(actor, Permission.MANAGE_PROCEDURES, procedure)
    procedure = locked_procedure(procedure)
    moved = carry(actor, procedure, selectors.newest_revision(procedure), moves)
    if not moved:
        raise NothingToMove
    audit.record(
        actor=actor,
        deed=Deed.MOVE_CASES,
        right=Permission.MANAGE_PROCEDURES,
        target=procedure,
        after={"moved": moved, "moves": [_told(move) for move in moves]},
    )
    return moved


def require_decisions(procedure: Procedure, moves: Sequence[Move]) -> None:
    """Every group of running matters has an answer; else `CasesUndecided` with their places.

    The procedure is locked, so no group can appear after this.
    """
    decided = {(move.revision, move.stage) for move in moves}
    undecided = [one for one in sorted(selectors.running(procedure)) if one not in decided]
    if undecided:
        places = ", ".join(f"etap „{stage}” w wydaniu {number}" for number, stage in undecided)
        raise CasesUndecided(places=places)


def carry(actor: Actor, procedure: Procedure, new: ProcedureRevision, moves: Sequence[Move]) -> int:
    """Move the matters of each chosen group, locked one by one in the order of their ids.

    A matter that moved to another stage meanwhile is not of the group any more and stays. Each
    that moves gets an event of its own. Raises `MoveImpossible` with every wrong move.
    """
    routes = _routes(procedure, new, moves)
    moved = 0
    for route in routes:
        cases = (
            Case.objects.select_for_update(of=("self",))
            .filter(
                procedure=procedure,
                revision=route.old,
                stage=route.stage,
                state=Case.State.OPEN,
            )
            .order_by("pk")
        )
        for case in cases:
            move_case(actor=actor, case=case, revision=new, stage_key=route.entered)
            moved += 1
    return moved


@dataclass(frozen=True, slots=True)
class _Route:
    old: ProcedureRevision
    stage: str
    entered: str | None
    """The stage that is entered anew; None where the matter stays as it stands."""


def _routes(procedure: Procedure, new: ProcedureRevision, moves: Sequence[Move]) -> list[_Route]:
    definition = selectors.definition_of(new)
    chosen = [(index, move) for index, move in enumerate(moves) if move.choice == "move"]
    revisions = {
        one.number: one
        for one in ProcedureRevision.objects.filter(
            procedure=procedure, number__in={move.revision for _, move in chosen}
        )
    }
    routes, wrong = [], []
    for index, move in chosen:
        old = revisions.get(move.revision)
        sentence = _hindrance(old, new, definition, move)
        if sentence:
            wrong.append(FieldError(f"moves.{index}.to", sentence))
        elif old is not None:
            place = _place(old, definition, move)
            entered = place.target if place.fate is fates.Fate.MOVES else None
            routes.append(_Route(old, move.stage, entered))
    if wrong:
        raise MoveImpossible(errors=wrong)
    return routes


def _place(old: ProcedureRevision, definition: Definition, move: Move) -> fates.Place:
    mapping = {move.stage: move.to} if move.to else None
    return fates.plan(selectors.definition_of(old), definition, mapping)[move.stage]


def _hindrance(
    old: ProcedureRevision | None, new: ProcedureRevision, definition: Definition, move: Move
) -> str:
    if old is None or old == new:
        return f"Nie ma spraw do przeniesienia z wydania {move.revision}."
    if move.stage not in selectors.definition_of(old).stage_by_key:
        return f"W wydaniu {move.revision} nie ma etapu „{move.stage}”."
    if move.to and move.to not in definition.stage_by_key:
        return f"W nowym wydaniu nie ma etapu „{move.to}”. Wskaż inny."
    place = _place(old, definition, move)
    if place.target is None:
        return place.sentence
    target = definition.stage_by_key[place.target]
    if KINDS[target.kind].ends:
        return f"Etap „{target.name}” zamyka sprawy, a to może zrobić tylko ktoś w samej sprawie."
    return ""


def _told(move: Move) -> dict[str, object]:
    return {
        "revision": move.revision,
        "stage": move.stage,
        "choice": move.choice,
        "to": move.to,
    }


def told(moves: Sequence[Move]) -> Iterator[dict[str, object]]:
    """The moves as the log keeps them."""
    return (_told(move) for move in moves)
