"""How many prizes are taken: overall, of a kind, of a school."""

from collections import Counter
from collections.abc import Sequence

from opium.polish import plural
from ranking.matters import Matter
from ranking.rules import Limit


class Prizes:
    """Counts who is over the line by each limit."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._limits = limits
        self._taken: Counter[tuple[int, str]] = Counter()
        self._closed: set[tuple[int, str]] = set()

    def count(self, matter: Matter) -> None:
        for number, limit in enumerate(self._limits):
            self._taken[number, _group(limit, matter)] += 1

    def full(self, matter: Matter) -> str:
        """Which limit leaves no place for it, as a sentence; "" for none."""
        for number, limit in enumerate(self._limits):
            group = _group(limit, matter)
            most = limit.of(group)
            if most is not None and self._taken[number, group] >= most:
                return _full(limit, group, most)
            if (number, group) in self._closed:
                return "Nagrody kończą się wyżej w rankingu, na remisie."
        return ""

    def crowded(self, matters: Sequence[Matter]) -> set[str]:
        """The keys of those whom some limit could not take together with the others.

        Such a limit takes nobody of that group any more: who stands lower jumps over no equal ones.
        """
        found: set[str] = set()
        for number, limit in enumerate(self._limits):
            by_group: dict[str, list[str]] = {}
            for matter in matters:
                by_group.setdefault(_group(limit, matter), []).append(matter.key)
            for group, keys in by_group.items():
                most = limit.of(group)
                if most is not None and self._taken[number, group] + len(keys) > most:
                    found.update(keys)
                    self._closed.add((number, group))
        return found


def _group(limit: Limit, matter: Matter) -> str:
    return matter.group(limit.by) if limit.by else ""


def _full(limit: Limit, group: str, most: int) -> str:
    prizes = plural(most, "nagroda", "nagrody", "nagród")
    if not limit.by:
        return f"Poza liczbą nagród: rozdziela się {prizes}."
    return f"Poza liczbą nagród: {limit.label} „{group or 'brak'}” to {prizes}."
