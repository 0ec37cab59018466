"""Numbers that people write with something beside them: 25 osób, 12 tys. zł, 18:30, 25¹."""

import datetime as dt
import re
from dataclasses import dataclass

from opium.polish import fold

_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MEASURE = re.compile(
    r"(?P<number>[-+−]?\d[\d ]*(?:[.,]\d+)?)\s?(?P<scale>tys\.?|tysi[ąa]c\w*|mln|mld)?\s?"
    r"(?P<unit>[^\W\d_][\w./²³]*\.?(?: [^\W\d_][\w./²³]*\.?)?)?",
    re.IGNORECASE,
)
_SCALES = {"tys": 1_000, "mln": 1_000_000, "mld": 1_000_000_000}
_SURE = (
    r"osob|osoby|os\b|ucz(?:n|en)|dziec|szt|godz|h\b|etat|miejsc|komput|zestaw|egz|pkt|punkt|"
    r"nauczyciel|pracown|stanowisk|obiad|posilk|chlop|dziewcz|laptop|tablet|projektor|ksiaz|zl\b|"
    r"pln\b|kobiet|mezczyzn|rodzin|opiekun|woluntariusz|wychowank|absolwent|krzes|lawek|lawk"
)
_OFTEN = (
    r"oddzial|klas|grup|sal\w?\b|pomieszcz|lat\w?\b|rok|lekcj|zajec|wyciecz|budyn|bois|tablic|"
    r"tom\w*\b|urzadz|stolik|rower|autobus|kurs|spotka|wydarz|projekt|umow|wniosk|faktur|raz\w?\b"
)
_COUNTED = re.compile(f"(?:{_SURE}|{_OFTEN})")
_PHYSICAL = re.compile(r"m ?2|mkw|m kw\.?|km|kg|ha|min\w*|l|mb|m|t|kwh|mwh|gj|m ?3")
_TELLING = re.compile(f"(?:{_SURE})")
_FOOTNOTE = re.compile(r"(?<=[\d%])\s?(?:[⁰¹²³⁴-⁹]{1,2}\s?[⁾)]?|\*{1,3}\s?\)?)$")
_CLOCK = re.compile(r"(-?)(\d{1,4}):([0-5]\d)(?::([0-5]\d))?(?: ?(?:h|godz\.?))?")
_SPOKEN = re.compile(
    r"(?:(\d{1,4}(?:[.,]\d+)?) ?(?:h|godz\.?|godzin[ay]?))? ?(?:i )?"
    r"(?:(\d{1,4}) ?(?:min\.?|minut[ay]?))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d{1,2}\s?([-–/])\s?\d{1,2}")
_FIRST_YEARS = 1900
_EPOCH = dt.datetime(1899, 12, 31)  # noqa: DTZ001  # a spreadsheet's day 0 has no zone
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Measure:
    """A number as text, what it is to be multiplied by, and its unit, folded."""

    number: str
    scale: int
    unit: str

    @property
    def is_counted(self) -> bool:
        """Whether the unit only says what is counted (osób, szt., oddziały)."""
        return not self.unit or bool(_COUNTED.match(self.unit))

    @property
    def is_sure(self) -> bool:
        """Whether nothing but an amount has this unit; "1 klasa" may be a name."""
        return not self.unit or bool(_TELLING.match(self.unit) or _PHYSICAL.fullmatch(self.unit))


def measure(text: str) -> Measure | None:
    """The number and its unit in a text such as "25 osób"; None where it is anything else."""
    found = _MEASURE.fullmatch(_BLANKS.sub(" ", text).strip())
    if found is None or not (found["scale"] or found["unit"]):
        return None
    scale = _SCALES.get(fold(found["scale"] or "")[:3], 1)
    return Measure(found["number"].strip(), scale, fold(found["unit"] or ""))


def without_footnote(text: str) -> str:
    """The text without a mark that leads to a note: 25¹, 25*; as it is where there is none."""
    return _FOOTNOTE.sub("", text.rstrip())


def hours(value: object) -> float | None:
    """The hours that a time of day, a duration or a text such as "30:15" or "2 h 30 min" says.

    Beyond a day they may come as a moment of the first days that spreadsheets know.
    """
    seconds: float | None = None
    match value:
        case dt.timedelta():
            seconds = value.total_seconds()
        case dt.time():
            seconds = value.hour * 3600 + value.minute * 60 + value.second
        case dt.datetime() if value.year <= _FIRST_YEARS:
            seconds = (value - _EPOCH).total_seconds()
        case dt.datetime():
            return None
        case dt.date() if value.year <= _FIRST_YEARS:
            seconds = (value - _EPOCH.date()).days * _DAY
        case str():
            seconds = _spoken(_BLANKS.sub(" ", value).strip())
    return None if seconds is None else round(seconds / 3600, 6)


def _spoken(text: str) -> float | None:
    if found := _CLOCK.fullmatch(text):
        seconds = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
        return -seconds if found[1] else seconds
    found = _SPOKEN.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    return float((found[1] or "0").replace(",", ".")) * 3600 + int(found[2] or 0) * 60


def range_mark(text: str) -> str:
    """What stands between the numbers of a range (3-5, 1/2); empty where it is no range."""
    found = _RANGE.fullmatch(text.strip())
    return found[1] if found else ""
