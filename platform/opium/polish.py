"""Polish order, letters, plurals and formats, the same on every database and every machine."""

import math
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")

_KILO = 1024
_UNITS = ("kB", "MB", "GB")
_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_RANK = {letter: chr(0x61 + rank) for rank, letter in enumerate(_ALPHABET)}
_NUMBER = re.compile(r"(\d+)")
_BLANKS = re.compile(r"\s+")
_STROKES = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "đ": "d", "ß": "ss"})


def sort_key(text: str) -> str:
    """A key whose code-point order is the Polish order of `text`.

    Each letter has its own place in the alphabet (ą after a, ł after l), case and punctuation
    do not count, foreign accents fold to their letter, numbers sort by value (SP 2 before SP 10).
    Equal keys are told apart by the text itself, after a separator below every letter.
    """
    folded = _BLANKS.sub(" ", text.strip()).lower()
    parts = (
        _number_key(part) if part.isdigit() else _letters(part) for part in _NUMBER.split(folded)
    )
    return "".join(parts).strip() + "\x1f" + text


def _number_key(digits: str) -> str:
    significant = digits.lstrip("0")
    return f"0{chr(0x21 + min(len(significant), 60))}{significant}"


def _letters(text: str) -> str:
    return "".join(_RANK.get(char) or _foreign(char) for char in text)


def _foreign(char: str) -> str:
    if char == " ":
        return " "
    base = unicodedata.normalize("NFKD", char.translate(_STROKES))[0]
    return _RANK.get(base, "")


def fold(text: str) -> str:
    """The text without case, diacritics and repeated blanks: what a search compares."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _BLANKS.sub(" ", bare).strip()


def plural(count: int, one: str, few: str, many: str) -> str:
    """The Polish form for `count`: 1 jednostka, 2 jednostki, 5 jednostek, 112 jednostek."""
    if count == 1:
        return f"{count} {one}"
    is_few = count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14}
    return f"{count} {few if is_few else many}"


def format_date(day: date) -> str:
    """23.11.2026; a moment is shown in Polish time."""
    if isinstance(day, datetime):
        day = day.astimezone(WARSAW)
    return f"{day:%d.%m.%Y}"


def format_moment(moment: datetime) -> str:
    """23.11.2026, 14:05 in Polish time."""
    return f"{moment.astimezone(WARSAW):%d.%m.%Y, %H:%M}"


def format_second(moment: datetime) -> str:
    """23.11.2026, 14:05:07 in Polish time, where the second counts."""
    return f"{moment.astimezone(WARSAW):%d.%m.%Y, %H:%M:%S}"


def format_money(amount: Decimal) -> str:
    """12 345,67 zł, with non-breaking spaces."""
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",") + "\u00a0zł"


def format_size(size: int) -> str:
    """A size in bytes as a person reads it: 512 B, 1,4 MB (powers of 1024)."""
    if size < _KILO:
        return f"{size}\u00a0B"
    power = min(int(math.log(size, _KILO)), len(_UNITS))
    amount, unit = size / _KILO**power, _UNITS[power - 1]
    return f"{amount:.1f}".rstrip("0").rstrip(".").replace(".", ",") + f"\u00a0{unit}"
