from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Applicant = Literal["unit", "person", "office"]
"""Whose matters they are: a unit's, a person's, or the office's own."""
APPLICANT = "applicant"
CHAIR = "chair"
"""The part of whoever leads a panel, as `kinds.CHAIR`."""
"""The function of a stage in which whoever has the matter acts."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When and how often a matter may be opened; each is an expression, "" for no limit."""

    per_unit: str = ""
    """A number: how many matters of this procedure one unit may have."""
    opens_at: str = ""
    """`2026-11-15` or `2026-11-15T08:00:00`, Polish time; a bare day begins at midnight."""
    closes_at: str = ""
    """As `opens_at`; a bare day closes with its last second."""
    reference_day: str = ""
    """The day that the forms reckon from, such as `2026-09-01`; "" for that of submission."""
    test_of_overdue: str = ""
    """Yes or no: whether the unit is refused, such as `sprawy.zalegle > 0`."""


@dataclass(frozen=True, slots=True)
class Function:
    """A part that people play in the procedure; the city says who (`accounts.Function.code`)."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a stage waits, and whom it reminds on the way."""

    days: int | None = None
    counted: Literal["calendar", "working"] = "calendar"
    until: str = ""
    """A day, as an expression; with `days` too, the earlier of the two."""
    pauses: bool = False
    """Whether the clock stands while the matter waits for the other side."""
    remind_before: tuple[int, ...] = ()
    """Days before the deadline."""
    remind_after: tuple[int, ...] = ()
    """Days after it."""
    escalate_to: str = ""
    """The function that is told when nobody acts; "" for nobody."""
    escalate_after: int | None = None
    """Days after the deadline."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a transition does besides moving: `letter`, `notify`, a module's `<module>.<verb>`."""

    kind: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    key: str
    kind: str
    """The code of a kind of `procedures.kinds`."""
    name: str
    public_name: str = ""
    """What the applicant sees; "" for the name itself."""
    function: str = ""
    """Who acts: the key of a function, `APPLICANT`, or "" where nobody does."""
    form: str = ""
    """The officers' form: its key in the catalogue, its id in a city."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Answers to the questions of the kind's `parameters`."""
    deadline: Deadline | None = None
    visible_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Function key or `APPLICANT` -> what of this stage they see."""
    letters: tuple[str, ...] = ()
    """Templates of letters that may be made here."""
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from a stage, taken on an outcome of its kind; its label is the button."""

    key: str
    """Unique among those that leave the same stage."""
    source: str
    target: str
    outcome: str
    label: str
    tone: Literal["neutral", "positive", "negative"] = "neutral"
    condition: str = ""
    """Of the ways on one outcome the first whose condition holds is taken; "" always holds."""
    reason: Literal["none", "optional", "required"] = "none"
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Procedure:
    name: str
    description: str = ""
    noun: str = "sprawa"
    form: str = ""
    """The applicants' form: its key in the catalogue, its id in a city; "" for none."""
    applicant: Applicant = "unit"
    class_symbol: str = ""
    """The class of the city's file plan, from which the matters' signs are made."""
    limits: Limits = field(default_factory=Limits)
    functions: tuple[Function, ...] = ()
    stages: tuple[Stage, ...] = ()
    transitions: tuple[Transition, ...] = ()
    sources: tuple[str, ...] = ()
    """Where its facts come from, and how sure they are."""

    @cached_property
    def stage_by_key(self) -> Mapping[str, Stage]:
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def _ways(self) -> Mapping[str, tuple[Transition, ...]]:
        found: dict[str, tuple[Transition, ...]] = {}
        for transition in self.transitions:
            found[transition.source] = (*found.get(transition.source, ()), transition)
        return found

    def ways_from(self, stage: str, outcome: str | None = None) -> tuple[Transition, ...]:
        """The transitions that leave the stage (on the outcome), in the order of their trial."""
        ways = self._ways.get(stage, ())
        return ways if outcome is None else tuple(one for one in ways if one.outcome == outcome)

    def way(self, stage: str, key: str) -> Transition | None:
        return next((one for one in self.ways_from(stage) if one.key == key), None)

    def function_name(self, key: str) -> str:
        """As people call it; the key itself where the procedure does not name it."""
        if key == APPLICANT:
            return "Wnioskodawca"
        if key == CHAIR:
            return "Przewodnictwo komisji"
        return next((one.name for one in self.functions if one.key == key), key)
