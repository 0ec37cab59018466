from typing import ClassVar

from procedures.kinds.registry import Outcome, StageKind, kind


@kind("submission")
class Submission(StageKind):
    comes = 10
    label = "Złożenie"
    description = "Wnioskodawca wypełnia formularz i go składa."
    task = "Wypełnij i złóż"
    shown = ("stage", "form", "letters")
    starts = True
    may_be_applicants = True
    outcomes: ClassVar = {
        "submitted": Outcome("złożono", is_positive=True, completes_form=True),
        "withdrawn": Outcome("wycofano", is_required=False),
    }
