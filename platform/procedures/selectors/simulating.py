"""Playing a draft through with invented people; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from budget import selectors as budget
from forms import filling
from forms import selectors as forms
from forms.expressions import SchoolYear
from opium.errors import FieldError
from opium.permissions import Actor, require
from procedures.definition import Fault, Unreadable, read
from procedures.definition import Procedure as Definition
from procedures.errors import StepRefused
from procedures.kinds.registry import pots_of
from procedures.models import Procedure
from procedures.permissions import Permission
from procedures.routing import rules_of
from procedures.selectors.checking import FormsUsed, faults_of, forms_used
from procedures.simulation import Choice, Refused, Simulation


@dataclass(frozen=True, slots=True)
class Step:
    """A button, and who presses it: as the simulation names them."""

    action: str
    who: str
    data: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the steps lead, and what would keep the procedure from being published."""

    simulation: Simulation | None
    """None for a draft that cannot be read."""
    faults: Sequence[Fault]


def walk(
    actor: Actor,
    procedure: Procedure,
    *,
    steps: Sequence[Step],
    draft: Mapping[str, Any] | None = None,
) -> Walk:
    """Take the steps from the beginning, on the draft given or on the one that is kept.

    A draft with faults is played as far as it goes. Raises `StepRefused` for the first step that
    cannot be taken, `MissingPermission`.
    """
    require(actor, Permission.MANAGE_PROCEDURES, procedure)
    try:
        definition = read(procedure.draft if draft is None else draft)
    except Unreadable as unreadable:
        return Walk(None, unreadable.faults)
    used = forms_used(definition)
    simulation = Simulation.begin(
        definition,
        used.applicants,
        used.officers,
        today=timezone.localdate(),
        pots=_pots(definition),
        world=_world(definition, used),
    )
    for number, step in enumerate(steps, start=1):
        simulation = _taken(simulation, number, step)
    return Walk(simulation, faults_of(definition, used))


def _world(definition: Definition, used: FormsUsed) -> filling.Facts:
    """The tables with keys that the forms and the conditions look up, and the school year."""
    asked = [forms.Answered.nothing(rules_of(definition))]
    known = [one for one in (used.applicants, *used.officers.values()) if one is not None]
    asked += [forms.Answered(one, {}, None) for one in known]
    first, *others = forms.facts_of_many(asked)
    grids = dict(first.grids)
    for one in others:
        grids.update(one.grids)
    school = next((one.school for one in (first, *others) if one.school != SchoolYear()), None)
    return replace(first, grids=grids, school=school or SchoolYear())


def _pots(definition: Definition) -> dict[str, Decimal]:
    """Code -> what is left of this year's pot, of those that the stages name; two queries."""
    codes = [code for stage in definition.stages for code in pots_of(stage)]
    pots = budget.pots_of_year(codes, timezone.localdate().year) if codes else {}
    left = budget.left_in([pot.pk for pot in pots.values()]) if pots else {}
    return {code: left[pot.pk] for code, pot in pots.items()}


def _taken(simulation: Simulation, number: int, step: Step) -> Simulation:
    try:
        return simulation.take(_chosen(simulation, step), step.data, reason=step.reason)
    except Refused as refusal:
        errors = [FieldError(f"data.{one.path}", one.sentence) for one in refusal.mistakes]
        raise StepRefused(number=number, sentence=refusal, errors=errors) from refusal


def _chosen(simulation: Simulation, step: Step) -> Choice:
    """Any transition of the stage presses its outcome, whichever of them is drawn."""
    matter = simulation.matter
    way = None if matter.stage is None else matter.procedure.way(matter.stage.key, step.action)
    wanted = step.action if way is None else way.outcome
    for choice in simulation.choices():
        if choice.who.name == step.who and step.action == choice.action:
            return choice
    for choice in simulation.choices():
        if choice.who.name == step.who and wanted == choice.outcome:
            return choice
    raise Refused(f"{step.who} nie ma teraz takiej czynności do wykonania.")
