"""Opinions: asked of people or units, reminded, revoked, given with yes or no and a reason."""

from typing import ClassVar, Literal

from procedures.kinds.changes import OpinionAsked, OpinionGiven, OpinionReminded, OpinionRevoked
from procedures.kinds.documents import choice, form, question
from procedures.kinds.registry import (
    ASKED,
    Act,
    Document,
    Known,
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

DAYS = 7


@kind("opinion")
class Opinion(StageKind):
    comes = 40
    label = "Opinia"
    description = "Pytanie do osoby albo jednostki; odpowiedź tak lub nie z uzasadnieniem."
    task = "Zbierz opinie"
    outcomes: ClassVar = {
        "opinions_in": Outcome("zebrano opinie", is_positive=True, completes_form=True),
        "skipped": Outcome("bez opinii", is_required=False),
    }
    acts: ClassVar = {
        "ask_opinion": Act("Poproś o opinię", done="poproszono o opinię"),
        "give_opinion": Act("Wydaj opinię", done="wydano opinię"),
        "remind_opinion": Act("Ponaglij", done="ponaglono o opinię"),
        "revoke_opinion": Act("Cofnij pytanie", done="cofnięto pytanie o opinię"),
    }
    facts: ClassVar = {"za": "number", "przeciw": "number", "liczba": "number"}
    parameters: ClassVar = form(
        "Opinia",
        question("question", "long_text", "Treść pytania, którą podpowiemy"),
        question("days", "number", "Ile dni na odpowiedź", options={"min": "1", "decimals": 0}),
        question(
            "needed",
            "number",
            "Ile opinii wystarczy",
            help="Puste: wszystkie, o które poproszono.",
            options={"min": "1", "decimals": 0},
        ),
        question("moves_on_alone", "yes_no", "Przejdź dalej, gdy przyjdzie ostatnia opinia"),
    )

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        if code == "ask_opinion":
            return _asking(stage)
        if code == "give_opinion":
            return _giving(known)
        if code in {"remind_opinion", "revoke_opinion"}:
            keys = tuple(one.key for one in known.questions)
            return form(self.acts[code].label, _which(known, keys))
        return None

    def pressed_by(self, stage: StageLike, code: str) -> tuple[str, ...]:
        return (ASKED,) if code == "give_opinion" else (stage.function,)

    def obstacle(self, state: State, press: Press) -> str:
        waiting = [one for one in state.questions if not one.verdict]
        given = len(state.questions) - len(waiting)
        if press.code == "give_opinion" and not press.asked:
            return "Nikt nie czeka na Twoją opinię w tej sprawie."
        if press.code in {"remind_opinion", "revoke_opinion"} and not waiting:
            return "Nie ma pytania, na które ktoś jeszcze nie odpowiedział."
        if press.code != "opinions_in":
            return ""
        if not given:
            return "Nie ma jeszcze żadnej opinii. Poproś o nią albo przejdź dalej bez opinii."
        needed = whole(state.stage, "needed", len(state.questions))
        if given < min(needed, len(state.questions)):
            return f"Wydano {given} z {needed} potrzebnych opinii. Ponaglij albo cofnij pytanie."
        return ""

    def decide(self, state: State, press: Press) -> Settlement:
        if press.code in self.outcomes:
            return Settlement(outcome=press.code, facts=_counted(state))
        if press.code == "ask_opinion":
            return Settlement(changes=(_asked(state, press),))
        key = str(press.data.get("pytanie") or (press.asked or ("",))[0])
        if press.code == "give_opinion":
            return self._given(state, press, key)
        if key not in {one.key for one in state.questions if not one.verdict}:
            raise NotPossible("Na to pytanie już odpowiedziano albo je cofnięto.")
        change = OpinionReminded(key) if press.code == "remind_opinion" else OpinionRevoked(key)
        return Settlement(changes=(change,))

    def _given(self, state: State, press: Press, key: str) -> Settlement:
        if key not in press.asked:
            raise NotPossible("To pytanie nie jest do Ciebie albo już na nie odpowiedziano.")
        verdict: Literal["yes", "no"] = "yes" if press.data.get("opinia") == "za" else "no"
        given = OpinionGiven(key, verdict, str(press.data.get("uzasadnienie") or ""))
        settled = Settlement(changes=(given,))
        state = after(state, press, settled)
        if flag(state.stage, "moves_on_alone") and all(one.verdict for one in state.questions):
            return Settlement("opinions_in", (given,), _counted(state))
        return settled

    def waits(self, state: State) -> tuple[Wait, ...]:
        asked = tuple(
            Wait(
                "Wydaj opinię",
                person="" if one.is_unit else one.whom,
                unit=one.whom if one.is_unit else "",
                key=one.key,
            )
            for one in state.questions
            if not one.verdict
        )
        if asked:
            return asked
        return (Wait(self.task, function=state.stage.function),)


def _counted(state: State) -> dict[str, str]:
    verdicts = [one.verdict for one in state.questions]
    return {
        "za": str(verdicts.count("yes")),
        "przeciw": str(verdicts.count("no")),
        "liczba": str(verdicts.count("yes") + verdicts.count("no")),
    }


def _asked(state: State, press: Press) -> OpinionAsked:
    whom = press.data.get("pytana_jednostka") or press.data.get("osoba")
    if not whom or (press.data.get("pytana_jednostka") and press.data.get("osoba")):
        raise NotPossible("Wskaż osobę albo jednostkę: jedno z dwojga.")
    if any(one.whom == whom and not one.verdict for one in state.questions):
        raise NotPossible("Tego adresata już zapytano i jeszcze nie odpowiedział.")
    days = press.data.get("dni_na_odpowiedz")
    return OpinionAsked(
        whom=str(whom),
        is_unit=bool(press.data.get("pytana_jednostka")),
        question=str(press.data.get("tresc") or ""),
        days=int(days) if days else whole(state.stage, "days", DAYS),
    )


def _asking(stage: StageLike) -> Document:
    hint = str(stage.parameters.get("question") or "")
    return form(
        "Prośba o opinię",
        question("osoba", "person", "Osoba"),
        question("pytana_jednostka", "unit", "albo jednostka"),
        question("tresc", "long_text", "Pytanie", required=True, help=hint),
        question(
            "dni_na_odpowiedz",
            "number",
            "Ile dni na odpowiedź",
            help=f"Puste: {whole(stage, 'days', DAYS)}.",
            options={"min": "1", "max": "365", "decimals": 0},
        ),
    )


def _giving(known: Known) -> Document:
    questions = [_which(known, known.asked)] if len(known.asked) > 1 else []
    return form(
        "Opinia",
        *questions,
        choice("opinia", "Opinia", {"za": "tak", "przeciw": "nie"}, required=True),
        question("uzasadnienie", "long_text", "Uzasadnienie", required=True),
    )


def _which(known: Known, keys: tuple[str, ...]) -> Document:
    """Which of the questions that nobody has answered yet."""
    offered = {
        one.key: known.names.get(one.whom, one.whom)
        for one in known.questions
        if one.key in keys and not one.verdict
    }
    if not offered:
        return question("pytanie", "short_text", "Adresat", required=True)
    return choice("pytanie", "Adresat", offered, required=True)
