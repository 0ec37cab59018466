from datetime import UTC, date, datetime

import pytest

from opium import calendar


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_and_its_feasts_move_with_the_moon(year, easter):
    names = {name: day for day, name in calendar.holidays(year).items()}
    assert names["Wielkanoc"] == easter
    assert (names["drugi dzień Wielkiej Nocy"] - easter).days == 1
    assert (names["Boże Ciało"] - easter).days == 60
    assert names["Boże Ciało"].weekday() == 3


def test_christmas_eve_is_a_day_off_only_since_2025():
    assert date(2024, 12, 24) not in calendar.holidays(2024)
    assert date(2025, 12, 24) in calendar.holidays(2025)


def test_working_days_step_over_weekends_and_holidays():
    # Thursday 30 April 2026; 1 May (Fri), 3 May (Sun) are holidays
    assert calendar.add_days(date(2026, 4, 30), 1, "working") == date(2026, 5, 4)
    assert calendar.add_days(date(2026, 11, 10), 3, "working") == date(2026, 11, 16)


def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day():
    assert calendar.add_days(date(2026, 11, 23), 7) == date(2026, 11, 30)
    assert calendar.add_days(date(2026, 10, 25), 7) == date(2026, 11, 2)
    assert calendar.add_days(date(2026, 12, 17), 7) == date(2026, 12, 28)


def test_no_days_end_today_or_on_the_next_working_day():
    assert calendar.add_days(date(2026, 11, 23), 0) == date(2026, 11, 23)
    assert calendar.add_days(date(2026, 11, 22), 0) == date(2026, 11, 23)


def test_a_reminder_is_counted_back_in_the_same_days():
    assert calendar.take_days(date(2026, 5, 5), 2, "working") == date(2026, 4, 30)
    assert calendar.take_days(date(2026, 5, 5), 2) == date(2026, 5, 3)


def test_a_day_ends_in_poland_whatever_the_clock_of_the_server():
    assert calendar.end_of(date(2026, 7, 1)).astimezone(UTC) == datetime(
        2026, 7, 1, 21, 59, 59, tzinfo=UTC
    )
    assert calendar.end_of(date(2026, 11, 23)).astimezone(UTC) == datetime(
        2026, 11, 23, 22, 59, 59, tzinfo=UTC
    )
    assert calendar.day_of(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == date(2026, 11, 23)
