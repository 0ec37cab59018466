"""Calculates a template's own formula over the sums: a share of sums, never a sum of shares.

A small part of the language of spreadsheets, read with openpyxl's tokens: arithmetic, comparison,
SUM, SUBTOTAL, AVERAGE, ROUND, IF, IFERROR, ABS. Anything else is not calculated, and said so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import TypeAlias

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import column_index_from_string

from spreadsheets.cells import address

Place: TypeAlias = tuple[int, int]
Number: TypeAlias = float | None
Lookup: TypeAlias = Callable[[Place], Number]

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_OPEN_DOCUMENT = re.compile(r"\[\.([^\]:]+)(?::\.([^\]]+))?\]")
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": eq, "<>": ne, "<": lt, ">": gt, "<=": le, ">=": ge,
}  # fmt: skip  # a table
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul}
_LEVELS: tuple[tuple[str, ...], ...] = (tuple(_COMPARISONS), ("+", "-"), ("*", "/"), ("^",))
_MOST_CELLS = 10_000
_ADDING = frozenset({"SUM", "SUBTOTAL"})


class NotCalculated(Exception):  # noqa: N818  # it says what happened
    """The formula uses something that is not calculated here, or divides by nothing."""


class DividedByNothing(NotCalculated):
    """A division by zero: the cell has no value."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A number, a reference ("A1"), an operation ("+", "neg", "%") or a function, with its parts."""

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
    try:
        translator = Translator(f"={formula}", origin=address(*origin))
        return str(translator.translate_formula(address(*place))).removeprefix("=")
    except (TranslatorError, ValueError, IndexError):
        return ""


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
    try:
        tokens = [t for t in Tokenizer(f"={formula}").items if t.type != Token.WSPACE]
    except Exception as problem:  # the tokenizer raises whatever it stumbles over
        raise NotCalculated from problem
    parser = _Parser(tokens)
    node = parser.operation(0)
    if not parser.is_done:
        raise NotCalculated
    return node


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def is_done(self) -> bool:
        return self._place >= len(self._tokens)

    def _next(self) -> Token | None:
        return None if self.is_done else self._tokens[self._place]

    def operation(self, level: int) -> _Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self.operation(level + 1)
        while (
            (token := self._next()) is not None
            and token.type == Token.OP_IN
            and token.value in _LEVELS[level]
        ):
            self._place += 1
            node = _Node("operation", token.value, (node, self.operation(level + 1)))
        return node

    def _unary(self) -> _Node:
        token = self._next()
        if token is not None and token.type == Token.OP_PRE:
            self._place += 1
            inner = self._unary()
            return _Node("negative", "", (inner,)) if token.value == "-" else inner
        node = self._atom()
        while (token := self._next()) is not None and token.type == Token.OP_POST:
            self._place += 1
            node = _Node("percent", "", (node,))
        return node

    def _atom(self) -> _Node:
        token = self._next()
        if token is None:
            raise NotCalculated
        self._place += 1
        match token.type, token.subtype:
            case (Token.OPERAND, Token.NUMBER):
                return _Node("number", token.value)
            case (Token.OPERAND, Token.RANGE) if _REFERENCE.fullmatch(token.value.upper()):
                return _Node("cells", token.value.upper())
            case (Token.OPERAND, Token.TEXT) if token.value == '""':
                return _Node("nothing", "")
            case (Token.PAREN, Token.OPEN):
                node = self.operation(0)
                self._close(Token.PAREN)
                return node
            case (Token.FUNC, Token.OPEN):
                return self._function(token.value.rstrip("(").upper().removeprefix("_XLFN."))
            case _:
                raise NotCalculated

    def _close(self, kind: str) -> None:
        token = self._next()
        if token is None or token.type != kind or token.subtype != Token.CLOSE:
            raise NotCalculated
        self._place += 1

    def _function(self, name: str) -> _Node:
        parts: list[_Node] = []
        while (token := self._next()) is not None:
            if token.type == Token.FUNC and token.subtype == Token.CLOSE:
                self._place += 1
                return _Node("function", name, tuple(parts))
            if token.type == Token.SEP:
                self._place += 1
                continue
            parts.append(self.operation(0))
        raise NotCalculated


def _cells(text: str) -> Iterator[Place]:
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise NotCalculated
    left, top = column_index_from_string(found[1]) - 1, int(found[2]) - 1
    right = column_index_from_string(found[3]) - 1 if found[3] else left
    bottom = int(found[4]) - 1 if found[4] else top
    if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
        raise NotCalculated
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def _value(node: _Node, lookup: Lookup) -> float:
    match node.kind:
        case "number":
            return float(node.text)
        case "nothing":
            return 0.0
        case "cells":
            places = list(_cells(node.text))
            if len(places) != 1:
                raise NotCalculated
            return lookup(places[0]) or 0.0
        case "negative":
            return -_value(node.parts[0], lookup)
        case "percent":
            return _value(node.parts[0], lookup) / 100
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
    match node.text:
        case "SUM":
            return sum(_numbers(parts, lookup))
        case "SUBTOTAL" if parts and parts[0].text in {"9", "109"}:
            return sum(_numbers(parts[1:], lookup))
        case "AVERAGE":
            numbers = list(_numbers(parts, lookup))
            if not numbers:
                raise DividedByNothing
            return sum(numbers) / len(numbers)
        case "ROUND" if len(parts) == 2:  # noqa: PLR2004  # a number and its places
            return float(round(_value(parts[0], lookup), int(_value(parts[1], lookup))))
        case "ABS" if len(parts) == 1:
            return abs(_value(parts[0], lookup))
        case "IF" if len(parts) in {2, 3}:
            if _value(parts[0], lookup):
                return _value(parts[1], lookup)
            return _value(parts[2], lookup) if len(parts) > 2 else 0.0  # noqa: PLR2004  # else
        case "IFERROR" if len(parts) == 2:  # noqa: PLR2004  # a value and another
            try:
                return _value(parts[0], lookup)
            except DividedByNothing:
                return _value(parts[1], lookup)
        case _:
            raise NotCalculated


def _numbers(parts: tuple[_Node, ...], lookup: Lookup) -> Iterator[float]:
    for part in parts:
        if part.kind == "cells":
            for place in _cells(part.text):
                value = lookup(place)
                if value is not None:
                    yield value
        else:
            yield _value(part, lookup)


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
