"""What comes of rules, matters and changes by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Why(StrEnum):
    """Why a matter is on its side of the line."""

    RULE = "rule"
    HAND_IN = "hand_in"
    HAND_OUT = "hand_out"
    HAND_LINE = "hand_line"
    THRESHOLD = "threshold"
    LIMIT = "limit"
    NO_AMOUNT = "no_amount"
    LEAST = "least"
    NO_POT = "no_pot"
    NO_MONEY = "no_money"
    STOPPED = "stopped"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Row:
    """One matter of the ranking, from the best to the last."""

    key: str
    list: str
    place: int
    tied: int
    """How many share the place, this one among them."""
    is_over: bool
    why: Why
    sentence: str
    """The same for people, in Polish."""
    asked: Decimal | None
    counted: Decimal | None
    """The sum by the rules (or by hand) before it was cut to what the pots have."""
    amount: Decimal
    """What it gets; nothing below the line."""
    shares: tuple[tuple[str, Decimal], ...]
    """(pot, sum), each above nothing, together the amount where the rules name pots."""
    is_by_hand: bool
    reason: str
    """Of the change by hand; "" for none."""


@dataclass(frozen=True, slots=True)
class PotSum:
    amount: Decimal
    given: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    rows: tuple[Row, ...]
    pots: Mapping[str, PotSum]
    asked: Decimal
    given: Decimal
    over: int
    """How many are over the line."""
    unmet: Decimal
    """What the rules would give besides if the pots had it; equal ones at the line not counted."""
    undecided: tuple[str, ...]
    """The equal ones at the line whom somebody has to tell apart by hand."""
    unknown: tuple[str, ...]
    """Keys of changes by hand about matters that are not among these any more."""
