"""What published revisions say. They never change, so each is read once in a process."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from procedures.definition import Procedure, Stage, read
from procedures.kinds import APPLICANT, KINDS

if TYPE_CHECKING:
    from procedures.models import ProcedureRevision


@dataclass(frozen=True, slots=True)
class _Published:
    id: UUID
    document: Mapping[str, Any] = field(compare=False)
    shows_by_kind: bool = field(compare=False)


@lru_cache(maxsize=256)
def _read(published: _Published) -> Procedure:
    procedure = read(published.document)
    if published.shows_by_kind:
        return procedure
    return replace(procedure, stages=tuple(map(_showing_what_it_says, procedure.stages)))


def _showing_what_it_says(stage: Stage) -> Stage:
    """The stage, showing the applicant what it says and, where it says nothing, nothing.

    A stage that ends the matter shows nothing by its kind either.
    """
    if KINDS[stage.kind].ends:
        return stage
    return replace(stage, visible_to={APPLICANT: (), **stage.visible_to})


def definition_of(revision: "ProcedureRevision") -> Procedure:
    """What the revision says.

    One that was published while silence about the applicant meant nothing is shown says so aloud,
    so that its cases show what they did, and a comparison with a later one tells what it opens.
    """
    return _read(_Published(revision.pk, revision.definition, revision.shows_by_kind))
