"""`form`: a sheet of labels and cells becomes one row for each unit."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spreadsheets import errors, headers, template, xlsx
from spreadsheets.cells import Value, address
from spreadsheets.log import Log, SheetLog
from spreadsheets.merging.alignment import Alignment, Landmarks, align, filled_cells
from spreadsheets.merging.columns import ResultColumn
from spreadsheets.merging.words import is_signed
from spreadsheets.readers import Sheet
from spreadsheets.report import Source
from spreadsheets.template import Mode, Place, TemplateSheet
from spreadsheets.template.texts import ANSWERS, has_boxes
from spreadsheets.values import hinted

FRONT = (
    xlsx.Column("Jednostka", width=32),
    xlsx.Column("RSPO", width=10),
    xlsx.Column("Plik", width=32),
)
_MARKS_OF_A_FIELD = (":", "?")
_MOST_FIELDS = 16_000
_CHOICE = re.compile(r"\w\s*/\s*\w")
_DOTS = " .…_\u00a0"


@dataclass(frozen=True, slots=True)
class _Filled:
    """What one unit wrote: values by the template's cells, and the cells where they are.

    `left` are the template's own values that the unit left as they were.
    """

    source: int
    sheet: str
    values: dict[Place, Value]
    places: dict[Place, Place]
    left: frozenset[Place]


class Form:
    """One sheet of the template in the making of its result."""

    mode = Mode.FORM

    def __init__(self, sheet: TemplateSheet) -> None:
        self.name = sheet.name
        self._sheet = sheet
        self._landmarks = Landmarks.of(sheet)
        self._filled: list[_Filled] = []
        self._columns: dict[Place, ResultColumn] = {}
        self._evident = self._evident_fields()
        self._fields: set[Place] = set(self._evident.values())
        self._placed: list[tuple[int, int]] = []

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self._columns.values())

    @property
    def is_unused(self) -> bool:
        """Whether the sheet has no field that shows, and nobody wrote on it."""
        return not self._evident and not any(filled.values for filled in self._filled)

    def close(self) -> None:
        """Nothing is held open."""

    def fit(self, sheet: Sheet) -> Alignment | None:
        return align(self._landmarks, filled_cells(sheet))

    def has_entries(self, _sheet: Sheet, fit: Alignment) -> bool:
        known = {template.same(value) for value in self._landmarks.values.values()}
        return bool(fit.inline) or any(template.same(v) not in known for v in fit.cells.values())

    def take(self, sheet: Sheet, fit: Alignment, log: SheetLog) -> None:
        """Read a fitting sheet; raises FormTooWide where a result cannot have so many fields."""
        values, places, left = self._read(fit, log)
        self._note_missing(fit, values, places, log)
        if len(self._fields | values.keys()) > _MOST_FIELDS:
            raise errors.FormTooWide
        self._fields |= values.keys()
        read = sum(len(row) - row.count(None) for _, row in sheet.rows())
        log.equal(read - len(fit.cells))
        if not values:
            log.note("sheet_unfilled")
        self._filled.append(_Filled(log.source, sheet.name, values, places, frozenset(left)))

    def _read(
        self, fit: Alignment, log: SheetLog
    ) -> tuple[dict[Place, Value], dict[Place, Place], set[Place]]:
        """What was written, where it is, and which of the template's values were left."""
        printed = self._landmarks.values
        values: dict[Place, Value] = {}
        places: dict[Place, Place] = {}
        left: set[Place] = set()
        for label, (answer, found) in fit.inline.items():
            field = self._evident.get(label, label)
            values[field], places[field] = answer, found
        for label, found in fit.labels.items():
            if template.same(printed[label]) != template.same(fit.cells[found]):
                values[label], places[label] = fit.cells[found], found
            else:
                left.add(label)
                log.equal(1)
        taken = {*fit.labels.values(), *places.values()}
        for found, value in fit.cells.items():
            if found in taken:
                continue
            wanted = fit.template_place(found)
            if wanted is None or wanted in values:
                log.leave_out("outside", found, value)
            elif wanted in printed and template.same(printed[wanted]) == template.same(value):
                left.add(wanted)
                log.equal(1)
            elif self._is_label(wanted) or self._is_signature(wanted, value):
                log.leave_out("outside", found, value)
            else:
                values[wanted] = value
                places[wanted] = found
        return values, places, left

    def _note_missing(
        self,
        fit: Alignment,
        values: dict[Place, Value],
        places: dict[Place, Place],
        log: SheetLog,
    ) -> None:
        for place in fit.missing:
            if place in values or self._is_preset(place):
                continue
            title = headers.title(self._landmarks.values[place])
            log.note("label_missing", cell=address(*place), title=title)

    def _is_label(self, place: Place) -> bool:
        return place in self._landmarks.labels and not self._is_preset(place)

    def _is_signature(self, place: Place, value: Value) -> bool:
        """Whether a text is a line to sign under the form, in a row where nothing is asked."""
        is_free = not any(row == place[0] for row, _ in self._landmarks.values)
        return is_free and isinstance(value, str) and is_signed(value)

    def _is_preset(self, place: Place) -> bool:
        """Whether a text of the template is an answer that it brings, not a label.

        It stands right behind a label, and offers a choice or is the last text of its row.
        """
        labels = self._landmarks.labels
        row, column = place
        before = max((c for r, c in labels if r == row and c < column), default=None)
        if before is None:
            return False
        ends = [a[3] for a in self._sheet.merged if a[0] == row and a[1] == before]
        if max([before, *ends]) + 1 != column:
            return False
        text = str(self._landmarks.values[place])
        others = [c for r, c in labels if r == row and c not in {before, column}]
        return _is_choice(text) or headers.key(text) in ANSWERS or not others

    def forget(self, source: int) -> None:
        self._filled = [filled for filled in self._filled if filled.source != source]

    def _defaults(self) -> None:
        """A value that the template brings and a unit leaves is its answer, if others changed it.

        A choice that nobody has made (☐ TAK ☐ NIE) is none.
        """
        printed = self._landmarks.values
        changed = {p for filled in self._filled for p in filled.values if p in printed}
        for place in changed:
            value = printed[place]
            if place in self._evident or (isinstance(value, str) and _is_choice(value)):
                continue
            if isinstance(value, str) and not self._is_preset(place):
                continue
            for filled in self._filled:
                if place in filled.left:
                    filled.values[place] = value
                    filled.places[place] = place

    def table(self) -> xlsx.Table:
        self._placed = [(filled.source, len(filled.values)) for filled in self._filled]
        self._defaults()
        fields = sorted(
            {place for filled in self._filled for place in filled.values}
            | set(self._evident.values())
        )
        titles = self._titles(fields)
        for place in fields:
            title = titles[place]
            number_format = self._sheet.number_format(*place)
            key = headers.key(title)
            column = ResultColumn(title, key, hinted(key, number_format), number_format)
            column.votes.count([filled.values.get(place) for filled in self._filled])
            self._columns[place] = column
        columns = (column.written() for column in self._columns.values())
        return xlsx.Table(self.name, (*FRONT, *columns), frozen=1)

    def write(self, book: xlsx.XlsxFile, table: int, sources: list[Source], log: Log) -> int:
        """Write a row for each unit; how many there are."""
        for number, count in self._placed:
            log.accounts[number].placed += count
        whose = [sources[filled.source] for filled in self._filled]
        if not whose:
            return 0
        written: list[Sequence[Value]] = [
            [source.unit for source in whose],
            [source.rspo for source in whose],
            [source.file for source in whose],
        ]
        for place, column in self._columns.items():
            written.append(self._converted(place, column, log))
        book.append(table, written)
        return len(whose)

    def _converted(self, place: Place, column: ResultColumn, log: Log) -> Sequence[Value]:
        def note(position: int, problem: str, text: str) -> None:
            filled = self._filled[position]
            log.note_value(filled.source, problem, filled.sheet, filled.places[place], text)

        cells = [filled.values.get(place) for filled in self._filled]
        return column.converted(cells, note)

    def _evident_fields(self) -> dict[Place, Place]:
        """Fields that show even if nobody filled them in, by label: the cell behind "Telefon:"."""
        found = {}
        for row, column in self._landmarks.labels:
            text = str(self._landmarks.values[row, column]).rstrip(_DOTS)
            if not text.endswith(_MARKS_OF_A_FIELD):
                continue
            right = column + 1
            for top, left, bottom, last in self._sheet.merged:
                if (top, left) == (row, column) and bottom == row:
                    right = last + 1
            if right < self._sheet.width and (row, right) not in self._landmarks.values:
                found[row, column] = (row, right)
        return found

    def _titles(self, fields: list[Place]) -> dict[Place, str]:
        """A title for each field: the label to its left, the one above where that is not enough."""
        left = {place: self._label(place, 0, -1) for place in fields}
        above = {place: self._label(place, -1, 0) for place in fields}
        shared = Counter((place[0], left[place]) for place in fields)
        titles = {}
        for place in fields:
            parts = [left[place], above[place]]
            own = self._landmarks.values.get(place)
            if isinstance(own, str) and not (left[place] and self._is_preset(place)):
                parts = [headers.title(own).rstrip(_DOTS + ":")]
            elif left[place] and shared[place[0], left[place]] == 1:
                parts = [left[place]]
            titles[place] = " / ".join(filter(None, parts)) or address(*place)
        repeated = Counter(titles.values())
        return {
            place: title if repeated[title] == 1 else f"{title} ({address(*place)})"
            for place, title in titles.items()
        }

    def _label(self, place: Place, down: int, right: int) -> str:
        row, column = place[0] + down, place[1] + right
        while row >= 0 and column >= 0:
            if (row, column) in self._landmarks.labels:
                return headers.title(self._landmarks.values[row, column]).rstrip(_DOTS + ":")
            row, column = row + down, column + right
        return ""


def _is_choice(text: str) -> bool:
    """Whether the text offers answers to choose from: boxes, TAK / NIE."""
    return has_boxes(text) or _CHOICE.search(text) is not None
