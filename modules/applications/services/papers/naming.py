"""How a list that everybody may read names an application: never by a pupil's data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from forms import selectors as forms

if TYPE_CHECKING:
    from procedures.models import Case

How = Literal["number", "sign", "initials"]
SAID: Mapping[How, str] = {
    "number": "Wnioski oznaczono kolejnym numerem.",
    "sign": "Wnioski oznaczono znakiem sprawy.",
    "initials": "Osoby oznaczono inicjałami.",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """By a number of the list, the sign of the case, or the initials of whom it is about."""

    how: How = "number"
    questions: tuple[str, ...] = ()
    """Keys of the questions with first and last name, for initials."""


def names_of(cases: Sequence["Case"], naming: Naming) -> list[str]:
    """A name for each of the cases, in their order; the titles, which may name a pupil, are none.

    What an application does not say is told by its number.
    """
    numbers = [f"Wniosek nr {number}" for number in range(1, len(cases) + 1)]
    if naming.how == "sign":
        return [one.sign or number for one, number in zip(cases, numbers, strict=True)]
    if naming.how == "number" or not naming.questions:
        return numbers
    versions = forms.newest_versions({one.sheet_id for one in cases if one.sheet_id})
    found = []
    for case, number in zip(cases, numbers, strict=True):
        version = versions.get(case.sheet_id) if case.sheet_id else None
        answers: Mapping[str, Any] = version.answers if version is not None else {}
        found.append(initials([answers.get(key) for key in naming.questions]) or number)
    return found


def initials(said: Sequence[object]) -> str:
    """`J. K.-N.` of „Jan” and „Kowalska-Nowak”; "" where nothing was said.

    Of a block of personal data its first and last name alone.
    """
    told = [word for one in said for word in _names_in(one)]
    words = [word for one in told if isinstance(one, str) for word in one.split()]
    parts = ["-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words]
    return " ".join(filter(None, parts))


def _names_in(said: object) -> list[object]:
    if isinstance(said, Mapping):
        return [said.get("first_name"), said.get("last_name")]
    return [said]
