"""What people see on a sheet that is not in the values of its cells.

The child collects the facts while it reads, the parent gets them as JSON: sparse, by cell and row,
bounded in number. Rows and columns count from 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

MOST = 20_000
"""The most facts of one sort that a sheet may have; `is_cut` tells that there were more."""
_LONGEST = 2_000

Place: TypeAlias = tuple[int, int]
Area: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """Something that lies over the cells: a text box ("text") or a form control.

    The control is a "tick", a "choice" (one of several) or a "list"; `is_on` tells whether it is
    ticked, `linked` is the cell that it writes its state to, as its sheet calls it ("$D$4").
    `place` is the cell under its upper left corner.
    """

    kind: str
    text: str
    place: Place | None = None
    is_on: bool = False
    linked: str = ""


@dataclass(frozen=True, slots=True)
class ListTable:
    """A range that the program knows as a table ("Format as table"), its sum rows at its end."""

    area: Area
    totals_rows: int = 0


@dataclass(slots=True)
class Facts:
    """The facts of one sheet.

    By cell: `formulas`, the text behind a value, without "="; `struck`, what is struck out, while
    the value read is the rest (None where nothing is left); `footnotes`, superscripts taken off a
    number; `comments`; `covered`, what lies hidden under a merged cell, which is read as None;
    `calculated`, results of formulas that had none saved; `misread`, cells of a text file with
    letters that could not be read; `unclosed`, those with a quotation mark that nobody closed.

    By row: `outline` has the level of rows that are folded into groups; `hidden_rows`, and
    `hidden_columns`, are not shown.
    """

    formulas: dict[Place, str] = field(default_factory=dict)
    struck: dict[Place, str] = field(default_factory=dict)
    footnotes: dict[Place, str] = field(default_factory=dict)
    comments: dict[Place, str] = field(default_factory=dict)
    covered: dict[Place, str] = field(default_factory=dict)
    calculated: dict[Place, str] = field(default_factory=dict)
    misread: dict[Place, str] = field(default_factory=dict)
    unclosed: dict[Place, str] = field(default_factory=dict)
    outline: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    tables: list[ListTable] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    is_cut: bool = False

    def note(self, what: dict[Place, str], place: Place, text: str) -> None:
        """Put a fact down, unless there are too many."""
        if len(what) >= MOST:
            self.is_cut = True
        else:
            what[place] = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def to_json(self) -> dict[str, Any]:
        """Only what there is."""
        by_place = {
            name: [[*place, text] for place, text in getattr(self, name).items()]
            for name in _BY_PLACE
        }
        found: dict[str, Any] = {
            **by_place,
            "outline": [[row, level] for row, level in self.outline.items()],
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "tables": [[*table.area, table.totals_rows] for table in self.tables],
            "shapes": [
                [shape.kind, shape.text, shape.place, shape.is_on, shape.linked]
                for shape in self.shapes[:MOST]
            ],
            "is_cut": self.is_cut,
        }
        return {name: value for name, value in found.items() if value}


_BY_PLACE = (
    "formulas",
    "struck",
    "footnotes",
    "comments",
    "covered",
    "calculated",
    "misread",
    "unclosed",
)


def from_json(said: Mapping[str, Any]) -> Facts:
    """The facts behind what the child says; raises ValueError or TypeError for anything else."""
    facts = Facts(is_cut=bool(said.get("is_cut")))
    for name in _BY_PLACE:
        getattr(facts, name).update(_by_place(said.get(name, ())))
    facts.outline.update((int(row), int(level)) for row, level in said.get("outline", ()))
    facts.hidden_rows.update(map(int, said.get("hidden_rows", ())))
    facts.hidden_columns.update(map(int, said.get("hidden_columns", ())))
    for top, left, bottom, right, totals in said.get("tables", ()):
        facts.tables.append(ListTable((int(top), int(left), int(bottom), int(right)), int(totals)))
    for kind, text, place, is_on, linked in said.get("shapes", ()):
        where = None if place is None else (int(place[0]), int(place[1]))
        facts.shapes.append(Shape(str(kind), str(text), where, bool(is_on), str(linked)))
    return facts


def _by_place(listed: Iterable[Any]) -> dict[Place, str]:
    return {(int(row), int(column)): str(text) for row, column, text in listed}
