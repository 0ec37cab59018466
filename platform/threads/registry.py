"""What modules tell of the matters that people ask about; each declares its own in `wiring`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from opium.declaring import Registry
from opium.errors import NotFound
from opium.permissions import Actor, Permission
from threads.models import Side
from todo.services import Wait

__all__ = ["THREAD", "Matter", "Side", "Standing", "Subject", "subject", "subject_named"]

THREAD = "threads.thread"
"""The subject of what waits until a question is answered (`todo.Wait`)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in one matter, and by which right."""

    side: Side
    right: Permission
    may_write: bool


@dataclass(frozen=True, slots=True)
class Matter:
    title: str
    outside: str
    """How the side that is no office is called."""
    group_id: UUID | None = None
    """What it has in common with others, to all of which an answer can be shown; None: nothing."""
    closed: str = ""
    """Why nothing can be written any more, a sentence; "" where it can."""


def _nowhere(_actor: Actor, _group_id: UUID) -> Standing | None:
    return None


@dataclass(frozen=True, slots=True)
class Subject:
    """Matters of one kind; each answer costs a bounded number of queries."""

    standing: Callable[[Actor, UUID], Standing | None]
    """Where the actor stands today; None for whoever does not see the matter, or not its thread."""
    matter: Callable[[UUID], Matter]
    waits: Callable[[UUID, UUID, Side], Sequence[Wait]]
    """`waits(thread_id, subject_id, side)`: who has a question to answer on that side. The rows
    are about (`THREAD`, thread_id)."""
    codes: Mapping[Side, str]
    """The code of those rows."""
    url: Callable[[UUID, Side], str]
    """Where in the screens that side reads it, from the root."""
    in_group: Callable[[Actor, UUID], Standing | None] = _nowhere
    """Where the actor stands towards a group: of its matters, or of the office."""


_subjects: Registry[Subject] = Registry("kind of matter with questions")


def subject(kind: str, told: Subject) -> None:
    """Let people ask about matters of this kind (`messaging.delivery`)."""
    _subjects.declare(kind, told)


def subject_named(kind: str) -> Subject:
    """Raises `NotFound` for a kind that no module tells of: it comes from an address."""
    if kind not in _subjects:
        raise NotFound
    return _subjects[kind]
