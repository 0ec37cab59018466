"""Numbers and dates that people type as texts, read the Polish way.

Nothing is guessed: a text that could mean two numbers stays the text, and the remark says why.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from opium.polish import fold
from spreadsheets.cells import Value
from spreadsheets.xlsx import is_date_format

_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u200a\u200b\u202f\ufeff]+")
_MINUS = str.maketrans("\u2212\u2013\u2012", "---")
_CURRENCY = re.compile(r"\s?(?:zł|zl|pln)\.?$|^(?:zł|pln)\s?", re.IGNORECASE)
_CURRENCY_LETTERS = "zZpP"
_PLAIN = re.compile(r"\d+(?:,\d+)?|\d{1,3}(?: \d{3})+(?:,\d+)?|,\d+")
_ROUND_PRICE = re.compile(r"(\d+|\d{1,3}(?: \d{3})+),(?:-{1,2})")
_DOT_DECIMALS = re.compile(r"(?:\d+|\d{1,3}(?: \d{3})+)\.\d+|\.\d+")
_DOTS_THEN_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_COMMAS_THEN_DOT = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_DOT_OR_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_COMMA_OR_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}")
_LEADING_ZERO = re.compile(r"0 ?\d")
_DIGITS = re.compile(r"\d+")
LONGEST_EXACT = 15
_LONGEST_COUNT = 8
_NO_VALUE = frozenset(
    fold(text)
    for text in (
        "-", "--", "---", "–", "—", "brak", "brak danych", "b.d.", "bd", "b/d", "nie dotyczy",
        "n/d", "n.d.", "nd", "nd.", "n/a", "nie ma", "nie posiada", "nie posiadamy",
    )
)  # fmt: skip  # as a list of words
_DOTTED = re.compile(r"[.…_\s]+")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
_SHORT_YEAR = re.compile(r"(\d{1,2})\.(\d{1,2})\.([0-4]\d)")
_IN_WORDS = re.compile(r"(\d{1,2})(?:\. ?|[ /-])([^\W\d]+)(?:\. ?|[ /-])(\d{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "i stycznia styczen sty", "ii lutego luty lut", "iii marca marzec mar",
            "iv kwietnia kwiecien kwi", "v maja maj", "vi czerwca czerwiec cze",
            "vii lipca lipiec lip", "viii sierpnia sierpien sie", "ix wrzesnia wrzesien wrz",
            "x pazdziernika pazdziernik paz", "xi listopada listopad lis",
            "xii grudnia grudzien gru",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip  # a table of months
_YEAR_WORD = re.compile(r"\s?(?:r\.?|roku)$", re.IGNORECASE)
_HOUR = re.compile(r"[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$")
_EARLIEST = dt.date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says as a number or a date; `problem` names the remark where it says nothing."""

    value: Value = None
    problem: str = ""


def is_no_value(text: str) -> bool:
    """Whether the text only says that there is no value: brak, nie dotyczy, -, ......"""
    return fold(text) in _NO_VALUE or bool(_DOTTED.fullmatch(text))


@lru_cache(maxsize=50_000)
def number(text: str) -> Reading:
    """The number in a text: 12 345,67 zł; (123,45); −5; 25% (as 0.25); 1.234,56.

    Refused, with a problem: what is no number, what may be two numbers (1.234), what would lose
    digits (beyond 15) or leading zeros.
    """
    body = _BLANKS.sub(" ", text).strip().translate(_MINUS)
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    body, currencies = _CURRENCY.subn("", body)
    percent = body.endswith("%")
    if percent:
        body = body[:-1].rstrip()
    if body[:1] in {"-", "+"}:
        negative, body = negative != (body[0] == "-"), body[1:].lstrip()
    digits, problem = _canonical(body, is_money=bool(currencies))
    if problem:
        return Reading(problem=problem)
    value: float | int = float(digits) if "." in digits else int(digits)
    if percent:
        value = round(value / 100, 12)
    return Reading(-value if negative else value, "percent" if percent else "")


def _canonical(body: str, *, is_money: bool) -> tuple[str, str]:
    """The body with a decimal point and no groups, or a problem."""
    if _LEADING_ZERO.match(body):
        return "", "leading_zero"
    if (price := _ROUND_PRICE.fullmatch(body)) is not None:
        body = price[1]
    if _PLAIN.fullmatch(body):
        if is_money and _COMMA_OR_GROUP.fullmatch(body):
            return "", "ambiguous_number"
        body = body.replace(" ", "").replace(",", ".")
    elif _DOT_OR_GROUP.fullmatch(body):
        return "", "ambiguous_number"
    elif _DOT_DECIMALS.fullmatch(body):
        body = body.replace(" ", "")
    elif _DOTS_THEN_COMMA.fullmatch(body):
        body = body.replace(".", "").replace(",", ".")
    elif _COMMAS_THEN_DOT.fullmatch(body):
        body = body.replace(",", "")
    else:
        return "", "not_a_number"
    if len(body.replace(".", "").lstrip("0")) > LONGEST_EXACT:
        return "", "too_many_digits"
    return body, ""


@lru_cache(maxsize=50_000)
def date(text: str) -> Reading:
    """The date in a text: 1.09.2025, 2025-09-01, 1 września 2025 r., 1 IX 2025, and an hour.

    1.09.25 is read as a day of this century, with the problem `short_year` beside it.
    3/04/2025 is refused as ambiguous: it is the 3rd of April here, and March in files from abroad.
    """
    body = _YEAR_WORD.sub("", _BLANKS.sub(" ", text).strip())
    hour = _HOUR.search(body)
    if hour:
        body = body[: hour.start()]
    parts, problem = _date_parts(body)
    if parts is None:
        return Reading(problem=problem)
    try:
        day = dt.date(*parts)
        if day < _EARLIEST:
            return Reading(problem="not_a_date")
        if hour is None:
            return Reading(day, problem)
        time = dt.time(int(hour[1]), int(hour[2]), int(hour[3] or 0))
    except ValueError:
        return Reading(problem="not_a_date")
    return Reading(dt.datetime.combine(day, time) if time != dt.time() else day, problem)


def _date_parts(body: str) -> tuple[tuple[int, int, int] | None, str]:
    """Year, month and day, or none of them; and a problem."""
    if found := _YEAR_FIRST.fullmatch(body):
        return (int(found[1]), int(found[3]), int(found[4])), ""
    if found := _DAY_FIRST.fullmatch(body):
        day, month = int(found[1]), int(found[3])
        if found[2] == "/" and max(day, month) <= 12 and day != month:  # noqa: PLR2004  # months
            return None, "ambiguous_date"
        return (int(found[4]), month, day), ""
    if (found := _IN_WORDS.fullmatch(body)) and (month := _MONTHS.get(fold(found[2]), 0)):
        return (int(found[3]), month, int(found[1])), ""
    if found := _SHORT_YEAR.fullmatch(body):
        return (2000 + int(found[3]), int(found[2]), int(found[1])), "short_year"
    return None, "not_a_date"


class Kind(Enum):
    """What a column of the result holds.

    TEXT turns everything into text (codes, REGON, telephone numbers), NUMBER and DATE read texts,
    ANY leaves each cell as it came.
    """

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    ANY = "any"


_CODES = frozenset(
    {
        "regon", "nip", "pesel", "rspo", "krs", "telefon", "telefonu", "tel", "fax", "faks",
        "komorka", "kod", "kodu", "konto", "konta", "iban", "nrb", "nr", "numer", "numery",
        "teryt", "terc", "simc", "symbol", "identyfikator", "id", "login", "sygnatura",
        "paragraf", "rozdzial", "dzial", "klasyfikacja",
    }
)  # fmt: skip  # a list of words
_COUNTS = frozenset(
    {
        "liczba", "ilosc", "kwota", "kwoty", "suma", "wartosc", "lacznie", "razem", "koszt",
        "koszty", "procent", "%", "dotacja", "dotacje", "subwencja", "oplata", "oplaty", "wydatki",
        "wydatek", "dochody", "dochod", "srodki", "naklady", "cena", "stawka", "wplywy",
        "wynagrodzenie", "wynagrodzenia", "oszczednosci", "zuzycie",
    }
)  # fmt: skip  # a list of words
_OF_SOMETHING = frozenset({"za", "na", "dla", "w", "we", "z", "do", "od", "o"})
_DATES = frozenset({"data", "dnia", "dzien", "termin"})
_MONEY_FORMAT = re.compile(r"#,##0|0\.0|zł", re.IGNORECASE)


def hinted(key: str, number_format: str) -> Kind | None:
    """The kind that a header's key and its template's number format ask for, if any.

    Codes (REGON, telefon, nr konta) are TEXT, unless the format is one of amounts, or the word
    only says what an amount is for ("opłata za telefon", "dotacja – dział 801"); then the format
    counts, then headers that begin like an amount (liczba, kwota) or a date.
    """
    words = key.split() or [""]
    if _asks_for_code(words) and not _MONEY_FORMAT.search(number_format):
        return Kind.TEXT
    asked = _kind_of_format(number_format)
    if asked is not None:
        return asked
    if words[0] in _COUNTS:
        return Kind.NUMBER
    return Kind.DATE if words[0] in _DATES else None


def _asks_for_code(words: Sequence[str]) -> bool:
    if words[0] in _COUNTS:
        return False
    return any(
        word in _CODES
        and words[place - 1 if place else 0] not in _OF_SOMETHING
        and not (place + 1 < len(words) and words[place + 1].isdigit())
        for place, word in enumerate(words)
    )


def _kind_of_format(number_format: str) -> Kind | None:
    """The kind that a template's number format asks for; None for General."""
    if not number_format:
        return None
    if number_format == "@":
        return Kind.TEXT
    if is_date_format(number_format):
        return Kind.DATE
    return Kind.NUMBER if "0" in number_format or "#" in number_format else None


@lru_cache(maxsize=50_000)
def text_kind(text: str) -> str:
    """`number`, `code` (leading zeros, nine digits and more), `date`, `nothing` or `text`."""
    body = text.strip()
    if body[:1].isalpha() and body[0] not in _CURRENCY_LETTERS:
        return "nothing" if is_no_value(body) else "text"
    if _DIGITS.fullmatch(body) and len(body) > _LONGEST_COUNT:
        return "code"
    problem = number(text).problem
    if problem in {"", "percent"}:
        return "number"
    day = date(text)
    if day.value is not None and not day.problem:  # 1.2.25 may as well be the number of a task
        return "date"  # before the codes: 08.03.2027 begins with a zero too
    if problem in {"leading_zero", "too_many_digits"}:
        return "code"
    return "nothing" if is_no_value(text) else "text"
