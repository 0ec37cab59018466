"""What the documents are filled with, as it stands when they are asked for."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from budget.selectors import pots_of_year
from modules.applications.models import Recommendation
from modules.applications.selectors import RecommendationShown, RowShown
from modules.applications.services.papers.naming import SAID, Naming, names_of
from opium.calendar import day_of
from opium.polish import format_date, format_moment, format_money, plural
from opium.registry import current_city


def of_recommendation(shown: RecommendationShown) -> dict[str, Any]:
    made = shown.made
    rows = [one for one in shown.rows if one.recommended]
    codes = [code for row in made.rows for code, _ in row["shares"]]
    pots = pots_of_year(list(dict.fromkeys(codes)), made.call.year)
    return _common(made, rows) | {
        "wariant": made.edition.scenario.name,
        "razem": format_money(made.total),
        "pule": [
            {"nazwa": pots[code].name if code in pots else code, "kwota": format_money(amount)}
            for code, amount in _sums(made).items()
        ],
        "zatwierdzenia": [
            {
                "funkcja": one.function,
                "kto": one.actor_name,
                "za": one.in_place_of_name,
                "co": one.label.lower(),
                "kiedy": format_moment(one.at),
            }
            for one in shown.approval.steps
            if one.function
        ],
        "wiersze": [
            {
                "miejsce": one.place,
                "znak": one.case.sign,
                "tytul": one.case.title,
                "jednostka": one.case.unit_name,
                "wnioskowano": "" if one.asked is None else format_money(one.asked),
                "kwota": format_money(one.recommended),
            }
            for one in rows
        ],
    }


def of_results(shown: RecommendationShown, naming: Naming) -> dict[str, Any]:
    """Who got how much, with no title, name or answer of any application."""
    made = shown.made
    rows = [one for one in shown.rows if one.amount]
    day = made.decided_on
    names = names_of([one.case for one in rows], naming)
    return _common(made, rows) | {
        "numer": made.decision,
        "z_dnia": format_date(day) if day is not None else "",
        "razem": format_money(shown.total),
        "sposob": SAID[naming.how],
        "wiersze": [
            {
                "lp": number,
                "oznaczenie": name,
                "jednostka": one.case.unit_name,
                "kwota": format_money(one.amount),
                "suma": str(one.amount),
            }
            for number, (one, name) in enumerate(zip(rows, names, strict=True), start=1)
        ],
    }


def _common(made: Recommendation, rows: Sequence[RowShown]) -> dict[str, Any]:
    return {
        "miasto": current_city().name,
        "data": format_date(day_of(timezone.now())),
        "nabor": made.call.title,
        "rok": made.call.year,
        "liczba": plural(len(rows), "wniosek", "wnioski", "wniosków"),
    }


def _sums(made: Recommendation) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for row in made.rows:
        for code, amount in row["shares"]:
            sums[code] = sums.get(code, Decimal(0)) + Decimal(amount)
    return sums
