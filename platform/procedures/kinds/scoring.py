"""Scoring: each member alone, on a sheet of their own, until the stage is closed (GRA-03)."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median
from typing import ClassVar

from procedures.kinds.changes import Abstained, Change, Excluded, Scored, ScoreTakenBack
from procedures.kinds.documents import choice, form, question
from procedures.kinds.registry import (
    ABSTAINED,
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
    amount,
    flag,
    kind,
    whole,
)

GROSZ, EXACTLY = Decimal("0.01"), Decimal("0.0000000001")
ABSTAINS = "Wstrzymujesz się od oceny tej sprawy."
CLOSE, ADD_MEMBERS = "Zamknij ocenę", "Uzupełnij skład, który ocenia"
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
        "abstain": Act("Wstrzymaj się od oceny", done="członek komisji wstrzymał się od oceny"),
        "change_score": Act("Zmień moją ocenę", done="członek komisji zmienia swoją ocenę"),
        "declare_conflict": Act("Wyłącz mnie z oceny", done="członek komisji wyłączył się z oceny"),
    }
    facts: ClassVar = {
        "wynik": "number",
        "dokladnie": "number",
        "srednia_ocen": "number",
        "mediana_ocen": "number",
        "liczba": "number",
        "rozstep": "number",
        "wstrzymane": "number",
    }
    chaired = frozenset({"scored"})
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
            help="Puste: wszystkich, którzy się nie wyłączyli i nie wstrzymali.",
            options={"min": "1", "decimals": 0},
        ),
        question(
            "closed_by",
            "short_text",
            "Funkcja, która zamyka ocenę",
            help="Puste: każdy członek. Ocenę komisji naboru zamyka też, kto jej przewodniczy.",
        ),
        question("closes_alone", "yes_no", "Zamknij ocenę, gdy ocenią wszyscy"),
        question(
            "far",
            "number",
            "Od ilu punktów różnicy od mediany ocena odstaje",
            help="Puste: od ćwierci najwyższej oceny wniosku. Odstające tylko zaznaczamy.",
            options={"min": "0"},
        ),
    )

    def pressed_by(self, stage: StageLike, code: str) -> tuple[str, ...]:
        closing = str(stage.parameters.get("closed_by") or "")
        return (closing or stage.function,) if code == "scored" else (stage.function,)

    def obstacle(self, state: State, press: Press) -> str:
        if press.who in state.excluded:
            return "Wyłączono Cię z oceny tej sprawy."
        if press.code == "scored":
            return self._too_few(state)
        said = _said(state, press.who)
        if press.code == "change_score":
            return "" if said else "Nie ma tu jeszcze Twojej oceny, więc nie ma czego zmieniać."
        if not said:
            return ""
        again = "Żeby ją zmienić, wybierz „Zmień moją ocenę”."
        told = ABSTAINS if said == ABSTAINED else "Twoja ocena jest już oddana."
        return f"{told} {again}"

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code == "scored":
            return Settlement("scored", facts=_result(state))
        settled = Settlement(changes=(_change(press),))
        state = after(state, press, settled)
        if flag(state.stage, "closes_alone") and not _missing(state) and not self._too_few(state):
            return Settlement("scored", settled.changes, _result(state))
        return settled

    def waits(self, state: State) -> tuple[Wait, ...]:
        stage, missing = state.stage, _missing(state)
        done = frozenset(_done(state))
        closing = Wait(CLOSE, function=self.pressed_by(stage, "scored")[0])
        if state.chairs is None:
            if missing or self._too_few(state):
                return (Wait(self.task, function=stage.function, done_by=done),)
            return (closing,)
        if missing:
            return tuple(Wait(self.task, person=one) for one in missing)
        word = ADD_MEMBERS if self._too_few(state) else CLOSE
        leading = [one for one in state.chairs if one not in state.excluded]
        return tuple(Wait(word, person=one) for one in leading) or (closing,)

    def _too_few(self, state: State) -> str:
        abstain = {one.who for one in state.ballots}
        may_score = sum(one not in state.excluded and one not in abstain for one in state.members)
        needed = max(whole(state.stage, "quorum", may_score), 1)
        if len(state.scores) >= needed:
            return ""
        return f"Oddano {len(state.scores)} z {needed} potrzebnych ocen."


def _change(press: Press) -> Change:
    match press.code:
        case "declare_conflict":
            return Excluded(press.who)
        case "abstain":
            return Abstained()
        case "change_score":
            return ScoreTakenBack()
    if press.points is None:
        raise NotPossible("W Twojej ocenie brakuje sumy punktów. Uzupełnij ocenę.")
    return Scored(press.points)


def _said(state: State, who: str) -> str:
    """What they have said of the matter: a score, that they abstain, or "" for nothing."""
    if any(one.who == who for one in state.scores):
        return "scored"
    return ABSTAINED if any(one.who == who for one in state.ballots) else ""


def _done(state: State) -> set[str]:
    said = {one.who for one in state.scores} | {one.who for one in state.ballots}
    return said | state.excluded


def _missing(state: State) -> list[str]:
    done = _done(state)
    return [member for member in state.members if member not in done]


def _result(state: State) -> dict[str, str]:
    """All from unrounded scores; `dokladnie` is what ties are told by."""
    points = [one.points for one in state.scores]
    total = WAYS[str(state.stage.parameters.get("aggregate") or "mean")](points)
    return {
        "wynik": _rounded(total, GROSZ),
        "dokladnie": _rounded(total, EXACTLY),
        "srednia_ocen": _rounded(WAYS["mean"](points), GROSZ),
        "mediana_ocen": _rounded(WAYS["median"](points), GROSZ),
        "liczba": str(len(points)),
        "rozstep": str(max(points) - min(points)),
        "wstrzymane": str(len(state.ballots)),
    }


def _rounded(number: Decimal, to: Decimal) -> str:
    return str(number.quantize(to, ROUND_HALF_UP))


def far_from(points: Sequence[Decimal], stage: StageLike | None) -> set[Decimal]:
    """Those of the scores that lie far from their median; they are shown, and count like others."""
    if not points or stage is None:
        return set()
    given = amount(stage.parameters.get("far"))
    limit = max(points) / 4 if given is None else given
    middle = Decimal(median(points))
    return {one for one in points if abs(one - middle) >= limit and one != middle}
