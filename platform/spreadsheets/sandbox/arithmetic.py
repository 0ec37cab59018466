"""Calculates formulas whose results were never saved.

A program that writes formulas without calculating them leaves cells that Excel fills in when it
opens the file. What `spreadsheets.formulas` does not know stays without a result.
"""

import math
from typing import Any

from spreadsheets import formulas
from spreadsheets.cells import Fault
from spreadsheets.facts import Facts, Place
from spreadsheets.sandbox import formats
from spreadsheets.sandbox.details import at, put

_DEEPEST = 60
_WORK = 2_000_000


def calculate(rows: list[list[Any]], facts: Facts) -> None:
    """Put results where a formula has none; `facts.calculated` tells which and what."""
    sheet = _Sheet(rows, facts.formulas)
    found = {}
    for place, formula in facts.formulas.items():
        if '""' not in formula and at(rows, place) in (None, Fault()):
            result = sheet.result(place)
            if result is not None:
                found[place] = result
    for place, result in found.items():
        facts.note(facts.calculated, place, formats.plainly(result))
        put(rows, place, result)


class _Sheet:
    def __init__(self, rows: list[list[Any]], known: dict[Place, str]) -> None:
        self._rows = rows
        self._formulas = known
        self._known: dict[Place, float | None] = {}
        self._depth = 0
        self._left = _WORK

    def result(self, place: Place) -> float | None:
        if place in self._known:
            return self._known[place]
        self._known[place] = None  # what refers to itself has no result
        if self._depth > _DEEPEST:
            return None
        self._depth += 1
        try:
            value = formulas.calculate(self._formulas.get(place, ""), self._number)
        except (formulas.NotCalculated, ArithmeticError, ValueError):
            return None
        finally:
            self._depth -= 1
        self._known[place] = round(value, 12) if math.isfinite(value) else None
        return self._known[place]

    def _number(self, place: Place) -> float | None:
        """The number in a cell; None where it is empty."""
        self._left -= 1
        if self._left < 0:
            raise formulas.NotCalculated
        value = at(self._rows, place)
        if value == Fault() or (value is None and place in self._formulas):
            value = self.result(place)
            if value is None:
                raise formulas.NotCalculated
        match value:
            case None:
                return None
            case bool() | str():
                raise formulas.IsText
            case int() | float():
                return float(value)
            case ["n", float() | int() as number, *_]:
                return float(number)
            case _:
                raise formulas.NotCalculated
