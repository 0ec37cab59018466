"""One cell of the register, cleaned: what programs did to it on the way is undone."""

import re
from collections.abc import Callable
from datetime import date, datetime

from opium import identifiers
from opium.polish import fold

_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u00a0]+")
_DATES = ("%Y.%m.%d", "%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
_NOT_PHONE = re.compile(r"[^0-9]")
_SCHEME = re.compile(r"(https?):/*", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:[0-9]+)?(/\S*)?$")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_VOIVODESHIPS = frozenset(f"{code:02}" for code in range(2, 34, 2))


def header(text: str) -> str:
    """A column's name for comparing: no case, diacritics, hyphens and underscores."""
    return _NOT_LETTERS.sub(" ", fold(text)).strip()


def plain(cell: str) -> str:
    """The text of a cell, out of its Excel formula ="015…", without stray blanks."""
    text = cell.strip()
    if formula := _FORMULA.fullmatch(text):
        text = formula[1].replace('""', '"')
    return _BLANKS.sub(" ", text).strip()


def number(cell: str) -> str:
    """Digits without separators; other characters stay, so that a check can see them."""
    return identifiers.compact(plain(cell)).removesuffix(".0")


def padded(*lengths: int) -> Callable[[str], str]:
    """A reader of numbers that puts back the leading zeros that a spreadsheet took."""

    def read(cell: str) -> str:
        digits = number(cell)
        if not digits.isdecimal():
            return digits
        fitting = (length for length in lengths if len(digits) <= length)
        return digits.zfill(next(fitting, 0))

    return read


regon = padded(9, 14)
nip = padded(10)


def postal_code(cell: str) -> str:
    """85-006, also from 85006 and from a number that lost its zeros."""
    digits = number(cell)
    if not re.fullmatch(r"[0-9]{3,5}", digits):
        return plain(cell)
    digits = digits.zfill(5)
    return f"{digits[:2]}-{digits[2:]}"


def commune(cell: str) -> str:
    """A TERYT code of seven digits, with the zero that a spreadsheet took, or one of six."""
    digits = number(cell)
    lost = re.fullmatch(r"[1-9][0-9]{5}", digits) and f"0{digits[0]}" in _VOIVODESHIPS
    return f"0{digits}" if lost else digits


def phone(cell: str) -> str:
    """Nine digits where it is one Polish number; otherwise as it is written."""
    text = plain(cell)
    digits = _NOT_PHONE.sub("", text)
    if digits.startswith("0048") or text.startswith("+48"):
        digits = digits.removeprefix("00").removeprefix("48")
    return digits if re.fullmatch(r"[0-9]{9}", digits) else text


def email(cell: str) -> str:
    return plain(cell).lower()


def website(cell: str) -> str:
    """An address that begins with http:// or https://; nothing where the register has only that."""
    text = plain(cell)
    scheme = _SCHEME.match(text)
    address = text[scheme.end() :] if scheme else text
    if not _HOST.match(address):
        return ""
    return f"{scheme[1].lower() if scheme else 'http'}://{address}"


def day(cell: str) -> date | None:
    """The date; None for an empty cell. Raises `ValueError` for anything else."""
    text = plain(cell).split(" ")[0]
    if not text:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def parent_in_note(cell: str) -> str:
    """The number after "Parent RSPO:", or nothing."""
    found = re.search(r"Parent RSPO:\s*([0-9]+)", cell)
    return found[1] if found else ""
