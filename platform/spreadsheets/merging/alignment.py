"""Which cell of a filled sheet is which cell of the template, when rows and columns have moved.

The template's texts are the landmarks: those that come in the same order as in the template are
themselves, the others are looked for nearest to where the one before was found. A cell belongs
where its distance from the landmarks puts it.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from spreadsheets import errors, headers
from spreadsheets.cells import Row, Value
from spreadsheets.parts import Readable
from spreadsheets.template import Place, TemplateSheet, is_blank_line

LEAST_LANDMARKS = 0.5
_MOST_CELLS = 200_000
_MOST_LABELS = 3_000
_LABEL_MARKS = ":?"
_FIRST = (-1, -1)


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The fixed cells of a template sheet: every value, and the keys of its texts in order."""

    values: Mapping[Place, Value]
    labels: Mapping[Place, str]

    @classmethod
    def of(cls, sheet: TemplateSheet) -> "Landmarks":
        found = dict(sheet.cells())
        labels = {
            place: key
            for place, value in found.items()
            if isinstance(value, str) and (key := headers.key(value))
        }
        return cls(found, labels)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a filled sheet lies on the template.

    `labels` maps the template's labels to the cells where they are; `inline` maps the labels after
    which the answer was typed into the same cell, to that answer and its cell.
    """

    cells: Mapping[Place, Value]
    labels: Mapping[Place, Place]
    inline: Mapping[Place, tuple[str, Place]]
    missing: tuple[Place, ...]
    score: float
    _rows: tuple[tuple[int, int], ...]
    _columns: tuple[tuple[int, int], ...]
    _found: "_Lines"
    _wanted: "_Lines"

    def template_place(self, place: Place) -> Place | None:
        """The template's cell for a cell of the filled sheet; None for an inserted row.

        A cell belongs to the label to its left in its own row, wherever that row has gone; under
        titles that were moved, to its title. Without a label it lies among the rows around it.
        """
        label = self._found.left_of(place)
        if label is None:
            return self._among_rows(place)
        found, (row, start) = label
        column = start + place[1] - found[1]
        following = self._wanted.right_of((row, start))
        if following is not None and column >= following[0][1]:
            return None
        return row, self._under_title(place, (row, column))

    def _among_rows(self, place: Place) -> Place | None:
        """The cell for one without a label in its row: by the label over it, else by the rows.

        Under a label that has its answer beside it there is nothing to fill in.
        """
        over = self._found.above(place)
        if over is not None and self._has_answer(over[0]):
            return None
        row = _translated(place[0], self._rows)
        column = _translated(place[1], self._columns)
        if row is None or column is None:
            return None
        title = self._wanted.above((row, column))
        if over is None or title is None or title[0] == over[1]:
            return row, column
        return over[1][0] + place[0] - over[0][0], over[1][1]

    def _has_answer(self, label: Place) -> bool:
        beside = (label[0], label[1] + 1)
        owner = self._found.left_of(beside)
        is_label = beside in self._found
        return beside in self.cells and not is_label and owner is not None and owner[0] == label

    def _under_title(self, place: Place, wanted: Place) -> int:
        """The column of the template, by the title over the cell where that title has moved."""
        over, title = self._found.above(place), self._wanted.above(wanted)
        if over is None or title is None:
            return wanted[1]
        named, supposed = over[1], title[0]
        moved = named != supposed and named[0] == supposed[0]
        return named[1] if moved and named[1] > 0 else wanted[1]


class _Lines:
    """Labels by the row and the column that they stand in, each with the cell it stands for."""

    def __init__(self, pairs: Iterable[tuple[Place, Place]]) -> None:
        self._rows: dict[int, list[tuple[Place, Place]]] = defaultdict(list)
        self._columns: dict[int, list[tuple[Place, Place]]] = defaultdict(list)
        for pair in sorted(pairs):
            self._rows[pair[0][0]].append(pair)
            self._columns[pair[0][1]].append(pair)

    def __contains__(self, place: Place) -> bool:
        return any(pair[0] == place for pair in self._rows.get(place[0], ()))

    def left_of(self, place: Place) -> tuple[Place, Place] | None:
        row = self._rows.get(place[0], [])
        position = bisect_left(row, (place, _FIRST)) - 1
        return row[position] if position >= 0 else None

    def right_of(self, place: Place) -> tuple[Place, Place] | None:
        row = self._rows.get(place[0], [])
        position = bisect_right(row, (place, (1 << 30, 0)))
        return row[position] if position < len(row) else None

    def above(self, place: Place) -> tuple[Place, Place] | None:
        column = self._columns.get(place[1], [])
        position = bisect_right(column, ((place[0] - 1, place[1]), (1 << 30, 0))) - 1
        return column[position] if position >= 0 else None


def _translated(number: int, anchors: tuple[tuple[int, int], ...]) -> int | None:
    if not anchors:
        return number
    position = max(bisect_right(anchors, (number, 1 << 30)) - 1, 0)
    found, wanted = anchors[position]
    translated = wanted + number - found
    if translated < 0:
        return None
    if position + 1 < len(anchors) and number >= found and translated >= anchors[position + 1][1]:
        return None
    return translated


def filled_cells(sheet: Readable) -> dict[Place, Value]:
    """Every filled cell of a sheet; raises WorkbookTooManyCells beyond what a form can hold."""
    found: dict[Place, Value] = {}
    for number, row in sheet.rows():
        _collect(found, number, row)
        if len(found) > _MOST_CELLS:
            raise errors.WorkbookTooManyCells
    return found


def _collect(found: dict[Place, Value], number: int, row: Row) -> None:
    for column, value in enumerate(row):
        if value is not None and not is_blank_line(value):
            found[number, column] = value


def align(landmarks: Landmarks, cells: Mapping[Place, Value]) -> Alignment | None:
    """The alignment, or None when less than half of the template's texts are there."""
    labels = _in_order(landmarks, cells)
    index: dict[str, set[Place]] = defaultdict(set)
    for place, value in cells.items():
        if isinstance(value, str):
            index[headers.key(value)].add(place)
    for place, found in labels.items():
        index[landmarks.labels[place]].discard(found)
    inline: dict[Place, tuple[str, Place]] = {}
    missing: list[Place] = []
    down = right = 0
    for place, key in landmarks.labels.items():
        if place not in labels:
            expected = (place[0] + down, place[1] + right)
            if answer := _answer_after(str(landmarks.values[place]), cells.get(expected)):
                inline[place] = (answer, expected)
                continue
            if not index[key]:
                missing.append(place)
                continue
            labels[place] = min(index[key], key=lambda cell: (_distance(cell, expected), cell))
            index[key].discard(labels[place])
        down, right = labels[place][0] - place[0], labels[place][1] - place[1]
    score = (len(labels) + len(inline)) / len(landmarks.labels) if landmarks.labels else 0.0
    if score < LEAST_LANDMARKS:
        return None
    return _built(cells, labels, inline, tuple(missing), score)


def _in_order(landmarks: Landmarks, cells: Mapping[Place, Value]) -> dict[Place, Place]:
    """The labels that follow one another as in the template.

    So of two equal ones each keeps its section, even where a row was deleted.
    """
    wanted = list(landmarks.labels.items())
    known = set(landmarks.labels.values())
    present = [
        (place, key)
        for place, value in sorted(cells.items())
        if isinstance(value, str) and (key := headers.key(value)) in known
    ]
    if len(present) > _MOST_LABELS:
        return {}
    matcher = SequenceMatcher(
        None, [key for _, key in wanted], [key for _, key in present], autojunk=False
    )
    return {
        wanted[block.a + step][0]: present[block.b + step][0]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _distance(one: Place, other: Place) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _answer_after(label: str, value: Value) -> str:
    """What was typed behind a label into its own cell, as in "Telefon: 52 123"."""
    if not isinstance(value, str):
        return ""
    start = label.rstrip(" .…_\u00a0")
    if start[-1:] not in _LABEL_MARKS or not value.startswith(start):
        return ""
    return value[len(start) :].strip(" .…_\u00a0")


def _built(
    cells: Mapping[Place, Value],
    labels: Mapping[Place, Place],
    inline: Mapping[Place, tuple[str, Place]],
    missing: tuple[Place, ...],
    score: float,
) -> Alignment:
    places = {**labels, **{place: found for place, (_, found) in inline.items()}}
    rows = _anchors(((found[0], place[0]) for place, found in places.items()))
    columns = _anchors(((found[1], place[1]) for place, found in places.items()))
    located = _Lines((found, place) for place, found in places.items())
    wanted = _Lines((place, place) for place in places)
    return Alignment(cells, labels, inline, missing, score, rows, columns, located, wanted)


def _anchors(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """For each number found the number that most of its landmarks have in the template."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for found, wanted in pairs:
        votes[found][wanted] += 1
    elected = [
        (found, min(counted, key=lambda wanted: (-counted[wanted], wanted)))
        for found, counted in votes.items()
    ]
    return _rising(sorted(elected))


def _rising(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for found, wanted in pairs:
        if not kept or wanted > kept[-1][1]:
            kept.append((found, wanted))
    return tuple(kept)
