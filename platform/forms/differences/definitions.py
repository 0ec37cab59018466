"""What changed between two revisions of a form, in words for people who decide about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from forms.definition import (
    SETTING_NAMES,
    TYPES,
    Check,
    Column,
    Definition,
    Options,
    Question,
    Section,
)
from forms.expressions import in_polish

_RULES = {
    "show": "warunek pokazywania",
    "required_when": "warunek wymagania",
    "default": "wartość początkowa",
    "compute": "sposób obliczania",
    "prefill": "podpowiedź",
}
_TEXTS = {
    "label": "treść",
    "title": "tytuł",
    "help": "pomoc",
    "description": "opis",
    "introduction": "wstęp",
}
_LIMITS = {member: name for member, name in SETTING_NAMES.items() if member != "wording"}
_CHOICES = frozenset({"dictionary", "other"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `kind`: added, removed, moved, type_changed, rule_changed, text_changed, required_changed,
    choices_changed. `path`: "tytul", "budzet/kwota", the key of a section, "" for the form.
    """

    kind: str
    path: str
    label: str
    sentence: str


def compare(old: Definition, new: Definition) -> list[Change]:
    """The differences in the order of the new form, removed ones last."""
    return [
        *_texts("", "Formularz", old, new),
        *_sections(old, new),
        *_questions(old, new),
        *_checks("", "Formularz", old.checks, new.checks),
        *_removed(old, new),
    ]


def _sections(old: Definition, new: Definition) -> Iterator[Change]:
    before = {section.key: section for section in old.sections}
    for section in new.sections:
        label = _section_name(section)
        if section.key not in before:
            yield Change("added", section.key, label, f"Dodano sekcję {label}.")
        else:
            yield from _texts(section.key, label, before[section.key], section)
            yield from _rules(section.key, label, before[section.key], section)
    for key in _moved([*before], [section.key for section in new.sections]):
        label = next(_section_name(section) for section in new.sections if section.key == key)
        yield Change("moved", key, label, f"Sekcja {label} jest w innym miejscu.")


def _questions(old: Definition, new: Definition) -> Iterator[Change]:
    orders = {section.key: [one.key for one in section.questions] for section in old.sections}
    for section in new.sections:
        here = [question.key for question in section.questions]
        moved = set(_moved(orders.get(section.key, []), here))
        for question in section.questions:
            before = old.by_key.get(question.key)
            label = _name(question)
            if before is None:
                yield _added(question, label)
                continue
            if old.section_of[question.key].key != section.key:
                name = _section_name(section)
                yield Change("moved", question.key, label, f"{label} jest teraz w sekcji {name}.")
            elif question.key in moved:
                yield Change("moved", question.key, label, f"{label} jest w innym miejscu sekcji.")
            yield from _question(before, question)


def _added(question: Question, label: str) -> Change:
    wanted = " Odpowiedź jest wymagana." if question.required else ""
    kind = TYPES[question.type].label
    return Change("added", question.key, label, f"Dodano {label} ({kind}).{wanted}")


def _removed(old: Definition, new: Definition) -> Iterator[Change]:
    sections = {section.key for section in new.sections}
    for section in old.sections:
        if section.key not in sections:
            label = _section_name(section)
            yield Change("removed", section.key, label, f"Usunięto sekcję {label}.")
    for question in old.questions():
        if question.key not in new.by_key:
            label = _name(question)
            yield Change("removed", question.key, label, f"Usunięto {label}.")


def _question(old: Question, new: Question) -> Iterator[Change]:
    label = _name(new)
    yield from _field(new.key, label, old, new)
    yield from _rules(new.key, label, old, new)
    yield from _checks(new.key, label, old.checks, new.checks)
    yield from _columns(old, new)


def _field(
    path: str, label: str, old: Question | Column, new: Question | Column
) -> Iterator[Change]:
    if old.type != new.type:
        kinds = f"było: {TYPES[old.type].label}, jest: {TYPES[new.type].label}"
        yield Change("type_changed", path, label, f"{label}: zmienił się rodzaj ({kinds}).")
    if old.required != new.required:
        now = "wymagana" if new.required else "dobrowolna"
        yield Change("required_changed", path, label, f"{label}: odpowiedź jest teraz {now}.")
    yield from _texts(path, label, old, new)
    yield from _options(path, label, old.options, new.options)


def _columns(old: Question, new: Question) -> Iterator[Change]:
    before = {column.key: column for column in old.options.columns}
    now = [column.key for column in new.options.columns]
    moved = set(_moved([*before], now))
    for column in new.options.columns:
        path, label = f"{new.key}/{column.key}", f"{_name(new)}, kolumna {_name(column)}"
        if column.key not in before:
            kind = TYPES[column.type].label
            yield Change(
                "added", path, label, f"{_name(new)}: dodano kolumnę {_name(column)} ({kind})."
            )
            continue
        if column.key in moved:
            yield Change("moved", path, label, f"{label}: jest w innym miejscu tabeli.")
        yield from _field(path, label, before[column.key], column)
        yield from _rules(path, label, before[column.key], column)
    for key, column in before.items():
        if key not in now:
            path, label = f"{new.key}/{key}", f"{_name(new)}, kolumna {_name(column)}"
            sentence = f"{_name(new)}: usunięto kolumnę {_name(column)}."
            yield Change("removed", path, label, sentence)


def _texts(path: str, label: str, old: object, new: object) -> Iterator[Change]:
    for member, called in _TEXTS.items():
        before, after = getattr(old, member, ""), getattr(new, member, "")
        if before != after:
            yield Change("text_changed", path, label, _said(label, called, before, after))


def _rules(path: str, label: str, old: object, new: object) -> Iterator[Change]:
    for member, called in _RULES.items():
        before, after = getattr(old, member, ""), getattr(new, member, "")
        if before != after:
            yield Change("rule_changed", path, label, _said(label, called, before, after))


def _checks(path: str, label: str, old: Sequence[Check], new: Sequence[Check]) -> Iterator[Change]:
    for check in new:
        if check not in old:
            sentence = f"{label}: dodano sprawdzenie „{check.rule}”."
            yield Change("rule_changed", path, label, sentence)
    for check in old:
        if check not in new:
            sentence = f"{label}: usunięto sprawdzenie „{check.rule}”."
            yield Change("rule_changed", path, label, sentence)


def _options(path: str, label: str, old: Options, new: Options) -> Iterator[Change]:
    yield from _choices(path, label, old, new)
    for member in (field.name for field in fields(Options)):
        before, after = getattr(old, member), getattr(new, member)
        if member == "wording" and before != after:
            sentence = _said(label, "treść oświadczenia", before, after)
            yield Change("text_changed", path, label, sentence)
        elif member in _LIMITS and before != after:
            kind = "choices_changed" if member in _CHOICES else "rule_changed"
            sentence = _said(label, _LIMITS[member], _plain(before), _plain(after))
            yield Change(kind, path, label, sentence)


def _choices(path: str, label: str, old: Options, new: Options) -> Iterator[Change]:
    before, after = _labels(old), _labels(new)
    added = [after[key] for key in after if key not in before]
    removed = [before[key] for key in before if key not in after]
    renamed = [
        f"„{before[key]}” → „{after[key]}”"
        for key in after
        if key in before and before[key] != after[key]
    ]
    parts = [
        *([f"dodano {_quoted(added)}"] if added else []),
        *([f"usunięto {_quoted(removed)}"] if removed else []),
        *([f"zmieniono {', '.join(renamed)}"] if renamed else []),
    ]
    if not parts and [*before] != [*after]:
        parts = ["inna kolejność"]
    if parts:
        sentence = f"{label}: odpowiedzi do wyboru – {'; '.join(parts)}."
        yield Change("choices_changed", path, label, sentence)


def _labels(options: Options) -> Mapping[str, str]:
    return {choice.key: choice.label for choice in options.choices}


def _quoted(labels: Sequence[str]) -> str:
    return ", ".join(f"„{label}”" for label in labels)


def _moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """What stands elsewhere among those that are in both: the fewest that explain the order."""
    places = {key: number for number, key in enumerate(before)}
    common = [key for key in after if key in places]
    runs: list[list[str]] = []
    for at, key in enumerate(common):
        earlier = [runs[one] for one in range(at) if places[common[one]] < places[key]]
        runs.append([*_longest(earlier), key])
    stayed = set(_longest(runs))
    return [key for key in common if key not in stayed]


def _length(run: list[str]) -> int:
    return len(run)


def _longest(runs: Sequence[list[str]]) -> list[str]:
    return max(runs, key=_length, default=[])


def _said(label: str, called: str, before: str, after: str) -> str:
    if not before:
        return f"{label}: {called} – jest teraz „{after}”."
    if not after:
        return f"{label}: {called} – już nie ma (było „{before}”)."
    return f"{label}: {called} – było „{before}”, jest „{after}”."


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return (
        str(value) if isinstance(value, int) and not isinstance(value, bool) else in_polish(value)
    )


def _name(question: Question | Column) -> str:
    return f"„{question.label or question.key}”"


def _section_name(section: Section) -> str:
    return f"„{section.title or section.key}”"
