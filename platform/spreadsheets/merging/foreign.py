"""A table that a school put under its rows: a header of its own where numbers should stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spreadsheets.cells import Value
from spreadsheets.log import SheetLog, shortened
from spreadsheets.merging import totals
from spreadsheets.template.texts import is_text
from spreadsheets.values import is_no_value

_LEAST_TITLES = 2


@dataclass(slots=True)
class ForeignTable:
    """Watches the rows of a table for the header of another one; from there on all is foreign.

    `additive` columns may hold numbers, `counted` ones are asked for them. `rows` are the rows
    that do not belong, `cells` how many filled cells they have.
    """

    additive: Sequence[int]
    counted: Sequence[int]
    titles: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    cells: int = 0

    def begins(self, row: Sequence[Value], last: Sequence[Value]) -> bool:
        """Whether a row under a gap is a header: texts only, also where numbers stood above."""
        filled = [value for value in row if value is not None]
        if len(filled) < _LEAST_TITLES or not all(map(is_text, filled)):
            return False
        begun = self.opposes(row, last)
        if begun:
            self.titles = [str(value) for value in filled]
        return begun

    def opposes(self, row: Sequence[Value], last: Sequence[Value]) -> bool:
        """Whether the row has words where the last one has a number, or one is asked for."""
        return any(
            is_text(value := row[position])
            and not is_no_value(str(value))
            and (position in self.counted or totals.number(last[position]) is not None)
            for position in self.additive
            if position < len(last)
        )

    def take(self, number: int, filled: int) -> None:
        self.rows.append(number)
        self.cells += filled

    def note(self, log: SheetLog) -> None:
        """Remark on the whole table at once."""
        if not self.rows:
            return
        log.note(
            "table_foreign",
            cell=f"{min(self.rows) + 1}:{max(self.rows) + 1}",
            titles=shortened("”, „".join(self.titles)),
        )
        log.leave_out_rest(self.cells)
