from typing import ClassVar

from procedures.kinds.documents import form, question
from procedures.kinds.registry import Document, Known, Outcome, StageKind, StageLike, kind


@kind("recommendation")
class Recommendation(StageKind):
    comes = 70
    label = "Rekomendacja"
    description = "Wskazanie sprawy temu, kto decyduje, z uzasadnieniem."
    task = "Zarekomenduj"
    told: ClassVar = {"uzasadnienie": "Uzasadnienie rekomendacji"}
    outcomes: ClassVar = {
        "recommended": Outcome("rekomendowano", is_positive=True, completes_form=True),
        "not_recommended": Outcome("nie rekomendowano", is_positive=False, is_required=False),
    }
    facts: ClassVar = {"uzasadnienie": "long_text"}

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        reasons = question("uzasadnienie", "long_text", "Uzasadnienie")
        return form("Rekomendacja", reasons)
