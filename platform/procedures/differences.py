"""What changed between two procedures, in words; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from procedures.definition import Deadline, Function, Limits, Procedure, Stage, Transition

ChangeKind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    path: str
    """`stages/<key>/deadline`, `transitions/<from>/<key>`, `functions/<key>`, `limits/opens_at`."""
    label: str
    """What changed, as people call it."""
    sentence: str
    stage: str = ""
    """The key of the stage that it is about, in the revision that has it."""


def compare(old: Procedure, new: Procedure) -> list[Change]:
    """Every difference that a person would notice; [] exactly where there is none.

    Where stages lie on the board (`x`, `y`) is no difference.
    """
    return [
        *_whole(old, new),
        *_limits(old.limits, new.limits),
        *_functions(old.functions, new.functions),
        *_stages(old, new),
        *_transitions(old, new),
    ]


WHOLE = {
    "name": "Nazwa procedury",
    "description": "Opis procedury",
    "noun": "Nazwa jednej sprawy",
    "form": "Formularz wnioskodawcy",
    "applicant": "Rodzaj wnioskodawcy",
    "class_symbol": "Klasa z wykazu akt",
    "sources": "Uwagi o źródłach",
}
LIMITS = {
    "per_unit": "Liczba spraw jednej jednostki",
    "opens_at": "Początek naboru",
    "closes_at": "Koniec naboru",
    "reference_day": "Dzień odniesienia",
    "test_of_overdue": "Warunek zaległości",
}
STAGE = {
    "kind": "rodzaj",
    "name": "nazwa",
    "public_name": "nazwa dla wnioskodawcy",
    "function": "kto działa",
    "form": "formularz urzędu",
    "parameters": "ustawienia",
    "visible_to": "widoczność",
    "letters": "wzory pism",
}
DEADLINE = {
    "days": "liczba dni",
    "counted": "sposób liczenia dni",
    "until": "dzień",
    "pauses": "wstrzymywanie",
    "remind_before": "przypomnienia przed terminem",
    "remind_after": "przypomnienia po terminie",
    "escalate_to": "kogo zawiadomić o bezczynności",
    "escalate_after": "kiedy zawiadomić o bezczynności",
}
TRANSITION = {
    "target": "dokąd prowadzi",
    "outcome": "wynik etapu",
    "label": "nazwa przycisku",
    "tone": "znaczenie",
    "condition": "warunek",
    "reason": "uzasadnienie",
    "effects": "skutki",
}
WORDS: dict[Any, str] = {
    "unit": "jednostka",
    "person": "osoba",
    "office": "urząd",
    "calendar": "dni kalendarzowe",
    "working": "dni robocze",
    "neutral": "obojętne",
    "positive": "pozytywne",
    "negative": "negatywne",
    "none": "bez uzasadnienia",
    "optional": "uzasadnienie dobrowolne",
    "required": "uzasadnienie wymagane",
    True: "tak",
    False: "nie",
}
CODED = {"applicant", "counted", "tone", "reason", "pauses"}
UNTOLD = {"description", "form", "sources", "parameters", "visible_to", "letters", "effects"}
"""Members whose value says nothing to a reader, or too much: only that they changed is told."""


def _whole(old: Procedure, new: Procedure) -> Iterator[Change]:
    for member, label in WHOLE.items():
        before, after = getattr(old, member), getattr(new, member)
        if before != after:
            yield Change("changed", member, label, f"{label}: {_turned(member, before, after)}.")


def _limits(old: Limits, new: Limits) -> Iterator[Change]:
    for member, label in LIMITS.items():
        before, after = getattr(old, member), getattr(new, member)
        if before != after:
            sentence = f"{label}: {_turned(member, before, after)}."
            yield Change("changed", f"limits/{member}", label, sentence)


def _functions(old: Sequence[Function], new: Sequence[Function]) -> Iterator[Change]:
    before, after = ({one.key: one.name for one in functions} for functions in (old, new))
    for key, name in before.items():
        label, path = f"Funkcja „{name}”", f"functions/{key}"
        if key not in after:
            yield Change("removed", path, label, f"Usunięto funkcję „{name}”.")
        elif after[key] != name:
            sentence = f"Funkcja „{name}” nazywa się teraz „{after[key]}”."
            yield Change("changed", path, label, sentence)
    for key in (key for key in after if key not in before):
        sentence = f"Dodano funkcję „{after[key]}”."
        yield Change("added", f"functions/{key}", f"Funkcja „{after[key]}”", sentence)
    if _order(before, after) != _order(after, before):
        yield Change("moved", "functions", "Funkcje", "Zmieniono kolejność funkcji.")


def _stages(old: Procedure, new: Procedure) -> Iterator[Change]:
    before, after = old.stage_by_key, new.stage_by_key
    for key, stage in before.items():
        if key not in after:
            sentence = f"Usunięto etap „{stage.name}”."
            yield Change("removed", f"stages/{key}", f"Etap „{stage.name}”", sentence, key)
        else:
            yield from _stage(stage, after[key])
    for key, stage in after.items():
        if key not in before:
            sentence = f"Dodano etap „{stage.name}”."
            yield Change("added", f"stages/{key}", f"Etap „{stage.name}”", sentence, key)
    if _order(before, after) != _order(after, before):
        yield Change("moved", "stages", "Etapy", "Zmieniono kolejność etapów.")


def _stage(old: Stage, new: Stage) -> Iterator[Change]:
    label = f"Etap „{old.name}”"
    for member, word in STAGE.items():
        before, after = getattr(old, member), getattr(new, member)
        if before != after:
            sentence = f"{label}: {word}: {_turned(member, before, after)}."
            yield Change("changed", f"stages/{old.key}/{member}", label, sentence, old.key)
    if old.deadline != new.deadline:
        path = f"stages/{old.key}/deadline"
        for sentence in _deadline(old.deadline, new.deadline):
            yield Change("changed", path, label, f"{label}: {sentence}", old.key)


def _deadline(old: Deadline | None, new: Deadline | None) -> Iterator[str]:
    if old is None:
        yield "dodano termin."
        return
    if new is None:
        yield "usunięto termin."
        return
    for member, word in DEADLINE.items():
        before, after = getattr(old, member), getattr(new, member)
        if before != after:
            yield f"termin: {word}: {_turned(member, before, after)}."


def _transitions(old: Procedure, new: Procedure) -> Iterator[Change]:
    before, after = _ways(old), _ways(new)
    for name, way in before.items():
        if name not in after:
            yield _about(way, "removed", f"{_from(old, way)}: usunięto przejście „{way.label}”.")
        else:
            yield from _transition(old, new, way, after[name])
    for name, way in after.items():
        if name not in before:
            yield _about(way, "added", f"{_from(new, way)}: dodano przejście „{way.label}”.")
    if _order(before, after) != _order(after, before):
        sentence = "Zmieniono kolejność, w której sprawdza się przejścia."
        yield Change("moved", "transitions", "Przejścia", sentence)


def _transition(
    old: Procedure, new: Procedure, way: Transition, changed: Transition
) -> Iterator[Change]:
    for member, word in TRANSITION.items():
        before, after = getattr(way, member), getattr(changed, member)
        if before != after:
            if member == "target":
                before, after = _stage_name(old, before), _stage_name(new, after)
            turned = _turned(member, before, after)
            sentence = f"{_from(old, way)}: przejście „{way.label}”: {word}: {turned}."
            yield replace(_about(way, "changed", sentence), path=f"{_path(way)}/{member}")


def _ways(procedure: Procedure) -> dict[tuple[str, str], Transition]:
    return {(way.source, way.key): way for way in procedure.transitions}


def _about(way: Transition, kind: ChangeKind, sentence: str) -> Change:
    return Change(kind, _path(way), f"Przejście „{way.label}”", sentence, way.source)


def _path(way: Transition) -> str:
    return f"transitions/{way.source}/{way.key}"


def _from(procedure: Procedure, way: Transition) -> str:
    return f"Etap „{_stage_name(procedure, way.source)}”"


def _stage_name(procedure: Procedure, key: str) -> str:
    stage = procedure.stage_by_key.get(key)
    return stage.name if stage else key


def _order(mine: Mapping[Any, object], other: Mapping[Any, object]) -> list[Any]:
    """What both have, in the order of mine."""
    return [key for key in mine if key in other]


def _turned(member: str, before: Any, after: Any) -> str:
    if member in UNTOLD:
        return "zmieniono"
    coded = member in CODED
    old, new = _word(before, is_coded=coded), _word(after, is_coded=coded)
    if not old:
        return f"ustawiono „{new}”"
    return f"było „{old}”, jest „{new}”" if new else f"usunięto „{old}”"


def _word(value: Any, *, is_coded: bool) -> str:
    if is_coded:
        return WORDS.get(value, str(value))
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)
