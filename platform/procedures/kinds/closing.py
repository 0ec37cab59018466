from typing import ClassVar

from procedures.kinds.documents import choice, form
from procedures.kinds.registry import StageKind, StageLike, State, Wait, kind

MEANINGS = {
    "positive": "załatwiono pozytywnie",
    "negative": "załatwiono odmownie",
    "withdrawn": "wycofano",
}


@kind("closing")
class Closing(StageKind):
    comes = 150
    label = "Zakończenie"
    description = "Sprawa jest zamknięta i nic już na nikogo nie czeka."
    ends = True
    parameters: ClassVar = form(
        "Zakończenie", choice("meaning", "Jak się kończy", MEANINGS, required=True)
    )

    def waits(self, state: State) -> tuple[Wait, ...]:
        return ()

    def meaning(self, stage: StageLike) -> str:
        return str(stage.parameters.get("meaning") or "positive")
