"""Two scenarios side by side: who gains, who loses, and the sums."""

from dataclasses import dataclass
from decimal import Decimal

from ranking.outcomes import Outcome
from ranking.rules import NOTHING


@dataclass(frozen=True, slots=True)
class Difference:
    """One matter in both; what it lacks in one of them is nothing there."""

    key: str
    before: Decimal
    after: Decimal
    was_over: bool
    is_over: bool

    @property
    def change(self) -> Decimal:
        return self.after - self.before

    @property
    def is_same(self) -> bool:
        return self.before == self.after and self.was_over == self.is_over


@dataclass(frozen=True, slots=True)
class Comparison:
    differences: tuple[Difference, ...]
    """Every matter of both, in the order of the second, then of the first."""
    given_before: Decimal
    given_after: Decimal
    over_before: int
    over_after: int
    gained: Decimal
    """What all who get more get more, together."""
    lost: Decimal
    gaining: int
    losing: int


def compare(first: Outcome, second: Outcome) -> Comparison:
    """The second against the first."""
    before = {row.key: row for row in first.rows}
    after = {row.key: row for row in second.rows}
    differences = []
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        differences.append(
            Difference(
                key,
                old.amount if old else NOTHING,
                new.amount if new else NOTHING,
                was_over=bool(old and old.is_over),
                is_over=bool(new and new.is_over),
            )
        )
    gains = [one.change for one in differences if one.change > 0]
    losses = [-one.change for one in differences if one.change < 0]
    return Comparison(
        tuple(differences),
        first.given,
        second.given,
        first.over,
        second.over,
        sum(gains, NOTHING),
        sum(losses, NOTHING),
        len(gains),
        len(losses),
    )
