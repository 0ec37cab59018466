"""Scoring: each member alone, on a sheet of their own, until the stage is closed (GRA-03)."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median
from typing import ClassVar

from procedures.kinds.changes import Excluded, Scored
from procedures.kinds.documents import choice, form, question
from procedures.kinds.registry import (
    Act,
    NotPossible,
    Outcome,
    Press,
    Settlement,
    StageKind,
    StageLike,
    State,
    Wait,
    after,
    flag,
    kind,
    whole,
)

GROSZ = Decimal("0.01")
WAYS: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "mean": lambda points: Decimal(mean(points)),
    "median": lambda points: Decimal(median(points)),
    "sum": lambda points: sum(points, Decimal(0)),
}


@kind("scoring")
class Scoring(StageKind):
    comes = 50
    label = "Ocena punktowa"
    description = "Każdy członek ocenia sam; cudze oceny widać dopiero po zamknięciu."
    task = "Oceń"
    told: ClassVar = {"wynik": "Wynik oceny"}
    has_members = True
    outcomes: ClassVar = {"scored": Outcome("oceniono", is_positive=True)}
    acts: ClassVar = {
        "give_score": Act("Oddaj ocenę", done="oddano ocenę", completes_form=True),
        "declare_conflict": Act("Wyłącz mnie z oceny", done="członek komisji wyłączył się z oceny"),
    }
    facts: ClassVar = {"wynik": "number", "liczba": "number", "rozstep": "number"}
    functions_in = ("closed_by",)
    question_in = ("points",)
    parameters: ClassVar = form(
        "Ocena punktowa",
        question(
            "points",
            "short_text",
            "Pytanie z sumą punktów",
            required=True,
            help="Klucz pytania liczbowego w formularzu oceny tego etapu.",
        ),
        choice(
            "aggregate",
            "Wynik sprawy",
            {"mean": "średnia", "median": "mediana", "sum": "suma"},
            default='"mean"',
        ),
        question(
            "quorum",
            "number",
            "Ile ocen musi być",
            help="Puste: wszystkich niewyłączonych członków.",
            options={"min": "1", "decimals": 0},
        ),
        question(
            "closed_by", "short_text", "Funkcja, która zamyka ocenę", help="Puste: każdy członek."
        ),
        question("closes_alone", "yes_no", "Zamknij ocenę, gdy ocenią wszyscy"),
    )

    def pressed_by(self, stage: StageLike, code: str) -> tuple[str, ...]:
        closing = str(stage.parameters.get("closed_by") or "")
        return (closing or stage.function,) if code == "scored" else (stage.function,)

    def obstacle(self, state: State, press: Press) -> str:
        has_scored = any(one.who == press.who for one in state.scores)
        if press.code == "scored":
            return self._too_few(state)
        if press.who in state.excluded:
            return "Wyłączono Cię z oceny tej sprawy."
        if press.code == "give_score" and has_scored:
            return "Twoja ocena jest już oddana."
        if press.code == "declare_conflict" and has_scored:
            return "Twoja ocena jest już oddana; poproś o cofnięcie ostatniego kroku."
        return ""

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code == "scored":
            return Settlement("scored", facts=_result(state))
        if press.code == "declare_conflict":
            settled = Settlement(changes=(Excluded(press.who),))
        elif press.points is None:
            raise NotPossible("W Twojej ocenie brakuje sumy punktów. Uzupełnij ocenę.")
        else:
            settled = Settlement(changes=(Scored(press.points),))
        state = after(state, press, settled)
        if flag(state.stage, "closes_alone") and not _missing(state) and not self._too_few(state):
            return Settlement("scored", settled.changes, _result(state))
        return settled

    def waits(self, state: State) -> tuple[Wait, ...]:
        stage = state.stage
        done = frozenset(one.who for one in state.scores) | state.excluded
        if _missing(state) or self._too_few(state):
            return (Wait(self.task, function=stage.function, done_by=done),)
        return (Wait("Zamknij ocenę", function=self.pressed_by(stage, "scored")[0]),)

    def _too_few(self, state: State) -> str:
        may_score = sum(one not in state.excluded for one in state.members)
        needed = max(whole(state.stage, "quorum", may_score), 1)
        if len(state.scores) >= needed:
            return ""
        return f"Oddano {len(state.scores)} z {needed} potrzebnych ocen."


def _missing(state: State) -> bool:
    done = {one.who for one in state.scores} | state.excluded
    return any(member not in done for member in state.members)


def _result(state: State) -> dict[str, str]:
    points = [one.points for one in state.scores]
    total = WAYS[str(state.stage.parameters.get("aggregate") or "mean")](points)
    return {
        "wynik": str(total.quantize(GROSZ, ROUND_HALF_UP)),
        "liczba": str(len(points)),
        "rozstep": str(max(points) - min(points)),
    }
