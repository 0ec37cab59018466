"""Answers of one revision carried over to another, and what gets lost on the way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.definition import TYPES, Choice, Column, Definition, Question, parts_of
from forms.filling import Facts, spoken
from forms.filling.taking import MAX_OTHER, Wrong, day, identifier, take

_NOWHERE = Facts(today=date.min)
_NUMBERS = frozenset({"number", "money", "percent"})
_TEXTS = frozenset({"short_text", "long_text", "rich_text"})
_CHOICES = frozenset({"single_choice", "multiple_choice"})
_LEADING_ZERO = re.compile(r"-?0\d")
_WRITTEN = _TEXTS | _NUMBERS | {"date", "email", "phone", "pesel", "nip", "regon", "iban"}
"""Types whose answer is a text that can be read as another type."""
_REMOVED = "W nowym formularzu nie ma tego pytania."
_COMPUTED = "W nowym formularzu ta wartość jest obliczana."
_UNFIT = "Odpowiedzi nie da się przenieść na nowy rodzaj pytania."
_NO_CHOICE = "Wybranej odpowiedzi nie ma już na liście."


class _Unfit(ValueError):
    """The answer has no form in the new type; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Loss:
    """An answer that has no place in the new revision; `value` is the answer in JSON.

    `path` is "tytul", "budzet/<row id>/kwota", or "osoba/pesel" for a part of an answer.
    """

    path: str
    label: str
    value: Any
    sentence: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """`kept` are the paths of the answers that were carried over, converted or not."""

    answers: dict[str, Any] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def migrate(old: Definition, new: Definition, answers: Mapping[str, Any]) -> Migrated:
    """The answers for the new revision; every answer is either kept or announced as lost.

    An answer whose type stays is kept as it is, also when new rules find it wrong: that is the
    projection's to say. A cleared answer (null) stays cleared. Computed values are no answers.
    """
    migrated = Migrated()
    for key, answer in answers.items():
        before, after = old.by_key.get(key), new.by_key.get(key)
        if _is_blank(answer):
            if after is not None:
                migrated.answers[key] = None
        elif before is not None and before.compute:
            continue
        elif before is None or after is None or not _takes_answers(after):
            label = before.label if before else key
            sentence = _COMPUTED if after and after.compute else _REMOVED
            migrated.losses.append(Loss(key, label, answer, sentence))
        else:
            _carry(before, after, answer, migrated)
    return migrated


def _is_blank(answer: Any) -> bool:
    return answer is None or answer in ("", [], {})


def _takes_answers(question: Question | Column) -> bool:
    return TYPES[question.type].has_answer and not question.compute


def _carry(before: Question, after: Question, answer: Any, migrated: Migrated) -> None:
    if before.type == after.type == "table" and _are_rows(answer):
        rows = [_row(before, after, row, migrated) for row in answer]
        migrated.answers[after.key] = rows
        return
    if before.type == after.type == "personal_data" and isinstance(answer, Mapping):
        kept = dict(_parts(before, after, answer, migrated))
        if kept:
            migrated.answers[after.key] = kept
        return
    try:
        migrated.answers[after.key] = _converted(before, after, answer)
    except (_Unfit, Wrong) as unfit:
        migrated.losses.append(Loss(before.key, before.label, answer, str(unfit)))
        return
    migrated.kept.append(after.key)
    if before.type == "multiple_choice" and after.type in _CHOICES:
        migrated.losses.extend(_unchosen(before, answer, migrated.answers[after.key]))


def _are_rows(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(row, Mapping) for row in answer)


def _row(
    before: Question, after: Question, row: Mapping[str, Any], migrated: Migrated
) -> dict[str, Any]:
    kept = {}
    for key, answer in row.items():
        if key == "id" or _is_blank(answer):
            kept[key] = answer
            continue
        path = f"{before.key}/{row.get('id', '')}/{key}"
        old, new = before.column(key), after.column(key)
        label = f"{before.label} › {old.label if old else key}"
        if old is not None and old.compute:
            continue
        if old is None or new is None or not _takes_answers(new):
            migrated.losses.append(Loss(path, label, answer, "W nowej tabeli nie ma tej kolumny."))
            continue
        try:
            kept[key] = _converted(old, new, answer)
        except (_Unfit, Wrong) as unfit:
            migrated.losses.append(Loss(path, label, answer, str(unfit)))
        else:
            migrated.kept.append(path)
    return kept


def _parts(
    before: Question, after: Question, answer: Mapping[str, Any], migrated: Migrated
) -> Iterator[tuple[str, Any]]:
    known = parts_of(after)
    for code, value in answer.items():
        path = f"{before.key}/{code}"
        if code in known or _is_blank(value):
            migrated.kept.append(path)
            yield code, value
        else:
            part = parts_of(before).get(code)
            label = f"{before.label} › {part.label if part else code}"
            migrated.losses.append(Loss(path, label, value, "Tej danej nowy formularz nie zbiera."))


def _converted(  # noqa: PLR0911  # a pair of types each
    before: Question | Column, after: Question | Column, answer: Any
) -> Any:
    """The answer in the form of the new type; raises _Unfit or Wrong where it has none."""
    kinds = {before.type, after.type}
    if len(kinds) == 1 and before.options == after.options:
        return answer
    if after.type in _CHOICES:
        return _chosen(before, after, answer)
    if len(kinds) == 1 or kinds <= _TEXTS or kinds <= _NUMBERS:
        return answer
    if after.type in _TEXTS:
        return _as_text(before, answer)
    if before.type in _TEXTS | _NUMBERS and after.type in _WRITTEN:
        return _read_again(after, answer)
    match before.type, after.type, answer:
        case "date", "date_range", _:
            return {"from": day(answer).isoformat()}
        case "workbook", "file", _:
            return [identifier(answer)]
        case "file", "workbook", [one]:
            return identifier(one)
    raise _Unfit(_UNFIT)


def _read_again(after: Question | Column, answer: Any) -> Any:
    taken = take(after, answer, _NOWHERE)
    if not taken.is_readable or taken.kept is None:
        raise _Unfit(_UNFIT)
    if after.type in _NUMBERS and _LEADING_ZERO.match(str(answer).strip()):
        raise _Unfit("Liczba zgubiłaby zero na początku.")
    return taken.kept


def _as_text(before: Question | Column, answer: Any) -> str:
    """What people read, in the new type; only where it says all that the answer said."""
    match before.type, answer:
        case ("email" | "phone" | "pesel" | "nip" | "regon" | "iban", str(written)):
            return written
        case ("yes_no", bool()) | ("number" | "money" | "percent" | "date", str() | int()):
            return spoken(before, answer)
        case ("single_choice" | "multiple_choice", _) if _are_texts(answer):
            return spoken(before, answer)
        case ("address" | "classification", {}) if _has_only_parts(before, answer):
            return spoken(before, answer)
    raise _Unfit(_UNFIT)


def _are_texts(answer: Any) -> bool:
    return all(isinstance(one, str) for one in _listed(answer))


def _has_only_parts(question: Question | Column, answer: Mapping[str, Any]) -> bool:
    return all(code in parts_of(question) and isinstance(answer[code], str) for code in answer)


def _chosen(before: Question | Column, after: Question | Column, answer: Any) -> Any:
    """Keys that the new list knows; a text that is the label of one becomes its key."""
    if before.type in _CHOICES:
        given = _listed(answer)
    elif before.type in _TEXTS and isinstance(answer, str):
        given = [_key_of(answer, after.options.choices)]
    else:
        raise _Unfit(_UNFIT)
    if after.type == "single_choice" and len(given) > 1:
        raise _Unfit("Zaznaczono kilka odpowiedzi, a teraz może być tylko jedna.")
    found = [one for one in given if _is_known(one, after)]
    if not found:
        raise _Unfit(_NO_CHOICE)
    return found if after.type == "multiple_choice" else found[0]


def _listed(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [answer]


def _key_of(text: str, choices: tuple[Choice, ...]) -> str:
    return next((choice.key for choice in choices if choice.label == text.strip()), text)


def _is_known(one: Any, after: Question | Column) -> bool:
    """Entries of a dictionary are kept: whether it has them, the projection will say."""
    if not isinstance(one, str):
        return False
    if after.options.dictionary or (after.options.other and len(one) <= MAX_OTHER):
        return True
    return any(choice.key == one for choice in after.options.choices)


def _unchosen(before: Question, answer: Any, kept: Any) -> Iterator[Loss]:
    """The chosen answers of a multiple choice that the new list does not know."""
    for one in _listed(answer):
        if one not in _listed(kept):
            yield Loss(before.key, before.label, one, _NO_CHOICE)
