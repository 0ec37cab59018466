"""The rows of a repeated table: their ids, and the raw cells as they came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.definition import MAX_ROWS, Question, is_storable
from forms.expressions import Value
from forms.filling.taking import Taken

_MAX_ID = 64


@dataclass(slots=True)
class RowState:
    """One row while it is being filled; a blank one is drawn but counts for nothing."""

    id: str
    raw: Mapping[str, Any]
    is_blank: bool
    values: dict[str, Value] = field(default_factory=dict)
    cells: dict[str, Taken] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


@dataclass(slots=True)
class TableState:
    """The rows as read; an answer that cannot be read whole is kept as it came (`raw`)."""

    rows: list[RowState] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_readable: bool = True
    raw: Any = None

    @property
    def counting(self) -> list[RowState]:
        return [row for row in self.rows if not row.is_blank]


def take_rows(question: Question, raw: Any) -> TableState:
    """The rows of an answer, each with an id of its own; never raises."""
    if raw is None:
        return TableState()
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        return TableState(
            remarks=["Wypełnij tabelę wiersz po wierszu."], is_readable=False, raw=raw
        )
    entered = [column.key for column in question.options.columns if not column.compute]
    state = TableState(raw=raw)
    taken: set[str] = set()
    for number, row in enumerate(raw[:MAX_ROWS], start=1):
        key = _id(row.get("id"), number, taken)
        taken.add(key)
        is_blank = all(row.get(column) in (None, "") for column in entered)
        state.rows.append(RowState(key, row, is_blank))
    if len(raw) > MAX_ROWS:
        state.remarks.append(f"Tabela może mieć najwyżej {MAX_ROWS} wierszy. Usuń nadmiarowe.")
        state.is_readable = False
    most = question.options.max_rows
    if most is not None and len(state.counting) > most:
        state.remarks.append(f"Usuń nadmiarowe wiersze: najwięcej może ich być {most}.")
    return state


def _id(given: Any, number: int, taken: set[str]) -> str:
    is_id = isinstance(given, str) and 0 < len(given) <= _MAX_ID and is_storable(given)
    if is_id and given not in taken:
        return str(given)
    key = f"r{number}"
    while key in taken:
        key += "x"
    return key
