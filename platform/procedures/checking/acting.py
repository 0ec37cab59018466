"""Whether somebody may act in every stage: functions named, known and bound."""

from collections.abc import Iterator

from procedures.checking.places import Checked
from procedures.definition import APPLICANT, Fault, Stage
from procedures.kinds import ASKED, StageKind

VISIBLE = frozenset({"stage", "form", "letters", "opinions", "scores", "reasons", "facts"})
"""What of a stage others may be let see."""


def check_acting(checked: Checked) -> Iterator[Fault]:
    for stage in checked.procedure.stages:
        yield from _visibility(checked, stage)
        yield from _deadline(checked, stage)
    for stage, kind in checked.known_stages():
        if not kind.ends:
            yield from _actors(checked, stage, kind)
        elif stage.function:
            sentence = "Ten etap zamyka sprawę, więc nikt w nim nie działa. Usuń jego funkcję."
            yield checked.at_stage(stage, "function", sentence, "Kto działa")


def _actors(checked: Checked, stage: Stage, kind: StageKind) -> Iterator[Fault]:
    pressers = _pressers(stage, kind)
    if not _may_end(stage, kind):
        sentence = "W tym etapie nikt nie może działać. Wskaż funkcję, która go prowadzi."
        yield checked.at_stage(stage, "function", sentence, "Kto działa")
        return
    for function in dict.fromkeys([stage.function, *pressers]):
        member = "function" if function == stage.function else "parameters"
        if function == APPLICANT and not kind.may_be_applicants:
            sentence = (
                f"W etapie rodzaju „{kind.label}” nie działa wnioskodawca. Wskaż inną funkcję."
            )
            yield checked.at_stage(stage, member, sentence, "Kto działa")
        elif function:
            yield from _function(checked, stage, function, member=member, title="Kto działa")


def _may_end(stage: Stage, kind: StageKind) -> bool:
    """Whether each outcome that people bring has somebody to bring it."""
    codes = [code for code, outcome in kind.outcomes.items() if not outcome.is_automatic]
    return all(any(kind.pressed_by(stage, code)) for code in codes)


def _pressers(stage: Stage, kind: StageKind) -> list[str]:
    """Every function that something in the stage depends on, besides its own."""
    codes = (*kind.outcomes, *kind.acts)
    named = [function for code in codes for function in kind.pressed_by(stage, code)]
    wanted = [*named, *_in_parameters(stage, kind)]
    return [one for one in dict.fromkeys(wanted) if one not in {ASKED, stage.function}]


def _in_parameters(stage: Stage, kind: StageKind) -> Iterator[str]:
    for place in kind.functions_in:
        name, _, column = place.partition(".")
        value = stage.parameters.get(name)
        if isinstance(value, str) and not column:
            yield value
        elif isinstance(value, list) and column:
            rows = [row for row in value if isinstance(row, dict)]
            yield from (row[column] for row in rows if isinstance(row.get(column), str))


def _function(
    checked: Checked, stage: Stage, function: str, *, member: str, title: str
) -> Iterator[Fault]:
    bound = checked.bound
    if function not in checked.functions:
        sentence = f"Procedura nie ma funkcji „{function}”. Dodaj ją albo wskaż inną."
        yield checked.at_stage(stage, member, sentence, title)
    elif bound is not None and function != APPLICANT and not bound.get(function, False):
        sentence = (
            "Nikt z prawem „Prowadzenie spraw” nie pełni funkcji "
            f"„{checked.procedure.function_name(function)}” (kod: {function}). "
            "Przypisz jej osobę albo rolę, która ma to prawo."
        )
        yield checked.at_stage(stage, member, sentence, title)


def _deadline(checked: Checked, stage: Stage) -> Iterator[Fault]:
    deadline = stage.deadline
    if deadline is None:
        return
    if deadline.days is None and not deadline.until:
        sentence = "Termin nie mówi, do kiedy: podaj liczbę dni albo dzień, albo go usuń."
        yield checked.at_stage(stage, "deadline", sentence, "Termin")
    if deadline.escalate_to:
        member = "deadline/escalate_to"
        yield from _function(checked, stage, deadline.escalate_to, member=member, title="Termin")


def _visibility(checked: Checked, stage: Stage) -> Iterator[Fault]:
    for who, parts in stage.visible_to.items():
        if who not in checked.functions:
            sentence = f"Procedura nie ma funkcji „{who}”. Dodaj ją albo wskaż inną."
            yield checked.at_stage(stage, f"visible_to/{who}", sentence, "Widoczność")
        for part in parts:
            if part not in VISIBLE:
                sentence = f"Nie ma części „{part}”. Wybierz z: {', '.join(sorted(VISIBLE))}."
                yield checked.at_stage(stage, f"visible_to/{who}", sentence, "Widoczność")
