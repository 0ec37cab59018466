"""What a prepared question is asked with: the shape of its values, and the values themselves.

Of one shape are values that differ in moments, ids and words alone. Whether there is one at all,
how many parts a tuple has, numbers, choices and yes or no belong to the shape; of a set or a list
only whether it has none, one or more (`among`). Records of the database have no shape: a question
is asked with their ids.
"""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID, uuid4

SINGLE = frozenset({str, UUID, date, datetime})
MANY = frozenset({frozenset, list, set})


def shape_of(values: Mapping[str, Any]) -> Hashable:
    return tuple([(name, _shape(value)) for name, value in values.items()])


def leaves_of(values: Mapping[str, Any]) -> list[Any]:
    """The values that differ within one shape, in its order; sets as lists."""
    found: list[Any] = []
    for value in values.values():
        _gather(value, found)
    return found


class Stand:
    """What stands in a query in the place of one leaf, equal to nothing else in it."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self._kind: Any = type(value)
        self._marks = [str(one) for one in (value if self._kind is list else (value,))]

    def is_at(self, value: Any) -> bool:
        """Whether a value of the SQL is this one."""
        return isinstance(value, self._kind) and bool(value == self.value)

    def is_hidden_in(self, value: Any) -> bool:
        """Whether the database has made something else of it, such as `%word%`."""
        return any(mark in str(value) for mark in self._marks)


def stood_in(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Stand]]:
    """The same values with stand-ins for leaves, and those in the order of `leaves_of`."""
    stands: list[Stand] = []
    return {name: _stood_in(value, stands) for name, value in values.items()}, stands


def _shape(value: Any) -> Any:
    kind: Any = type(value)
    if kind in SINGLE or value is None:
        return kind
    if kind in MANY:
        return kind, min(len(value), 2)
    if kind is tuple:
        return tuple([_shape(one) for one in value])
    if isinstance(value, bool | int | Enum):
        return kind, value
    names = _parts(kind)
    return kind, *[_shape(getattr(value, name)) for name in names]


def _gather(value: Any, found: list[Any]) -> None:
    kind: Any = type(value)
    if kind in SINGLE:
        found.append(value)
    elif kind in MANY:
        if value:
            found.append(list(value) if len(value) > 1 else next(iter(value)))
    elif kind is tuple:
        for one in value:
            _gather(one, found)
    elif value is not None and not isinstance(value, bool | int | Enum):
        for name in _parts(kind):
            _gather(getattr(value, name), found)


_days = count(1)


def _stood_in(value: Any, stands: list[Stand]) -> Any:
    kind: Any = type(value)
    if kind in SINGLE:
        stand = _stand_in(kind)
        stands.append(Stand(stand))
        return stand
    if kind in MANY:
        if not value:
            return value
        of, size = type(next(iter(value))), min(len(value), 2)
        several = kind(_stand_in(of) for _ in range(size))
        stand_for = list(several) if size > 1 else next(iter(several))
        stands.append(Stand(stand_for))
        return several
    if kind is tuple:
        return tuple(_stood_in(one, stands) for one in value)
    if value is None or isinstance(value, bool | int | Enum):
        return value
    parts = {part: _stood_in(getattr(value, part), stands) for part in _parts(kind)}
    return replace(value, **parts)


def _stand_in(kind: type) -> Any:
    if kind is UUID:
        return uuid4()
    if kind is str:
        return f"stand-in {uuid4()}"
    number = next(_days)
    if kind is datetime:
        return datetime(2, 1, 1, tzinfo=UTC).replace(microsecond=number % 1_000_000)
    return date.fromordinal(number % 300_000 + 1)


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    if not is_dataclass(kind):
        raise TypeError(f"a prepared question is not asked with a {kind.__name__}")
    return tuple(one.name for one in fields(kind))
