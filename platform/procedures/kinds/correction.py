from typing import ClassVar

from procedures.kinds.registry import Outcome, StageKind, kind


@kind("correction")
class Correction(StageKind):
    """Only the sections that were named are open; every earlier version is kept."""

    comes = 30
    label = "Poprawa"
    description = "Wnioskodawca poprawia wskazane części; poprzednie wersje zostają."
    task = "Popraw i złóż ponownie"
    shown = ("stage", "form", "letters")
    reopens = True
    may_be_applicants = True
    outcomes: ClassVar = {
        "corrected": Outcome("poprawiono", is_positive=True, completes_form=True),
        "withdrawn": Outcome("wycofano", is_required=False),
        "timeout": Outcome("minął termin", is_required=False, is_automatic=True),
    }
