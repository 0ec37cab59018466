"""Granting money of pots: what is asked for, what it comes to. Shared by the kinds that do it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from opium.polish import format_money
from procedures.kinds.changes import Granted
from procedures.kinds.documents import question, table
from procedures.kinds.registry import (
    Document,
    Known,
    NotPossible,
    StageLike,
    State,
    amount,
    pots_of,
)

NOTHING = Decimal("0.00")
POT_COLUMN = question("pot", "short_text", "Pula", required=True)
"""Its answer is a pot's code; the editor offers those of the city."""
FACTS = {"kwota": "money"}
REQUESTED = question(
    "requested",
    "short_text",
    "Pytanie z kwotą wnioskowaną",
    help="Klucz pytania w formularzu wniosku. Puste: bez tego ograniczenia.",
)
YEAR = question(
    "year",
    "number",
    "Rok budżetowy",
    help="Puste: rok, w którym założono sprawę.",
    options={"min": "2000", "max": "2100", "decimals": 0},
)


def pots(**rest: Any) -> Document:
    """The parameter that names the pots."""
    return table(
        "pots",
        "Z których pul",
        POT_COLUMN,
        help="Kod puli z „Budżetu” jest ten sam co roku: nabór następnego roku znajdzie swoją.",
        **rest,
    )


def amounts_asked(stage: StageLike, known: Known) -> list[Document]:
    """The questions about the sums: one, or one for each pot where there are several."""
    codes = pots_of(stage)
    if len(codes) <= 1:
        told = {"help": known.pots[codes[0]]} if codes and codes[0] in known.pots else {}
        least = {"min": "0.01"}
        return [question("kwota", "money", "Przyznana kwota", required=True, options=least, **told)]
    return [
        question(
            f"kwota_{number}",
            "money",
            f"Kwota z puli {number}",
            help=known.pots.get(code, f"Pula „{code}”"),
            options={"min": "0"},
        )
        for number, code in enumerate(codes, start=1)
    ]


def granted(state: State, data: Mapping[str, Any]) -> tuple[Granted, dict[str, Any]]:
    """The grant that the answers mean, and the facts of the stage that come of it.

    Raises `NotPossible` where nothing is given, where it is more than was asked for or than is
    left, or where the stage names no pot.
    """
    codes = pots_of(state.stage)
    if not codes:
        raise NotPossible(
            "Nie wiadomo, z której puli są środki. We wniosku z naboru dodaj pulę do jego tury "
            "i ogłoś zmianę; w innej sprawie dodaj ją w nowym wydaniu procedury i przenieś na "
            "nie tę sprawę."
        )
    names = ["kwota"] if len(codes) == 1 else [f"kwota_{n}" for n in range(1, len(codes) + 1)]
    given = [(code, amount(data.get(name))) for code, name in zip(codes, names, strict=True)]
    shares = tuple((code, sum_) for code, sum_ in given if sum_)
    total = sum((sum_ for _, sum_ in shares), NOTHING)
    if not total:
        raise NotPossible("Podaj przyznaną kwotę.")
    _check(total, shares, state)
    other = {name: value for name, value in data.items() if name not in names}
    return Granted(shares), {**other, "kwota": str(total)}


def _check(total: Decimal, shares: tuple[tuple[str, Decimal], ...], state: State) -> None:
    if state.requested is not None and total > state.requested:
        raise NotPossible(
            f"Kwota {format_money(total)} jest wyższa niż wnioskowana "
            f"({format_money(state.requested)})."
        )
    for code, given in shares:
        left = state.left.get(code)
        if left is not None and given > left:
            raise NotPossible(
                f"Kwota {format_money(given)} przekracza pulę: zostało {format_money(left)}."
            )
