"""Calculates formulas whose results were never saved: sums and arithmetic, nothing else.

A program that writes formulas without calculating them leaves cells that Excel fills in when it
opens the file. What is not plain arithmetic on cells of the same sheet stays without a result.
"""

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from spreadsheets.cells import Fault
from spreadsheets.facts import Facts, Place
from spreadsheets.sandbox import formats, references
from spreadsheets.sandbox.details import at, put

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<first>\$?[A-Za-z]{1,3}\$?\d{1,7})(?::(?P<last>\$?[A-Za-z]{1,3}\$?\d{1,7}))?(?![\w(.!])"
    r"|(?P<function>[A-Za-z]+)\("
    r"|(?P<mark>[-+*/^%(),;]))"
)
_LONGEST = 2_000
_DEEPEST = 60
_WORK = 2_000_000

Numbers = list[float]


class _Unknown(Exception):
    """Not arithmetic, or not on numbers."""


def calculate(rows: list[list[Any]], facts: Facts) -> None:
    """Put results where a formula has none; `facts.calculated` tells which and what."""
    sheet = _Sheet(rows, facts.formulas)
    for place in facts.formulas:
        if at(rows, place) in (None, Fault()):
            result = sheet.result(place)
            if result is not None:
                facts.note(facts.calculated, place, formats.plainly(result))
    for place in facts.calculated:
        put(rows, place, sheet.result(place))


class _Sheet:
    def __init__(self, rows: list[list[Any]], formulas: dict[Place, str]) -> None:
        self._rows = rows
        self._formulas = formulas
        self._known: dict[Place, float | None] = {}
        self._depth = 0
        self._left = _WORK

    def result(self, place: Place) -> float | None:
        if place in self._known:
            return self._known[place]
        self._known[place] = None  # what refers to itself has no result
        formula = self._formulas.get(place, "")
        if not formula or len(formula) > _LONGEST or self._depth > _DEEPEST:
            return None
        self._depth += 1
        try:
            value = _Formula(formula, self).value()
        except (_Unknown, ArithmeticError, ValueError):
            return None
        finally:
            self._depth -= 1
        self._known[place] = value
        return value

    def number(self, place: Place) -> float | None:
        """The number in a cell; None where it is empty. A text cannot be calculated with."""
        self._left -= 1
        if self._left < 0:
            raise _Unknown
        value = at(self._rows, place)
        if value == Fault() or (value is None and place in self._formulas):
            value = self.result(place)
            if value is None:
                raise _Unknown
        match value:
            case None:
                return None
            case bool() | str():
                raise _Unknown
            case int() | float():
                return float(value)
            case ["n", float() | int() as number, *_]:
                return float(number)
            case _:
                raise _Unknown

    def area(self, first: Place, last: Place) -> Numbers:
        """The numbers of an area, as sums see them: texts do not count."""
        found = []
        for row in range(first[0], min(last[0] + 1, len(self._rows))):
            for column in range(first[1], min(last[1] + 1, len(self._rows[row]))):
                if not isinstance(at(self._rows, (row, column)), str | bool):
                    number = self.number((row, column))
                    if number is not None:
                        found.append(number)
        return found


class _Formula:
    """Reads a formula from left to right, by the usual order of operations."""

    def __init__(self, formula: str, sheet: _Sheet) -> None:
        self._sheet = sheet
        self._tokens: list[re.Match[str]] = []
        at = 0
        formula = formula.strip()
        while at < len(formula):
            token = _TOKEN.match(formula, at)
            if token is None:
                raise _Unknown
            self._tokens.append(token)
            at = token.end()
        self._at = 0

    def value(self) -> float:
        value = self._sum()
        if self._at < len(self._tokens) or not math.isfinite(value):
            raise _Unknown
        return round(value, 12)

    def _mark(self, wanted: str) -> str:
        """The next mark, taken, if it is one of those wanted."""
        if self._at < len(self._tokens):
            mark = self._tokens[self._at]["mark"]
            if mark and mark in wanted:
                self._at += 1
                return mark
        return ""

    def _sum(self) -> float:
        value = self._product()
        while mark := self._mark("+-"):
            other = self._product()
            value = value + other if mark == "+" else value - other
        return value

    def _product(self) -> float:
        value = self._power()
        while mark := self._mark("*/"):
            other = self._power()
            value = value * other if mark == "*" else value / other
        return value

    def _power(self) -> float:
        value = self._signed()
        while self._mark("^"):
            value = math.pow(value, self._signed())
        return value

    def _signed(self) -> float:
        if mark := self._mark("+-"):
            return self._signed() if mark == "+" else -self._signed()
        value = self._single()
        while self._mark("%"):
            value /= 100
        return value

    def _single(self) -> float:
        if self._mark("("):
            value = self._sum()
            if not self._mark(")"):
                raise _Unknown
            return value
        token = self._next()
        if token["number"]:
            return float(token["number"])
        if token["function"]:
            return self._call(token["function"].upper())
        place = references.place((token["first"] or "").encode())
        if place is None or token["last"]:
            raise _Unknown
        return self._sheet.number(place) or 0.0

    def _next(self) -> re.Match[str]:
        if self._at >= len(self._tokens):
            raise _Unknown
        self._at += 1
        return self._tokens[self._at - 1]

    def _call(self, name: str) -> float:
        function = _FUNCTIONS.get(name)
        if function is None:
            raise _Unknown
        arguments: Numbers = []
        while True:
            arguments += self._argument()
            if self._mark(")"):
                return function(arguments)
            if not self._mark(",;"):
                raise _Unknown

    def _argument(self) -> Numbers:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is not None and token["first"] and self._is_whole(self._at + 1):
            self._at += 1
            first, last = (
                references.place((token[end] or token["first"]).encode())
                for end in ("first", "last")
            )
            if first is None or last is None:
                raise _Unknown
            return self._sheet.area(first, last)
        return [self._sum()]

    def _is_whole(self, at: int) -> bool:
        """Whether the argument ends there, so that it is nothing but an area."""
        return at < len(self._tokens) and (self._tokens[at]["mark"] or "") in {",", ";", ")"}


def _round(arguments: Sequence[float]) -> float:
    value, digits = arguments
    scale = 10.0 ** int(digits)
    return math.copysign(math.floor(abs(value) * scale + 0.5), value) / scale


def _average(arguments: Sequence[float]) -> float:
    return math.fsum(arguments) / len(arguments)


_FUNCTIONS: dict[str, Callable[[Sequence[float]], float]] = {
    "SUM": math.fsum,
    "AVERAGE": _average,
    "MIN": lambda numbers: min(numbers, default=0.0),
    "MAX": lambda numbers: max(numbers, default=0.0),
    "PRODUCT": math.prod,
    "COUNT": lambda numbers: float(len(numbers)),
    "ABS": lambda numbers: abs(numbers[0]),
    "ROUND": _round,
}
