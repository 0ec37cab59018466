from typing import ClassVar

from procedures.kinds.documents import form, question
from procedures.kinds.registry import Document, Known, Outcome, StageKind, StageLike, kind


@kind("execution")
class Execution(StageKind):
    comes = 120
    label = "Realizacja"
    description = "Wykonanie tego, co przyznano."
    task = "Zrealizuj"
    told: ClassVar = {"data": "Data zakończenia"}
    shown = ("letters",)
    may_be_applicants = True
    outcomes: ClassVar = {
        "executed": Outcome("zrealizowano", is_positive=True, completes_form=True),
        "abandoned": Outcome("nie zrealizowano", is_positive=False, is_required=False),
    }
    facts: ClassVar = {"data": "date", "uwagi": "long_text"}

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code == "abandoned":
            return None
        return form(
            "Realizacja",
            question("data", "date", "Data zakończenia", required=True),
            question("uwagi", "long_text", "Uwagi"),
        )
