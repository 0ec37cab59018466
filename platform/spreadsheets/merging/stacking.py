"""`stack`: the rows of every unit under one header, each with where it came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from spreadsheets import headers, template, xlsx
from spreadsheets.cells import Value
from spreadsheets.log import Log, SheetLog
from spreadsheets.merging import totals
from spreadsheets.merging.around import note_around, note_columns
from spreadsheets.merging.blocks import BLOCK_ROWS, Block, Rows
from spreadsheets.merging.columns import DateOrders, ResultColumn
from spreadsheets.merging.covering import Covering
from spreadsheets.merging.rows import Fate, Judge, Numbered
from spreadsheets.merging.spool import Spool
from spreadsheets.parts import Readable
from spreadsheets.report import Source
from spreadsheets.template import Comparable, Mode, TableLayout, TemplateSheet
from spreadsheets.template.texts import ANSWERS, has_boxes
from spreadsheets.values import hinted

_MOST_LISTED = 20_000
FRONT = (
    xlsx.Column("Jednostka", width=32),
    xlsx.Column("RSPO", width=10),
    xlsx.Column("Plik", width=32),
    xlsx.Column("Wiersz", "0", width=9),
)


@dataclass(slots=True)
class _Taken:
    """One sheet that was read: its answers, and the rows that it left as the template has them."""

    source: int
    sheet: str
    answers: int = 0
    samples: list[int] = field(default_factory=list)
    presets: list[tuple[int, Comparable]] = field(default_factory=list)


class Stack:
    """One table of the template in the making of its result."""

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
        self._spool: Spool[Block] = Spool()
        self._taken: list[_Taken] = []
        self._forgotten: set[int] = set()
        self._orders = DateOrders(layout.titles)
        self._presets = {
            row[label]: (label, row)
            for row in layout.unfilled
            if (label := _label_of(row)) is not None
        }
        self._preset_rows = {row for _, row in self._presets.values()}
        self._answered: set[Comparable] = set()

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self._columns)

    @property
    def layout(self) -> TableLayout:
        return self._layout

    def close(self) -> None:
        self._spool.close()

    def fit(self, sheet: Readable) -> headers.Match | None:
        """Where the table lies in a filled sheet, or None where it is not there."""
        layout = self._layout
        area = headers.Area(sheet.head(headers.SEARCHED_ROWS), sheet.width, sheet.merged)
        return headers.find(self._keys, area, depth=layout.depth, expected=layout.header_row)

    def has_entries(self, sheet: Readable, match: headers.Match) -> bool:
        """Whether a fitting sheet has anything below its header that the template has not."""
        pick = itemgetter(*(place for place in match.columns if place is not None), sheet.width)
        for number, row in sheet.rows():
            if number <= match.row:
                continue
            picked = pick([*row, *[None] * (sheet.width + 1 - len(row))])
            if picked.count(None) < len(picked):
                own = [None if p is None or p >= len(row) else row[p] for p in match.columns]
                compared = template.comparable(tuple(own), self._layout.calculated)
                if compared not in self._layout.unfilled | self._layout.below:
                    return True
        return False

    def take(self, sheet: Readable, match: headers.Match, log: SheetLog) -> None:
        """Read a fitting sheet; raises WorkbookDamaged when its rows turn out unreadable."""
        extra = self._extra_columns(match, log)
        columns = [*match.columns, *extra.values()]
        note_around(sheet, match.row, self._layout, columns, log)
        covering = Covering(sheet, match.row, columns, self._layout)
        covering.note(log)

        listed = list(islice(self._rows(sheet, match, columns, covering), _MOST_LISTED + 1))

        def rows() -> Iterable[Numbered]:
            if len(listed) <= _MOST_LISTED:
                return listed
            return self._rows(sheet, match, columns, covering)

        judge = Judge(self._layout, columns, log, sheet.width)
        sums = totals.kept_as_sums(sheet.facts, [p for p in match.columns if p is not None])
        judged = judge.judge(rows, {row for row in sums if row > match.row}, covering.across)
        taken = _Taken(log.source, sheet.name, judged.answers)
        self._taken.append(taken)
        self._spool_rows(
            rows=rows(),
            fates=judged.fates,
            taken=taken,
            match=match,
            extra=extra,
            covering=covering,
            log=log,
        )

    def _spool_rows(
        self,
        *,
        rows: Iterable[Numbered],
        fates: dict[int, Fate],
        taken: _Taken,
        match: headers.Match,
        extra: dict[headers.Key, int],
        covering: Covering,
        log: SheetLog,
    ) -> None:
        own = len(self._keys)
        places = {n: place for n, place in enumerate(match.columns) if place is not None}
        numbers: list[int] = []
        kept: list[tuple[Value, ...]] = []
        counts: list[int] = []
        presets: dict[int, Comparable] = {}
        for number, _, picked in rows:
            fate = fates.get(number)
            if fate is Fate.DROPPED or picked.count(None) == len(picked):
                continue
            filled = len(picked) - picked.count(None)
            if fate is not None:
                self._note_printed(number, picked[:own], fate, taken)
                if fate is not Fate.PRESET or taken.presets[-1][1] not in self._preset_rows:
                    log.equal(filled)
                    continue
                presets[len(numbers)] = taken.presets[-1][1]
            elif self._presets:
                self._note_answered(picked[:own])
            if number in covering.across:
                covering.note_across(number, picked, log)
            numbers.append(number + 1)
            kept.append(picked)
            counts.append(filled - covering.copies.get(number, 0))
            if len(kept) >= BLOCK_ROWS:
                self._add(log, Rows(numbers, kept, counts, presets), extra, places)
                numbers, kept, counts, presets = [], [], [], {}
        if kept:
            self._add(log, Rows(numbers, kept, counts, presets), extra, places)

    def _add(
        self, log: SheetLog, rows: Rows, extra: dict[headers.Key, int], places: dict[int, int]
    ) -> None:
        block = rows.block(log, len(self._keys), extra, places)
        self._orders.count(log.source, block.columns)
        for column, cells in zip(self._columns, block.columns, strict=True):
            column.votes.count(cells)
        for key, cells in block.extra.items():
            self._extra[key].votes.count(cells)
        self._spool.add(block)

    def _note_printed(self, number: int, own: tuple[Value, ...], fate: Fate, taken: _Taken) -> None:
        if fate is Fate.SAMPLE:
            taken.samples.append(number)
        elif fate is Fate.PRESET:
            taken.presets.append((number, template.comparable(own, self._layout.calculated)))

    def _note_answered(self, own: tuple[Value, ...]) -> None:
        """Remember the template's row whose printed values this answer changes."""
        row = template.comparable(own, self._layout.calculated)
        for value in row:
            label, preset = self._presets.get(value, (0, ())) if value is not None else (0, ())
            if not preset or row[label] != value or preset in self._answered:
                continue
            behind = zip(preset[label + 1 :], row[label + 1 :], strict=True)
            if any(
                wanted is not None and value != wanted and not _is_tick(wanted)
                for wanted, value in behind
            ):
                self._answered.add(preset)

    def forget(self, source: int) -> None:
        """Leave out what was read of a file that is not merged after all."""
        self._forgotten.add(source)
        self._taken = [taken for taken in self._taken if taken.source != source]

    def _extra_columns(self, match: headers.Match, log: SheetLog) -> dict[headers.Key, int]:
        """The additional columns that are kept, after remarks on all that differ."""
        kept = note_columns(match, self.titles, set(self._extra), log)
        for key, (_, title) in kept.items():
            self._extra.setdefault(key, ResultColumn(title, key[0], hinted(key[0], "")))
        return {key: place for key, (place, _) in kept.items()}

    def _rows(
        self,
        sheet: Readable,
        match: headers.Match,
        columns: Sequence[int | None],
        covering: Covering,
    ) -> Iterator[Numbered]:
        """The rows below the header: number, whole row, and the cells of the wanted columns."""
        nowhere = sheet.width
        pick = itemgetter(*(nowhere if place is None else place for place in columns), nowhere)
        for first, rows in sheet.blocks():
            for number, row in enumerate(rows, first):
                if number <= match.row:
                    continue
                whole = row + [None] * (nowhere + 1 - len(row))
                picked = pick(whole)[:-1]
                yield number, row, covering.filled(number, picked)

    def table(self) -> xlsx.Table:
        """The result's sheet; asked for once all files are read."""
        extra = [self._extra[key] for key in sorted(self._extra)]
        columns = (column.written() for column in [*self._columns, *extra])
        return xlsx.Table(self.name, (*FRONT, *columns), frozen=1)

    def write(self, book: xlsx.XlsxFile, table: int, sources: list[Source], log: Log) -> int:
        """Write all rows; how many there are."""
        count = 0
        for whole in self._spool.blocks():
            if whole.source in self._forgotten:
                continue
            unanswered = {n for n, row in whole.presets.items() if row not in self._answered}
            block = whole.without(unanswered) if unanswered else whole
            account = log.accounts[block.source]
            account.template += sum(whole.counts) - sum(block.counts)
            if block.numbers:
                book.append(table, self._written(block, sources[block.source], log))
                account.placed += sum(block.counts)
                count += len(block.numbers)
        self._note_unfilled(log)
        return count

    def _written(self, block: Block, source: Source, log: Log) -> list[Sequence[Value]]:
        length = len(block.numbers)
        written: list[Sequence[Value]] = [
            [source.unit] * length,
            [source.rspo] * length,
            [source.file] * length,
            block.numbers,
        ]
        for position, column in enumerate(self._columns):
            place = block.places.get(position)
            written.append(self._converted(column, block.columns[position], block, place, log))
        for key in sorted(self._extra):
            cells = block.extra.get(key) or [None] * length
            place = block.extra_places.get(key)
            written.append(self._converted(self._extra[key], cells, block, place, log))
        return written

    def _converted(
        self,
        column: ResultColumn,
        cells: Sequence[Value],
        block: Block,
        place: int | None,
        log: Log,
    ) -> Sequence[Value]:
        def note(position: int, problem: str, text: str) -> None:
            where = (block.numbers[position] - 1, place or 0)
            log.note_value(block.source, problem, block.sheet, where, text)

        if place is None:
            return cells
        return column.converted(cells, note, self._orders.of(block.source))

    def _note_unfilled(self, log: Log) -> None:
        """Remark on the template's rows that files left as they were, and on files without any."""
        for taken in self._taken:
            left = [number for number, row in taken.presets if row not in self._answered]
            for kind, rows in (("rows_unfilled", left), ("rows_sample", taken.samples)):
                if rows:
                    cell = f"{rows[0] + 1}:{rows[-1] + 1}"
                    log.note(taken.source, kind, sheet=taken.sheet, cell=cell, count=len(rows))
            if not taken.answers and len(left) == len(taken.presets):
                log.note(taken.source, "sheet_unfilled", sheet=taken.sheet)


def _label_of(row: Comparable) -> int | None:
    """Where a printed row that brings answers has its label: a text with a value behind it."""
    for position, value in enumerate(row):
        if isinstance(value, str) and value not in ANSWERS and not has_boxes(value):
            brings = any(v is not None and not _is_tick(v) for v in row[position + 1 :])
            return position if brings else None
    return None


def _is_tick(value: Value) -> bool:
    return isinstance(value, str) and has_boxes(value)
