"""Settlement: the applicant files the report, the office settles it or sends it back."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from opium.polish import format_money
from procedures.kinds.changes import MoneySettled
from procedures.kinds.documents import choice, form, question
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

BUYER = {
    "refuse": "Tylko jednostka albo miasto",
    "warn": "Inny nabywca: ostrzeż urząd",
    "none": "Nie sprawdzaj",
}


def budget_table(stage: StageLike) -> str:
    """The key of the table of the matter's form that invoices are held against; "" for none."""
    return str(stage.parameters.get("budget_table") or "")


def accounting_stage(stages: Iterable[StageLike]) -> StageLike | None:
    """The stage in which invoices are held against a budget; None where none is."""
    found = (one for one in stages if one.kind == Settling.code and budget_table(one))
    return next(found, None)


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
    parameters: ClassVar = form(
        "Rozliczenie fakturami",
        question(
            "budget_table",
            "short_text",
            "Tabela kosztorysu",
            help="Klucz pytania z tabelą we wniosku. Puste: rozliczenie bez faktur.",
        ),
        question("budget_item", "short_text", "Kolumna z nazwą pozycji", help="Klucz kolumny."),
        question("budget_amount", "short_text", "Kolumna z kwotą", help="Klucz kolumny."),
        question(
            "tolerance",
            "number",
            "O ile procent można przekroczyć pozycję",
            help="Puste: pozycje mogą się zmieniać, byle nie przekroczyć przyznanej kwoty.",
            options={"min": "0", "max": "100", "decimals": 0},
        ),
        question(
            "buyers",
            "short_text",
            "NIP miasta jako nabywcy",
            help="Oprócz NIP jednostki z katalogu. Kilka numerów rozdziel przecinkami.",
        ),
        choice("buyer_check", "Nabywca na fakturze", BUYER, help="Puste: ostrzeż urząd."),
    )

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code != "settled" or stage.function == APPLICANT:
            return None
        if not known.granted:
            return form("Rozliczenie", question("kwota", "money", "Kwota rozliczona"))
        told = f"Przyznano {format_money(known.granted)}."
        least = {"min": "0"}
        if budget_table(stage):
            told = f"{told} Z przyjętych faktur rozliczono {format_money(known.settled)}."
            returned = question("zwrot", "money", "Kwota zwrócona", help=told, options=least)
            return form("Rozliczenie", returned)
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
        if press.code == "settled" and state.has_waiting_invoices:
            return "Są faktury, które czekają na urząd: najpierw każdą przyjmij albo zwróć."
        return ""

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code == "file_report":
            is_last = state.stage.function == APPLICANT
            return Settlement("settled" if is_last else "", facts={"zlozono": True})
        if press.code == "incomplete":
            asked = correction_asked(press.data, press.reason)
            return Settlement(press.code, (asked,), {"zlozono": False})
        by_invoices = bool(budget_table(state.stage)) and state.stage.function != APPLICANT
        settled = amount(press.data.get("kwota")) or Decimal(0)
        if by_invoices:
            settled = state.settled
        returned = amount(press.data.get("zwrot")) or Decimal(0)
        if not state.granted:
            return Settlement(press.code, facts=dict(press.data))
        if settled + returned > state.granted:
            together = format_money(settled + returned)
            raise NotPossible(
                f"Rozliczono i zwrócono razem {together}, a przyznano "
                f"{format_money(state.granted)}. Popraw kwoty."
            )
        facts = {**press.data, "kwota": str(settled)} if by_invoices else dict(press.data)
        booked = Decimal(0) if by_invoices else settled  # each invoice was, when it was accepted
        return Settlement(press.code, (MoneySettled(booked, returned),), facts)

    def waits(self, state: State) -> tuple[Wait, ...]:
        if not state.facts.get("zlozono"):
            return (Wait("Złóż sprawozdanie", function=APPLICANT),)
        return (Wait(self.task, function=state.stage.function),)
