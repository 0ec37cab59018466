"""Reads the text of an expression into its tree. The language: docs/expressions.md."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeVar

from forms.expressions import words
from forms.expressions.errors import Malformed
from forms.expressions.lexing import Kind, Token, tokens
from forms.expressions.tree import (
    Both,
    Call,
    Comparison,
    Either,
    Expression,
    Literal,
    Many,
    Minus,
    Named,
    Node,
    Not,
    Product,
    Sum,
    depth,
)

_Part = TypeVar("_Part", bound=Node)
_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_MEMBERSHIP = frozenset({words.IN, words.CONTAINS})
_BINARY_WORDS = frozenset({words.AND, words.OR, words.IN, words.CONTAINS})
_TOO_DEEP = (
    f"Wyrażenie jest zbyt zagnieżdżone (najwyżej {words.MAX_DEPTH} poziomów). "
    "Rozbij je na pytania z obliczaną wartością."
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression that a text says; raises Malformed with the place and a Polish sentence."""
    if len(text) > words.MAX_LENGTH:
        raise Malformed(
            words.MAX_LENGTH,
            f"Wyrażenie jest za długie: może mieć najwyżej {words.MAX_LENGTH} znaków.",
        )
    if not text.strip():
        raise Malformed(0, "Wyrażenie jest puste.")
    expression = _Parser(list(tokens(text))).whole()
    if depth(expression.root) > words.MAX_DEPTH:
        raise Malformed(0, _TOO_DEEP)
    return expression


class _Parser:
    def __init__(self, line: list[Token]) -> None:
        self._line = line
        self._next = 0
        self._depth = 0
        self._commas: list[Token] = []
        """Numbers with a decimal comma inside the call or list that is being read."""

    def whole(self) -> Expression:
        root = self._either()
        if self._peek().kind is not Kind.END:
            raise Malformed(self._peek().at, self._surprise())
        return Expression(root)

    def _peek(self, ahead: int = 0) -> Token:
        return self._line[min(self._next + ahead, len(self._line) - 1)]

    def _take(self) -> Token:
        token = self._peek()
        self._next += 1
        return token

    def _is(self, kind: Kind, *texts: str) -> bool:
        token = self._peek()
        return token.kind is kind and token.text in texts

    def _expect(self, sign: str, sentence: str) -> None:
        if not self._is(Kind.SIGN, sign):
            raise Malformed(self._peek().at, sentence)
        self._take()

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > words.MAX_DEPTH:
            raise Malformed(self._peek().at, _TOO_DEEP)
        yield
        self._depth -= 1

    def _either(self) -> Node:
        parts = [self._both()]
        while self._is(Kind.WORD, words.OR):
            self._take()
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts), parts[0].at)

    def _both(self) -> Node:
        parts = [self._negation()]
        while self._is(Kind.WORD, words.AND):
            self._take()
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else Both(tuple(parts), parts[0].at)

    def _negation(self) -> Node:
        if not self._is(Kind.WORD, words.NOT) or not self._begins_operand(self._peek(1)):
            return self._comparison()
        token = self._take()
        with self._deeper():
            return Not(self._negation(), token.at)

    def _begins_operand(self, token: Token) -> bool:
        if token.kind is Kind.SIGN:
            return token.text in {"(", "[", "-"}
        return token.kind is not Kind.END and token.text not in _BINARY_WORDS

    def _comparison(self) -> Node:
        left = self._sum()
        if not self._compares():
            return left
        token = self._take()
        right = self._sum()
        if self._compares():
            sentence = "Porównania nie można ciągnąć: zamiast „a < b < c” napisz „a < b i b < c”."
            raise Malformed(self._peek().at, sentence)
        return Comparison(token.text, left, right, token.at)

    def _compares(self) -> bool:
        return self._is(Kind.SIGN, *_COMPARISONS) or self._is(Kind.WORD, *_MEMBERSHIP)

    def _sum(self) -> Node:
        first = self._product()
        rest = self._chain(("+", "-"), self._product)
        return Sum(first, rest, first.at) if rest else first

    def _product(self) -> Node:
        first = self._unary()
        rest = self._chain(("*", "/"), self._unary)
        return Product(first, rest, first.at) if rest else first

    def _chain(
        self, signs: tuple[str, ...], part: Callable[[], Node]
    ) -> tuple[tuple[str, Node], ...]:
        rest: list[tuple[str, Node]] = []
        while self._is(Kind.SIGN, *signs):
            sign = self._take().text
            rest.append((sign, part()))
        return tuple(rest)

    def _unary(self) -> Node:
        if not self._is(Kind.SIGN, "-"):
            return self._primary()
        token = self._take()
        with self._deeper():
            return Minus(self._unary(), token.at)

    def _primary(self) -> Node:
        token = self._peek()
        if token.kind in {Kind.NUMBER, Kind.DATE, Kind.TEXT}:
            return self._literal()
        if token.kind is Kind.WORD and token.text not in _BINARY_WORDS:
            return self._word()
        if self._is(Kind.SIGN, "("):
            self._take()
            with self._deeper():
                inner = self._either()
            self._expect(")", "Brakuje nawiasu zamykającego „)”.")
            return inner
        if self._is(Kind.SIGN, "["):
            return self._many()
        raise Malformed(token.at, self._surprise(wants_value=True))

    def _literal(self) -> Literal:
        token = self._take()
        if token.has_comma:
            self._commas.append(token)
        return Literal(token.value, token.at)

    def _word(self) -> Node:
        token = self._take()
        if self._is(Kind.SIGN, "("):
            return self._call(token)
        match token.text:
            case words.YES:
                return Literal(value=True, at=token.at)
            case words.NOT:
                return Literal(value=False, at=token.at)
            case words.EMPTY:
                return Literal(None, token.at)
        if token.text in words.RESERVED & words.FUNCTIONS.keys():
            spelling = words.SPELLING[token.text]
            raise Malformed(
                token.at, f"Po nazwie funkcji „{spelling}” ma być nawias: {spelling}(…)."
            )
        return Named(tuple(token.text.split(".")), token.at)

    def _call(self, name: Token) -> Call:
        if name.text not in words.FUNCTIONS:
            raise Malformed(name.at, _unknown_function(name))
        self._take()
        with self._deeper():
            arguments = self._listed(")", self._either)
        return Call(name.text, tuple(arguments), name.at)

    def _many(self) -> Many:
        opening = self._take()
        values = self._listed("]", self._list_value)
        if not values:
            raise Malformed(
                opening.at, 'Lista w nawiasach [ ] jest pusta: wpisz wartości, np. ["a"].'
            )
        return Many(tuple(values), opening.at)

    def _list_value(self) -> Literal:
        sign = self._take() if self._is(Kind.SIGN, "-") else None
        token = self._peek()
        if token.kind is Kind.NUMBER or (token.kind in {Kind.DATE, Kind.TEXT} and sign is None):
            literal = self._literal()
            if sign is not None and token.kind is Kind.NUMBER:
                return Literal(-Decimal(str(token.value)), literal.at)
            return literal
        raise Malformed(token.at, "Na liście w nawiasach [ ] mogą być tylko liczby, teksty i daty.")

    def _listed(self, closing: str, value: Callable[[], _Part]) -> list[_Part]:
        outer, self._commas = self._commas, []
        values: list[_Part] = []
        separators: set[str] = set()
        while not self._is(Kind.SIGN, closing):
            if values:
                if not self._is(Kind.SIGN, ",", ";"):
                    raise Malformed(self._peek().at, f"Brakuje przecinka albo nawiasu „{closing}”.")
                separators.add(self._take().text)
            values.append(value())
        self._take()
        if separators == {",", ";"}:
            raise Malformed(
                self._peek(-1).at, "Rozdzielaj wartości albo przecinkami, albo średnikami."
            )
        if self._commas and separators != {";"}:
            raise Malformed(self._commas[0].at, _two_readings(self._commas[0].text))
        self._commas = outer
        return values

    def _surprise(self, *, wants_value: bool = False) -> str:
        token = self._peek()
        said = token.written or token.text
        if token.kind is Kind.END:
            return "Wyrażenie się urywa: dopisz brakującą wartość."
        if wants_value:
            return f"W tym miejscu ma być wartość, a jest „{said}”."
        return f"Nie rozumiem „{said}” w tym miejscu: brakuje znaku działania, np. + albo „i”."


def _two_readings(number: str) -> str:
    whole, fraction = number.split(",")
    return (
        f"Nie wiadomo, czy „{number}” to jedna liczba, czy dwie. Napisz {whole}.{fraction} "
        f"albo rozdziel wartości średnikami lub przecinkiem z odstępem: {whole}, {fraction}."
    )


def _unknown_function(name: Token) -> str:
    close = get_close_matches(name.text, words.FUNCTIONS, n=1)
    hint = f" Może „{words.SPELLING[close[0]]}”?" if close else ""
    listed = ", ".join(words.SPELLING.values())
    return f"Nie ma funkcji „{name.written}”.{hint} Funkcje: {listed}."
