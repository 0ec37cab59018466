"""How a cell gets into a column of the result: the value there, and the problem to remark on."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from spreadsheets import measures, values
from spreadsheets.cells import MAX_TEXT, Fault, Formatted, Value
from spreadsheets.values import LONGEST_EXACT, Kind

_HOURS = re.compile(r"\b(?:godz\w*|h)\b")
_TIMES = re.compile(r"\b(?:czas\w*|wymiar\w*)\b")
_MINUTES = re.compile(r"\b(?:min|minut\w*)\b")
_THOUSANDS = re.compile(r"\b(?:tys\w*|mln|milion\w*|mld)\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|\b(?:procent\w*|frekwencj\w*|udzial\w*|zdawalnosc\w*|odset\w*)\b")
_LETTERS = re.compile(r"[^\W\d_]+|[€$£]")
_SCALES = {"tys": 1_000, "mln": 1_000_000, "mld": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a column besides its kind.

    `key` is its title's, `number_format` the template's. `percents` is the scale in which per
    cent stand, "fraction" (0.95) or "points" (95), where the column has them; `ranges` the mark of
    ranges (3-5) that its texts are; `units` the units that its numbers have; `has_yes_no` whether
    it says tak and nie; `is_of_dates` whether the template asks for dates; `is_mixed` whether
    numbers that look like fractions and like per cent stand in it.
    """

    key: str = ""
    number_format: str = ""
    percents: str = ""
    ranges: str = ""
    units: frozenset[str] = frozenset()
    has_yes_no: bool = False
    has_texts: bool = False
    is_of_dates: bool = False
    is_mixed: bool = False

    @property
    def is_of_percents(self) -> bool:
        return "%" in self.number_format or bool(_PERCENT.search(self.key))

    @property
    def is_plain(self) -> bool:
        """Whether plain numbers stay what they are."""
        return self.percents != "fraction" and not self.is_mixed

    @property
    def counts(self) -> str:
        """`hours` or `minutes` where the title asks for them."""
        if _HOURS.search(self.key):
            return "hours"
        if _MINUTES.search(self.key):
            return "minutes"
        return "hours" if _TIMES.search(self.key) else ""

    @property
    def is_in_thousands(self) -> bool:
        return bool(_THOUSANDS.search(self.key) or _THOUSANDS.search(self.number_format))

    def told(self, problem: str) -> str:
        """The problem, unless the title says itself that per cent are meant."""
        return "" if "%" in self.key else problem

    def knows(self, words: str) -> bool:
        """Whether the title or the template's format has one of these words or signs."""
        known = f"{self.key} {self.number_format}".lower()
        return any(word.lower() in known for word in _LETTERS.findall(words))


_PLAIN = Setting()


def converted(kind: Kind, value: Value, setting: Setting = _PLAIN) -> tuple[Value, str]:
    """The value as a column of this kind holds it, and the problem that a remark must name.

    The value is never a Formatted one; the problem is a kind of `report.KINDS`, or empty.
    """
    if isinstance(value, Fault):
        return (value.code, "cell_error") if value.code else (None, "formula_without_value")
    if isinstance(value, str):
        return _read_text(kind, value, setting)
    if isinstance(value, bool):
        return _read_truth(kind, value, setting)
    if isinstance(value, Formatted):
        return _read_formatted(kind, value, setting)
    if isinstance(value, int | float):
        return _read_number(kind, value, setting)
    return _read_moment(kind, value, setting)


def _read_number(kind: Kind, value: float, setting: Setting) -> tuple[Value, str]:
    if abs(value) >= 10**LONGEST_EXACT:
        return as_text(value) if kind is Kind.TEXT else value, "digits_lost"
    match kind:
        case Kind.TEXT:
            return as_text(value), ""
        case Kind.DATE:
            return value, "number_among_dates"
        case Kind.NUMBER if setting.percents == "fraction" and abs(value) > 1:
            return round(value / 100, 12), "points_as_fraction"
        case _:
            is_doubtful = kind is Kind.NUMBER and setting.is_mixed and 0 < abs(value) <= 1
            return value, "percent_doubtful" if is_doubtful else ""


def _read_formatted(kind: Kind, value: Formatted, setting: Setting) -> tuple[Value, str]:
    plain: float = float(value)
    if value.mark == "hidden":
        return plain, "hidden_value"
    if kind in {Kind.TEXT, Kind.ANY}:
        return value.shown, ""
    if kind is Kind.DATE:
        return plain, "number_among_dates"
    return _read_marked(plain, value, setting)


def _read_marked(plain: float, value: Formatted, setting: Setting) -> tuple[Value, str]:
    """A Formatted number in a column of numbers."""
    match value.mark:
        case "percent":
            in_points = setting.percents == "points"
            told = setting.told("percent_as_points")
            return (round(plain * 100, 10), told) if in_points else (plain, "")
        case "points":
            return _read_number(Kind.NUMBER, plain, setting)
        case "currency":
            return plain, "" if setting.knows(value.shown) else "currency"
        case "scale":
            return _scaled(plain, value.shown, setting)
        case _:
            return plain, "shown_otherwise" if value.mark == "words" else ""


def _scaled(number: float, shown: str, setting: Setting) -> tuple[Value, str]:
    if setting.is_in_thousands:
        return number, ""
    scale = next((_SCALES[word] for word in _SCALES if word in shown.lower()), None)
    return (number, "shown_otherwise") if scale is None else (round(number * scale, 6), "scaled")


def _read_truth(kind: Kind, value: bool, setting: Setting) -> tuple[Value, str]:  # noqa: FBT001  # the cell itself
    if kind in {Kind.NUMBER, Kind.DATE}:
        return value, "truth_misplaced"
    if setting.has_yes_no:
        return ("TAK" if value else "NIE"), "truth_as_words"
    return value, ""


def _read_moment(kind: Kind, value: Value, setting: Setting) -> tuple[Value, str]:
    hours = measures.hours(value)
    if kind is Kind.NUMBER and hours is not None:
        return _as_time(value, hours, setting)
    if not isinstance(value, dt.date):
        return value, "time_among_dates" if kind is Kind.DATE and hours is not None else ""
    if kind is Kind.NUMBER:
        return value, "date_among_numbers"
    if kind is Kind.DATE or setting.is_of_dates:
        return value, ""
    if setting.ranges:
        return f"{value.day}{setting.ranges}{value.month}", "range_from_date"
    return value, "date_among_texts" if setting.has_texts else ""


def _as_time(value: Value, hours: float, setting: Setting) -> tuple[Value, str]:
    """Hours or minutes, whichever the title counts; what else is counted is told."""
    match setting.counts:
        case "hours":
            return hours, "time_as_hours"
        case "minutes":
            return round(hours * 60, 6), "time_as_minutes"
        case _:
            return value, "time_among_numbers"


def _read_text(kind: Kind, text: str, setting: Setting) -> tuple[Value, str]:
    if len(text) > MAX_TEXT:
        return text, "text_too_long"
    if kind in {Kind.TEXT, Kind.ANY}:
        return text, ""
    if values.is_no_value(text):
        return None, "no_value"
    if kind is Kind.NUMBER:
        return _read_written_number(text, setting)
    reading = values.date(text)
    return (text if reading.value is None else reading.value), reading.problem


def _read_written_number(text: str, setting: Setting) -> tuple[Value, str]:
    reading = values.number(text)
    if not isinstance(reading.value, int | float):
        return _read_measure(text, reading.problem, setting)
    if reading.problem != "percent":
        return _read_number(Kind.NUMBER, reading.value, setting)
    if setting.percents == "points":
        return round(reading.value * 100, 10), setting.told("percent_as_points")
    return reading.value, "percent"


def _read_measure(text: str, problem: str, setting: Setting) -> tuple[Value, str]:
    """A number with something beside it: a unit, a mark of a footnote, hours and minutes."""
    bare = measures.without_footnote(text)
    if bare != text.rstrip() and (found := values.number(bare).value) is not None:
        return found, "footnote"
    hours = measures.hours(text)
    if hours is not None and setting.counts:
        return _as_time(text, hours, setting)
    measure = measures.measure(text)
    if measure is None:
        return text, problem
    found = values.number(measure.number).value
    is_known = measure.is_counted or setting.knows(measure.unit)
    is_known |= measure.is_sure and measure.unit in setting.units
    if not isinstance(found, int | float) or not is_known:
        return text, problem
    if measure.scale > 1 and not setting.is_in_thousands:
        return round(found * measure.scale, 6), "scaled"
    return found, "unit"


def as_text(value: Value) -> Value:
    """A code as text: 15789094.0 is 15789094; dates and truth values stay what they are."""
    match value:
        case Formatted():
            return value.shown
        case bool():
            return value
        case float() if value.is_integer() and abs(value) < 10**LONGEST_EXACT:
            return str(int(value))
        case float() if value.is_integer():
            return f"{Decimal(repr(value)):.0f}"
        case float() | int():
            return repr(value).replace(".", ",")
        case _:
            return value
