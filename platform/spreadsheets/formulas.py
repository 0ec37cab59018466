"""Calculates formulas: what a child finds without a result, and what a merge computes from sums.

A small part of the language of spreadsheets: arithmetic, comparison, SUM, SUBTOTAL, AVERAGE, MIN,
MAX, PRODUCT, COUNT, ROUND, IF, IFERROR, ABS. Anything else is not calculated, and said so.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import TypeAlias

from spreadsheets.facts import Place
from spreadsheets.references import area, shifted

Number: TypeAlias = float | None
Lookup: TypeAlias = Callable[[Place], Number]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w:])"
    r"|(?P<cells>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?)(?![\w(.!])"
    r"|(?P<function>[A-Za-z][\w.]*)\("
    r'|(?P<nothing>"")'
    r"|(?P<mark><=|>=|<>|[-+*/^%(),;<>=]))"
)
_OPEN_DOCUMENT = re.compile(r"\[\.([^\]:]+)(?::\.([^\]]+))?\]")
_LONGEST = 4_000
_DEEPEST = 80
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": eq, "<>": ne, "<": lt, ">": gt, "<=": le, ">=": ge,
}  # fmt: skip  # a table
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul}
_LEVELS: tuple[tuple[str, ...], ...] = (tuple(_COMPARISONS), ("+", "-"), ("*", "/"), ("^",))
_MOST_CELLS = 10_000
_ADDING = frozenset({"SUM", "SUBTOTAL"})


class NotCalculated(Exception):
    """The formula uses something that is not calculated here, or divides by nothing."""


class IsText(NotCalculated):
    """A cell holds no number: sums pass it over, arithmetic cannot."""


class DividedByNothing(NotCalculated):
    """A division by zero: the cell has no value."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A number, cells ("A1"), an operation ("+", "negative") or a function, with its parts."""

    kind: str
    text: str
    parts: tuple["_Node", ...] = ()


def normal(formula: str) -> str:
    """The formula as Excel writes it in xlsx, also from OpenDocument: of:=[.B4]/[.C4]."""
    body = formula.strip().removeprefix("of:").removeprefix("=")
    body = _OPEN_DOCUMENT.sub(lambda m: m[1] + (f":{m[2]}" if m[2] else ""), body)
    return body.replace(";", ",") if formula.startswith("of:") else body


def moved(formula: str, origin: Place, place: Place) -> str:
    """The formula of one cell as it is when it is filled into another."""
    return shifted(formula, place[0] - origin[0], place[1] - origin[1])


def calculate(formula: str, lookup: Lookup) -> float:
    """The value of the formula; raises NotCalculated."""
    return _value(_parsed(formula), lookup)


def is_additive(formula: str) -> bool:
    """Whether the formula only adds cells, so that it may be applied before or after summing."""
    try:
        return _adds(_parsed(formula))
    except NotCalculated:
        return False


def references(formula: str) -> set[Place]:
    """The cells that the formula reads."""
    return set(_references(_parsed(formula)))


def _references(node: _Node) -> Iterator[Place]:
    if node.kind == "cells":
        yield from _cells(node.text)
    for part in node.parts:
        yield from _references(part)


@lru_cache(maxsize=5_000)
def _parsed(formula: str) -> _Node:
    parser = _Parser(_tokens(formula))
    node = parser.operation(0)
    if not parser.is_done:
        raise NotCalculated
    return node


def _tokens(formula: str) -> list[re.Match[str]]:
    formula = formula.strip()
    if not formula or len(formula) > _LONGEST:
        raise NotCalculated
    found, at = [], 0
    while at < len(formula):
        token = _TOKEN.match(formula, at)
        if token is None:
            raise NotCalculated
        found.append(token)
        at = token.end()
    return found


class _Parser:
    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    @property
    def is_done(self) -> bool:
        return self._place >= len(self._tokens)

    def _mark(self, *wanted: str) -> str:
        """The next token, taken, if it is one of these marks."""
        mark = "" if self.is_done else self._tokens[self._place]["mark"] or ""
        if mark not in wanted:
            return ""
        self._place += 1
        return mark

    def operation(self, level: int) -> _Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self.operation(level + 1)
        while mark := self._mark(*_LEVELS[level]):
            node = _Node("operation", mark, (node, self.operation(level + 1)))
        return node

    def _unary(self) -> _Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotCalculated
        if mark := self._mark("+", "-"):
            inner = self._unary()
            node = _Node("negative", "", (inner,)) if mark == "-" else inner
        else:
            node = self._atom()
            while self._mark("%"):
                node = _Node("percent", "", (node,))
        self._depth -= 1
        return node

    def _atom(self) -> _Node:
        if self._mark("("):
            node = self.operation(0)
            if not self._mark(")"):
                raise NotCalculated
            return node
        if self.is_done:
            raise NotCalculated
        token = self._tokens[self._place]
        self._place += 1
        if token["function"]:
            return self._function(token["function"].upper().removeprefix("_XLFN."))
        for kind in ("number", "cells", "nothing"):
            if token[kind]:
                return _Node(kind, token[kind].upper().strip('"'))
        raise NotCalculated

    def _function(self, name: str) -> _Node:
        parts: list[_Node] = []
        while not self._mark(")"):
            parts.append(self.operation(0))
            if not self._mark(",", ";"):
                if self._mark(")"):
                    break
                raise NotCalculated
        return _Node("function", name, tuple(parts))


def _cells(text: str) -> Iterator[Place]:
    found = area(text.encode())
    if found is None:
        raise NotCalculated
    top, left, bottom, right = found
    if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
        raise NotCalculated
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def _value(node: _Node, lookup: Lookup) -> float:
    match node.kind:
        case "number" | "nothing":
            return float(node.text or 0)
        case "cells":
            places = list(_cells(node.text))
            if len(places) != 1:
                raise NotCalculated
            return lookup(places[0]) or 0.0
        case "negative" | "percent":
            return _value(node.parts[0], lookup) / (-1 if node.kind == "negative" else 100)
        case "operation":
            return _operated(node, lookup)
        case _:
            return _called(node, lookup)


def _operated(node: _Node, lookup: Lookup) -> float:
    one, other = (_value(part, lookup) for part in node.parts)
    if node.text in _COMPARISONS:
        return float(_COMPARISONS[node.text](one, other))
    if node.text in _ARITHMETIC:
        return _ARITHMETIC[node.text](one, other)
    try:
        return one / other if node.text == "/" else float(one**other)
    except (ZeroDivisionError, OverflowError, TypeError) as problem:
        raise DividedByNothing from problem


def _called(node: _Node, lookup: Lookup) -> float:
    parts = node.parts
    if node.text == "IF" and len(parts) in {2, 3}:
        if _value(parts[0], lookup):
            return _value(parts[1], lookup)
        return _value(parts[2], lookup) if len(parts) > 2 else 0.0  # noqa: PLR2004  # else
    if node.text == "IFERROR" and len(parts) == 2:  # noqa: PLR2004  # a value and another
        try:
            return _value(parts[0], lookup)
        except DividedByNothing:
            return _value(parts[1], lookup)
    if node.text == "SUBTOTAL" and parts and parts[0].text in {"9", "109"}:
        return math.fsum(_numbers(parts[1:], lookup))
    function = _FUNCTIONS.get(node.text)
    if function is None:
        raise NotCalculated
    try:
        return function(list(_numbers(parts, lookup)))
    except (ZeroDivisionError, OverflowError, ValueError, IndexError) as problem:
        raise DividedByNothing from problem


def _round(arguments: list[float]) -> float:
    """Half away from zero, as spreadsheets round."""
    value, digits = arguments
    scale = 10.0 ** int(digits)
    return math.copysign(math.floor(abs(value) * scale + 0.5), value) / scale


_FUNCTIONS: dict[str, Callable[[list[float]], float]] = {
    "SUM": math.fsum,
    "AVERAGE": lambda numbers: math.fsum(numbers) / len(numbers),
    "MIN": lambda numbers: min(numbers, default=0.0),
    "MAX": lambda numbers: max(numbers, default=0.0),
    "PRODUCT": math.prod,
    "COUNT": lambda numbers: float(len(numbers)),
    "ABS": lambda numbers: abs(numbers[0]),
    "ROUND": _round,
}


def _numbers(parts: tuple[_Node, ...], lookup: Lookup) -> Iterator[float]:
    """The numbers of the arguments; of an area those of its cells that hold one."""
    for part in parts:
        if part.kind != "cells":
            yield _value(part, lookup)
            continue
        for place in _cells(part.text):
            try:
                value = lookup(place)
            except IsText:
                continue
            if value is not None:
                yield value


def _adds(node: _Node) -> bool:
    match node.kind:
        case "cells":
            return True
        case "negative":
            return _adds(node.parts[0])
        case "operation" if node.text in {"+", "-"}:
            return all(map(_adds, node.parts))
        case "function" if node.text == "SUBTOTAL":
            return all(map(_adds, node.parts[1:]))
        case "function" if node.text in _ADDING:
            return all(map(_adds, node.parts))
        case _:
            return False
