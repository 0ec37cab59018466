"""What people type into cells, read the Polish way.

Nothing is guessed: a text that could mean two numbers stays the text, and the remark says why.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from itertools import repeat

from opium.polish import fold
from spreadsheets.cells import MAX_TEXT, Fault, Value
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
_LONGEST_EXACT = 15
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
_IN_WORDS = re.compile(r"(\d{1,2})\.? ([^\W\d]+)\.? (\d{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "stycznia styczen sty", "lutego luty lut", "marca marzec mar", "kwietnia kwiecien kwi",
            "maja maj", "czerwca czerwiec cze", "lipca lipiec lip", "sierpnia sierpien sie",
            "wrzesnia wrzesien wrz", "pazdziernika pazdziernik paz", "listopada listopad lis",
            "grudnia grudzien gru",
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
    if len(body.replace(".", "").lstrip("0")) > _LONGEST_EXACT:
        return "", "too_many_digits"
    return body, ""


@lru_cache(maxsize=50_000)
def date(text: str) -> Reading:
    """The date in a text: 1.09.2025, 2025-09-01, 1 września 2025 r., with an hour or without.

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
            return Reading(day)
        time = dt.time(int(hour[1]), int(hour[2]), int(hour[3] or 0))
    except ValueError:
        return Reading(problem="not_a_date")
    return Reading(dt.datetime.combine(day, time) if time != dt.time() else day)


def _date_parts(body: str) -> tuple[tuple[int, int, int] | None, str]:
    """Year, month and day, or a problem."""
    if found := _YEAR_FIRST.fullmatch(body):
        return (int(found[1]), int(found[3]), int(found[4])), ""
    if found := _DAY_FIRST.fullmatch(body):
        day, month = int(found[1]), int(found[3])
        if found[2] == "/" and max(day, month) <= 12 and day != month:  # noqa: PLR2004  # months
            return None, "ambiguous_date"
        return (int(found[4]), month, day), ""
    if (found := _IN_WORDS.fullmatch(body)) and (month := _MONTHS.get(fold(found[2]), 0)):
        return (int(found[3]), month, int(found[1])), ""
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
    {"liczba", "ilosc", "kwota", "suma", "wartosc", "lacznie", "razem", "koszt", "procent", "%"}
)
_DATES = frozenset({"data", "dnia", "dzien", "termin"})


def hinted(key: str, number_format: str) -> Kind | None:
    """The kind that a header's key and its template's number format ask for, if any.

    Codes (REGON, telefon, nr konta) are TEXT whatever the format; then the format counts, then
    headers that begin like an amount (liczba, kwota) or a date.
    """
    words = key.split() or [""]
    if words[0] not in _COUNTS and not _CODES.isdisjoint(words):
        return Kind.TEXT
    asked = _kind_of_format(number_format)
    if asked is not None:
        return asked
    if words[0] in _COUNTS:
        return Kind.NUMBER
    return Kind.DATE if words[0] in _DATES else None


def _kind_of_format(number_format: str) -> Kind | None:
    """The kind that a template's number format asks for; None for General."""
    if not number_format:
        return None
    if number_format == "@":
        return Kind.TEXT
    if is_date_format(number_format):
        return Kind.DATE
    return Kind.NUMBER if "0" in number_format or "#" in number_format else None


_UNREAD_TEXTS = 10_000
_LONGEST_TELLING = 100
_NUMBER_TYPES = frozenset({int, float})
_DATE_TYPES = frozenset({dt.date, dt.datetime})
_OTHER_TYPES = frozenset({bool, dt.time, dt.timedelta})


@dataclass(slots=True)
class Votes:
    """What the cells of a column are, counted over all files; the order of files does not count."""

    numbers: int = 0
    number_texts: int = 0
    codes: int = 0
    dates: int = 0
    texts: int = 0
    has_decimals: bool = False
    has_fine_decimals: bool = False
    has_long_texts: bool = False
    _unread: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        self._read_texts()
        return self.numbers + self.number_texts + self.codes + self.dates + self.texts

    def count(self, values: Sequence[Value]) -> None:
        """Add the cells of one block; what its texts are is found out later, once for each."""
        kinds = list(map(type, values))
        if str in kinds:
            texts = [v for v in values if isinstance(v, str)]
            if len(max(texts, key=len)) > _LONGEST_TELLING:
                self.has_long_texts |= any(len(text) > MAX_TEXT for text in texts)
                texts = [text[:_LONGEST_TELLING] for text in texts]
            self._unread.update(texts)
            if len(self._unread) > _UNREAD_TEXTS:
                self._read_texts()
        if float in kinds and not self.has_fine_decimals:
            self._count_decimals(values)
        for kind in set(kinds):
            if kind in _NUMBER_TYPES:
                self.numbers += kinds.count(kind)
            elif kind in _DATE_TYPES:
                self.dates += kinds.count(kind)
            elif kind in _OTHER_TYPES:
                self.texts += kinds.count(kind)

    def _read_texts(self) -> None:
        unread, self._unread = self._unread, Counter()
        for text, count in unread.items():
            self._count_text(text, count)

    def _count_decimals(self, values: Sequence[Value]) -> None:
        broken = [v for v in values if isinstance(v, float) and v % 1]
        if broken:
            self.has_decimals = True
            self.has_fine_decimals = list(map(round, broken, repeat(2))) != broken

    def _count_text(self, text: str, count: int) -> None:
        match text_kind(text):
            case "number":
                self.number_texts += count
                value = number(text).value
                if isinstance(value, float) and not value.is_integer():
                    self.has_decimals = True
                    self.has_fine_decimals |= round(value, 2) != value
            case "code":
                self.codes += count
            case "date":
                self.dates += count
            case "text":
                self.texts += count

    def kind(self) -> Kind:
        """What the majority says; ANY where there is none."""
        everything = self.total
        if self.codes and self.codes >= self.numbers:
            return Kind.TEXT if self.codes + self.number_texts > everything / 2 else Kind.ANY
        if self.numbers + self.number_texts > everything / 2:
            return Kind.NUMBER
        if self.dates > everything / 2:
            return Kind.DATE
        return Kind.ANY

    def number_format(self) -> str:
        """How the column's numbers are shown where the template does not say."""
        if not self.has_decimals:
            return "0"
        return "" if self.has_fine_decimals else "#,##0.00"


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
    if date(text).value is not None:
        return "date"  # before the codes: 08.03.2027 begins with a zero too
    if problem in {"leading_zero", "too_many_digits"}:
        return "code"
    return "nothing" if is_no_value(text) else "text"


def converted(kind: Kind, value: Value) -> tuple[Value, str]:
    """The value as a column of this kind holds it, and the problem that a remark must name."""
    if isinstance(value, Fault):
        return (value.code, "cell_error") if value.code else (None, "formula_without_value")
    if isinstance(value, str):
        return _read_text(kind, value)
    if kind is Kind.TEXT:
        return as_text(value), ""
    if kind is Kind.NUMBER and isinstance(value, dt.date):
        return value, "date_among_numbers"
    if kind is Kind.DATE and isinstance(value, int | float) and not isinstance(value, bool):
        return value, "number_among_dates"
    return value, ""


def _read_text(kind: Kind, text: str) -> tuple[Value, str]:
    if len(text) > MAX_TEXT:
        return text, "text_too_long"
    if kind in {Kind.TEXT, Kind.ANY}:
        return text, ""
    if is_no_value(text):
        return None, "no_value"
    reading = number(text) if kind is Kind.NUMBER else date(text)
    if reading.value is None:
        return text, reading.problem
    return reading.value, reading.problem


def as_text(value: Value) -> Value:
    """A code as text: 15789094.0 is 15789094; dates and truth values stay what they are."""
    match value:
        case bool():
            return value
        case float() if value.is_integer() and abs(value) < 10**_LONGEST_EXACT:
            return str(int(value))
        case float() | int():
            return repr(value).replace(".", ",")
        case _:
            return value
