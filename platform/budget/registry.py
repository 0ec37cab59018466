"""What modules tell of the subjects that their money is booked on: applications, repairs."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from opium.declaring import Registry
from opium.permissions import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """A subject as somebody who may see it sees it."""

    name: str
    url: str
    """Where in the screens it can be seen, from the root."""


@dataclass(frozen=True, slots=True)
class SubjectKind:
    label: str
    """The kind in Polish: „Sprawa”; all that is told to whoever may not see the subject."""
    shown: Callable[[Actor, Collection[UUID]], Mapping[UUID, Shown]]
    """Those of the subjects that the actor may see; a number of queries that does not grow."""


_kinds: Registry[SubjectKind] = Registry("kind of subjects")


def subject(kind: str, told: SubjectKind) -> None:
    """Let money be booked on subjects of this kind (`procedures.case`)."""
    _kinds.declare(kind, told)


def kind_of(kind: str) -> SubjectKind:
    """Raises `LookupError` for a kind that no module tells of: nothing is booked on a stranger."""
    return _kinds[kind]


def labels() -> Mapping[str, str]:
    """Kind -> its Polish label."""
    return {kind: told.label for kind, told in _kinds.items()}


def shown(actor: Actor, owners: Collection[tuple[str, UUID]]) -> Mapping[tuple[str, UUID], Shown]:
    """Those of the (kind, id) that the actor may see; the queries do not grow with their number."""
    found: dict[tuple[str, UUID], Shown] = {}
    for kind in sorted({kind for kind, _ in owners} & _kinds.keys()):
        ids = {pk for one, pk in owners if one == kind}
        found |= {(kind, pk): told for pk, told in _kinds[kind].shown(actor, ids).items()}
    return found
