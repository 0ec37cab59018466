"""The city's tables that are looked up by keys: `z_tabeli("punkty", "liczba", ranga, miejsce)`."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from forms.expressions.numbers import number
from forms.expressions.tree import Value

FROM = "from"
"""The type of a key that says from which number on a row holds; only the last key may be one."""

Held = tuple[date | None, Mapping[str, Value]]
"""From which day on a row's values hold (None: always), and the values by column."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """What an expression has to know of a table: its columns with their types, and its keys.

    A table without keys has one row a unit.
    """

    columns: Mapping[str, str]
    keys: tuple[str, ...] = ()
    """The types of its keys: those of columns, or `FROM`."""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """An edition of a table with keys, ready to be asked."""

    rows: Mapping[tuple[str, ...], Sequence[Held]] = field(default_factory=dict)
    """By the texts of the keys; the newest first."""
    is_from: bool = False
    """Whether the last key is of the type `FROM`."""
    steps: Mapping[tuple[str, ...], Sequence[Decimal]] = field(default_factory=dict)
    """Of a `FROM` key: the numbers that there are beside the other keys, the smallest first."""

    def value(self, keys: Sequence[Value], column: str, day: date) -> Value:
        """What stands there on that day; empty where there is no such row, or a key is empty."""
        named = tuple(key_text(one) for one in keys)
        if self.is_from and named:
            named = self._stepped(named[:-1], keys[-1])
        held = self.rows.get(named, ()) if all(named) else ()
        return next((values.get(column) for since, values in held if _holds(since, day)), None)

    def _stepped(self, others: tuple[str, ...], given: Value) -> tuple[str, ...]:
        """The keys of the row whose number is the greatest that is not above the given one."""
        asked, known = number(given), self.steps.get(others, ())
        place = 0 if asked is None else bisect_right(known, asked)
        return (*others, key_text(known[place - 1]) if place else "")


def key_text(value: Value) -> str:
    """A key as a text that is the same for the same value; "" for an empty one and for a list."""
    match value:
        case bool():
            return "tak" if value else "nie"
        case Decimal():
            found = number(value)
            return "" if found is None else f"{found.normalize() + 0:f}"
        case date():
            return value.isoformat()
        case str():
            return value.strip()
    return ""


def _holds(since: date | None, day: date) -> bool:
    return since is None or since <= day


def shape_of(columns: Iterable[Mapping[str, str]], keys: Iterable[Mapping[str, str]]) -> TableShape:
    """The shape that the documents of columns and keys say."""
    known = list(keys)
    return TableShape(
        {column["key"]: _worth(column["type"]) for column in columns},
        tuple(_worth(one["type"]) for one in known),
        tuple(one["label"] for one in known),
    )


def _worth(kind: str) -> str:
    return "number" if kind == "money" else kind
