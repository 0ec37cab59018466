"""School years and semesters as the city counts them, and the arithmetic of days; all total."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from forms.expressions.numbers import number
from forms.expressions.tree import Value

_MONTHS, _FAR = 12, 4_000_000
"""Days in more than ten thousand years: no period of ours is longer."""


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """When a school year and its second semester begin: month and day.

    No law says it for a city's own regulations, so each city does; this is what most write.
    """

    begins: tuple[int, int] = (9, 1)
    second_semester: tuple[int, int] = (2, 1)

    def of(self, day: date) -> int:
        """The year in which the school year of the day began."""
        return day.year if (day.month, day.day) >= self.begins else day.year - 1

    def semester_of(self, day: date) -> int:
        return 1 if day < self.second(self.of(day)) else 2

    def first(self, year: int) -> date:
        """The first day of the school year that begins in that year."""
        return date(year, *self.begins)

    def second(self, year: int) -> date:
        """The first day of its second semester."""
        same_year = self.second_semester > self.begins
        return date(year if same_year else year + 1, *self.second_semester)

    def last(self, year: int) -> date:
        return self.first(year + 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the functions of days may know: the day that a form reckons from, the city's years."""

    reference: date
    school: SchoolYear


Function = Callable[[Calendar, Sequence[Value]], Value]


def reckon(function: str, calendar: Calendar, values: Sequence[Value]) -> Value:
    """The value of a function of this file; wrong arguments and days beyond time are empty."""
    try:
        return FUNCTIONS[function](calendar, values)
    except (ValueError, OverflowError):  # no such day, or one that no calendar has
        return None


def _day(values: Sequence[Value], place: int, otherwise: date | None = None) -> date:
    given = values[place] if place < len(values) else otherwise
    if not isinstance(given, date):
        raise ValueError  # noqa: TRY004  # as for a day that there is not: the value is empty
    return given


def _whole(values: Sequence[Value], place: int, otherwise: int | None = None) -> int:
    given = number(values[place] if place < len(values) else otherwise)
    if given is None or given % 1 or abs(given) > _FAR:
        raise ValueError
    return int(given)


def _year(calendar: Calendar, values: Sequence[Value]) -> int:
    return _whole(values, 0, calendar.school.of(calendar.reference))


def _school_year(calendar: Calendar, values: Sequence[Value]) -> Value:
    return Decimal(calendar.school.of(_day(values, 0, calendar.reference)))


def _name(calendar: Calendar, values: Sequence[Value]) -> Value:
    begins = calendar.school.first(_year(calendar, values))
    return f"{begins.year}/{begins.year + 1}"


def _semester(calendar: Calendar, values: Sequence[Value]) -> Value:
    return Decimal(calendar.school.semester_of(_day(values, 0, calendar.reference)))


def _semester_begins(calendar: Calendar, values: Sequence[Value]) -> Value:
    year, which = _whole(values, 0), _whole(values, 1)
    begins = {1: calendar.school.first, 2: calendar.school.second}.get(which)
    return None if begins is None else begins(year)


def _semester_ends(calendar: Calendar, values: Sequence[Value]) -> Value:
    year, which = _whole(values, 0), _whole(values, 1)
    if which == 1:
        return calendar.school.second(year) - timedelta(days=1)
    return calendar.school.last(year) if which == 2 else None  # noqa: PLR2004  # the second semester


def _months_between(start: date, end: date) -> int:
    """Whole months, negative where the end comes first; a birthday counts on its day."""
    if end < start:
        return -_months_between(end, start)
    months = (end.year - start.year) * _MONTHS + end.month - start.month
    return months - (moved(start, months) > end)


def moved(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it is shorter."""
    count = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(count, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _age(calendar: Calendar, values: Sequence[Value]) -> Value:
    born, day = _day(values, 0), _day(values, 1, calendar.reference)
    if day < born:
        return None
    return Decimal(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def _date(_calendar: Calendar, values: Sequence[Value]) -> Value:
    return date(_whole(values, 0), _whole(values, 1), _whole(values, 2))


FUNCTIONS: dict[str, Function] = {
    "dzien_odniesienia": lambda calendar, _: calendar.reference,
    "rok_szkolny": _school_year,
    "nazwa_roku_szkolnego": _name,
    "poczatek_roku_szkolnego": lambda calendar, of: calendar.school.first(_year(calendar, of)),
    "koniec_roku_szkolnego": lambda calendar, of: calendar.school.last(_year(calendar, of)),
    "semestr": _semester,
    "poczatek_semestru": _semester_begins,
    "koniec_semestru": _semester_ends,
    "wiek": _age,
    "rok": lambda _, values: Decimal(_day(values, 0).year),
    "miesiac": lambda _, values: Decimal(_day(values, 0).month),
    "data": _date,
    "miesiace": lambda _, of: Decimal(_months_between(_day(of, 0), _day(of, 1))),
    "dodaj_dni": lambda _, of: _day(of, 0) + timedelta(days=_whole(of, 1)),
    "dodaj_miesiace": lambda _, of: moved(_day(of, 0), _whole(of, 1)),
}
"""By their names without diacritics."""
