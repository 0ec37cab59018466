"""Approval: one after another or all at once, as many as are needed; nobody approves their own."""

from typing import ClassVar

from procedures.kinds.changes import BallotCast
from procedures.kinds.documents import FUNCTION_COLUMN, choice, form, question, table
from procedures.kinds.formal_check import correction_asked, correction_fields
from procedures.kinds.registry import (
    Document,
    Known,
    Outcome,
    Press,
    Settlement,
    StageKind,
    StageLike,
    State,
    Wait,
    flag,
    functions_of,
    kind,
    whole,
)


@kind("approval")
class Approval(StageKind):
    comes = 80
    label = "Zatwierdzenie"
    description = "Kolejno albo równolegle, tyle głosów, ile trzeba; autor nie zatwierdza."
    task = "Zatwierdź albo zwróć"
    outcomes: ClassVar = {
        "approved": Outcome("zatwierdzono", is_positive=True, completes_form=True),
        "returned": Outcome("zwrócono", is_required=False),
        "refused": Outcome("odmówiono", is_positive=False, is_required=False),
    }
    voices: ClassVar = {
        "approved": "Akceptuj",
        "returned": "Głosuj za zwrotem",
        "refused": "Głosuj za odmową",
    }
    facts: ClassVar = {"glosow_za": "number"}
    functions_in = ("approvers.function",)
    parameters: ClassVar = form(
        "Zatwierdzenie",
        table(
            "approvers",
            "Kto zatwierdza",
            FUNCTION_COLUMN,
            help="Puste: funkcja etapu.",
        ),
        choice(
            "order",
            "Kolejność",
            {"sequential": "jeden po drugim", "parallel": "wszyscy naraz"},
            default='"sequential"',
        ),
        question(
            "needed",
            "number",
            "Ile głosów za wystarczy",
            help="Puste: po jednym z każdej funkcji.",
            options={"min": "1", "max": "50", "decimals": 0},
        ),
        question(
            "objections",
            "number",
            "Ile głosów przeciw wystarczy",
            help="Puste: jeden.",
            options={"min": "1", "max": "50", "decimals": 0},
        ),
        question("author_may_approve", "yes_no", "Autor może zatwierdzać własną sprawę"),
        question("person_may_repeat", "yes_no", "Jedna osoba może głosować za kilka funkcji"),
    )

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code == "returned" and known.sections:
            return form("Zwrot", correction_fields(known)[0])
        return None

    def pressed_by(self, stage: StageLike, code: str) -> tuple[str, ...]:
        return functions_of(stage, "approvers")

    def obstacle(self, state: State, press: Press) -> str:
        stage = state.stage
        if press.who in state.authors and not flag(stage, "author_may_approve"):
            return "Autor nie może zatwierdzać własnej sprawy. Musi to zrobić inna osoba."
        has_voted = any(one.who == press.who for one in state.ballots)
        if has_voted and not flag(stage, "person_may_repeat"):
            return "Twój głos w tym etapie jest już oddany."
        if not self._function(state, press):
            return "Teraz kolej na kogoś innego: Twoja funkcja już zagłosowała albo jeszcze czeka."
        return ""

    def decide(self, state: State, press: Press) -> Settlement:
        cast = BallotCast(press.code, self._function(state, press))
        votes = [one.outcome for one in state.ballots] + [press.code]
        if press.code != "approved":
            asked = correction_asked(press.data, press.reason)
            if votes.count(press.code) < whole(state.stage, "objections", 1):
                return Settlement(changes=(cast, asked))
            return Settlement(press.code, (cast, asked))
        facts = {"glosow_za": str(votes.count("approved"))}
        is_settled = self._is_approved(state, cast)
        return Settlement("approved" if is_settled else "", (cast,), facts if is_settled else {})

    def waits(self, state: State) -> tuple[Wait, ...]:
        done = frozenset(one.who for one in state.ballots)
        if flag(state.stage, "person_may_repeat"):
            done = frozenset()
        if not flag(state.stage, "author_may_approve"):
            done |= state.authors
        return tuple(
            Wait(self.task, function=function, done_by=done) for function in self._pending(state)
        )

    def _pending(self, state: State) -> tuple[str, ...]:
        """The functions whose turn it is."""
        functions = functions_of(state.stage, "approvers")
        if state.stage.parameters.get("needed"):
            return functions
        voted = {one.function for one in state.ballots if one.outcome == "approved"}
        pending = tuple(one for one in functions if one not in voted)
        is_parallel = state.stage.parameters.get("order") == "parallel"
        return pending if is_parallel else pending[:1]

    def _function(self, state: State, press: Press) -> str:
        pending = self._pending(state)
        return next((one for one in press.functions if one in pending), "")

    def _is_approved(self, state: State, cast: BallotCast) -> bool:
        in_favour = [one.function for one in state.ballots if one.outcome == "approved"]
        in_favour.append(cast.function)
        if state.stage.parameters.get("needed"):
            return len(in_favour) >= whole(state.stage, "needed", 1)
        return set(functions_of(state.stage, "approvers")) <= set(in_favour)
