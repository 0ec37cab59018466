"""What published revisions say. They never change, so each is read once in a process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from procedures.definition import Procedure, read

if TYPE_CHECKING:
    from procedures.models import ProcedureRevision


@dataclass(frozen=True, slots=True)
class _Published:
    id: UUID
    document: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=256)
def _read(published: _Published) -> Procedure:
    return read(published.document)


def definition_of(revision: "ProcedureRevision") -> Procedure:
    """What the revision says."""
    return _read(_Published(revision.pk, revision.definition))
