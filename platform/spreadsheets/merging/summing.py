"""`sum`: sheets of one shape are added cell by cell, with the list of who contributed what.

In a table with printed rows a cell is known by its row's label and its column's title; elsewhere by
the labels around it. What the template calculates itself (totals, averages, shares) is calculated
from the sums, never added.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from spreadsheets import conversion, headers, xlsx
from spreadsheets.cells import Formatted, Value, address
from spreadsheets.conversion import Setting
from spreadsheets.log import Log, SheetLog, quoted
from spreadsheets.merging import derived
from spreadsheets.merging.alignment import Alignment, Landmarks, align, filled_cells
from spreadsheets.merging.exact import exact_sum
from spreadsheets.merging.matching import MatrixTaker
from spreadsheets.merging.matrix import Matrix
from spreadsheets.merging.tables import TablesFit, locate
from spreadsheets.readers import Sheet
from spreadsheets.report import Source
from spreadsheets.template import Mode, Place, TableLayout, TemplateSheet
from spreadsheets.values import Kind

_FIRST_YEAR, _LAST_YEAR = 1990, 2100

CONTRIBUTIONS = xlsx.Table(
    "Składniki",
    (
        xlsx.Column("Jednostka", width=32),
        xlsx.Column("RSPO", width=10),
        xlsx.Column("Plik", width=32),
        xlsx.Column("Arkusz"),
        xlsx.Column("Komórka", width=10),
        xlsx.Column("Opis", width=40),
        xlsx.Column("Wartość"),
    ),
    frozen=1,
)
Fit: TypeAlias = TablesFit | Alignment


@dataclass(frozen=True, slots=True)
class Addend:
    """A number that one file brings to a cell of the template."""

    source: int
    sheet: str
    found: Place
    value: float | int


class Sum:
    """One sheet of the template in the making of its result."""

    mode = Mode.SUM

    def __init__(self, sheet: TemplateSheet, layouts: Sequence[TableLayout]) -> None:
        self.name = sheet.name
        self.sheet = sheet
        self.landmarks = Landmarks.of(sheet)
        self.matrices = [Matrix(sheet, layout) for layout in layouts]
        if not all(matrix.rows for matrix in self.matrices):
            self.matrices = []
        self.formulas = derived.formulas_of(sheet)
        self.addends: dict[Place, list[Addend]] = defaultdict(list)
        self.reported: dict[Place, list[Addend]] = defaultdict(list)
        self._settings: dict[Place, Setting] = {}
        self.computed: dict[Place, float | int | None] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(t.title for matrix in self.matrices for t in matrix.layout.titles)

    def close(self) -> None:
        """Nothing is held open."""

    def fit(self, sheet: Sheet) -> Fit | None:
        if self.matrices:
            return locate([matrix.layout for matrix in self.matrices], sheet)
        return align(self.landmarks, filled_cells(sheet))

    def has_entries(self, sheet: Sheet, _fit: Fit) -> bool:
        """Whether the sheet has a number that the template has not."""
        printed = {value for _, value in self.sheet.cells() if not isinstance(value, str)}
        return any(
            value is not None and not isinstance(value, str) and value not in printed
            for _, row in sheet.rows()
            for value in row
        )

    def take(self, sheet: Sheet, fit: Fit, log: SheetLog) -> None:
        before = sum(map(len, self.addends.values()))
        if isinstance(fit, TablesFit):
            for one in fit.found:
                MatrixTaker(self, self.matrices[one.table], log).take(one.part, one.match)
            for number in fit.missing:
                layout = self.matrices[number].layout
                titles = ", ".join(f"„{title.title}”" for title in layout.titles[:3])
                log.note("table_missing", titles=titles)
        else:
            self._take_aligned(sheet, fit, log)
        if before == sum(map(len, self.addends.values())):
            log.note("sheet_unfilled")

    def _take_aligned(self, sheet: Sheet, fit: Alignment, log: SheetLog) -> None:
        for place in fit.missing:
            title = headers.title(self.landmarks.values[place])
            log.note("label_missing", cell=address(*place), title=title)
        taken = set(fit.labels.values())
        read = sum(len(row) - row.count(None) for _, row in sheet.rows())
        log.equal(len(taken) + read - len(fit.cells))
        for found, value in fit.cells.items():
            if found in taken:
                continue
            wanted = fit.template_place(found)
            if wanted is None or wanted in self.landmarks.labels or self._is_nowhere(wanted):
                log.leave_out("outside", found, value)
            else:
                self.add(wanted, found, value, log)

    def _is_nowhere(self, place: Place) -> bool:
        """Whether no label of the template asks for a cell."""
        return place not in self.landmarks.values and not self.described(place)

    def add(self, place: Place, found: Place, value: Value, log: SheetLog) -> None:
        """Bring one cell of a file to its cell of the template."""
        read, problem = conversion.converted(Kind.NUMBER, value, self._setting(place))
        number = read if isinstance(read, int | float) and not isinstance(read, bool) else None
        if place in self.formulas:
            log.equal(1)
            if number is not None:
                self.reported[place].append(Addend(log.source, log.sheet, found, number))
            return
        if number is not None:
            self.addends[place].append(Addend(log.source, log.sheet, found, number))
            if isinstance(value, Formatted) and value.mark == "percent":
                problem = problem or "percent"
            if problem:
                log.note_value(problem, found, quoted(value))
        else:
            log.leave_out("not_added" if read is not None else problem, found, value)

    def _setting(self, place: Place) -> Setting:
        """What the template says of a cell: its labels and its number format."""
        known = self._settings.get(place)
        if known is None:
            number_format = self.sheet.number_format(*place)
            percents = "fraction" if "%" in number_format else ""
            key = headers.key(self.described(place))
            known = self._settings[place] = Setting(key, number_format, percents)
        return known

    def forget(self, source: int) -> None:
        for kept in (self.addends, self.reported):
            for place, addends in kept.items():
                kept[place] = [addend for addend in addends if addend.source != source]

    def settle(self, log: Log) -> None:
        """Tell answers from the template's constants, and calculate what it calculates.

        Asked for once all files are read, before the sheet is painted.
        """
        for place in [place for place, addends in self.addends.items() if not addends]:
            del self.addends[place]
        self._settle_constants(log)
        derived.settle(self, log)
        for addends in self.addends.values():
            for addend in addends:
                log.accounts[addend.source].placed += 1

    def _settle_constants(self, log: Log) -> None:
        """A number that the template brings is an answer where others changed it, or may."""
        for place, addends in list(self.addends.items()):
            constant = self.landmarks.values.get(place)
            if not isinstance(constant, int | float) or isinstance(constant, bool):
                continue
            if self._asks(place, constant):
                continue
            for addend in addends:
                if addend.value == constant:
                    log.accounts[addend.source].template += 1
                else:
                    self.note_constant(log, addend, constant)
            del self.addends[place]

    def note_constant(self, log: Log, addend: Addend, constant: float) -> None:
        log.note(
            addend.source,
            "constant_changed",
            sheet=addend.sheet,
            cell=address(*addend.found),
            wanted=quoted(constant),
            text=quoted(addend.value),
        )
        log.accounts[addend.source].named += 1

    def _asks(self, place: Place, constant: float) -> bool:
        """Whether a printed number waits for an answer rather than being one of the form's own."""
        is_year = float(constant).is_integer() and _FIRST_YEAR <= constant <= _LAST_YEAR
        is_left = all(addend.value == constant for addend in self.addends[place])
        matrix = self.matrix_of(place)
        if is_year and (is_left or matrix is None):
            return False
        if matrix is None:
            return not is_left
        column = [
            other for other in self.addends if other[1] == place[1] and other[0] in matrix.rows
        ]
        printed = self.landmarks.values
        if matrix.is_constant_column(place[1]):
            return False
        changed = any(
            other in printed and addend.value != printed[other]
            for other in column
            for addend in self.addends[other]
        )
        return changed or matrix.asks_in(place[1])

    def matrix_of(self, place: Place) -> Matrix | None:
        """The table that a cell lies in, below its header."""
        return next((matrix for matrix in self.matrices if matrix.holds(place)), None)

    def total(self, place: Place) -> float | int | None:
        """The exact sum of a cell, whatever the order of the files; None where nobody wrote."""
        if place in self.computed:
            return self.computed[place]
        return exact_sum(addend.value for addend in self.addends.get(place, ()))

    @property
    def cells(self) -> int:
        places = {*self.addends, *(p for p, value in self.computed.items() if value is not None)}
        return len(places)

    def contributions(self, sources: list[Source]) -> Iterator[list[Value]]:
        """A row of CONTRIBUTIONS for each number that was added."""
        for place in sorted(self.addends):
            described = self.described(place)
            for addend in self.addends[place]:
                source = sources[addend.source]
                yield [
                    source.unit,
                    source.rspo,
                    source.file,
                    addend.sheet,
                    address(*addend.found),
                    described,
                    addend.value,
                ]

    def described(self, place: Place) -> str:
        """The labels to the left of a cell and above it."""
        row, column = place
        matrix = self.matrix_of(place)
        if matrix is not None and row in matrix.rows:
            title = matrix.title_of(column)
            return " / ".join(filter(None, [matrix.spelt(row), title]))
        left = ((row, nearer) for nearer in range(column - 1, -1, -1))
        above = ((nearer, column) for nearer in range(row - 1, -1, -1))
        labels: Mapping[Place, str] = self.landmarks.labels
        found = (next((p for p in line if p in labels), None) for line in (left, above))
        return " / ".join(headers.title(self.landmarks.values[p]) for p in found if p)
