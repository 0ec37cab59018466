"""The steps of a simulation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

from forms import definition as forms
from forms import filling
from procedures import kinds
from procedures.checking import start_of
from procedures.definition import APPLICANT, Procedure, Stage
from procedures.kinds.registry import granted_after
from procedures.simulation import invented, telling
from procedures.simulation.matter import APPLICANTS, Matter
from procedures.simulation.offering import Choice, choices, is_anybody_free, press_of
from procedures.simulation.soundness import sound


class Refused(Exception):
    """The step cannot be taken; `mistakes` say which of the given answers are wrong."""

    def __init__(self, sentence: str, mistakes: Sequence[filling.Mistake] = ()) -> None:
        super().__init__(sentence)
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Simulation:
    """A matter that is not one. Every step gives a new simulation; nothing is kept elsewhere."""

    matter: Matter

    @classmethod
    def begin(
        cls,
        procedure: Procedure,
        form: forms.Definition | None = None,
        officers: Mapping[str, forms.Definition] | None = None,
        *,
        today: date,
        pots: Mapping[str, Decimal] | None = None,
        world: filling.Facts | None = None,
    ) -> "Simulation":
        """`form` is the applicant's; `officers` every form that stages use, by its name there.

        `pots` says what is left in the pots, by their codes; others bound nothing. `world` knows
        the city's tables with keys and its school year. A draft
        with faults is played as far as it goes.
        """
        procedure = sound(procedure)
        present = invented.population(procedure)
        world = replace(world or filling.Facts(today=today), reference=_reference(procedure))
        matter = Matter(
            procedure, form, officers or {}, today, people=present, pots=pots or {}, world=world
        )
        start = start_of(procedure)
        return cls(matter if start is None else _entered(matter, start))

    @property
    def stage(self) -> Stage | None:
        """Where the matter stands; None where it cannot begin."""
        return self.matter.stage

    @property
    def log(self) -> tuple[str, ...]:
        """Everything that happened, in sentences."""
        return self.matter.log

    @property
    def is_over(self) -> bool:
        return self.matter.is_over

    def choices(self) -> list[Choice]:
        """Every button, those that are not possible now too, with the reason."""
        return choices(self.matter)

    def take(
        self,
        choice: Choice,
        data: Mapping[str, Any] | None = None,
        *,
        reason: str = "",
    ) -> "Simulation":
        """What comes of the step; `data` answers `choice.fields`.

        Raises `Refused`. An incomplete form of the procedure and a missing reason are let through,
        and the story says so.
        """
        matter, answers = self.matter, data or {}
        if choice.blocked:
            raise Refused(choice.blocked)
        if choice.kind == "time":
            return Simulation(_moved(matter.told("Minął termin."), choice.outcome))
        given = _given(matter, choice, answers)
        if choice.form:
            matter = _answered(matter, choice, answers)
        if choice.needs_reason and not reason.strip():
            matter = matter.told("W prawdziwej sprawie trzeba by podać uzasadnienie.")
        return Simulation(_pressed(matter, choice, given, answers, reason))


def _reference(procedure: Procedure) -> date | None:
    """The day that the call fixes; None also for one that is no day."""
    try:
        return date.fromisoformat(procedure.limits.reference_day)
    except ValueError:
        return None


def _given(matter: Matter, choice: Choice, data: Mapping[str, Any]) -> Mapping[str, Any]:
    if choice.demanded is None:
        return {}
    asked = forms.read(dict(choice.demanded))
    projection = filling.project(asked, data, matter.surroundings(asked, data))
    if projection.errors:
        raise Refused("Popraw wskazane pola.", projection.errors)
    return projection.submitted()


def _answered(matter: Matter, choice: Choice, answers: Mapping[str, Any]) -> Matter:
    if matter.stage is None:
        return matter
    form = matter.definition(matter.stage, choice.form)
    if form is None:
        return matter.told("Formularz tego etapu nie jest jeszcze opublikowany.")
    is_applicants = matter.is_applicants(matter.stage, choice.form)
    whose = APPLICANTS if is_applicants else matter.stage.key
    theirs = {key: value for key, value in answers.items() if key in form.by_key}
    kept = {**matter.answers.get(whose, {}), **theirs}
    projection = filling.project(form, kept, matter.surroundings(form, kept))
    matter = replace(matter, answers={**matter.answers, whose: kept})
    if not projection.errors:
        return matter
    return matter.told(
        "Formularz nie jest wypełniony poprawnie: prawdziwą sprawę trzeba by najpierw uzupełnić."
    )


def _pressed(
    matter: Matter,
    choice: Choice,
    given: Mapping[str, Any],
    answers: Mapping[str, Any],
    reason: str,
) -> Matter:
    stage, kind, state = matter.stage, matter.kind, matter.state
    if stage is None or kind is None or state is None:
        raise Refused("Sprawa nie stoi w żadnym etapie.")
    now = matter.now(state)
    press = press_of(matter, choice, now, data=given, reason=reason, answers=answers)
    try:
        settled = kind.settles(now, press)
    except kinds.NotPossible as refusal:
        raise Refused(str(refusal)) from refusal
    now = kinds.after(now, press, settled)
    told = telling.pressed(choice.who.name, choice.label, settled, reason)
    facts = {**matter.facts, stage.key: now.facts}
    granted = reduce(granted_after, settled.changes, matter.granted)
    matter = replace(matter, state=now, facts=facts, granted=granted).told(*told)
    if settled.outcome and choice.who.function != APPLICANT:
        took_part = {choice.who.id, *(one.who for one in now.ballots)}
        took_part |= {one.who for one in now.scores}
        matter = replace(matter, deciders=(*matter.deciders, frozenset(took_part)))
    return _moved(matter, settled.outcome) if settled.outcome else _reinforced(matter)


def _moved(matter: Matter, outcome: str) -> Matter:
    way = matter.way(outcome)
    if way is None:
        return matter.told("Żadne przejście nie pasuje do tego wyniku: sprawa utknęła.")
    matter = matter.told(*telling.effects(way, matter.procedure))
    target = matter.procedure.stage_by_key.get(way.target)
    if target is None:
        return matter.told(f"Nie ma etapu „{way.target}”: sprawa utknęła.")
    return _entered(matter, target)


def _entered(matter: Matter, stage: Stage) -> Matter:
    authors = frozenset(one.id for one in matter.players(APPLICANT))
    state = kinds.State(stage=stage, authors=authors)
    rounds = {**matter.rounds, stage.key: matter.rounds.get(stage.key, 0) + 1}
    facts = {**matter.facts, stage.key: {}}
    matter = replace(matter, state=state, rounds=rounds, facts=facts)
    kind = matter.kind
    if kind is None:
        return matter.told(*telling.entered(matter.procedure, stage, ()))
    matter = matter.told(*telling.entered(matter.procedure, stage, kind.waits(matter.now(state))))
    return replace(matter, is_over=True) if kind.ends else _reinforced(matter)


def _reinforced(matter: Matter) -> Matter:
    """With one more person of a function of which nobody present can bring the stage to its end.

    The city would have to bind somebody else; here they are simply there. Whoever has done their
    part may still be able to change it, which alone leads nowhere.
    """
    kind, state = matter.kind, matter.state
    if kind is None or state is None:
        return matter
    waits = [one for one in kind.waits(matter.now(state)) if one.function not in {"", APPLICANT}]
    if is_anybody_free(matter):
        waits = [one for one in waits if _is_done(matter, one)]
    for wait in waits[:1]:
        present = invented.joined(matter.people, wait.function)
        name = matter.procedure.function_name(wait.function)
        return replace(matter, people=present).told(
            "Nikt z obecnych nie ma już nic do zrobienia, więc dochodzi"
            f" {present[-1].name} ({name})."
        )
    return matter


def _is_done(matter: Matter, wait: kinds.Wait) -> bool:
    """Whether everybody of the function has done their part, and more is waited for."""
    return wait.done_by.issuperset(one.id for one in matter.players(wait.function))
