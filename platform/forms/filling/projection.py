"""What a form looks like over a set of answers: the one thing that the screens draw."""

from dataclasses import dataclass, field
from typing import Any

from forms.expressions import Name, Value


@dataclass(frozen=True, slots=True)
class Mistake:
    """What hinders submitting.

    `path` is "tytul", "budzet/<row id>/kwota" or "" for the whole form; a mistake that
    `is_missing` is shown only when somebody wants to submit.
    """

    path: str
    label: str
    sentence: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    is_visible: bool
    value: Any
    errors: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question as it is now.

    `value` is the JSON form of the answer (a wrong one as it was typed, None where hidden),
    `errors` what is wrong with it (not that it is missing), `wording` the text of a statement,
    `facts` those of a chosen unit, `rows` and `sums` those of a table.
    """

    is_visible: bool
    is_required: bool
    is_computed: bool
    value: Any
    label: str
    help: str
    errors: list[str]
    rows: list[Row] | None = None
    sums: dict[str, Any] | None = None
    facts: dict[str, str] | None = None
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnSection:
    is_visible: bool
    mistakes: int
    """How many answers are wrong."""
    missing: int
    """How many are missing."""
    title: str
    description: str


@dataclass(frozen=True)
class Projection:
    """A form over answers.

    `answered` counts the required questions that have an answer, `required` all of them (only
    visible ones, only of the open sections); complete means that nothing is missing or wrong.
    """

    sections: dict[str, DrawnSection]
    questions: dict[str, Drawn]
    errors: list[Mistake]
    answered: int
    required: int
    is_complete: bool
    counting: dict[str, Any] = field(default_factory=dict, repr=False)
    values: dict[Name, Value] = field(default_factory=dict, repr=False)

    def as_json(self) -> dict[str, Any]:
        """The answer of an autosave, ready for JSON."""
        return {
            "sections": {key: _members(section) for key, section in self.sections.items()},
            "questions": {key: _question(drawn) for key, drawn in self.questions.items()},
            "errors": [_members(mistake) for mistake in self.errors],
            "answered": self.answered,
            "required": self.required,
            "is_complete": self.is_complete,
        }

    def submitted(self) -> dict[str, Any]:
        """The answers that count: visible, computed ones included, statements as shown.

        A hidden question is not among them, nor a blank row of a table, nor what cannot be read.
        None stands for a default that somebody has cleared. The answers are a whole form by
        themselves: projected again they give the same.
        """
        return dict(self.counting)


def _members(one: DrawnSection | Mistake | Drawn | Cell) -> dict[str, Any]:
    """`dataclasses.asdict` without its deep copies, which cost more than the projection."""
    return {name: getattr(one, name) for name in one.__slots__}


def _question(drawn: Drawn) -> dict[str, Any]:
    members = _members(drawn)
    if drawn.rows is not None:
        members["rows"] = [
            {"id": row.id, "cells": {key: _members(cell) for key, cell in row.cells.items()}}
            for row in drawn.rows
        ]
    return members


def environment(projection: Projection, *, prefix: str = "") -> dict[Name, Value]:
    """The values of a filled form for expressions around it: `kwota`, or `ocena.kwota`."""
    if not prefix:
        return dict(projection.values)
    return {(prefix, *name): value for name, value in projection.values.items()}
