"""Answers made of parts: addresses, classifications, periods, personal data, statements."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.definition import Column, Question, parts_of
from forms.expressions import Value
from forms.filling.facts import Facts
from forms.filling.taking import NOTHING, Taken, take
from opium.identifiers import is_postal_code

_CLASSIFICATION = {
    "division": (re.compile(r"\d{3}"), "Dział to 3 cyfry, np. 801."),
    "chapter": (re.compile(r"\d{5}"), "Rozdział to 5 cyfr, np. 80101."),
    "paragraph": (re.compile(r"\d{4}"), "Paragraf to 4 cyfry, np. 4210."),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """A composite answer as read: the values of its parts, and the labels of those missing."""

    taken: Taken = NOTHING
    values: dict[str, Value] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def take_parts(question: Question, raw: Any, facts: Facts) -> Parts:
    """A composite answer, read part by part; never raises. Unknown members are left out."""
    known = parts_of(question)
    if raw is None or raw == {}:
        return Parts()
    if not isinstance(raw, Mapping):
        return Parts(Taken(None, raw, ["Wypełnij wszystkie pola."], is_readable=False))
    taken = {
        code: take(Column(code, part.type, part.label), raw.get(code), facts)
        for code, part in known.items()
    }
    kept = {code: one.kept for code, one in taken.items() if one.kept is not None}
    if not kept:
        return Parts()
    remarks = [
        f"{known[code].label}: {remark}" for code, one in taken.items() for remark in one.remarks
    ]
    values = {code: one.value for code, one in taken.items()}
    remarks += _of_type(question, values, facts)
    return Parts(
        Taken(None, kept, remarks, all(one.is_readable for one in taken.values())),
        values,
        [known[code].label for code, one in taken.items() if one.is_empty],
    )


def _of_type(question: Question, values: Mapping[str, Value], facts: Facts) -> list[str]:
    match question.type:
        case "date_range":
            start, end = values["from"], values["to"]
            if isinstance(start, date) and isinstance(end, date) and start > end:
                return ["Koniec okresu jest przed jego początkiem. Popraw daty."]
        case "address":
            code = values["postal_code"]
            if isinstance(code, str) and not is_postal_code(code):
                return ["Podaj kod pocztowy, np. 85-006."]
        case "classification":
            return _classification(question, values, facts)
    return []


def _classification(question: Question, values: Mapping[str, Value], facts: Facts) -> list[str]:
    remarks = [
        sentence
        for part, (pattern, sentence) in _CLASSIFICATION.items()
        if isinstance(values[part], str) and not pattern.fullmatch(str(values[part]))
    ]
    division, chapter = values["division"], values["chapter"]
    if isinstance(division, str) and isinstance(chapter, str) and chapter[:3] != division:
        remarks.append(f"Rozdział {chapter} nie należy do działu {division}. Popraw jeden z nich.")
    entries = facts.dictionaries.get(question.options.dictionary)
    if entries is not None:
        unknown = [
            value for value in values.values() if isinstance(value, str) and value not in entries
        ]
        remarks += [f"W słowniku klasyfikacji nie ma „{value}”." for value in unknown]
    return remarks


def is_accepted(raw: Any) -> bool | None:
    """Whether a statement is accepted, in whatever wording."""
    match raw:
        case True | {"accepted": True}:
            return True
    return None


def is_wordless(raw: Any) -> bool:
    """Whether it accepts a statement and does not say in which words."""
    return is_accepted(raw) is True and not (isinstance(raw, Mapping) and raw.get("wording"))


def accepted_as_shown(wording: str) -> dict[str, Any]:
    """The acceptance of a statement in these words."""
    return {"accepted": True, "wording": wording}


def take_statement(raw: Any, wording: str) -> Taken:
    """An accepted statement with the wording as it is shown now.

    Whoever accepted another wording has to accept this one again, and so has who said yes without
    any: whoever takes answers writes the words of that moment beside it (`accepted_as_shown`).
    """
    if is_accepted(raw):
        shown = raw.get("wording") if isinstance(raw, Mapping) else None
        if shown == wording:
            return Taken(value=True, kept=accepted_as_shown(wording))
        changed = "Treść oświadczenia zmieniła się. Przeczytaj je i zaznacz ponownie."
        unread = "Nie zapisano, na jaką treść oświadczenia jest zgoda. Przeczytaj je i zaznacz."
        remark = unread if shown is None else changed
        return Taken(kept=raw, remarks=[remark], is_readable=False)
    match raw:
        case None | False | {"accepted": False | None}:
            return NOTHING
    return Taken(kept=raw, remarks=["Zaznacz oświadczenie."], is_readable=False)
