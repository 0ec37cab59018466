"""Rows of the register put together into units: a zespół and its schools are one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from modules.directory.services.register.rows import Register, RegisterRow, Remark


@dataclass(slots=True)
class RegisterUnit:
    """A row that stands for the whole unit, and the rows of its parts."""

    main: RegisterRow
    parts: list[RegisterRow] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[RegisterRow]:
        yield self.main
        yield from self.parts


def units_in(register: Register) -> tuple[list[RegisterUnit], list[Remark]]:
    """The units of the selected rows, in the order of their first rows, and remarks on parents.

    A parent without a row of its own, of which the file tells the name, becomes a unit too, after
    the others.
    """
    rows = {row.rspo: row for row in register.rows}
    units: dict[str, RegisterUnit] = {}
    remarks: list[Remark] = []
    for row in register.rows:
        top = _top(row, rows)
        if top.rspo not in units:
            units[top.rspo] = RegisterUnit(top)
        if top is not row:
            units[top.rspo].parts.append(row)
    told: dict[str, RegisterUnit] = {}
    for number, unit in list(units.items()):
        parent = _parent_told_by(unit.main, rows, register, remarks)
        if parent is not None:
            told.setdefault(parent.rspo, RegisterUnit(parent)).parts += unit.rows
            del units[number]
    return [*units.values(), *told.values()], remarks


def _top(row: RegisterRow, rows: dict[str, RegisterRow]) -> RegisterRow:
    """The highest selected row above; a row in a ring of parents stands by itself."""
    seen = {row.rspo}
    top = row
    while top.parent in rows:
        top = rows[top.parent]
        if top.rspo in seen:
            return row
        seen.add(top.rspo)
    return top


def _parent_told_by(
    row: RegisterRow,
    rows: dict[str, RegisterRow],
    register: Register,
    remarks: list[Remark],
) -> RegisterRow | None:
    """The parent that has no row, made of what the row tells about it; None where it tells none."""
    if not row.parent or row.parent in rows:
        return None
    if row.parent in register.elsewhere:
        text = f"Jednostka nadrzędna {row.parent} jest w pliku, ale poza wyborem."
    elif not row.parent_name:
        text = f"W pliku nie ma jednostki nadrzędnej {row.parent}."
    else:
        text = f"„{row.parent_name}” nie ma własnego wiersza; adres i kontakt są z tego wiersza."
    remarks.append(Remark(row.row, row.rspo, text))
    if row.parent in register.elsewhere or not row.parent_name:
        return None
    return replace(
        row,
        rspo=row.parent,
        name=row.parent_name,
        type=row.parent_type,
        nip="",
        regon="",
        opened_on=None,
        closed_on=None,
        parent="",
    )
