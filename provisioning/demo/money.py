"""The city's money for the year, as its finance officer keeps it."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from provisioning.demo.browser import Browser

WHOLE = "wyposazenie_i_modernizacja"
"""The catalogue's pot of which a part is set apart."""
PART = ("swietlice", "Świetlice", "180000.00")


def keep_pots(finance: Browser) -> dict[str, Any]:
    """The catalogue's pots of this year, one with a part: how many, how much planned and left."""
    year = timezone.localdate().year
    known = {pot["code"]: pot for pot in _pots(finance, year)}
    code, name, amount = PART
    if code not in known:
        finance.post(
            f"budget/pots/{known[WHOLE]['id']}/parts/",
            {"code": code, "name": name, "amount": amount},
        )
    shown = _pots(finance, year)
    whole = [pot["figures"] for pot in shown if pot["parent"] is None]
    return {
        "pots": len(shown),
        "planned": str(sum(Decimal(one["planned"]) for one in whole)),
        "left": str(sum(Decimal(pot["figures"]["left"]) for pot in shown)),
    }


def _pots(finance: Browser, year: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = finance.get("budget/pots/", year=year, page_size=100)["results"]
    return found
