"""Names of cells in XML and formulas: B5 is (4, 1)."""

import re

from spreadsheets.cells import MAX_COLUMNS, MAX_ROWS, column_letters
from spreadsheets.facts import Area, Place

_PLACE = re.compile(rb"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_IN_FORMULA = re.compile(
    r"\"[^\"]*\"|'[^']*'|(?<![\w.])(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(.])"
)


def place(name: bytes) -> Place | None:
    found = _PLACE.fullmatch(name)
    return (int(found[2]) - 1, column(found[1].decode())) if found else None


def area(name: bytes) -> Area | None:
    """B3:C7, or one cell."""
    first, _, last = name.partition(b":")
    top, bottom = place(first), place(last or first)
    return (*top, *bottom) if top and bottom else None


def column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def shifted(formula: str, down: int, right: int) -> str:
    """A formula as it reads when copied: relative references move along."""

    def move(found: re.Match[str]) -> str:
        if not found[2]:
            return found[0]
        row, place_ = int(found[4]) - 1, column(found[2])
        row = row if found[3] else row + down
        place_ = place_ if found[1] else place_ + right
        if not (0 <= row < MAX_ROWS and 0 <= place_ < MAX_COLUMNS):
            return "#REF!"
        return f"{found[1]}{column_letters(place_)}{found[3]}{row + 1}"

    return _IN_FORMULA.sub(move, formula)
