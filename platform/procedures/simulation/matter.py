"""An invented matter: where it stands and what is known of it. Frozen; it decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from forms import definition as forms
from forms import filling
from opium.polish import format_money
from procedures import kinds, routing
from procedures.definition import Procedure, Stage, Transition
from procedures.simulation import invented
from procedures.simulation.invented import Invented

UNIT = {
    "name": "Szkoła Podstawowa nr 1",
    "short_name": "SP 1",
    "kind": "szkoła podstawowa",
    "street": "Szkolna 1",
    "postal_code": "00-001",
    "city": "Przykładowo",
}
"""The facts of the invented unit whose matter it is."""
APPLICANTS = ""
"""Whose answers are those to the applicant's form, among those of stages."""


@dataclass(frozen=True)
class Matter:
    procedure: Procedure
    form: forms.Definition | None
    """The applicant's."""
    officers: Mapping[str, forms.Definition]
    """Every form that stages use, by its name there."""
    today: date
    state: kinds.State | None = None
    """None where there is no stage to begin in."""
    people: tuple[Invented, ...] = ()
    rounds: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Stage -> what was answered on its form; `APPLICANTS` -> the applicant's."""
    log: tuple[str, ...] = ()
    is_over: bool = False
    pots: Mapping[str, Decimal] = field(default_factory=dict)
    """Code -> what is left in the pot of the day; a pot that is not there bounds nothing."""
    granted: Decimal = Decimal(0)
    deciders: tuple[frozenset[str], ...] = ()
    """Who took part for the office in each stage that it has left."""
    world: filling.Facts = field(default_factory=lambda: filling.Facts(today=date.min))
    """The city's tables with keys and its school year."""

    @property
    def stage(self) -> Stage | None:
        return None if self.state is None else self.procedure.stage_by_key[self.state.stage.key]

    @property
    def kind(self) -> kinds.StageKind | None:
        return None if self.stage is None else kinds.KINDS.get(self.stage.kind)

    def told(self, *sentences: str) -> "Matter":
        return replace(self, log=(*self.log, *sentences))

    def players(self, function: str) -> list[Invented]:
        return invented.players(self.people, function)

    def now(self, state: kinds.State) -> kinds.State:
        """The state with what does not come of presses: members, the amount asked for."""
        stage = self.procedure.stage_by_key[state.stage.key]
        members: tuple[str, ...] = ()
        if kinds.KINDS[stage.kind].has_members:
            members = tuple(one.id for one in self.players(stage.function))
        return replace(
            state,
            members=members,
            requested=self._requested(stage),
            left=self.pots if kinds.KINDS[stage.kind].draws_on_pots else {},
            granted=self.granted if kinds.KINDS[stage.kind].settles_grants else Decimal(0),
            deciders=self.deciders if kinds.KINDS[stage.kind].looks_back else (),
        )

    def known(self, state: kinds.State) -> kinds.Known:
        sections = () if self.form is None else self.form.sections
        asked = {one.whom: invented.asked(one.whom, is_unit=one.is_unit) for one in state.questions}
        return kinds.Known(
            tuple((section.key, section.title) for section in sections),
            state.questions,
            {whom: person.name for whom, person in asked.items()},
            pots={
                code: f"Pula „{code}”: zostało {format_money(left)}."
                for code, left in self.pots.items()
            },
            granted=state.granted,
        )

    def form_in(self, stage: Stage) -> str:
        """What is filled in here: the stage's own form, else the applicant's where it is theirs."""
        kind = kinds.KINDS[stage.kind]
        if stage.form or not (kind.starts or kind.reopens):
            return stage.form
        return self.procedure.form

    def is_applicants(self, stage: Stage, form: str) -> bool:
        return form == self.procedure.form and not stage.form

    def definition(self, stage: Stage, form: str) -> forms.Definition | None:
        return self.form if self.is_applicants(stage, form) else self.officers.get(form)

    def way(self, outcome: str) -> Transition | None:
        """The way that the matter takes on the outcome, as things stand."""
        if self.stage is None:
            return None
        return routing.way_on(
            self.procedure,
            self.stage.key,
            outcome,
            lambda: self._names,
            self._applicants_surroundings,
        )

    def button(self, stage: Stage, outcome: str) -> tuple[Transition, str] | None:
        """What to press for the outcome, and its label."""
        return routing.button_on(
            self.procedure, stage, outcome, lambda: self._names, self._applicants_surroundings
        )

    def surroundings(
        self, form: forms.Definition | None, answers: Mapping[str, Any]
    ) -> filling.Facts:
        """Every unit that is named is the invented one."""
        named = [
            answers.get(question.key)
            for question in (form.questions() if form is not None else ())
            if question.type == "unit"
        ]
        units = {one: UNIT for one in named if isinstance(one, str)}
        return replace(self.world, today=self.today, unit=UNIT, units=units)

    def number(
        self, form: forms.Definition, answers: Mapping[str, Any], question: str
    ) -> Decimal | None:
        """The answer to a question, where it is a number."""
        projection = filling.project(form, answers, self.surroundings(form, answers))
        value = filling.environment(projection).get((question,))
        return value if isinstance(value, Decimal) else None

    @cached_property
    def _applicants_surroundings(self) -> filling.Facts:
        return self.surroundings(self.form, self.answers.get(APPLICANTS, {}))

    def _requested(self, stage: Stage) -> Decimal | None:
        asked = str(stage.parameters.get("requested") or "")
        if self.form is None or not asked:
            return None
        return self.number(self.form, self.answers.get(APPLICANTS, {}), asked)

    @cached_property
    def _names(self) -> routing.Names:
        application = None
        if self.form is not None:
            application = routing.Filled(self.form, self.answers.get(APPLICANTS, {}))
        officers = {
            one.key: routing.Filled(self.officers[one.form], self.answers.get(one.key, {}))
            for one in self.procedure.stages
            if one.form in self.officers
        }
        rounds = self.rounds.get(self.stage.key, 1) if self.stage else 1
        return routing.names_of(
            self.procedure,
            application=application,
            officers=officers,
            facts=self.facts,
            case={"runda": Decimal(rounds), "jednostka": UNIT["short_name"]},
            surroundings=self._applicants_surroundings,
        )
