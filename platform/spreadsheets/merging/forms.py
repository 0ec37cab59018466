"""`form`: a sheet of labels and cells becomes one row for each unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spreadsheets import headers, template, xlsx
from spreadsheets.cells import Value, address
from spreadsheets.merging.alignment import Alignment, Landmarks, align, filled_cells
from spreadsheets.merging.columns import ResultColumn
from spreadsheets.reading import Sheet
from spreadsheets.report import Log, SheetLog, Source
from spreadsheets.template import Mode, Place, TemplateSheet
from spreadsheets.values import hinted

FRONT = (
    xlsx.Column("Jednostka", width=32),
    xlsx.Column("RSPO", width=10),
    xlsx.Column("Plik", width=32),
)
_MARKS_OF_A_FIELD = (":", "?")
_DOTS = " .…_\u00a0"


@dataclass(frozen=True, slots=True)
class _Filled:
    """What one unit wrote: values by the template's cells, and the cells where they are."""

    source: int
    sheet: str
    values: dict[Place, Value]
    places: dict[Place, Place]


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

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self._columns.values())

    def close(self) -> None:
        """Nothing is held open."""

    def fit(self, sheet: Sheet) -> Alignment | None:
        return align(self._landmarks, filled_cells(sheet))

    def take(self, sheet: Sheet, fit: Alignment, log: SheetLog) -> None:
        landmarks = self._landmarks
        for place in fit.missing:
            title = headers.title(landmarks.values[place])
            log.note("label_missing", cell=address(*place), title=title)
        values: dict[Place, Value] = {}
        places: dict[Place, Place] = {}
        for label, (answer, found) in fit.inline.items():
            field = self._evident.get(label, label)
            values[field], places[field] = answer, found
        taken = {*fit.labels.values(), *places.values()}
        for found, value in fit.cells.items():
            if found in taken:
                continue
            wanted = fit.template_place(found)
            if wanted is None:
                log.note_value("outside", found, str(value))
            elif not _is_same(landmarks.values.get(wanted), value):
                values[wanted] = value
                places[wanted] = found
        if not values:
            log.note("sheet_unfilled")
        self._filled.append(_Filled(log.source, sheet.name, values, places))

    def forget(self, source: int) -> None:
        self._filled = [filled for filled in self._filled if filled.source != source]

    def table(self) -> xlsx.Table:
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

        return column.converted([filled.values.get(place) for filled in self._filled], note)

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
            if isinstance(own, str):
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


def _is_same(wanted: Value, value: Value) -> bool:
    nothing: frozenset[int] = frozenset()
    return template.comparable((wanted,), nothing) == template.comparable((value,), nothing)
