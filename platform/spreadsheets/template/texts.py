"""What a text of a template is: a title, a line to write on, a box to tick, a sentence."""

import re
from collections.abc import Sequence

from spreadsheets import headers, values
from spreadsheets.cells import Fault, Row, Value

_LONGEST_TITLE = 200
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_YEAR = re.compile(
    r"(?:rok )?(?:19|20)\d\d(?: ?[/-] ?(?:\d\d|20\d\d))?(?: ?r\.?| rok)?", re.IGNORECASE
)
_BOXES = re.compile(
    r"[\u2610-\u2612\u25a0-\u25a3\u25cb\u25cf\u25ef\u2b1a-\u2b1c\u2713-\u2718\u25fb\u25fc\U0001f5f9]"
)
_LEAST_WORDS = 5
_LEAST_NUMBERED = 3

ANSWERS = frozenset(
    {"tak", "nie", "brak", "nie dotyczy", "zero", "nie ma", "jest", "wybierz", "inne", "x"}
)
"""Keys of texts that a template brings as answers rather than as labels."""

Comparable = tuple[Value, ...]


def is_blank_line(value: Value) -> bool:
    """Whether the cell is only a line to write on, dotted or drawn."""
    return isinstance(value, str) and not value.strip(".…_ \u00a0\n\t")


def is_text(value: Value) -> bool:
    """Whether the value may be a label or a title: a text that is no number, date or line."""
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_TITLE
        and not is_blank_line(value)
        and values.text_kind(value) in {"text", "nothing"}
    )


def is_number(value: Value) -> bool:
    return (isinstance(value, int | float) and not isinstance(value, bool)) or value == Fault()


def is_year(value: Value) -> bool:
    """Whether the value may be a title that is a year: 2024, "2024/2025", "rok 2024"."""
    if isinstance(value, str):
        return _YEAR.fullmatch(value.strip()) is not None
    return is_number(value) and value in range(_FIRST_YEAR, _LAST_YEAR)


def count_titles(row: Row) -> int:
    """How many titles a row would give as a header; years and 1, 2, 3 count beside a text."""
    texts = sum(map(is_text, row))
    if not texts:
        return 0
    years = sum(is_year(value) and not is_text(value) for value in row)
    numbers = [value for value in row if is_number(value) and not is_year(value)]
    is_counted = len(numbers) >= _LEAST_NUMBERED and numbers in (
        list(range(len(numbers))),
        list(range(1, len(numbers) + 1)),
    )
    return texts + years + len(numbers) * is_counted


def has_boxes(text: str) -> bool:
    """Whether the text has boxes to tick (☐ ☒ ○ ●), so that each character of it counts."""
    return _BOXES.search(text) is not None


def is_sentence(text: str) -> bool:
    """Whether the text tells something rather than names a field."""
    body = text.strip()
    if body[-1:] in {":", "?"} or body.endswith(("...", "…", "__")):
        return False
    return len(body.split()) >= _LEAST_WORDS or (body.endswith((".", "!")) and " " in body)


def same(value: Value) -> Value:
    """The value as it is compared with the template's: texts by their key, lines as nothing."""
    if not isinstance(value, str):
        return value
    if is_blank_line(value):
        return None
    return " ".join(value.split()) if has_boxes(value) else headers.key(value)


def comparable(row: Row | Comparable, calculated: frozenset[int]) -> Comparable:
    """A row as it is compared with the template's.

    Calculated cells do not count: the template may have no results yet, a filled copy has zeros.
    """
    return tuple(
        None if place in calculated else value if value.__class__ is not str else same(value)
        for place, value in enumerate(row)
    )


def is_numbering(row: Sequence[Value]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, ...; calculated ones may be empty."""
    numbers = [values.number(v).value if isinstance(v, str) else v for v in row]
    filled = sum(number is not None for number in numbers)
    return filled > len(row) / 2 > 1 and all(
        number in {None, place} for place, number in enumerate(numbers, start=1)
    )


def lone_text(row: Row) -> str:
    """The text of a row that has nothing else: a caption, a signature, a footnote; or empty."""
    filled = [value for value in row if value is not None]
    if len(filled) == 1 and isinstance(filled[0], str) and not is_blank_line(filled[0]):
        return filled[0]
    return ""
