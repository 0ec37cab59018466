"""A faulty draft as far as it can be played: what makes no sense in it counts as not said."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms import definition as forms
from forms import expressions, filling
from procedures import kinds, routing
from procedures.checking.questions import NO_DAY
from procedures.definition import Procedure, Stage, Transition

NEVER = "nie"


def sound(procedure: Procedure) -> Procedure:
    """The same procedure without parameters that are wrong; a wrong condition never holds.

    A procedure that may be published comes back as it is, but for defaults written out.
    """
    return replace(
        procedure,
        stages=tuple(replace(stage, parameters=_parameters(stage)) for stage in procedure.stages),
        transitions=tuple(replace(way, condition=_condition(way)) for way in procedure.transitions),
    )


def _parameters(stage: Stage) -> Mapping[str, Any]:
    if stage.kind not in kinds.KINDS:
        return stage.parameters
    asked = forms.read(kinds.KINDS[stage.kind].parameters)
    projection = filling.project(asked, stage.parameters, NO_DAY)
    wrong = {mistake.path.partition("/")[0] for mistake in projection.errors}
    return {key: value for key, value in projection.submitted().items() if key not in wrong}


def _condition(way: Transition) -> str:
    if not way.condition:
        return ""
    try:
        routing.parsed(way.condition)
    except expressions.Malformed:
        return NEVER
    return way.condition
