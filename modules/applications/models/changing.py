"""What a new edition changes, in words; and the dates of a call moved to another year. Pure."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from modules.applications.models.committees import committees_changed
from modules.applications.models.rules import Document, Limits, Round, Rules
from opium.calendar import CITY_TIME, is_working
from opium.polish import format_second


def differences(older: Rules, newer: Rules) -> list[str]:
    """A sentence for each thing that is no longer as it was; empty where nothing changed."""
    return [*told_to_units(older, newer), *committees_changed(older.committees, newer.committees)]


def told_to_units(older: Rules, newer: Rules) -> list[str]:
    """Those of the differences that concern whoever applies: who sits in committees does not."""
    return list(_differences(older, newer))


def _differences(older: Rules, newer: Rules) -> Iterator[str]:
    if older.description != newer.description:
        yield "Zmieniono opis naboru."
    for one in newer.rounds:
        before = older.round(one.key)
        if before is None:
            yield f"Dodano turę „{one.name}”: {_window(one)}."
        else:
            yield from _of_round(before, one)
    for one in older.rounds:
        if newer.round(one.key) is None:
            yield f"Usunięto turę „{one.name}”."
    if older.audience != newer.audience:
        yield "Zmieniono, które jednostki mogą składać wnioski."
    yield from _of_limits(older.limits, newer.limits)
    if older.approvers != newer.approvers:
        yield "Zmieniono, kto zatwierdza rekomendację podziału środków."
    if older.blocks_overdue != newer.blocks_overdue:
        now = "wstrzymuje" if newer.blocks_overdue else "nie wstrzymuje"
        yield f"Zaległe sprawozdanie {now} składanie wniosków w tym naborze."


def _of_round(older: Round, newer: Round) -> Iterator[str]:
    if older.name != newer.name:
        yield f"Tura „{older.name}” nazywa się teraz „{newer.name}”."
    if (older.opens_at, older.closes_at) != (newer.opens_at, newer.closes_at):
        yield f"Tura „{newer.name}”: {_window(newer)} (było {_window(older)})."
    if older.own_deadlines != newer.own_deadlines:
        yield f"Tura „{newer.name}”: zmieniono terminy dla rodzajów wnioskodawców."
    if older.pots != newer.pots:
        yield f"Tura „{newer.name}”: zmieniono pule środków."


def _of_limits(older: Limits, newer: Limits) -> Iterator[str]:
    if older.per_unit != newer.per_unit:
        was, now = _number(older.per_unit), _number(newer.per_unit)
        yield f"Limit wniosków jednostki: {now} (było {was})."
    if older.per_kind != newer.per_kind:
        yield "Zmieniono limity wniosków dla rodzajów jednostek."
    if older.extra != newer.extra:
        yield "Zmieniono dodatkowe wnioski wybranych jednostek."
    person = ("per_person", "person_questions")
    if any(getattr(older, one) != getattr(newer, one) for one in person):
        yield f"Limit wniosków dla jednej osoby: {_number(newer.per_person)}."


def _window(one: Round) -> str:
    return f"od {_second(one.opens_at)} do {_second(one.closes_at)}"


def _second(moment: datetime | None) -> str:
    return format_second(moment) if moment is not None else "(bez daty)"


def _number(limit: int | None) -> str:
    return "bez limitu" if limit is None else str(limit)


def moved(document: Document, years: int) -> dict[str, Any]:
    """The same rules so many years later, each moment on a working day at the same hour.

    A window that began at midnight or ended there keeps whole days; a day off becomes the next
    working day, so that nothing ends on a Sunday because it was a Friday last year. Members of
    committees stay, without dates: they sit from the publication on; what they may not see moves.
    """
    rounds = [
        {
            **one,
            "opens_at": _later(one.get("opens_at"), years),
            "closes_at": _later(one.get("closes_at"), years),
            "own_deadlines": [
                {**own, "closes_at": _later(own.get("closes_at"), years)}
                for own in one.get("own_deadlines", ())
            ],
        }
        for one in document.get("rounds", ())
    ]
    committees = [
        {
            **one,
            "members": [
                {**member, "from_at": None, "to_at": None} for member in one.get("members", ())
            ],
            "phases": [
                {**phase, **{end: _later(phase.get(end), years) for end in ("from_at", "to_at")}}
                for phase in one.get("phases", ())
            ],
        }
        for one in document.get("committees", ())
    ]
    return {**document, "rounds": rounds, "committees": committees}


def _later(text: str | None, years: int) -> str | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text).astimezone(CITY_TIME)
    is_days_end = moment.time() == time()
    day = moment.date() - timedelta(days=1) if is_days_end else moment.date()
    try:
        day = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        day = day.replace(year=day.year + years, day=28)
    while not is_working(day):
        day += timedelta(days=1)
    if is_days_end:
        day += timedelta(days=1)
    return datetime.combine(day, moment.time(), CITY_TIME).isoformat()
