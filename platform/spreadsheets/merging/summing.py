"""`sum`: sheets of one shape are added cell by cell, with the list of who contributed what."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

import xlsxwriter

from spreadsheets import headers, template, values, xlsx
from spreadsheets.cells import MAX_TEXT, Value, address
from spreadsheets.merging.alignment import Alignment, Landmarks, align, filled_cells
from spreadsheets.reading import Sheet
from spreadsheets.report import Log, SheetLog, Source
from spreadsheets.template import Mode, Place, TemplateSheet
from spreadsheets.values import Kind

_PRECISION = 60
_WIDEST = 50
_LARGEST_MERGE = 5_000

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


@dataclass(frozen=True, slots=True)
class _Addend:
    source: int
    sheet: str
    found: Place
    value: float | int


class Sum:
    """One sheet of the template in the making of its result."""

    mode = Mode.SUM

    def __init__(self, sheet: TemplateSheet) -> None:
        self.name = sheet.name
        self._sheet = sheet
        self._landmarks = Landmarks.of(sheet)
        self._addends: dict[Place, list[_Addend]] = defaultdict(list)
        self._sources: list[int] = []

    @property
    def titles(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        """Nothing is held open."""

    def fit(self, sheet: Sheet) -> Alignment | None:
        return align(self._landmarks, filled_cells(sheet))

    def take(self, sheet: Sheet, fit: Alignment, log: SheetLog) -> None:
        for place in fit.missing:
            title = headers.title(self._landmarks.values[place])
            log.note("label_missing", cell=address(*place), title=title)
        taken = set(fit.labels.values())
        self._sources.append(log.source)
        before = sum(map(len, self._addends.values()))
        for found, value in fit.cells.items():
            if found in taken:
                continue
            wanted = fit.template_place(found)
            if wanted is None or wanted in self._landmarks.labels:
                log.note_value("outside", found, str(value))
            else:
                self._add(wanted, found, value, log)
        if before == sum(map(len, self._addends.values())):
            log.note("sheet_unfilled")

    def _add(self, place: Place, found: Place, value: Value, log: SheetLog) -> None:
        read, problem = values.converted(Kind.NUMBER, value)
        if isinstance(read, int | float) and not isinstance(read, bool):
            self._addends[place].append(_Addend(log.source, log.sheet, found, read))
        elif read is not None:
            log.note_value("not_added", found, str(value))
            return
        if problem:
            log.note_value(problem, found, str(value))

    def forget(self, source: int) -> None:
        self._sources = [number for number in self._sources if number != source]
        for place, addends in self._addends.items():
            self._addends[place] = [addend for addend in addends if addend.source != source]

    def settle(self, log: Log) -> None:
        """Keep the template's own numbers (years, ordinals) that most copies left alone.

        Asked for once all files are read, before the sheet is painted.
        """
        for place, addends in list(self._addends.items()):
            constant = self._landmarks.values.get(place)
            if not isinstance(constant, int | float) or not constant:
                continue
            changed = [addend for addend in addends if addend.value != constant]
            if len(changed) * 2 > len(addends):
                continue
            for addend in changed:
                log.note(
                    addend.source,
                    "constant_changed",
                    sheet=addend.sheet,
                    cell=address(*addend.found),
                    wanted=_shown(constant),
                    text=_shown(addend.value),
                )
            del self._addends[place]

    def total(self, place: Place) -> float | int | None:
        """The exact sum of a cell, whatever the order of the files; None where nobody wrote."""
        addends = self._addends.get(place)
        if not addends:
            return None
        with localcontext(prec=_PRECISION):
            total = sum((Decimal(repr(addend.value)) for addend in addends), Decimal(0))
        return int(total) if total == total.to_integral_value() else float(total)

    @property
    def cells(self) -> int:
        return sum(bool(addends) for addends in self._addends.values())

    def paint(self, book: xlsxwriter.Workbook, name: str) -> None:
        """The template's sheet with the sums in it, as a sheet of the result."""
        sheet = book.add_worksheet(name)
        label = book.add_format({"text_wrap": True, "valign": "vcenter", "bold": True})
        merged = self._merged()
        for place, value in self._landmarks.values.items():
            if place in self._addends:
                continue
            if place in merged:
                sheet.merge_range(*merged[place], "", label)
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(*place, value, label)
            elif isinstance(value, str):
                sheet.write_string(*place, value[:MAX_TEXT], label)
        for place in self._addends:
            total = self.total(place)
            if total is not None:
                number_format = self._sheet.number_format(*place) or (
                    "0" if isinstance(total, int) else "#,##0.00"
                )
                sheet.write_number(*place, total, book.add_format({"num_format": number_format}))
        self._dress(sheet)

    def _dress(self, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        widths: dict[int, int] = {}
        for (_, column), value in self._landmarks.values.items():
            longest = max(map(len, str(value).split()), default=0)
            widths[column] = min(max(widths.get(column, 12), longest + 3), _WIDEST)
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        layout = template.table_layout(self._sheet)
        if layout is not None:
            sheet.freeze_panes(layout.header_row + 1, layout.titles[0].place + 1)

    def _merged(self) -> dict[Place, tuple[int, int, int, int]]:
        """The template's merged cells by their first cell, without those that overlap."""
        used: set[Place] = set(self._addends)
        kept = {}
        for area in self._sheet.merged:
            top, left, bottom, right = area
            if (bottom - top + 1) * (right - left + 1) > _LARGEST_MERGE or area[:2] == area[2:]:
                continue
            covered = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            if not covered & used:
                used |= covered
                kept[top, left] = area
        return kept

    def contributions(self, sources: list[Source]) -> Iterator[list[Value]]:
        """A row of CONTRIBUTIONS for each number that was added."""
        for place in sorted(self._addends):
            described = self._described(place)
            for addend in self._addends[place]:
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

    def _described(self, place: Place) -> str:
        row, column = place
        left = ((row, nearer) for nearer in range(column - 1, -1, -1))
        above = ((nearer, column) for nearer in range(row - 1, -1, -1))
        found = (
            next((p for p in line if p in self._landmarks.labels), None) for line in (left, above)
        )
        return " / ".join(headers.title(self._landmarks.values[p]) for p in found if p)


def _shown(number: float) -> str:
    return f"{number:g}".replace(".", ",")
