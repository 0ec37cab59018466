"""Places: by the rules' keys in their order, with what is equal shown as equal."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opium.polish import sort_key
from ranking.matters import Matter
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
    columns = [[_standing(key, one) for one in ordered] for key in rules.order]
    keys = [one.key for one in ordered]
    standings = dict(zip(keys, zip(*columns, strict=True), strict=True)) if columns else {}
    for number in reversed(range(len(rules.order))):
        key = rules.order[number]
        ordered.sort(
            key=lambda one: standings[one.key][number],
            reverse=isinstance(key, Key) and key.is_falling,
        )
    return _placed(rules, ordered, standings)


def _standing(key: Key | Lot, matter: Matter) -> tuple[Any, ...]:
    """What a matter is compared by; a missing value stands at one end of all others."""
    if isinstance(key, Lot):
        return (hashlib.sha256(f"{key.seed}\n{matter.key}".encode()).digest(),)
    value: Any = matter.values.get(key.by)
    present = key.is_missing_first != key.is_falling
    if type(value) is Decimal:
        return present, value
    if key.scale:
        word = matter.group(key.by)
        value = key.scale.index(word) if word in key.scale else None
    elif isinstance(value, str):
        value = sort_key(value) if value else None
    return (not present,) if value is None else (present, value)


def _placed(
    rules: Rules, ordered: Sequence[Matter], standings: dict[str, tuple[Any, ...]]
) -> list[Ranked]:
    lists = [one.group(rules.lists) if rules.lists else "" for one in ordered]
    equals = Counter(zip(lists, (standings[one.key] for one in ordered), strict=True))
    before: Counter[str] = Counter()
    places: dict[tuple[str, Any], int] = {}
    distinct: Counter[str] = Counter()
    found = []
    for matter, of in zip(ordered, lists, strict=True):
        same = (of, standings[matter.key])
        if same not in places:
            distinct[of] += 1
            places[same] = distinct[of] if rules.is_dense else before[of] + 1
        before[of] += 1
        found.append(Ranked(matter, of, places[same], equals[same]))
    return found
