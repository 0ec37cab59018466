"""Deadlines in days: calendar days, or working days with the Polish holidays."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from opium.polish import WARSAW

CITY_TIME = WARSAW
"""Deadlines end when a day ends in Poland, wherever the server stands."""

Counted = Literal["calendar", "working"]

_FIXED = {
    (1, 1): "Nowy Rok",
    (1, 6): "Trzech Króli",
    (5, 1): "Święto Państwowe 1 Maja",
    (5, 3): "Święto Narodowe Trzeciego Maja",
    (8, 15): "Wniebowzięcie Najświętszej Maryi Panny",
    (11, 1): "Wszystkich Świętych",
    (11, 11): "Narodowe Święto Niepodległości",
    (12, 25): "Boże Narodzenie",
    (12, 26): "drugi dzień Bożego Narodzenia",
}
_CHRISTMAS_EVE_SINCE = 2025
_SATURDAY = 5


@cache
def holidays(year: int) -> dict[date, str]:
    """The statutory days off of the year with their names, Sundays left out.

    Of the act of 18 January 1951 on days off from work; Christmas Eve since 2025.
    """
    easter = _easter(year)
    found = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    if year >= _CHRISTMAS_EVE_SINCE:
        found[date(year, 12, 24)] = "Wigilia Bożego Narodzenia"
    found[easter] = "Wielkanoc"
    found[easter + timedelta(days=1)] = "drugi dzień Wielkiej Nocy"
    found[easter + timedelta(days=49)] = "Zielone Świątki"
    found[easter + timedelta(days=60)] = "Boże Ciało"
    return dict(sorted(found.items()))


def is_working(day: date) -> bool:
    """Whether offices work: neither a Saturday, nor a Sunday, nor a holiday."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def add_days(start: date, days: int, counted: Counted = "calendar") -> date:
    """The last day of a period of so many days, counted from the day after `start`.

    A period of calendar days that would end on a day off ends on the next working day.
    """
    if counted == "calendar":
        end = start + timedelta(days=days)
        while not is_working(end):
            end += timedelta(days=1)
        return end
    end, left = start, days
    while left > 0:
        end += timedelta(days=1)
        left -= is_working(end)
    return end


def take_days(end: date, days: int, counted: Counted = "calendar") -> date:
    """The day so many days before `end`: when a reminder is due."""
    if counted == "calendar":
        return end - timedelta(days=days)
    start, left = end, days
    while left > 0:
        start -= timedelta(days=1)
        left -= is_working(start)
    return start


def end_of(day: date) -> datetime:
    """The last second of the day in Poland."""
    return datetime.combine(day, time(23, 59, 59), CITY_TIME)


def day_of(moment: datetime) -> date:
    """Which day it is in Poland at that moment."""
    return moment.astimezone(CITY_TIME).date()


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, odd = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, day = divmod(rest, 4)
    week = (32 + 2 * odd + 2 * quarter - moon - day) % 7
    correction = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * correction + 114, 31)
    return date(year, month, day + 1)
