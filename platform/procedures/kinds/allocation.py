"""Allocation: how much money of the pool this matter gets (GRA-05)."""

from decimal import Decimal
from typing import ClassVar

from opium.polish import format_money
from procedures.kinds.documents import form, question
from procedures.kinds.registry import (
    Document,
    Known,
    NotPossible,
    Outcome,
    Press,
    Settlement,
    StageKind,
    StageLike,
    State,
    amount,
    kind,
)


@kind("allocation")
class Allocation(StageKind):
    label = "Podział środków"
    description = "Kwota nie wyższa niż wnioskowana i nie ponad pulę."
    task = "Podziel środki"
    draws_on_a_pool = True
    outcomes: ClassVar = {
        "allocated": Outcome("przyznano środki", is_positive=True, completes_form=True),
        "none": Outcome("bez środków", is_positive=False, is_required=False),
    }
    facts: ClassVar = {"kwota": "money", "uwagi": "long_text"}
    question_in = ("requested",)
    parameters: ClassVar = form(
        "Podział środków",
        question(
            "requested",
            "short_text",
            "Pytanie z kwotą wnioskowaną",
            help="Klucz pytania w formularzu wniosku. Puste: bez tego ograniczenia.",
        ),
        question("pool", "money", "Pula na wszystkie sprawy", help="Puste: bez ograniczenia."),
    )

    def required(self, stage: StageLike) -> frozenset[str]:
        """A bounded amount may leave nothing to give, so there is a way without any."""
        is_bounded = bool(stage.parameters.get("pool") or stage.parameters.get("requested"))
        return frozenset({"allocated", "none"} if is_bounded else {"allocated"})

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code == "none":
            return None
        return form(
            "Podział środków",
            question("kwota", "money", "Przyznana kwota", required=True, options={"min": "0.01"}),
            question("uwagi", "long_text", "Uwagi"),
        )

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code == "none":
            return Settlement("none", facts={"kwota": "0.00"})
        given = amount(press.data.get("kwota"))
        if given is None:
            raise NotPossible("Podaj przyznaną kwotę.")
        check_amount(given, state)
        return Settlement("allocated", facts=dict(press.data))


def check_amount(given: Decimal, state: State) -> None:
    """Raises `NotPossible` where the amount is above what was asked for, or above the pool."""
    if state.requested is not None and given > state.requested:
        raise NotPossible(
            f"Kwota {format_money(given)} jest wyższa niż wnioskowana "
            f"({format_money(state.requested)})."
        )
    pool = amount(state.stage.parameters.get("pool"))
    if pool is not None and state.pool_taken + given > pool:
        left = max(pool - state.pool_taken, Decimal(0))
        raise NotPossible(
            f"Kwota {format_money(given)} przekracza pulę: zostało {format_money(left)}."
        )
