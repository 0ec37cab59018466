from typing import ClassVar

from procedures.kinds.documents import form, question
from procedures.kinds.registry import Document, Known, Outcome, StageKind, StageLike, kind


@kind("agreement")
class Agreement(StageKind):
    comes = 110
    label = "Umowa"
    description = "Podpisanie umowy: numer i data."
    task = "Podpisz umowę"
    told: ClassVar = {"numer": "Numer umowy", "data": "Data podpisania"}
    shown = ("stage", "facts", "reasons", "letters")
    may_be_applicants = True
    outcomes: ClassVar = {
        "signed": Outcome("podpisano", is_positive=True, completes_form=True),
        "declined": Outcome("nie podpisano", is_positive=False, is_required=False),
    }
    facts: ClassVar = {"numer": "short_text", "data": "date"}

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code == "declined":
            return None
        return form(
            "Umowa",
            question("numer", "short_text", "Numer umowy", required=True),
            question("data", "date", "Data podpisania", required=True),
        )
