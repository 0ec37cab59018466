"""Where running matters would stand when their procedure changes; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from procedures.definition import Procedure, Stage


class Fate(StrEnum):
    STAYS = "stays"
    """The stage is still there, of the same kind: the matter goes on as it stands."""
    MOVES = "moves"
    """The matter enters another stage anew."""
    LOST = "lost"
    """Nobody has said where it should stand."""


@dataclass(frozen=True, slots=True)
class Place:
    stage: str
    """The key in the old revision."""
    name: str
    fate: Fate
    target: str | None
    """The key in the new revision; None where it is lost."""
    sentence: str


def plan(
    old: Procedure, new: Procedure, mapping: Mapping[str, str] | None = None
) -> dict[str, Place]:
    """What becomes of a matter in each stage of the old revision; every stage has its answer.

    `mapping` (old key -> new key) goes before the proposal. Without it a stage stays where the
    new revision has one of the same key and kind; a renamed one is proposed where exactly one
    stage of the new revision has its name and kind.
    """
    chosen = mapping or {}
    return {
        stage.key: _place(stage, new.stage_by_key.get(chosen.get(stage.key) or _likely(stage, new)))
        for stage in old.stages
    }


def _likely(stage: Stage, new: Procedure) -> str:
    same = new.stage_by_key.get(stage.key)
    if same is not None and same.kind == stage.kind:
        return same.key
    named = [one.key for one in new.stages if (one.name, one.kind) == (stage.name, stage.kind)]
    return named[0] if len(named) == 1 else ""


def _place(stage: Stage, target: Stage | None) -> Place:
    if target is None:
        sentence = f"W nowym wydaniu nie ma etapu „{stage.name}”. Wskaż, dokąd przenieść sprawy."
        return Place(stage.key, stage.name, Fate.LOST, None, sentence)
    if (target.key, target.kind) == (stage.key, stage.kind):
        sentence = f"Sprawy pozostaną w etapie „{target.name}”."
        return Place(stage.key, stage.name, Fate.STAYS, target.key, sentence)
    sentence = f"Sprawy z etapu „{stage.name}” rozpoczną etap „{target.name}”."
    return Place(stage.key, stage.name, Fate.MOVES, target.key, sentence)
