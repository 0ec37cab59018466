"""What a rule document says, once it has been read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from ranking.matters import Matter

GROSZ = Decimal("0.01")
NOTHING = Decimal("0.00")
HUNDRED = Decimal(100)


class AtLine(StrEnum):
    """What becomes of equal ones of whom only some fit."""

    ALL = "all"
    """All are over, above the number of prizes; of money there is never more than the pots have."""
    NONE = "none"
    ASK = "ask"
    """None until somebody decides by hand; they are shown."""


class Beyond(StrEnum):
    """What follows the first who does not fit into the money."""

    STOP = "stop"
    SKIP = "skip"
    PART = "part"
    """That one gets what is left, where that is not below the least; then it stops."""


class Rounding(StrEnum):
    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to order by; equal ones are told apart by the next."""

    by: str
    is_falling: bool
    is_missing_first: bool
    scale: tuple[str, ...] = ()
    """Of a text: its words from the best; one that is none of them is a missing one."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Lots drawn: the same for the same seed and matters, and nobody can foresee them without."""

    seed: str


@dataclass(frozen=True, slots=True)
class Threshold:
    by: str
    label: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of prizes: overall, or for each value of a field."""

    by: str
    """"" for overall."""
    label: str
    most: int | None
    each: Mapping[str, int]

    def of(self, group: str) -> int | None:
        """How many of the group; None for any number."""
        return self.each.get(group, self.most)


@dataclass(frozen=True, slots=True)
class Pot:
    code: str
    amount: Decimal
    only_by: str = ""
    only: frozenset[str] = frozenset()

    def is_for(self, matter: Matter) -> bool:
        if matter.pots is not None and self.code not in matter.pots:
            return False
        return not self.only_by or matter.group(self.only_by) in self.only


@dataclass(frozen=True, slots=True)
class AsAsked:
    by: str

    def of(self, matter: Matter) -> Decimal | None:
        return matter.number(self.by)


@dataclass(frozen=True, slots=True)
class Fixed:
    amount: Decimal

    def of(self, matter: Matter) -> Decimal | None:
        return self.amount


@dataclass(frozen=True, slots=True)
class Percent:
    """Per cent of a figure by points: the first band whose beginning is reached, from the top."""

    by: str
    points: str
    bands: tuple[tuple[Decimal, Decimal], ...]

    def of(self, matter: Matter) -> Decimal | None:
        figure, points = matter.number(self.by), matter.number(self.points)
        if figure is None or points is None:
            return None
        percent = next((percent for start, percent in self.bands if points >= start), NOTHING)
        return figure * percent / HUNDRED


@dataclass(frozen=True, slots=True)
class PerPoint:
    points: str
    amount: Decimal

    def of(self, matter: Matter) -> Decimal | None:
        points = matter.number(self.points)
        return None if points is None else max(points, NOTHING) * self.amount


@dataclass(frozen=True, slots=True)
class Tariff:
    """Looked up by one field or several; what is in no row gets nothing."""

    by: tuple[str, ...]
    rows: Mapping[tuple[str, ...], Decimal]

    def of(self, matter: Matter) -> Decimal | None:
        return self.rows.get(tuple(matter.group(name) for name in self.by))


Way: TypeAlias = AsAsked | Fixed | Percent | PerPoint | Tariff


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so much for one matter, or so many per cent of a figure of it."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    of: str = ""

    def on(self, matter: Matter) -> Decimal | None:
        """None where the figure is missing: then it caps nothing that could be known."""
        if self.percent is None:
            return self.amount
        figure = matter.number(self.of)
        return None if figure is None else figure * self.percent / HUNDRED


@dataclass(frozen=True, slots=True)
class Rules:
    order: tuple[Key | Lot, ...]
    lists: str = ""
    """The field whose values have a ranking each, such as a category; "" for one ranking."""
    is_dense: bool = False
    """Whether 1, 1, 2 follows two equal ones, instead of 1, 1, 3."""
    thresholds: tuple[Threshold, ...] = ()
    limits: tuple[Limit, ...] = ()
    at_line: AtLine = AtLine.ASK
    pots: tuple[Pot, ...] = ()
    beyond: Beyond = Beyond.STOP
    is_split: bool = True
    """Whether one matter may get money from several pots."""
    way: Way | None = None
    """None: prizes without money."""
    asked: str = ""
    """The field with the sum asked for, above which nobody gets."""
    caps: tuple[Cap, ...] = ()
    step: Decimal = GROSZ
    rounding: Rounding = Rounding.DOWN
    least: Decimal = NOTHING
    """Who would get less than this gets nothing."""
    is_proportional: bool = False
    """Whether everybody over the line is cut alike, so that all fit into the pots."""

    def names(self) -> frozenset[str]:
        """Every field of matters that the rules ask."""
        found = {self.lists, self.asked, *(one.by for one in self.thresholds)}
        found.update(one.by for one in self.order if isinstance(one, Key))
        found.update(one.by for one in self.limits)
        found.update(one.only_by for one in self.pots)
        found.update(one.of for one in self.caps)
        match self.way:
            case AsAsked(by):
                found.add(by)
            case Percent(by, points):
                found.update((by, points))
            case PerPoint(points):
                found.add(points)
            case Tariff(by=fields):
                found.update(fields)
        return frozenset(found - {""})
