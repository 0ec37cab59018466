"""The city's money for the year, put into pots by its finance officer."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from provisioning.demo.browser import Browser

POTS = (
    ("granty", "Bydgoskie Granty Oświatowe", "450000.00"),
    ("nagrody", "Nagrody Prezydenta i stypendia", "320000.00"),
    ("doposazenie", "Wyposażenie i modernizacja sal, świetlic i bibliotek", "1250000.00"),
)
PART = ("swietlice", "Świetlice", "180000.00")
"""What is set apart from the last of them."""


def keep_pots(finance: Browser) -> dict[str, Any]:
    """Pots of this year, each made once; how many these are, what was planned, what is left."""
    year = timezone.localdate().year
    known = {pot["code"]: pot for pot in _pots(finance, year)}
    for code, name, amount in POTS:
        if code not in known:
            details = {"year": year, "code": code, "name": name, "amount": amount}
            known[code] = finance.post("budget/pots/", {**details, "reason": "Uchwała budżetowa."})
    code, name, amount = PART
    if code not in known:
        finance.post(
            f"budget/pots/{known[POTS[-1][0]]['id']}/parts/",
            {"code": code, "name": name, "amount": amount},
        )
    made = {code for code, *_ in (*POTS, PART)}
    shown = [pot for pot in _pots(finance, year) if pot["code"] in made]
    whole = [pot["figures"] for pot in shown if pot["parent"] is None]
    return {
        "pots": len(shown),
        "planned": str(sum(Decimal(one["planned"]) for one in whole)),
        "left": str(sum(Decimal(pot["figures"]["left"]) for pot in shown)),
    }


def _pots(finance: Browser, year: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = finance.get("budget/pots/", year=year, page_size=100)["results"]
    return found
