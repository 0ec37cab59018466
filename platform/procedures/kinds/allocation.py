"""Allocation: how much money of the pots this matter gets (GRA-05)."""

from typing import ClassVar

from procedures.kinds import money
from procedures.kinds.changes import Released
from procedures.kinds.documents import form, question
from procedures.kinds.registry import (
    Document,
    Known,
    Outcome,
    Press,
    Settlement,
    StageKind,
    StageLike,
    State,
    kind,
)


@kind("allocation")
class Allocation(StageKind):
    comes = 60
    label = "Podział środków"
    description = "Kwota nie wyższa niż wnioskowana i nie ponad to, co zostało w pulach."
    task = "Podziel środki"
    shown = ("letters",)
    draws_on_pots = True
    outcomes: ClassVar = {
        "allocated": Outcome("przyznano środki", is_positive=True, completes_form=True),
        "none": Outcome("bez środków", is_positive=False, is_required=False),
    }
    facts: ClassVar = {**money.FACTS, "uwagi": "long_text"}
    question_in = ("requested",)
    parameters: ClassVar = form(
        "Podział środków", money.pots(required=True), money.YEAR, money.REQUESTED
    )

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code == "none":
            return None
        amounts = money.amounts_asked(stage, known)
        return form("Podział środków", *amounts, question("uwagi", "long_text", "Uwagi"))

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code == "none":
            return Settlement("none", (Released(),), {"kwota": "0.00"})
        grant, facts = money.granted(state, press.data)
        return Settlement("allocated", (grant,), facts)
