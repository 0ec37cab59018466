"""An appeal and its reconsideration: neither opens the application again."""

from typing import ClassVar

from procedures.kinds.documents import choice, form, question
from procedures.kinds.registry import (
    Document,
    Known,
    Outcome,
    Press,
    StageKind,
    StageLike,
    State,
    Wait,
    kind,
)

NOBODY, LAST, ALL = "nobody", "last", "all"


@kind("appeal")
class Appeal(StageKind):
    """The applicant says within the stage's term what they object to, on a form of its own."""

    comes = 100
    label = "Odwołanie"
    description = "Wnioskodawca w terminie odwołuje się i uzasadnia; wniosek zostaje, jaki był."
    task = "Możesz się odwołać"
    told: ClassVar = {"uzasadnienie": "Uzasadnienie odwołania"}
    shown = ("stage", "form", "facts", "reasons", "letters")
    may_be_applicants = True
    outcomes: ClassVar = {
        "appealed": Outcome("odwołano się", completes_form=True),
        "resigned": Outcome("bez odwołania", is_required=False),
        "timeout": Outcome("minął termin", is_required=False, is_automatic=True),
    }
    facts: ClassVar = {"uzasadnienie": "long_text"}

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code != "appealed":
            return None
        reasons = question("uzasadnienie", "long_text", "Uzasadnienie odwołania", required=True)
        return form("Odwołanie", reasons)


@kind("reconsideration")
class Reconsideration(StageKind):
    """Somebody else than before decides again; what they change goes where the procedure says."""

    comes = 101
    label = "Ponowne rozpatrzenie"
    description = "Inna osoba niż poprzednio rozpatruje odwołanie: utrzymuje albo zmienia."
    task = "Rozpatrz odwołanie"
    told: ClassVar = {
        "numer": "Numer rozstrzygnięcia odwołania",
        "data": "Data rozstrzygnięcia odwołania",
        "uzasadnienie": "Uzasadnienie rozstrzygnięcia",
    }
    shown = ("stage", "facts", "reasons", "letters")
    looks_back = True
    outcomes: ClassVar = {
        "changed": Outcome("zmieniono", is_positive=True, completes_form=True),
        "upheld": Outcome("utrzymano", is_positive=False, completes_form=True),
        "left": Outcome("pozostawiono bez rozpatrzenia", is_positive=False, is_required=False),
    }
    facts: ClassVar = {"numer": "short_text", "data": "date", "uzasadnienie": "long_text"}
    parameters: ClassVar = form(
        "Ponowne rozpatrzenie",
        choice(
            "may_not",
            "Kto nie może rozpatrywać",
            {
                LAST: "kto wydał rozstrzygnięcie, od którego jest odwołanie",
                ALL: "kto rozstrzygał w którymkolwiek etapie tej sprawy",
                NOBODY: "każdy może, także ta sama osoba",
            },
            default=f'"{LAST}"',
        ),
        question("with_number", "yes_no", "Rozstrzygnięcie ma numer"),
    )

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        numbered = [question("numer", "short_text", "Numer rozstrzygnięcia", required=True)]
        return form(
            "Rozstrzygnięcie odwołania",
            *(numbered if stage.parameters.get("with_number") else ()),
            question("data", "date", "Data rozstrzygnięcia", required=True),
            question("uzasadnienie", "long_text", "Uzasadnienie", required=True),
        )

    def obstacle(self, state: State, press: Press) -> str:
        if press.who in _decided_before(state):
            return (
                "To, od czego się odwołano, rozstrzygnięto z Twoim udziałem. "
                "Odwołanie musi rozpatrzyć inna osoba."
            )
        return ""

    def waits(self, state: State) -> tuple[Wait, ...]:
        done = _decided_before(state)
        return tuple(
            Wait(one.what, function=one.function, done_by=done) for one in super().waits(state)
        )


def _decided_before(state: State) -> frozenset[str]:
    """Who may not decide again."""
    who = state.stage.parameters.get("may_not") or LAST
    if who == NOBODY or not state.deciders:
        return frozenset()
    return state.deciders[-1] if who == LAST else frozenset[str]().union(*state.deciders)
