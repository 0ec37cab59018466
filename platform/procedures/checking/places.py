"""Where in the document a fault is, for the machine and for a person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from procedures.definition import APPLICANT, Fault, Procedure, Stage, Transition
from procedures.kinds import KINDS, StageKind


@dataclass(frozen=True)
class Checked:
    """A procedure beside the kinds of its stages."""

    procedure: Procedure
    bound: Mapping[str, bool] | None = None
    """Function -> whether anybody plays it; None where nobody can know yet."""

    @cached_property
    def kinds(self) -> dict[str, StageKind]:
        """Stage -> its kind, where code knows it."""
        stages = self.procedure.stages
        return {stage.key: KINDS[stage.kind] for stage in stages if stage.kind in KINDS}

    @cached_property
    def functions(self) -> frozenset[str]:
        """Every function that a stage may name."""
        return frozenset({APPLICANT, *(one.key for one in self.procedure.functions)})

    def known_stages(self) -> Iterator[tuple[Stage, StageKind]]:
        for stage in self.procedure.stages:
            if stage.key in self.kinds:
                yield stage, self.kinds[stage.key]

    @cached_property
    def start(self) -> Stage | None:
        """Where a matter begins: the one submission, else the first stage of an office's own."""
        starts = [stage for stage, kind in self.known_stages() if kind.starts]
        if not starts and self.procedure.applicant == "office":
            return next(iter(self.procedure.stages), None)
        return starts[0] if len(starts) == 1 else None

    def at_stage(self, stage: Stage, member: str, sentence: str, title: str = "") -> Fault:
        index = self.procedure.stages.index(stage)
        where = " › ".join(part for part in (f"Etap „{stage.name}”", title) if part)
        path = "/".join(part for part in (f"stages/{index}", member) if part)
        return Fault(path, where, sentence, stage.key)

    def at_way(self, way: Transition, member: str, sentence: str) -> Fault:
        index = self.procedure.transitions.index(way)
        stage = self.procedure.stage_by_key.get(way.source)
        where = f"Przejście „{way.label}”"
        if stage is not None:
            where = f"Etap „{stage.name}” › {where}"
        return Fault(f"transitions/{index}/{member}", where, sentence, way.source)

    def names(self, keys: Iterable[str]) -> str:
        """The stages as people call them: „Ocena”, „Decyzja”."""
        stages = self.procedure.stage_by_key
        return ", ".join(f"„{stages[key].name if key in stages else key}”" for key in keys)
