"""Deadlines as a calendar file (iCalendar, RFC 5545), for any calendar on a phone or a computer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from opium.calendar import day_of

LINE = 75
"""Octets in a line; a longer one goes on in the next after a space."""


@dataclass(frozen=True, slots=True)
class Deadline:
    uid: str
    """The same for as long as it is the same deadline, so that calendars move it."""
    due_at: datetime
    summary: str
    description: str
    url: str
    changed_at: datetime


def feed(deadlines: Iterable[Deadline], *, name: str) -> str:
    """A calendar of whole-day entries, each with an alarm the day before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OPIUM//Terminy//PL",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        "X-WR-TIMEZONE:Europe/Warsaw",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for deadline in deadlines:
        lines += _entry(deadline)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _entry(deadline: Deadline) -> list[str]:
    day = day_of(deadline.due_at)
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(deadline.uid)}",
        f"DTSTAMP:{deadline.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(deadline.summary)}",
        f"DESCRIPTION:{_text(deadline.description)}",
        f"URL:{deadline.url}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(deadline.summary)}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most `LINE` octets that cut no letter in two."""
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LINE:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += width
    yield piece
