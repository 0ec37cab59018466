"""What conditions see, and which way a matter takes; pure, shared by `perform` and the simulator.

A condition sees the questions of the applicant's form by their keys, the questions of an officers'
form as `<stage>.<question>`, what a stage came to as `<stage>.<fact>`, the matter as `sprawa.…`
and its unit as `jednostka.…`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from forms import definition as forms
from forms import expressions, filling
from procedures.definition import Procedure, Stage, Transition
from procedures.kinds import KINDS

CASE = {
    "runda": expressions.Type.NUMBER,
    "jednostka": expressions.Type.TEXT,
}
"""`sprawa.runda`: how many times the matter has been in its stage, from 1; `sprawa.jednostka`:
the short name of its unit."""
Names = Mapping[expressions.Name, expressions.Value]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form and the answers to it."""

    definition: forms.Definition
    answers: Mapping[str, Any]


def scope_of(
    procedure: Procedure,
    form: forms.Definition | None,
    officers: Mapping[str, forms.Definition],
) -> expressions.Scope:
    """Every name that a condition of the procedure may use; `officers`: form -> its definition."""
    scope = forms.UNIT_SCOPE
    scope |= expressions.Scope({("sprawa", name): kind for name, kind in CASE.items()})
    if form is not None:
        scope |= forms.scope_of(form)
    for stage in procedure.stages:
        known = officers.get(stage.form)
        if known is not None and has_one_sheet(stage):
            scope |= forms.scope_of(known).under(stage.key)
        if stage.kind in KINDS:
            scope |= forms.scope_of(facts_form(stage.kind)).under(stage.key)
    return scope


def names_of(
    procedure: Procedure,
    *,
    application: Filled | None,
    officers: Mapping[str, Filled],
    facts: Mapping[str, Mapping[str, Any]],
    case: Mapping[str, expressions.Value],
    surroundings: filling.Facts,
) -> Names:
    """The value of every name: stage -> the officers' answers, stage -> its facts (JSON shapes)."""
    names: dict[expressions.Name, expressions.Value] = {
        ("sprawa", name): value for name, value in case.items()
    }
    if application is not None:
        names.update(_values(application, surroundings))
    for stage in procedure.stages:
        filled = officers.get(stage.key)
        if filled is not None and has_one_sheet(stage):
            names.update(_values(filled, surroundings, prefix=stage.key))
        if stage.key in facts and stage.kind in KINDS:
            known = Filled(facts_form(stage.kind), facts[stage.key])
            names.update(_values(known, surroundings, prefix=stage.key))
    return names


def way_on(
    procedure: Procedure,
    stage: str,
    outcome: str,
    names: Callable[[], Names],
    surroundings: filling.Facts,
) -> Transition | None:
    """The first way on the outcome whose condition holds; None where there is none.

    `names` is called only where a condition has to be asked.
    """
    known: Names | None = None
    for way in procedure.ways_from(stage, outcome):
        if not way.condition:
            return way
        known = names() if known is None else known
        if expressions.holds(parsed(way.condition), known, surroundings):
            return way
    return None


def button_on(
    procedure: Procedure,
    stage: Stage,
    outcome: str,
    names: Callable[[], Names],
    surroundings: filling.Facts,
) -> tuple[Transition, str] | None:
    """What to press for the outcome, and what to write on it; None where no way leaves on it.

    Where only the press itself tells which of several ways it will be, the button says the outcome
    and promises none of them.
    """
    ways = procedure.ways_from(stage.key, outcome)
    if not ways:
        return None
    if is_told_by_the_press(procedure, stage, outcome):
        label = KINDS[stage.kind].outcomes[outcome].label
        return ways[-1], label[:1].upper() + label[1:]
    way = way_on(procedure, stage.key, outcome, names, surroundings) or ways[-1]
    return way, way.label


def is_told_by_the_press(procedure: Procedure, stage: Stage, outcome: str) -> bool:
    """Whether there are several ways, and a condition reads what this very stage comes to."""
    ways = procedure.ways_from(stage.key, outcome)
    read = {name[0] for way in ways if way.condition for name in parsed(way.condition).names}
    return len(ways) > 1 and stage.key in read


def well_ahead(procedure: Procedure, stage: str) -> frozenset[str]:
    """The stages that a matter comes to from there as long as nothing goes wrong.

    No way leads there that is drawn as a bad one, or that a bad outcome takes.
    """
    found: set[str] = set()
    waiting = [stage]
    while waiting:
        for way in procedure.ways_from(waiting.pop()):
            if way.target not in found and not _goes_wrong(procedure, way):
                found.add(way.target)
                waiting.append(way.target)
    return frozenset(found)


def _goes_wrong(procedure: Procedure, way: Transition) -> bool:
    if way.tone != "neutral":
        return way.tone == "negative"
    left = procedure.stage_by_key.get(way.source)
    kind = KINDS.get(left.kind) if left is not None else None
    outcome = kind.outcomes.get(way.outcome) if kind is not None else None
    return outcome is not None and outcome.is_positive is False


def has_one_sheet(stage: Stage) -> bool:
    """Whether the stage has one sheet; where each member has their own, no name can mean it."""
    return bool(stage.form) and not (stage.kind in KINDS and KINDS[stage.kind].has_members)


def rules_of(procedure: Procedure) -> tuple[expressions.Expression, ...]:
    """Its conditions and days, which may look up tables; what makes no sense is none."""
    days = (stage.deadline.until for stage in procedure.stages if stage.deadline is not None)
    return tuple(_understood([*(way.condition for way in procedure.transitions), *days]))


def _understood(texts: Iterable[str]) -> Iterator[expressions.Expression]:
    for text in filter(None, texts):
        try:
            yield parsed(text)
        except expressions.Malformed:
            continue


@lru_cache(maxsize=2048)
def parsed(text: str) -> expressions.Expression:
    """Raises `forms.expressions.Malformed`; a published procedure has no such text."""
    return expressions.parse(text)


@lru_cache(maxsize=64)
def facts_form(kind: str) -> forms.Definition:
    """What a stage of the kind comes to, as a form, so that forms types and converts it."""
    questions = [
        {"key": fact, "type": type_of_question, "label": fact}
        for fact, type_of_question in KINDS[kind].facts.items()
    ]
    section = {"key": "wynik_etapu", "title": "Wynik", "questions": questions}
    return forms.read({"format": 1, "title": "Wynik etapu", "sections": [section]})


def _values(filled: Filled, surroundings: filling.Facts, prefix: str = "") -> Names:
    projection = filling.project(filled.definition, filled.answers, surroundings)
    return filling.environment(projection, prefix=prefix)
