"""The formal check: each point of the checklist is met, or says why it is not."""

from collections.abc import Mapping
from typing import Any, ClassVar

from procedures.kinds.changes import CorrectionAsked
from procedures.kinds.documents import choices, form, question, table
from procedures.kinds.registry import (
    Document,
    Known,
    NotPossible,
    Outcome,
    Press,
    Settlement,
    StageKind,
    StageLike,
    State,
    kind,
)


def correction_fields(known: Known) -> list[Document]:
    """What a call for correction asks for: which sections, and what is wrong in them."""
    sections = dict(known.sections)
    asked = question(
        "wezwanie", "long_text", "Co trzeba poprawić", required=True, options={"max_length": 4000}
    )
    if not sections:
        return [asked]
    return [
        choices(
            "sekcje",
            "Części do poprawy",
            sections,
            help="Tylko te części będzie można zmienić. Bez wyboru: wszystkie.",
        ),
        asked,
    ]


def correction_asked(data: Mapping[str, Any], reason: str) -> CorrectionAsked:
    return CorrectionAsked(tuple(data.get("sekcje") or ()), data.get("wezwanie") or reason)


@kind("formal_check")
class FormalCheck(StageKind):
    comes = 20
    label = "Ocena formalna"
    description = "Sprawdzenie według listy; braki wracają do poprawy."
    task = "Sprawdź formalnie"
    shown = ("letters",)
    outcomes: ClassVar = {
        "complete": Outcome("kompletne", is_positive=True, completes_form=True),
        "incomplete": Outcome("do poprawy", is_required=False),
        "rejected": Outcome("odrzucone", is_positive=False, is_required=False),
    }
    facts: ClassVar = {"uwagi": "long_text"}
    parameters: ClassVar = form(
        "Ocena formalna",
        table(
            "checklist",
            "Lista sprawdzenia",
            question("point", "short_text", "Punkt do sprawdzenia", required=True),
            help="Każdy punkt trzeba potwierdzić, zanim sprawa pójdzie dalej.",
        ),
    )

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code == "incomplete":
            return form("Wezwanie do poprawy", *correction_fields(known))
        if code == "rejected":
            return None
        points = [
            question(f"punkt_{number}", "yes_no", point, required=True)
            for number, point in enumerate(_points(stage), start=1)
        ]
        remarks = question("uwagi", "long_text", "Uwagi")
        return form("Lista sprawdzenia", *points, remarks)

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code == "incomplete":
            asked = correction_asked(press.data, press.reason)
            return Settlement(outcome=press.code, changes=(asked,))
        if press.code == "complete":
            for number, point in enumerate(_points(state.stage), start=1):
                if press.data.get(f"punkt_{number}") is not True:
                    raise NotPossible(
                        f"Punkt „{point}” nie jest spełniony. Wezwij do poprawy albo go potwierdź."
                    )
        return Settlement(outcome=press.code, facts=dict(press.data))


def _points(stage: StageLike) -> list[str]:
    return [row["point"] for row in stage.parameters.get("checklist") or ()]
