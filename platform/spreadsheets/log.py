"""Collects what is remarked while files are merged, and what became of each file's cells."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from spreadsheets import measures
from spreadsheets.cells import Value, address, addresses
from spreadsheets.conversion import as_text
from spreadsheets.report import KINDS, Account, Remark, Source

_CELLS_IN_A_REMARK = 2_000
_REMARKS_OF_A_FILE = 2_000
_QUOTED = 120
_MOMENTS: tuple[tuple[type, str, str], ...] = (
    (dt.datetime, "%d.%m.%Y %H:%M", " 00:00"),
    (dt.date, "%d.%m.%Y", ""),
    (dt.time, "%H:%M:%S", ":00"),
)
_FEW_COLUMNS = 2
_WHOLE_ROWS = frozenset({"header_repeated", "row_of_totals", "row_sums"})

Place = tuple[int, int]


def quoted(value: Value) -> str:
    """The value as people typed it: 21 and not 21.0, 1,5, 2.09.2026 as 02.09.2026, 30:15."""
    if isinstance(value, bool):
        return "prawda" if value else "fałsz"
    if isinstance(value, float | int):
        return str(as_text(value))
    hours = measures.hours(value)
    if isinstance(value, dt.timedelta | dt.datetime) and hours is not None:
        return _clock(hours)
    for kind, form, nothing in _MOMENTS:
        if isinstance(value, kind):
            return format(value, form).removesuffix(nothing)
    return str(value)


def _clock(hours: float) -> str:
    minutes = round(abs(hours) * 60)
    return f"{'-' if hours < 0 else ''}{minutes // 60}:{minutes % 60:02}"


def shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


@dataclass(slots=True)
class Log:
    """Collects remarks while files are read in any order; `remarks` gives them file by file."""

    sources: list[Source]
    accounts: dict[int, Account] = field(default_factory=lambda: defaultdict(Account))
    _structural: dict[int, list[Remark]] = field(default_factory=lambda: defaultdict(list))
    _values: dict[int, dict[tuple[str, int, str, str], list[Place]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _of_result: list[Remark] = field(default_factory=list)

    def note(
        self, source: int, kind: str, *, sheet: str = "", cell: str = "", **facts: Any
    ) -> None:
        """Remark on a file, a sheet or a place in it; `facts` fill the kind's sentence."""
        self._structural[source].append(self._remark(source, kind, sheet, cell, facts))

    def note_result(self, kind: str, *, sheet: str, cell: str, **facts: Any) -> None:
        """Remark on a place of the result that is no single file's."""
        sentence = KINDS[kind][1].format(**facts)
        self._of_result.append(Remark("", "", "", sheet, cell, kind, sentence))

    def note_value(self, source: int, kind: str, sheet: str, place: Place, text: str) -> None:
        """Remark on a cell's value; equal remarks on a sheet become one."""
        key = (sheet, place[1], kind, shortened(text))
        self._values[source].setdefault(key, []).append(place)

    def on_sheet(self, source: int, sheet: str) -> "SheetLog":
        return SheetLog(self, source, sheet)

    def forget(self, source: int) -> None:
        """Drop what was said about a file that is not merged after all."""
        self._structural.pop(source, None)
        self._values.pop(source, None)
        self.accounts.pop(source, None)

    def settle(self) -> None:
        """Remark on every file whose cells are not all accounted for."""
        for source, account in sorted(self.accounts.items()):
            if account.read != account.told:
                self.note(source, "unaccounted", read=account.read, told=account.told)

    def remarks(self) -> Iterator[Remark]:
        yield from self._of_result
        for source in range(len(self.sources)):
            yield from self._structural.get(source, ())
            grouped = list(self._grouped(source))
            for number, ((sheet, kind, text), places) in enumerate(grouped):
                if number == _REMARKS_OF_A_FILE:
                    yield self._remark(source, "more", "", "", {"count": len(grouped) - number})
                    break
                for start in range(0, len(places), _CELLS_IN_A_REMARK):
                    cells = addresses(places[start : start + _CELLS_IN_A_REMARK])
                    yield self._remark(source, kind, sheet, cells, {"text": text})

    def _grouped(self, source: int) -> Iterator[tuple[tuple[str, str, str], list[Place]]]:
        """Equal remarks down a column are one; those of many columns are one for all."""
        found = self._values.get(source, {})
        alike: dict[tuple[str, str, str], list[list[Place]]] = defaultdict(list)
        for (sheet, _, kind, text), places in found.items():
            alike[sheet, kind, text].append(places)
        for sheet, _, kind, text in found:
            columns = alike.get((sheet, kind, text), [])
            if len(columns) > _FEW_COLUMNS:
                yield (sheet, kind, text), [place for places in columns for place in places]
                del alike[sheet, kind, text]
            elif columns:
                yield (sheet, kind, text), columns.pop(0)

    def _remark(
        self, source: int, kind: str, sheet: str, cell: str, facts: dict[str, Any]
    ) -> Remark:
        whose = self.sources[source]
        sentence = KINDS[kind][1].format(**facts)
        return Remark(whose.unit, whose.rspo, whose.file, sheet, cell, kind, sentence, source)


@dataclass(frozen=True, slots=True)
class SheetLog:
    """The log as one sheet of one file writes into it; `source` is the file's number.

    What is not put into the result is either `equal` to the template or `left_out` with a remark.
    """

    log: Log
    source: int
    sheet: str

    def note(self, kind: str, *, cell: str = "", **facts: Any) -> None:
        self.log.note(self.source, kind, sheet=self.sheet, cell=cell, **facts)

    def note_value(self, kind: str, place: Place, text: str) -> None:
        """Remark on a value that is in the result nevertheless."""
        self.log.note_value(self.source, kind, self.sheet, place, text)

    def equal(self, count: int) -> None:
        """So many cells say what the template says."""
        self.log.accounts[self.source].template += count

    def leave_out(self, kind: str, place: Place, value: Value) -> None:
        """Remark on a value that is not in the result."""
        self.note_value(kind, place, quoted(value))
        self.log.accounts[self.source].named += 1

    def leave_out_row(self, kind: str, row: int, columns: Sequence[int], **facts: Any) -> None:
        """Remark on a row whose filled cells, in `columns`, are not in the result."""
        first, last = min(columns), max(columns)
        cell = address(row, 0 if kind in _WHOLE_ROWS else first)
        if last > first and kind not in _WHOLE_ROWS:
            cell += f":{address(row, last)}"
        self.note(kind, cell=cell, **facts)
        self.log.accounts[self.source].named += len(columns)

    def leave_out_rest(self, count: int) -> None:
        """So many cells more are left out by a remark that stands already."""
        self.log.accounts[self.source].named += count
