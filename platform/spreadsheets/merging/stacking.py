"""`stack`: the rows of every unit under one header, each with where it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from spreadsheets import headers, template, xlsx
from spreadsheets.cells import Row, Value, address
from spreadsheets.merging.columns import ResultColumn
from spreadsheets.merging.spool import Spool
from spreadsheets.reading import Sheet
from spreadsheets.report import Log, SheetLog, Source
from spreadsheets.template import Mode, TableLayout, TemplateSheet
from spreadsheets.values import hinted

_EXTRA_COLUMNS = 100
_LONGEST_LABEL = 50
FRONT = (
    xlsx.Column("Jednostka", width=32),
    xlsx.Column("RSPO", width=10),
    xlsx.Column("Plik", width=32),
    xlsx.Column("Wiersz", "0", width=9),
)


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of one file, as columns; `numbers` are the file's own row numbers, from 1."""

    source: int
    sheet: str
    numbers: list[int]
    columns: Sequence[Sequence[Value]]
    extra: dict[headers.Key, Sequence[Value]]
    places: dict[int, int]
    extra_places: dict[headers.Key, int]

    @property
    def size(self) -> int:
        return len(self.numbers) * (len(self.columns) + len(self.extra))


class _RowFilter:
    """Tells the rows of a unit from the template's own, which a filled copy still has."""

    def __init__(self, layout: TableLayout, log: SheetLog) -> None:
        self._layout = layout
        self._keys = [title.key[0] for title in layout.titles]
        self._has_rows = bool(layout.unfilled or layout.samples or layout.calculated)
        self._log = log
        self._unfilled: list[int] = []
        self._samples: list[int] = []
        self._kept = 0

    def keeps(self, number: int, picked: tuple[Value, ...]) -> bool:
        """Whether the row belongs to the unit; `number` counts from 0."""
        own = picked[: len(self._keys)]
        if self._has_rows and self._is_printed(number, own, picked[len(own) :]):
            return False
        label = next(value for value in picked if value is not None)
        if type(label) is str and len(label) <= _LONGEST_LABEL:
            word = headers.key(label)
            if word in template.TOTALS and self._is_total(number, word, label):
                return False
            if word in self._keys and self._repeats_header(own):
                self._log.note("header_repeated", cell=f"A{number + 1}")
                return False
        self._kept += 1
        return True

    def _is_printed(self, number: int, own: tuple[Value, ...], extra: tuple[Value, ...]) -> bool:
        row = template.comparable(own, self._layout.calculated)
        if row in self._layout.samples:
            self._samples.append(number)
            return True
        if any(value is not None for value in extra):
            return False
        if row in self._layout.unfilled:
            if not template.is_numbering(row):
                self._unfilled.append(number)
            return True
        return row.count(None) == len(row)

    def _is_total(self, number: int, word: str, label: str) -> bool:
        is_printed = word in self._layout.totals
        kind = "row_of_totals" if is_printed else "row_like_totals"
        self._log.note(kind, cell=f"A{number + 1}", text=label)
        return is_printed

    def _repeats_header(self, own: tuple[Value, ...]) -> bool:
        return all(
            value is None or headers.key(headers.title(value)) == key
            for value, key in zip(own, self._keys, strict=True)
        )

    def note_stray(self, number: int, row: Row, stray: list[int]) -> None:
        """Remark on values in columns without a title."""
        for column in stray:
            value = row[column]
            if value is not None:
                self._log.note_value("outside", (number, column), str(value))

    def report(self) -> None:
        """Remark on what was passed over, once the sheet is read."""
        for kind, rows in (("rows_unfilled", self._unfilled), ("rows_sample", self._samples)):
            if rows:
                self._log.note(kind, cell=f"{rows[0] + 1}:{rows[-1] + 1}", count=len(rows))
        if not self._kept:
            self._log.note("sheet_unfilled")


class Stack:
    """One sheet of the template in the making of its result."""

    mode = Mode.STACK

    def __init__(self, sheet: TemplateSheet, layout: TableLayout) -> None:
        self.name = sheet.name
        self._layout = layout
        self._keys = [title.key for title in layout.titles]
        self._columns = [
            ResultColumn(title.title, title.key[0], title.kind, title.number_format)
            for title in layout.titles
        ]
        self._extra: dict[headers.Key, ResultColumn] = {}
        self._spool: Spool[_Block] = Spool()
        self._forgotten: set[int] = set()

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self._columns)

    def close(self) -> None:
        self._spool.close()

    def fit(self, sheet: Sheet) -> headers.Match | None:
        """Where the table lies in a filled sheet, or None where it is not there."""
        rows = sheet.head(headers.SEARCHED_ROWS)
        layout = self._layout
        area = headers.Area(rows, sheet.width, sheet.merged)
        return headers.find(self._keys, area, depth=layout.depth, expected=layout.header_row)

    def take(self, sheet: Sheet, match: headers.Match, log: SheetLog) -> None:
        """Read a fitting sheet; raises WorkbookDamaged when its rows turn out unreadable."""
        extra = self._note_columns(match, log)
        self._note_above(sheet, match, log)
        places = {
            position: place for position, place in enumerate(match.columns) if place is not None
        }
        own = len(self._keys)
        filter_ = _RowFilter(self._layout, log)
        for numbers, picked in self._rows(sheet, match, extra, filter_):
            columns = list(zip(*picked, strict=True))
            block = _Block(
                log.source,
                sheet.name,
                numbers,
                columns[:own],
                dict(zip(extra, columns[own:], strict=True)),
                places,
                extra,
            )
            for column, cells in zip(self._columns, block.columns, strict=True):
                column.votes.count(cells)
            for key, cells in block.extra.items():
                self._extra[key].votes.count(cells)
            self._spool.add(block)
        filter_.report()

    def forget(self, source: int) -> None:
        """Leave out what was read of a file that turned out unreadable."""
        self._forgotten.add(source)

    def _note_columns(self, match: headers.Match, log: SheetLog) -> dict[headers.Key, int]:
        """Remark on missing and additional columns; the additional ones that are kept."""
        for position, place in enumerate(match.columns):
            title = self._columns[position].title
            if place is None:
                log.note("column_missing", title=title)
            elif position in match.misspelt:
                cell = address(match.row, place)
                found = match.misspelt[position]
                log.note("column_misspelt", cell=cell, title=title, found=found)
        kept: dict[headers.Key, int] = {}
        found_keys = headers.keys([title for _, title in match.extra])
        for (place, title), key in zip(match.extra, found_keys, strict=True):
            if key is None:
                continue
            if key not in self._extra and len(self._extra) >= _EXTRA_COLUMNS:
                kind = "column_ignored"
            else:
                kind = "column_extra"
                kept[key] = place
                self._extra.setdefault(key, ResultColumn(title, key[0], hinted(key[0], "")))
            log.note(kind, cell=address(match.row, place), title=title)
        return kept

    def _note_above(self, sheet: Sheet, match: headers.Match, log: SheetLog) -> None:
        """Remark on what was written over the header, where the template has nothing like it."""
        top = match.row - self._layout.depth + 1
        for number, row in enumerate(sheet.head(top)):
            for column, value in enumerate(row):
                if value is not None and headers.key(str(value)) not in self._layout.above:
                    log.note_value("outside", (number, column), str(value))

    def _rows(
        self,
        sheet: Sheet,
        match: headers.Match,
        extra: dict[headers.Key, int],
        filter_: "_RowFilter",
    ) -> Iterator[tuple[list[int], list[tuple[Value, ...]]]]:
        """The filled rows below the header, block by block, with their numbers in the file."""
        nowhere = sheet.width
        places = [nowhere if place is None else place for place in match.columns]
        places += extra.values()
        pick = itemgetter(*places, nowhere)
        stray = sorted(set(range(sheet.width)) - set(places))
        for first, rows in sheet.blocks():
            numbers: list[int] = []
            kept: list[tuple[Value, ...]] = []
            for number, row in enumerate(rows, first):
                if number <= match.row:
                    continue
                row.extend([None] * (nowhere + 1 - len(row)))
                if stray:
                    filter_.note_stray(number, row, stray)
                picked = pick(row)[:-1]
                if picked.count(None) < len(picked) and filter_.keeps(number, picked):
                    numbers.append(number + 1)
                    kept.append(picked)
            if kept:
                yield numbers, kept

    def table(self) -> xlsx.Table:
        """The result's sheet; asked for once all files are read."""
        extra = [self._extra[key] for key in sorted(self._extra)]
        columns = (column.written() for column in [*self._columns, *extra])
        return xlsx.Table(self.name, (*FRONT, *columns), frozen=1)

    def write(self, book: xlsx.XlsxFile, table: int, sources: list[Source], log: Log) -> int:
        """Write all rows; how many there are."""
        count = 0
        extra_keys = sorted(self._extra)
        for block in self._spool.blocks():
            if block.source in self._forgotten:
                continue
            length = len(block.numbers)
            source = sources[block.source]
            written: list[Sequence[Value]] = [
                [source.unit] * length,
                [source.rspo] * length,
                [source.file] * length,
                block.numbers,
            ]
            for position, column in enumerate(self._columns):
                place = block.places.get(position)
                written.append(_converted(column, block.columns[position], block, place, log))
            for key in extra_keys:
                cells = block.extra.get(key)
                written.append(
                    [None] * length
                    if cells is None
                    else _converted(self._extra[key], cells, block, block.extra_places[key], log)
                )
            book.append(table, written)
            count += length
        return count


def _converted(
    column: ResultColumn, cells: Sequence[Value], block: _Block, place: int | None, log: Log
) -> Sequence[Value]:
    def note(position: int, problem: str, text: str) -> None:
        where = (block.numbers[position] - 1, place or 0)
        log.note_value(block.source, problem, block.sheet, where, text)

    return cells if place is None else column.converted(cells, note)
