"""What the readers of each format find besides the values, and how it changes them.

calamine gives what a cell holds. Where a sheet shows something else (struck out, a telling number
format, hidden under a merged cell), the value becomes what people see, and a fact tells the rest.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from spreadsheets.cells import MAX_ROWS, Fault
from spreadsheets.facts import Area, Facts, Place
from spreadsheets.sandbox import formats

MOST_CELLS = 400_000
"""The most cells of a sheet whose look is kept."""
_LARGEST_AREA = 100_000
_LEFT_OVER = " /|\\\t\r\n\u00a0"
_NUMBER = re.compile(r"\s*[-+−]?\d[\d\s\u00a0]*(?:[.,]\d+)?\s*%?\s*")
_RAISED = str.maketrans("0123456789()+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻")


@dataclass(frozen=True, slots=True)
class Rich:
    """A text with a look: each run with whether it is struck out and whether it is raised."""

    runs: tuple[tuple[str, bool, bool], ...]

    @property
    def is_plain(self) -> bool:
        return not any(struck or raised for _, struck, raised in self.runs)

    @property
    def struck(self) -> str:
        return "".join(text for text, struck, _ in self.runs if struck).strip()

    def read(self) -> tuple[str, str]:
        """The text that counts, and the footnote taken off a number.

        Raised digits behind a number are a footnote, behind a word a part of it (m²).
        """
        kept = [(text, raised) for text, struck, raised in self.runs if not struck]
        level = "".join(text for text, raised in kept if not raised)
        raised = "".join(text for text, raised in kept if raised).strip()
        if raised and _NUMBER.fullmatch(level):
            return level.strip(), raised
        whole = "".join(text.translate(_RAISED) if raised else text for text, raised in kept)
        return (whole.strip(_LEFT_OVER) if self.struck else whole), ""


@dataclass(slots=True)
class Details:
    """Of one sheet: faults by row and column, number formats by "row,column" and by ",column".

    `codes` are the telling number formats, `struck` the cells struck out as a whole, `rich` the
    texts of mixed looks, `texts` values that calamine gets wrong. `merged` is filled for formats
    whose merged cells calamine does not know.
    """

    faults: dict[int, dict[int, Fault]] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    codes: dict[Place, str] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    rich: dict[Place, Rich] = field(default_factory=dict)
    texts: dict[Place, Any] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)

    def add_fault(self, row: int, column: int, fault: Fault) -> None:
        self.faults.setdefault(row, {})[column] = fault

    def add_look(self, place: Place, code: str, *, is_struck: bool) -> None:
        if len(self.codes) + len(self.struck) >= MOST_CELLS:
            self.facts.is_cut = True
            return
        if code:
            self.codes[place] = code
        if is_struck:
            self.struck.add(place)

    def add_rich(self, place: Place, rich: Rich) -> None:
        if len(self.rich) >= MOST_CELLS:
            self.facts.is_cut = True
        elif not rich.is_plain:
            self.rich[place] = rich


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for besides the values of the cells."""

    facts: bool = False
    formats: bool = False


@dataclass(frozen=True, slots=True)
class Inspected:
    """Of a workbook: details by sheet name, and the document's own properties.

    `is_usual` tells whether its parts lie where calamine looks for them.
    """

    sheets: Mapping[str, Details] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    is_usual: bool = True


def as_shown(rows: list[list[Any]], details: Details, merged: Iterable[Area]) -> None:
    """Make the rows, which start at A1, what people see; what was there becomes facts."""
    put_right(rows, details)
    for place, rich in details.rich.items():
        if isinstance(at(rows, place), str):
            _read_rich(rows, place, rich, details.facts)
    for place, code in details.codes.items():
        value = at(rows, place)
        if value.__class__ in {int, float} and place not in details.struck:
            put(rows, place, formats.marked(value, code))
    for place in sorted(details.struck):
        value = at(rows, place)
        if value is not None:
            details.facts.note(details.facts.struck, place, formats.plainly(value))
            put(rows, place, None)
    for area in merged:
        _uncover(rows, area, details.facts)


def put_right(rows: list[list[Any]], details: Details) -> None:
    """Values that calamine gets wrong."""
    for place, value in details.texts.items():
        put(rows, place, value)


def _read_rich(rows: list[list[Any]], place: Place, rich: Rich, facts: Facts) -> None:
    text, footnote = rich.read()
    put(rows, place, text if text.strip() else None)
    if rich.struck:
        facts.note(facts.struck, place, rich.struck)
    if footnote:
        facts.note(facts.footnotes, place, footnote)


def _uncover(rows: list[list[Any]], area: Area, facts: Facts) -> None:
    """What lies under a merged cell is not seen, so it is not read."""
    top, left, bottom, right = area
    bottom = min(bottom, len(rows) - 1, MAX_ROWS)
    if (bottom - top + 1) * (right - left + 1) > _LARGEST_AREA:
        return
    for row in range(top, bottom + 1):
        for column in range(left, min(right + 1, len(rows[row]))):
            if (row, column) != (top, left) and rows[row][column] is not None:
                facts.note(facts.covered, (row, column), formats.plainly(rows[row][column]))
                rows[row][column] = None


def at(rows: list[list[Any]], place: Place) -> Any:
    row, column = place
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def put(rows: list[list[Any]], place: Place, value: Any) -> None:
    row, column = place
    if value is None and at(rows, place) is None:
        return
    while len(rows) <= row:
        rows.append([])
    line = rows[row]
    line += [None] * (column + 1 - len(line))
    line[column] = value


def with_faults(rows: list[list[Any]], faults: Mapping[int, Mapping[int, Fault]]) -> None:
    """Faults in the cells where calamine left nothing."""
    for number, row_faults in faults.items():
        for column, fault in row_faults.items():
            if at(rows, (number, column)) is None:
                put(rows, (number, column), fault)
