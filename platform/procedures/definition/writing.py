from dataclasses import asdict
from typing import Any

from procedures.definition.nouns import Procedure, Stage, Transition
from procedures.definition.understanding import FORMAT


def write(procedure: Procedure) -> dict[str, Any]:
    """The document of the procedure, every member written out; a fresh one, safe to change."""
    return {
        "format": FORMAT,
        "name": procedure.name,
        "description": procedure.description,
        "noun": procedure.noun,
        "form": procedure.form,
        "applicant": procedure.applicant,
        "class": procedure.class_symbol,
        "limits": asdict(procedure.limits),
        "functions": [asdict(function) for function in procedure.functions],
        "stages": [_stage(stage) for stage in procedure.stages],
        "transitions": [_transition(transition) for transition in procedure.transitions],
        "sources": list(procedure.sources),
    }


def _stage(stage: Stage) -> dict[str, Any]:
    written = asdict(stage)
    written["visible_to"] = {who: list(parts) for who, parts in stage.visible_to.items()}
    written["letters"] = list(stage.letters)
    if stage.deadline is not None:
        written["deadline"]["remind_before"] = list(stage.deadline.remind_before)
        written["deadline"]["remind_after"] = list(stage.deadline.remind_after)
    return written


def _transition(transition: Transition) -> dict[str, Any]:
    return {
        "key": transition.key,
        "from": transition.source,
        "to": transition.target,
        "on": transition.outcome,
        "label": transition.label,
        "tone": transition.tone,
        "condition": transition.condition,
        "reason": transition.reason,
        "effects": [{"kind": one.kind, **one.parameters} for one in transition.effects],
    }
