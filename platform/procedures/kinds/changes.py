"""What a press changes, besides the way that the case takes; the rows follow from these."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class BallotCast:
    outcome: str
    function: str


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    whom: str
    is_unit: bool
    question: str
    days: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    key: str
    verdict: Literal["yes", "no"]
    text: str


@dataclass(frozen=True, slots=True)
class OpinionRevoked:
    key: str


@dataclass(frozen=True, slots=True)
class OpinionReminded:
    key: str


@dataclass(frozen=True, slots=True)
class Scored:
    points: Decimal


@dataclass(frozen=True, slots=True)
class Abstained:
    """Somebody gives no score, which is no zero: they are waited for no more."""


@dataclass(frozen=True, slots=True)
class ScoreTakenBack:
    """Somebody takes their score back, or their abstaining, to give another."""


@dataclass(frozen=True, slots=True)
class Excluded:
    who: str


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """Only these sections may be changed; none named: all of them."""

    sections: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Granted:
    """The matter's money is this from now on, whatever it was granted before: pot -> sum."""

    shares: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Released:
    """The matter gets no money: what it holds and has not spent goes back to the pots."""


@dataclass(frozen=True, slots=True)
class MoneySettled:
    """So much of the granted money is accounted for, and so much was returned."""

    settled: Decimal
    returned: Decimal


Change = (
    BallotCast
    | OpinionAsked
    | OpinionGiven
    | OpinionRevoked
    | OpinionReminded
    | Scored
    | Abstained
    | ScoreTakenBack
    | Excluded
    | CorrectionAsked
    | Granted
    | Released
    | MoneySettled
)
