"""The text of an xls formula, as far as sums and arithmetic go ([MS-XLS] 2.5.198)."""

import struct
from typing import TYPE_CHECKING

from spreadsheets.cells import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable

_OPERATORS = {
    0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/", 0x07: "^", 0x08: "&",
    0x09: "<", 0x0A: "<=", 0x0B: "=", 0x0C: ">=", 0x0D: ">", 0x0E: "<>",
}  # fmt: skip  # a table of the operators
_FUNCTIONS = {
    0: "COUNT", 1: "IF", 4: "SUM", 5: "AVERAGE", 6: "MIN", 7: "MAX", 27: "ROUND", 24: "ABS",
    169: "COUNTA", 344: "SUBTOTAL", 212: "ROUNDUP", 213: "ROUNDDOWN", 25: "INT", 183: "PRODUCT",
}  # fmt: skip  # a table of the functions
_ARGUMENTS = {27: 2, 24: 1, 25: 1, 212: 2, 213: 2}
_UNARY = {0x12: "+{}", 0x13: "-{}", 0x14: "{}%", 0x15: "({})"}
_ATTRIBUTE, _STRING, _BOOLEAN, _INTEGER, _NUMBER = 0x19, 0x17, 0x1D, 0x1E, 0x1F
_REFERENCE, _AREA, _FUNCTION, _FUNCTION_VAR, _MISSING = 0x04, 0x05, 0x01, 0x02, 0x16
_ATTRIBUTE_SUM, _ATTRIBUTE_CHOOSE = 0x10, 0x04
_DEEPEST = 200


def text(tokens: bytes) -> str:
    """The formula without "="; empty where it has something that is not known here."""
    try:
        return _Reader(tokens).read()
    except (struct.error, IndexError, KeyError):
        return ""


class _Reader:
    def __init__(self, tokens: bytes) -> None:
        self._tokens = tokens
        self._at = 0
        self._stack: list[str] = []

    def read(self) -> str:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if len(self._stack) > _DEEPEST:
                return ""
            self._classed(token) if token >= 0x20 else self._plain(token)  # noqa: PLR2004  # [MS-XLS] 2.5.198.2
        return self._stack[0] if len(self._stack) == 1 else ""

    def _plain(self, token: int) -> None:
        constants: dict[int, Callable[[], str]] = {
            _STRING: self._string,
            _BOOLEAN: lambda: ("FALSE", "TRUE")[self._take("<B")],
            _INTEGER: lambda: str(self._take("<H")),
            _NUMBER: lambda: repr(self._take("<d")),
            _MISSING: lambda: "",
        }
        if token in _OPERATORS:
            right, left = self._stack.pop(), self._stack.pop()
            self._stack.append(f"{left}{_OPERATORS[token]}{right}")
        elif token in _UNARY:
            self._stack.append(_UNARY[token].format(self._stack.pop()))
        elif token == _ATTRIBUTE:
            self._attribute()
        else:
            self._stack.append(constants[token]())

    def _classed(self, token: int) -> None:
        kind = token & 0x1F
        if kind == _REFERENCE:
            row, column = self._take_two("<HH")
            self._stack.append(_cell(row, column))
        elif kind == _AREA:
            top, bottom, left, right = struct.unpack_from("<HHHH", self._tokens, self._at)
            self._at += 8
            self._stack.append(f"{_cell(top, left)}:{_cell(bottom, right)}")
        elif kind == _FUNCTION:
            number = self._take("<H")
            self._call(number, _ARGUMENTS[number])
        elif kind == _FUNCTION_VAR:
            count = self._take("<B")
            self._call(self._take("<H"), count & 0x7F)
        else:
            raise KeyError(token)

    def _attribute(self) -> None:
        kind, size = self._take("<B"), self._take("<H")
        if kind & _ATTRIBUTE_SUM:
            self._call(4, 1)
        elif kind & _ATTRIBUTE_CHOOSE:
            self._at += 2 * (size + 1)

    def _call(self, function: int, count: int) -> None:
        arguments = self._stack[len(self._stack) - count :] if count else []
        if len(arguments) < count:
            raise IndexError(count)
        del self._stack[len(self._stack) - count :]
        self._stack.append(f"{_FUNCTIONS[function]}({','.join(arguments)})")

    def _string(self) -> str:
        length, wide = self._take_two("<BB")
        size = length * (2 if wide & 1 else 1)
        raw = self._tokens[self._at : self._at + size]
        self._at += size
        words = raw.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        return '"' + words.replace('"', '""') + '"'

    def _take(self, form: str) -> int:
        value: int = struct.unpack_from(form, self._tokens, self._at)[0]
        self._at += struct.calcsize(form)
        return value

    def _take_two(self, form: str) -> tuple[int, int]:
        first, second = struct.unpack_from(form, self._tokens, self._at)
        self._at += struct.calcsize(form)
        return first, second


def _cell(row: int, column: int) -> str:
    return f"{column_letters(column & 0x3FFF)}{row + 1}"
