"""Settlement: the applicant files the report, the office settles it or sends it back."""

from decimal import Decimal
from typing import ClassVar

from opium.polish import format_money
from procedures.kinds.changes import MoneySettled
from procedures.kinds.documents import form, question
from procedures.kinds.formal_check import correction_asked
from procedures.kinds.registry import (
    APPLICANT,
    Act,
    Document,
    Known,
    NotPossible,
    Outcome,
    Press,
    Settlement,
    StageKind,
    StageLike,
    State,
    Wait,
    amount,
    kind,
)


@kind("settlement")
class Settling(StageKind):
    comes = 140
    label = "Rozliczenie"
    description = "Wnioskodawca składa sprawozdanie, urząd je rozlicza albo zwraca."
    task = "Rozlicz"
    told: ClassVar = {"kwota": "Kwota rozliczona", "zwrot": "Kwota zwrócona"}
    shown = ("stage", "facts", "reasons", "letters")
    may_be_applicants = True
    settles_grants = True
    outcomes: ClassVar = {
        "settled": Outcome("rozliczono", is_positive=True),
        "incomplete": Outcome("do uzupełnienia", is_required=False),
        "timeout": Outcome("minął termin", is_required=False, is_automatic=True),
    }
    acts: ClassVar = {
        "file_report": Act("Złóż sprawozdanie", done="złożono sprawozdanie", completes_form=True)
    }
    facts: ClassVar = {"zlozono": "yes_no", "kwota": "money", "zwrot": "money"}

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code != "settled" or stage.function == APPLICANT:
            return None
        if not known.granted:
            return form("Rozliczenie", question("kwota", "money", "Kwota rozliczona"))
        told = f"Przyznano {format_money(known.granted)}."
        least = {"min": "0"}
        return form(
            "Rozliczenie",
            question("kwota", "money", "Kwota rozliczona", required=True, help=told, options=least),
            question("zwrot", "money", "Kwota zwrócona", options=least),
        )

    def pressed_by(self, stage: StageLike, code: str) -> tuple[str, ...]:
        return (APPLICANT,) if code == "file_report" else (stage.function,)

    def obstacle(self, state: State, press: Press) -> str:
        is_filed = bool(state.facts.get("zlozono"))
        if press.code == "file_report" and is_filed:
            return "Sprawozdanie jest już złożone."
        if press.code in {"settled", "incomplete"} and not is_filed:
            return "Nie ma jeszcze sprawozdania wnioskodawcy."
        return ""

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code == "file_report":
            is_last = state.stage.function == APPLICANT
            return Settlement("settled" if is_last else "", facts={"zlozono": True})
        if press.code == "incomplete":
            asked = correction_asked(press.data, press.reason)
            return Settlement(press.code, (asked,), {"zlozono": False})
        settled = amount(press.data.get("kwota")) or Decimal(0)
        returned = amount(press.data.get("zwrot")) or Decimal(0)
        if not state.granted:
            return Settlement(press.code, facts=dict(press.data))
        if settled + returned > state.granted:
            together = format_money(settled + returned)
            raise NotPossible(
                f"Rozliczono i zwrócono razem {together}, a przyznano "
                f"{format_money(state.granted)}. Popraw kwoty."
            )
        return Settlement(press.code, (MoneySettled(settled, returned),), dict(press.data))

    def waits(self, state: State) -> tuple[Wait, ...]:
        if not state.facts.get("zlozono"):
            return (Wait("Złóż sprawozdanie", function=APPLICANT),)
        return (Wait(self.task, function=state.stage.function),)
