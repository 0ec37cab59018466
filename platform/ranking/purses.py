"""What is left in the pots while money is given."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from ranking.matters import Matter
from ranking.rules import NOTHING, Pot

Shares: TypeAlias = tuple[tuple[str, Decimal], ...]


class Purses:
    """The pots in their order. Where the rules name none, there is money for everything."""

    def __init__(self, pots: Sequence[Pot], *, is_split: bool) -> None:
        self.left = {pot.code: pot.amount for pot in pots}
        self._pots = pots
        self._is_split = is_split
        self._closed: set[str] = set()

    def codes_for(self, matter: Matter) -> tuple[str, ...]:
        """The pots that are for the matter."""
        return tuple(pot.code for pot in self._pots if pot.is_for(matter))

    def open_for(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Those of them at which the giving has not stopped."""
        return tuple(code for code in codes if code not in self._closed)

    def close(self, codes: Sequence[str]) -> None:
        self._closed.update(codes)

    def shares(self, codes: Sequence[str], amount: Decimal) -> Shares | None:
        """Of which pots the amount would be; None where they do not have it."""
        if not self._pots or not amount:
            return ()
        if not self._is_split:
            of = next((code for code in codes if self.left[code] >= amount), None)
            return None if of is None else ((of, amount),)
        found, needed = [], amount
        for code in codes:
            part = min(needed, self.left[code])
            if part:
                found.append((code, part))
                needed -= part
        return None if needed else tuple(found)

    def take(self, shares: Shares) -> None:
        for code, amount in shares:
            self.left[code] -= amount

    def give_back(self, shares: Shares) -> None:
        for code, amount in shares:
            self.left[code] += amount

    def most(self, codes: Sequence[str]) -> Decimal:
        """The largest sum that one matter could still get of these pots."""
        sums = [self.left[code] for code in codes]
        return sum(sums, NOTHING) if self._is_split else max(sums, default=NOTHING)
