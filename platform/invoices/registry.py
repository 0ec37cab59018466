"""What modules tell of the matters whose money is settled with invoices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from budget import services as budget
from opium.declaring import Registry
from opium.errors import NotFound
from opium.permissions import Actor
from threads.registry import Side, Standing

__all__ = [
    "BuyerCheck",
    "Line",
    "Matter",
    "Side",
    "Standing",
    "Subject",
    "subject",
    "subject_named",
]

BuyerCheck = Literal["refuse", "warn", "none"]
"""What becomes of an invoice that was made out to somebody else."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the matter's budget, as it was applied for."""

    key: str
    name: str
    planned: Decimal


@dataclass(frozen=True, slots=True)
class Matter:
    title: str
    url: str
    owner: budget.Subject
    """Whose the money is in the ledger."""
    lines: Sequence[Line] = ()
    """Nothing where the matter is not settled with invoices."""
    tolerance: Decimal | None = None
    """By how many per cent a line may be exceeded; None: by as much as the award holds."""
    buyers: frozenset[str] = frozenset()
    """The tax numbers that an invoice may be made out to."""
    buyer_check: BuyerCheck = "warn"
    closed: str = ""
    """Why no invoice can be entered or settled now, a sentence; "" where it can."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Matters of one kind; each answer costs a bounded number of queries."""

    standing: Callable[[Actor, UUID], Standing | None]
    """On which side the actor stands: outside is whoever spends the money. None: sees nothing."""
    matter: Callable[[UUID], Matter]
    hold: Callable[[UUID], None]
    """Lock the matter's row until the transaction ends."""


_subjects: Registry[Subject] = Registry("kind of matter settled with invoices")


def subject(kind: str, told: Subject) -> None:
    """Let matters of this kind (`procedures.case`) be settled with invoices."""
    _subjects.declare(kind, told)


def subject_named(kind: str) -> Subject:
    """Raises `NotFound` for a kind that no module tells of: it comes from an address."""
    if kind not in _subjects:
        raise NotFound
    return _subjects[kind]
