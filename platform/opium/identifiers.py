"""The numbers by which Poland knows people, firms, places and accounts: their checksums.

Each question takes the number as people write it (blanks, hyphens, a leading PL) and answers
whether it can be real; `compact` gives the form to store. Weights: domain.md 8.5.
"""

import re
from datetime import date

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")
_NIP = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_REGON_9 = (8, 9, 2, 3, 4, 5, 6, 7)
_REGON_14 = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)
_PESEL = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_CENTURIES = {80: 1800, 0: 1900, 20: 2000, 40: 2100, 60: 2200}
_POSTAL_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")
_EDORECZENIA = re.compile(r"AE:PL-[0-9]{5}-[0-9]{5}-[A-Z]{5}-[0-9]{2}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def compact(number: str) -> str:
    """The number without blanks, hyphens and the country prefix PL."""
    return _SEPARATORS.sub("", number).upper().removeprefix("PL")


def is_nip(number: str) -> bool:
    """The tax number of a payer: ten digits, modulo 11; a remainder of 10 is never given out."""
    digits = _digits(number, 10)
    return bool(digits) and any(digits) and _weighed(digits, _NIP) % 11 == digits[9]


def is_regon(number: str) -> bool:
    """The statistical number: nine digits, or fourteen that begin with a right nine."""
    if long := _digits(number, 14):
        return is_regon(compact(number)[:9]) and _weighed(long, _REGON_14) % 11 % 10 == long[13]
    digits = _digits(number, 9)
    return bool(digits) and any(digits) and _weighed(digits, _REGON_9) % 11 % 10 == digits[8]


def is_pesel(number: str) -> bool:
    """The number of a person: eleven digits with a real day of birth inside."""
    digits = _digits(number, 11)
    return (
        bool(digits)
        and _weighed(digits, _PESEL) * 9 % 10 == digits[10]
        and born(number) is not None
    )


def born(pesel: str) -> date | None:
    """The day of birth that a PESEL tells, or None where there is no such day."""
    digits = _digits(pesel, 11)
    if not digits:
        return None
    year, month, day = (10 * digits[at] + digits[at + 1] for at in (0, 2, 4))
    century = month // 20 * 20
    try:
        return date(_CENTURIES[century] + year, month - century, day)
    except ValueError:
        return None


def is_nrb(number: str) -> bool:
    """A Polish bank account: 26 digits, with or without PL in front."""
    digits = compact(number)
    return bool(_digits(digits, 26)) and is_iban(f"PL{digits}")


def is_iban(number: str) -> bool:
    """An account of any country, with its letters in front (ISO 13616, modulo 97)."""
    account = _SEPARATORS.sub("", number).upper()
    if not _IBAN.fullmatch(account):
        return False
    if account.startswith("PL") and not _digits(account, 26):
        return False
    turned = account[4:] + account[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def is_postal_code(text: str) -> bool:
    """A Polish postal code as it is written: 85-006."""
    return bool(_POSTAL_CODE.fullmatch(text))


def is_edoreczenia(address: str) -> bool:
    """The shape of an address for e-Doręczenia; its control digits are not published."""
    return bool(_EDORECZENIA.fullmatch(address))


def _digits(number: str, count: int) -> list[int]:
    """The digits of a number of that length; an empty list for anything else."""
    bare = compact(number)
    return [int(char) for char in bare] if re.fullmatch(f"[0-9]{{{count}}}", bare) else []


def _weighed(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))
