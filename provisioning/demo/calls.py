"""The open call by which the demonstration's applications come in, as a clerk makes it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from opium.calendar import CITY_TIME
from provisioning.demo.browser import Browser

CLOSING_HOUR = 15
MORE = ("poradnia", "bursa", "placowka-wychowania-pozaszkolnego")
"""Kinds of units that may hand in six applications; the others three."""
DESCRIPTION = (
    "Środki na projekty prowadzone po lekcjach: artystyczne, naukowe, rekreacyjne, integracyjne, "
    "zawodowe i międzynarodowe. Do wniosku dołącz podpisany skan formularza."
)


def open_call(clerk: Browser, procedure: str, *, title: str, pot: str) -> str:
    """The published call of that title; made, filled in and published where it is not there yet."""
    year = timezone.localdate().year
    known = call_named(clerk, f"{title} {year}")
    if known is not None:
        return str(known["id"])
    return published(clerk, procedure, f"{title} {year}", year, rules_of(pot))


def call_named(clerk: Browser, title: str) -> dict[str, Any] | None:
    """The published call of exactly that title."""
    found = clerk.get("applications/calls/", search=title)["results"]
    same = [one for one in found if one["title"] == title and one["state"] != "draft"]
    return same[0] if same else None


def published(clerk: Browser, procedure: str, title: str, year: int, rules: dict[str, Any]) -> str:
    """A new call with these rules, of which nobody is told."""
    call = clerk.post("applications/calls/", {"procedure": procedure, "title": title, "year": year})
    clerk.patch(f"applications/calls/{call['id']}/", {"rules": rules})
    clerk.post(f"applications/calls/{call['id']}/publish/", {"announcement": None})
    return str(call["id"])


def told_of_calls(clerk: Browser) -> dict[str, Any]:
    """How many calls there are, what came in by them and what became of it, as the API tells."""
    calls = clerk.get("applications/calls/", page_size=100)["results"]
    figures = [clerk.get(f"applications/calls/{one['id']}/figures/") for one in calls]
    pots = {pot["code"]: pot["left"] for one in figures for pot in one["pots"]}
    return {
        "calls": len(calls),
        "submitted": sum(one["handed_in"] for one in figures),
        "scored": sum(_scored(clerk, one["id"]) for one in calls),
        "granted": _sum(one["money"]["granted"] for one in figures),
        "left": _sum(pots.values()),
    }


def rules_of(pot: str) -> dict[str, Any]:
    """As the regulation of the grants has them: three weeks more, three or six applications."""
    today = timezone.localdate()
    opens_at = datetime.combine(today - timedelta(days=14), datetime.min.time(), CITY_TIME)
    closes_at = datetime.combine(today + timedelta(days=21), datetime.min.time(), CITY_TIME)
    one = {
        "key": "nabor",
        "name": "Nabór jesienny",
        "opens_at": opens_at.replace(hour=8).isoformat(),
        "closes_at": closes_at.replace(hour=CLOSING_HOUR).isoformat(),
        "pots": [pot],
    }
    return {
        "description": DESCRIPTION,
        "rounds": [one],
        "audience": {"all_units": True},
        "limits": {"per_unit": 3, "per_kind": [{"kind": kind, "number": 6} for kind in MORE]},
    }


def _scored(clerk: Browser, call: str) -> int:
    """How many of the call's applications have a result of their scoring."""
    rows = clerk.get(f"applications/calls/{call}/applications/", page_size=500)["results"]
    return sum(_has_result(clerk, one["case"]) for one in rows if not one["is_draft"])


def _has_result(clerk: Browser, case: str) -> bool:
    findings = clerk.get(f"procedures/cases/{case}/")["findings"]
    return any(one["code"] == "wynik" for one in findings)


def _sum(amounts: Iterable[str]) -> str:
    return str(sum((Decimal(one) for one in amounts), Decimal("0.00")))
