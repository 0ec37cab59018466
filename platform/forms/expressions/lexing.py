"""Cuts the text of an expression into tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from forms.expressions.errors import Malformed
from opium.polish import fold

_TOKEN = re.compile(
    r"""
    (?P<blank>\s+)
  | (?P<date>\d{4}-\d{2}-\d{2}(?![\w-]))
  | (?P<number>\d{1,20}(?:[.,]\d{1,10})?(?![\w]))
  | (?P<text>"(?:[^"]|"")*"|„[^”“"]*[”“"]|“[^”"]*[”"])
  | (?P<word>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
  | (?P<sign><>|<=|>=|!=|[-+*/=<>()\[\],;≤≥≠−–·×])
    """,
    re.VERBOSE,
)
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>", "−": "-", "–": "-", "·": "*", "×": "*"}
_QUOTES = '"„“'


class Kind(Enum):
    NUMBER = auto()
    DATE = auto()
    TEXT = auto()
    WORD = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text, which stood there as `written`.

    `text` of a word is folded; `has_comma` marks a number with a decimal comma.
    """

    kind: Kind
    at: int
    text: str
    value: Decimal | date | str | None = None
    has_comma: bool = False
    written: str = ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, an END last; raises Malformed where no token begins."""
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Malformed(at, _stray(text, at))
        if match.lastgroup != "blank":
            yield _token(match)
        at = match.end()
    yield Token(Kind.END, len(text), "")


def _token(match: re.Match[str]) -> Token:
    at, text = match.start(), match.group()
    match match.lastgroup:
        case "date":
            return Token(Kind.DATE, at, text, _day(at, text))
        case "number":
            number = Decimal(text.replace(",", "."))
            return Token(Kind.NUMBER, at, text, number, has_comma="," in text)
        case "text":
            inner = text[1:-1]
            return Token(Kind.TEXT, at, text, inner.replace('""', '"') if text[0] == '"' else inner)
        case "word":
            return Token(Kind.WORD, at, fold(text), written=text)
        case _:
            return Token(Kind.SIGN, at, _SIGNS.get(text, text))


def _day(at: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed(at, f"Nie ma takiego dnia: {text}. Datę zapisz jak 2026-11-23.") from None


def _stray(text: str, at: int) -> str:
    char = text[at]
    if char in _QUOTES:
        return "Tekst nie ma końca: zamknij go cudzysłowem."
    if char.isdigit():
        return (
            "Nie umiem odczytać tej liczby. Napisz ją bez odstępów i jednostek, "
            "np. 1234,50, a datę jak 2026-11-23."
        )
    return f"Znak „{char}” nie należy do języka wyrażeń. Usuń go albo weź tekst w cudzysłów."
