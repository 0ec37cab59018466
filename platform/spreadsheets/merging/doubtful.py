"""Rows that stay in the result although a clerk has to look at them, and what each may be.

A part of another row ("w tym"), a last row of bare numbers, a row under a gap that lacks what the
rows above have.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from spreadsheets import headers
from spreadsheets.cells import Value
from spreadsheets.log import SheetLog, quoted, shortened
from spreadsheets.merging import totals
from spreadsheets.template import same

_PART = re.compile(r"^(?:w tym|z tego|z czego)\b")
_MOST_KEPT = 1_000
_LEAST_ROWS = 2


@lru_cache(maxsize=20_000)
def is_part(label: str) -> bool:
    """Whether a label says that its row counts a part of another one."""
    return _PART.match(headers.key(label)) is not None


@dataclass(slots=True)
class Doubtful:
    """Collects doubtful rows of one table as they come, and names those that stay."""

    parts: dict[int, str] = field(default_factory=dict)
    _apart: dict[int, str] = field(default_factory=dict)
    _widest: int = 0
    _is_apart: bool = False
    _lacks_name: bool = False
    _last: tuple[int, tuple[Value, ...]] = (-1, ())

    def look(self, number: int, own: tuple[Value, ...], label: Value, *, after_gap: bool) -> None:
        """One regular row; `after_gap` says that nothing stands in the row above it."""
        if label.__class__ is str and len(self.parts) < _MOST_KEPT and is_part(str(label)):
            self.parts[number] = str(label)
        filled = len(own) - own.count(None)
        if after_gap:
            self._is_apart = True
            self._apart.clear()
        if self._is_apart:
            self._is_apart = filled < self._widest and len(self._apart) < _MOST_KEPT
            if self._is_apart:
                self._apart[number] = _joined(own)
            else:
                self._apart.clear()
        self._widest = max(self._widest, filled)
        self._last = (number, own)
        self._lacks_name = filled < self._widest and (own[0] is None or label is None)

    def note(self, log: SheetLog, gone: set[int], named: int, printed: Collection[Value]) -> None:
        """Remark on those rows that were not left out; `printed` are values of the template."""
        for number, label in self.parts.items():
            if number in gone or same(label) in printed:
                continue
            log.note("row_part", cell=f"A{number + 1}")
        for number, text in self._apart.items():
            if number not in gone and number not in self.parts:
                log.note("row_apart", cell=f"A{number + 1}", text=shortened(text))
        number, own = self._last
        bare = [value for value in own if value is not None]
        if not self._lacks_name or number in gone or number in self._apart:
            return
        if named >= _LEAST_ROWS and not any(value in printed for value in bare):
            self._note_bare(log, number, bare)

    @staticmethod
    def _note_bare(log: SheetLog, number: int, bare: Sequence[Value]) -> None:
        if bare and all(totals.number(value) is not None for value in bare):
            log.note("row_unnamed", cell=f"A{number + 1}", text=shortened(_joined(bare)))


def _joined(row: Sequence[Value]) -> str:
    return "; ".join(quoted(value) for value in row if value is not None)
