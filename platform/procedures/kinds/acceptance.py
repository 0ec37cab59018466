from typing import ClassVar

from procedures.kinds.documents import form, question
from procedures.kinds.registry import Document, Known, Outcome, StageKind, StageLike, kind


@kind("acceptance")
class Acceptance(StageKind):
    comes = 130
    label = "Przyjęcie"
    description = "Potwierdzenie, że zrobiono to, co trzeba, albo odmowa z powodem."
    task = "Przyjmij albo odmów"
    told: ClassVar = {"uwagi": "Uwagi z odbioru"}
    shown = ("stage", "facts", "reasons", "letters")
    may_be_applicants = True
    outcomes: ClassVar = {
        "accepted": Outcome("przyjęto", is_positive=True, completes_form=True),
        "not_accepted": Outcome("nie przyjęto", is_positive=False, is_required=False),
    }
    facts: ClassVar = {"uwagi": "long_text"}

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        is_refusal = code == "not_accepted"
        return form("Przyjęcie", question("uwagi", "long_text", "Uwagi", required=is_refusal))
