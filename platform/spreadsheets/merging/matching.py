"""Reads one filled table with printed rows into the sums, and accounts for its every cell."""

from collections import defaultdict
from typing import Protocol

from spreadsheets import headers, template
from spreadsheets.cells import Row, Value, address, addresses
from spreadsheets.log import SheetLog, quoted, shortened
from spreadsheets.merging.alignment import Landmarks
from spreadsheets.merging.around import note_title
from spreadsheets.merging.matrix import Matrix, Rows, template_places
from spreadsheets.parts import Part
from spreadsheets.template import Place, TemplateSheet
from spreadsheets.template.texts import is_number


class Adding(Protocol):
    """What the cells of a table are added to."""

    sheet: TemplateSheet
    landmarks: Landmarks

    def add(self, place: Place, found: Place, value: Value, log: SheetLog) -> None: ...


class MatrixTaker:
    """One table of one file."""

    def __init__(self, into: Adding, matrix: Matrix, log: SheetLog) -> None:
        self._into = into
        self._matrix = matrix
        self._layout = matrix.layout
        self._log = log
        self._columns: dict[int, int] = {}
        self._labels: set[int | None] = set()
        self._titled: dict[int, str] = {}
        self._stray: dict[int, list[Place]] = defaultdict(list)

    def take(self, part: Part, match: headers.Match) -> None:
        self._note_columns(match)
        rows = self._matrix.find_rows(part, match)
        self._note_rows(rows)
        self._columns = template_places(self._layout, match)
        self._labels = {match.columns[n] for n in self._matrix.label_positions}
        self._titled = dict(match.extra)
        top = match.row - self._layout.depth + 1
        for number, row in part.rows():
            if number <= match.row:
                self._take_above(number, row, top)
            elif number in rows.known:
                self._take_row(number, row, rows.known[number])
            else:
                self._take_unknown(number, row, rows.unknown.get(number, ""))
        self._note_merged(part, match.row)
        for place, cells in self._stray.items():
            self._log.note("column_not_summed", cell=addresses(cells), title=self._titled[place])
            self._log.leave_out_rest(len(cells))

    def _note_merged(self, part: Part, header_row: int) -> None:
        """Remark on numbers in cells merged over several cells of the table."""
        values = {
            (number, place): value
            for number, row in (part.rows() if part.merged else ())
            for place, value in enumerate(row)
            if value is not None
        }
        for top, left, bottom, right in part.merged:
            value = values.get((top, left))
            covered = [place for place in range(left, right + 1) if place in self._columns]
            if top > header_row and covered and is_number(value) and left not in self._labels:
                cell = f"{address(top, left)}:{address(bottom, right)}"
                self._log.note("merged_once", cell=cell, text=quoted(value))

    def _note_columns(self, match: headers.Match) -> None:
        found = [place for place in match.columns if place is not None]
        if found != sorted(found):
            self._log.note("columns_moved", cell=address(match.row, found[0]))
        for position, place in enumerate(match.columns):
            note_title(position, place, self._layout.titles[position].title, match, self._log)

    def _note_rows(self, rows: Rows) -> None:
        for row in rows.missing:
            self._log.note("label_missing", title=self._matrix.spelt(row))
        for number, text in rows.misspelt.items():
            title = self._matrix.spelt(rows.known[number])
            self._log.note("row_misspelt", cell=f"A{number + 1}", found=text, title=title)

    def _take_above(self, number: int, row: Row, top: int) -> None:
        for place, value in enumerate(row):
            if value is None:
                continue
            if number >= top or headers.key(headers.title(value)) in self._layout.above:
                self._log.equal(1)
            elif is_number(value) and (constant := self._constant(row, place)) is not None:
                self._log.note(
                    "constant_changed",
                    cell=address(number, place),
                    wanted=quoted(constant),
                    text=quoted(value),
                )
                self._log.leave_out_rest(1)
            else:
                self._log.leave_out("outside", (number, place), value)

    def _constant(self, row: Row, place: int) -> Value:
        """The number that the template has as far behind the same label."""
        labels = self._into.landmarks.labels
        for column in range(place - 1, -1, -1):
            text = row[column]
            if not isinstance(text, str):
                continue
            for (number, wanted), key in labels.items():
                if key == headers.key(text) and number < self._layout.header_row:
                    return self._into.landmarks.values.get((number, wanted + place - column))
            return None
        return None

    def _take_row(self, number: int, row: Row, wanted_row: int) -> None:
        for place, value in enumerate(row):
            if value is None:
                continue
            compared = template.same(value)
            column = self._columns.get(place)
            if compared is None or place in self._labels:
                self._log.equal(1)
            elif column is not None:
                self._take_cell((wanted_row, column), (number, place), value)
            elif compared in self._layout.beside:
                self._log.equal(1)
            elif place in self._titled:
                self._stray[place].append((number, place))
            else:
                self._log.leave_out("outside", (number, place), value)

    def _take_cell(self, wanted: Place, found: Place, value: Value) -> None:
        printed = self._into.landmarks.values.get(wanted)
        if isinstance(printed, str) and template.same(printed) == template.same(value):
            self._log.equal(1)
        else:
            self._into.add(wanted, found, value, self._log)

    def _take_unknown(self, number: int, row: Row, label: str) -> None:
        """A row that the template has not: an own one, a sum, a signature, a note."""
        filled = [(place, value) for place, value in enumerate(row) if value is not None]
        left = [(place, value) for place, value in filled if not self._is_printed(value)]
        self._log.equal(len(filled) - len(left))
        if not left:
            return
        numbers = [value for place, value in left if is_number(value) and place not in self._labels]
        if label and numbers:
            places = [place for place, _ in left]
            self._log.leave_out_row("row_not_summed", number, places, text=shortened(label))
        else:
            for place, value in left:
                self._log.leave_out("outside", (number, place), value)

    def _is_printed(self, value: Value) -> bool:
        if is_number(value):
            return False
        compared = template.same(value)
        return (
            compared is None
            or compared in self._layout.beside
            or any(compared in row for row in self._layout.below | self._layout.unfilled)
        )
