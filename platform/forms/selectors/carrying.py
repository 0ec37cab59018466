"""Sheets as they would be on another revision: the preview counts exactly what a move does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from forms.definition import Definition
from forms.filling import Facts, Mistake, Projection, project
from forms.migration import Loss, migrate
from forms.models import Sheet
from forms.selectors.definitions import definition_of
from forms.selectors.facts import Answered, facts_of_many

T = TypeVar("T")
AT_ONCE = 200
"""Sheets that are read, evaluated and written together."""
WHOLE = "cały formularz"


@dataclass(frozen=True, slots=True)
class Carried:
    """A sheet carried over: its answers there, what has no place, and what is newly wrong."""

    sheet: Sheet
    answers: dict[str, Any]
    losses: list[Loss]
    facts: Facts
    projection: Projection
    faults: list[Mistake]
    """What is missing or wrong on the new revision and was not on the old one."""

    @property
    def to_correct(self) -> dict[str, str]:
        """Question -> label: what the person has to look at again, in the order of the form.

        The key "" stands for a rule of the whole form.
        """
        paths = [fault.path for fault in self.faults] + [loss.path for loss in self.losses]
        again = {question_in(path) for path in paths}
        known = self.projection.questions
        found = {key: known[key].label for key in known if key in again}
        return found | ({"": WHOLE} if "" in again else {})


def carry(sheets: Sequence[Sheet], new: Definition) -> list[Carried]:
    """Each sheet (with its revision) on `new`, in a number of queries that does not grow."""
    migrated = [migrate(definition_of(sheet.revision), new, sheet.answers) for sheet in sheets]
    facts = facts_of_many(
        [
            replace(Answered.of(definition, sheet), answers=answers)
            for sheet, outcome in zip(sheets, migrated, strict=True)
            for definition, answers in (
                (definition_of(sheet.revision), sheet.answers),
                (new, outcome.answers),
            )
        ]
    )
    carried = []
    for place, (sheet, outcome) in enumerate(zip(sheets, migrated, strict=True)):
        before, after = facts[2 * place : 2 * place + 2]
        projection = project(new, outcome.answers, after)
        old = project(definition_of(sheet.revision), sheet.answers, before)
        known = {(fault.path, fault.sentence) for fault in old.errors}
        faults = [one for one in projection.errors if (one.path, one.sentence) not in known]
        carried.append(Carried(sheet, outcome.answers, outcome.losses, after, projection, faults))
    return carried


def question_in(path: str) -> str:
    """The question of a path: `budzet` of `budzet/<row id>/kwota`; "" for the whole form."""
    return path.partition("/")[0]


def without_rows(path: str) -> str:
    """The path that rows of a table have in common: `budzet/kwota`."""
    parts = path.split("/")
    return "/".join((parts[0], *parts[2:]))


def in_blocks(listed: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The members in order, `size` at once."""
    rest = iter(listed)
    while block := list(islice(rest, size)):
        yield block


def labels(mapping: Mapping[str, str], most: int = 10) -> str:
    """The labels as a Polish list: „Tytuł”, „Kwota” i jeszcze 3."""
    named = [f"„{label or key}”" for key, label in mapping.items()]
    shown = ", ".join(named[:most])
    return f"{shown} i jeszcze {len(named) - most}" if len(named) > most else shown
