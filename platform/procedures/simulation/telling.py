"""The story of a simulation in sentences."""

from collections.abc import Iterator

from opium.polish import plural
from procedures.definition import Deadline, Procedure, Stage, Transition
from procedures.kinds import KINDS, Settlement, Wait
from procedures.kinds.closing import MEANINGS


def entered(procedure: Procedure, stage: Stage, waits: tuple[Wait, ...]) -> Iterator[str]:
    kind = KINDS.get(stage.kind)
    if kind is None:
        yield f"Etap „{stage.name}”: nie ma rodzaju „{stage.kind}”, więc sprawa utknęła."
        return
    if kind.ends:
        meaning = MEANINGS.get(kind.meaning(stage), "")
        yield f"Etap „{stage.name}”: sprawa się kończy ({meaning})."
        return
    whom = ", ".join(dict.fromkeys(_whom(procedure, wait) for wait in waits))
    yield f"Etap „{stage.name}” ({kind.label.lower()}). Kolej na: {whom or 'nikogo'}."
    if stage.deadline is not None:
        yield f"Termin: {deadline(stage.deadline)}."


def _whom(procedure: Procedure, wait: Wait) -> str:
    if wait.function:
        return procedure.function_name(wait.function).lower()
    return "zapytana jednostka" if wait.unit else "zapytana osoba"


def deadline(given: Deadline) -> str:
    """As people say it: „7 dni roboczych, najpóźniej …”."""
    parts = []
    if given.days is not None:
        days = plural(given.days, "dzień", "dni", "dni")
        kind = "roboczych" if given.days != 1 else "roboczy"
        calendar = "kalendarzowych" if given.days != 1 else "kalendarzowy"
        parts.append(f"{days} {kind if given.counted == 'working' else calendar}")
    if given.until:
        parts.append(f"najpóźniej {given.until}" if parts else f"do {given.until}")
    return ", ".join(parts) or "nieokreślony"


def pressed(name: str, label: str, settlement: Settlement, reason: str) -> Iterator[str]:
    because = f" Uzasadnienie: {reason}" if reason else ""
    yield f"{name}: „{label}”.{because}"
    if not settlement.outcome:
        yield "Etap trwa dalej."


def effects(way: Transition, procedure: Procedure) -> Iterator[str]:
    for effect in way.effects:
        given = effect.parameters
        if effect.kind == "letter":
            yield f"Powstaje pismo ze wzoru „{given.get('template', '')}”."
        elif effect.kind == "notify":
            who = procedure.function_name(str(given.get("who", ""))).lower()
            yield f"Powiadomienie dostaje {who}: {given.get('sentence', '')}"
        else:
            yield f"Skutek: {effect.kind}."
