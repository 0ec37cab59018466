"""What a number format makes of a number, where that says more than its digits.

Formats are the codes of ECMA-376 part 1, 18.8.31. Most of them only set decimals and groups: they
tell nothing, and the number stays plain.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spreadsheets.cells import Formatted, encode

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<wide>.)|\*(?P<filling>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|Standard)|(?P<exponent>[eE][+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_FOREIGN = re.compile(
    r"[€$£¥₴]|\b(?:eur|euro|usd|gbp|chf|czk|uah|sek|nok|dkk|huf)\b|kč", re.IGNORECASE
)
_SCALES = re.compile(r"\b(?:tys|mln|mld|gr)\b", re.IGNORECASE)
_OWN_CURRENCY = re.compile(r"\b(?:zł|zl|pln)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_DIGITS = "0#?"
_GENERAL = "G"
_EXACT = 1e15
_DATE_LETTERS = frozenset("ymdhs")
_ELAPSED = frozenset({"h", "hh", "m", "mm", "s", "ss"})
_PERHAPS_TELLING = re.compile(r'[%€$£¥"\\\[-]|00|;;|[A-Za-z]{2}')


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts of a format: for positive numbers, negative ones, zero.

    `pattern` has only placeholders, points, groups and what stands between them.
    """

    prefix: str
    pattern: tuple[tuple[str, bool], ...]
    suffix: str
    symbol: str
    condition: tuple[str, float] | None
    percents: int
    is_date: bool

    @property
    def words(self) -> str:
        return " ".join(f"{self.prefix}{self.symbol} {self.suffix}".split())

    @property
    def placeholders(self) -> str:
        return "".join(mark for mark, is_literal in self.pattern if not is_literal)


@lru_cache(maxsize=2_000)
def tells(code: str) -> bool:
    """Whether a format may say more than digits; dates are read as dates anyway."""
    if not _PERHAPS_TELLING.search(code) or code == "@":
        return False
    return any(map(_can_tell, _sections(code)[:3]))


def _can_tell(section: _Section) -> bool:
    if section.is_date:
        return False
    placeholders = section.placeholders
    words = _OWN_CURRENCY.sub("", section.words)
    return (
        not any(digit in placeholders for digit in _DIGITS + _GENERAL)
        or section.percents > 0
        or _is_code(placeholders, section.pattern)
        or "%" in words
        or bool(_LETTERS.search(words) or _FOREIGN.search(words))
    )


def marked(number: float, code: str) -> Any:
    """The number, or the JSON of a Formatted one where its format says more."""
    section = _section_for(number, _sections(code))
    if section is None or section.is_date:
        return number
    mark, shown = _mark(number, section)
    return encode(Formatted(number, mark, shown)) if mark else number


def plainly(value: Any) -> str:
    """A value as people type it: 21, 1200,5, 01.09.2026."""
    if isinstance(value, list):
        return str(value[-1])
    if isinstance(value, bool):
        return "PRAWDA" if value else "FAŁSZ"
    if isinstance(value, float):
        is_whole = value.is_integer() and abs(value) < _EXACT
        return str(int(value)) if is_whole else repr(value).replace(".", ",")
    if isinstance(value, dt.date):
        form = "%d.%m.%Y %H:%M" if isinstance(value, dt.datetime) else "%d.%m.%Y"
        return value.strftime(form)
    return str(value)


def _mark(number: float, section: _Section) -> tuple[str, str]:
    placeholders = section.placeholders
    if not any(digit in placeholders for digit in _DIGITS + _GENERAL):
        hidden = "hidden" if number else ""
        return ("words", section.words) if section.words else (hidden, "")
    if section.percents:
        return "percent", f"{_decimal(number * 100**section.percents)}%"
    if _is_code(placeholders, section.pattern) and number >= 0 and float(number).is_integer():
        code = _as_code(int(number), section)
        if code[0]:
            return code
    return _by_words(number, section, placeholders)


def _by_words(number: float, section: _Section, placeholders: str) -> tuple[str, str]:
    """The mark that the words around a number give it."""
    words = section.words
    scaled = number / 1000 ** (len(placeholders) - len(placeholders.rstrip(",")))
    shown = " ".join(f"{section.prefix}{_decimal(scaled)}{section.suffix}".split())
    if section.symbol:
        shown = f"{shown} {section.symbol}"
    if _FOREIGN.search(words):
        return "currency", shown
    if "%" in words:
        return "points", shown
    if _SCALES.search(words) and scaled == number:
        return "scale", shown
    return ("unit", shown) if _LETTERS.search(_OWN_CURRENCY.sub("", words)) else ("", "")


def _is_code(placeholders: str, pattern: tuple[tuple[str, bool], ...]) -> bool:
    """Whether the pattern is that of a code: 00-000, 000000, (00) 000-00-00."""
    if set(placeholders) - set(_DIGITS):
        return False
    between = "".join(mark for mark, is_literal in pattern if is_literal)
    if "0" not in placeholders and not re.search(r"[-/.)]", between):
        return False
    return (set(placeholders) == {"0"} and len(placeholders) > 1) or bool(between.strip())


def _as_code(number: int, section: _Section) -> tuple[str, str]:
    digits = str(number)
    room = section.placeholders
    zeros = len(room) - (room.find("0") if "0" in room else len(room))
    padded = digits.rjust(zeros, "0")
    separators = any(is_literal and mark.strip() for mark, is_literal in section.pattern)
    if padded == digits and not separators:
        return "", ""
    left = list(padded)
    shown: list[str] = []
    for mark, is_literal in reversed(section.pattern):
        if is_literal:
            if left:
                shown.append(mark)
        elif left:
            shown.append(left.pop())
    shown.extend(reversed(left))
    return "code", (section.prefix + "".join(reversed(shown)) + section.suffix).strip()


def _decimal(number: float) -> str:
    rounded = round(number, 10)
    return plainly(float(rounded))


def _section_for(number: float, sections: tuple[_Section, ...]) -> _Section | None:
    for section in sections:
        if section.condition is not None and _holds(number, *section.condition):
            return section
    plain = [section for section in sections if section.condition is None]
    if not plain:
        return None
    if number < 0 and len(plain) > 1:
        return plain[1]
    if number == 0 and len(plain) > 2:  # noqa: PLR2004  # positive, negative, zero
        return plain[2]
    return plain[0]


def _holds(number: float, operator: str, bound: float) -> bool:
    match operator:
        case "<":
            return number < bound
        case "<=":
            return number <= bound
        case ">":
            return number > bound
        case ">=":
            return number >= bound
        case "<>":
            return number != bound
        case _:
            return number == bound


@lru_cache(maxsize=2_000)
def _sections(code: str) -> tuple[_Section, ...]:
    found: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code[:1_000]):
        if token["other"] == ";":
            found.append([])
        else:
            found[-1].append(token)
    return tuple(map(_section, found[:4]))


def _section(tokens: list[re.Match[str]]) -> _Section:
    pieces: list[tuple[str, bool]] = []
    symbol, condition, percents, is_date = "", None, 0, False
    for token in tokens:
        if (bracket := token["bracket"]) is not None:
            if found := _CONDITION.fullmatch(bracket.strip()):
                condition = (found[1], float(found[2]))
            elif bracket.startswith("$"):
                symbol = bracket[1:].partition("-")[0]
            is_date |= bracket.lower() in _ELAPSED
            continue
        percents += token["other"] == "%"
        is_date |= (token["other"] or " ").lower() in _DATE_LETTERS
        pieces += _pieces(token)
    return _Section(*_split(pieces), symbol, condition, percents, is_date)


def _pieces(token: re.Match[str]) -> list[tuple[str, bool]]:
    """What a token puts into the number: marks, and whether each is a literal."""
    if token["general"] or token["other"] == "@":
        return [(_GENERAL, False)]
    if token["wide"] is not None:
        return [(" ", True)]
    if literal := token["quoted"] or token["escaped"]:
        return [(letter, True) for letter in literal]
    other = token["other"] or "%"
    return [] if other == "%" else [(other, other not in "0#?.,")]


def _split(
    pieces: list[tuple[str, bool]],
) -> tuple[str, tuple[tuple[str, bool], ...], str]:
    """What stands before the first placeholder, from it to the last one, and behind that."""
    digits = [place for place, (_, is_literal) in enumerate(pieces) if not is_literal]
    if not digits:
        return "".join(mark for mark, _ in pieces), (), ""
    first, last = digits[0], digits[-1] + 1
    prefix = "".join(mark for mark, _ in pieces[:first])
    suffix = "".join(mark for mark, _ in pieces[last:])
    return prefix, tuple(pieces[first:last]), suffix
