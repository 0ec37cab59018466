"""The decision, with its number, its day and, where money is given, the amount."""

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
    flag,
    kind,
)


@kind("decision")
class Decision(StageKind):
    comes = 90
    label = "Decyzja"
    description = "Rozstrzygnięcie z numerem i datą, w całości, w części albo odmowne."
    task = "Podejmij decyzję"
    told: ClassVar = {
        "numer": "Numer decyzji",
        "data": "Data decyzji",
        "uzasadnienie": "Uzasadnienie",
    }
    shown = ("stage", "facts", "reasons", "letters")
    draws_on_pots = True
    outcomes: ClassVar = {
        "granted": Outcome("przyznano", is_positive=True, completes_form=True),
        "partly": Outcome(
            "przyznano w części", is_positive=True, is_required=False, completes_form=True
        ),
        "refused": Outcome("odmówiono", is_positive=False),
    }
    facts: ClassVar = {
        "numer": "short_text",
        "data": "date",
        **money.FACTS,
        "uzasadnienie": "long_text",
    }
    question_in = ("requested",)
    parameters: ClassVar = form(
        "Decyzja",
        question("without_number", "yes_no", "Decyzja nie ma numeru"),
        question("with_amount", "yes_no", "Decyzja przyznaje kwotę"),
        money.pots(required_when="with_amount"),
        money.YEAR,
        money.REQUESTED,
    )

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        is_numbered = not flag(stage, "without_number")
        questions = [question("numer", "short_text", "Numer decyzji", required=is_numbered)]
        questions.append(question("data", "date", "Data decyzji", required=True))
        if code != "refused" and flag(stage, "with_amount"):
            questions += money.amounts_asked(stage, known)
        is_full = code == "granted"
        questions.append(
            question("uzasadnienie", "long_text", "Uzasadnienie", required=not is_full)
        )
        return form("Decyzja", *questions)

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code == "refused":
            # The sum that a stage before has said is no more; an appeal may still follow.
            nothing = {"kwota": str(money.NOTHING)}
            return Settlement(press.code, (Released(),), {**press.data, **nothing})
        if not flag(state.stage, "with_amount"):
            return Settlement(press.code, facts=dict(press.data))
        grant, facts = money.granted(state, press.data)
        return Settlement(press.code, (grant,), facts)
