"""Places: by the rules' keys in their order, with what is equal shown as equal."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from opium.polish import sort_key
from ranking.matters import Matter, Value
from ranking.rules import Key, Lot, Rules


@dataclass(frozen=True, slots=True)
class Ranked:
    matter: Matter
    list: str
    place: int
    tied: int
    """How many share the place, this one among them."""


def rank(rules: Rules, matters: Iterable[Matter]) -> list[Ranked]:
    """The matters from the best; the same for every order in which they come.

    What no key tells apart shares a place and stands by the matters' keys. `ValueError` for two
    matters with one key.
    """
    ordered = sorted(matters, key=lambda one: one.key)
    if len({one.key for one in ordered}) != len(ordered):
        raise ValueError("two matters have one key")
    columns = [_ranks(key, ordered) for key in rules.order]
    standings = [*zip(*columns, strict=True)] if columns else [()] * len(ordered)
    best_first = sorted(range(len(ordered)), key=standings.__getitem__)
    return _placed(rules, [ordered[at] for at in best_first], [standings[at] for at in best_first])


def _ranks(key: Key | Lot, matters: Sequence[Matter]) -> list[int]:
    """Of each matter how many different values are better, by one key alone."""
    if isinstance(key, Key) and not key.scale:
        by = key.by
        found = [_word(one.values.get(by)) for one in matters]
    else:
        found = [_compared(key, one) for one in matters]
    present = sorted({one for one in found if one is not None})
    if isinstance(key, Key) and key.is_falling:
        present.reverse()
    is_first = isinstance(key, Key) and key.is_missing_first
    rank_of = {value: number for number, value in enumerate(present, start=1)}
    rank_of[None] = 0 if is_first else len(present) + 1
    return [rank_of[one] for one in found]


def _compared(key: Key | Lot, matter: Matter) -> Any:
    """What a matter is compared by; None for a missing value."""
    if isinstance(key, Lot):
        return hashlib.sha256(f"{key.seed}\n{matter.key}".encode()).digest()
    if key.scale:
        word = matter.group(key.by)
        return key.scale.index(word) if word in key.scale else None
    return _word(matter.values.get(key.by))


def _word(value: Value) -> Any:
    return (sort_key(value) or None) if isinstance(value, str) and value else value


def _placed(
    rules: Rules, ordered: Sequence[Matter], standings: Sequence[tuple[int, ...]]
) -> list[Ranked]:
    lists = [one.group(rules.lists) if rules.lists else "" for one in ordered]
    equals = Counter(zip(lists, standings, strict=True))
    before: Counter[str] = Counter()
    places: dict[tuple[str, tuple[int, ...]], int] = {}
    distinct: Counter[str] = Counter()
    found = []
    for matter, of, standing in zip(ordered, lists, standings, strict=True):
        same = (of, standing)
        if same not in places:
            distinct[of] += 1
            places[same] = distinct[of] if rules.is_dense else before[of] + 1
        before[of] += 1
        found.append(Ranked(matter, of, places[same], equals[same]))
    return found
