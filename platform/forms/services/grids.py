"""Tables with keys: each saving is an edition of its own, typed in or read of a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.errors import RowsFaulty, TableHasNoKeys
from forms.expressions import FROM, key_text
from forms.models import TableEdition, UnitTable
from forms.permissions import Permission
from forms.services.cells import NotThisKind, key_of, stored
from forms.services.uploads import MOST_OF_TABLE, SINCE_TITLE
from opium.errors import FieldError
from opium.permissions import Actor, require
from spreadsheets.writing import Column, Kind, write_table
from units.selectors import unit_facts

KEY_TYPES = ("text", "number", "date", "yes_no", FROM)
MOST_KEYS = 5
_KINDS = {"number": Kind.NUMBER, "money": Kind.MONEY, "date": Kind.DATE, FROM: Kind.NUMBER}


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row as somebody has typed it: its keys in order, from when it holds, its values."""

    keys: Sequence[Any]
    since: date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def change_rows(*, actor: Actor, table: UnitTable, rows: Sequence[GridRow]) -> UnitTable:
    """Save the whole table as its next edition; what changes nothing makes none.

    Sheets that were submitted go on with the editions that they were computed with. Raises
    `TableHasNoKeys`, and `RowsFaulty` with the place of each mistake.
    """
    require(actor, Permission.MANAGE_DICTIONARIES, table)
    table = UnitTable.objects.select_for_update().get(pk=table.pk)
    if not table.keys:
        raise TableHasNoKeys(name=table.name)
    errors: list[FieldError] = []
    taken = [_taken(table, row, f"rows.{place}", errors) for place, row in enumerate(rows)]
    errors += _doubles(taken)
    if len(rows) > MOST_OF_TABLE:
        errors.append(FieldError("rows", f"Tabela może mieć najwyżej {MOST_OF_TABLE} wierszy."))
    if errors:
        raise RowsFaulty(errors=errors[:_TOLD])
    before = table.edition
    put_edition(table, taken, by=actor.pk)
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_ROWS,
        right=Permission.MANAGE_DICTIONARIES,
        target=table,
        before={"edition": before},
        after={"edition": table.edition, "rows": len(taken)},
    )
    return table


@transaction.atomic
def export_table(*, actor: Actor, table: UnitTable) -> bytes:
    """The rows as they stand in a workbook that `upload_table` reads; the log says who took it."""
    require(actor, Permission.MANAGE_DICTIONARIES, table)
    lines = list(_lines(table) if table.keys else _unit_lines(table))
    audit.record(
        actor=actor,
        deed=Deed.EXPORT_TABLE,
        right=Permission.MANAGE_DICTIONARIES,
        target=table,
        after={"export": "table", "edition": table.edition, "rows": len(lines)},
    )
    return write_table(columns_of(table), lines, name=table.name, frozen=1)


def columns_of(table: UnitTable) -> list[Column]:
    """The header of the table's workbook."""
    if not table.keys:
        first = [Column("Jednostka (RSPO albo nazwa skrócona)", width=24)]
    else:
        first = [
            Column(one["label"], _KINDS.get(one["type"], Kind.TEXT), width=24) for one in table.keys
        ]
        first.append(Column(SINCE_TITLE, Kind.DATE, width=24))
    own = (Column(one["label"], _KINDS.get(one["type"], Kind.TEXT)) for one in table.columns)
    return [*first, *own]


def put_edition(table: UnitTable, rows: list[dict[str, Any]], *, by: UUID | None) -> None:
    """The next edition of the locked table, unless it would say what the newest says."""
    newest = selectors.rows_of_edition(table)
    said = (table.columns, table.keys, rows)
    if newest is not None and (newest.columns, newest.keys, newest.rows) == said:
        return
    table.edition += 1
    TableEdition.objects.create(
        table=table,
        number=table.edition,
        columns=table.columns,
        keys=table.keys,
        rows=rows,
        made_by_id=by,
    )
    table.save(update_fields=["edition", "updated_at"])


_TOLD = 200


def _taken(table: UnitTable, row: GridRow, place: str, errors: list[FieldError]) -> dict[str, Any]:
    keys, values = [], {}
    for number, key in enumerate(table.keys):
        try:
            keys.append(key_of(key["type"], row.keys[number] if number < len(row.keys) else None))
        except NotThisKind as wrong:
            errors.append(FieldError(f"{place}.keys.{number}", f"{key['label']}: {wrong}"))
    for column in table.columns:
        try:
            value = stored(column["type"], row.values.get(column["key"]))
        except NotThisKind as wrong:
            where = f"{place}.values.{column['key']}"
            errors.append(FieldError(where, f"{column['label']}: {wrong}"))
            continue
        if value is not None:
            values[column["key"]] = value
    since = row.since.isoformat() if row.since else None
    return {"keys": keys, "since": since, "values": values}


def _doubles(rows: Sequence[Mapping[str, Any]]) -> Iterator[FieldError]:
    seen: dict[tuple[Any, ...], int] = {}
    for place, row in enumerate(rows):
        named = (*row["keys"], row["since"])
        if named in seen:
            sentence = f"Te same klucze i dzień ma już wiersz {seen[named] + 1}."
            yield FieldError(f"rows.{place}", sentence)
        else:
            seen[named] = place


def _lines(table: UnitTable) -> Iterator[list[Any]]:
    newest = selectors.rows_of_edition(table)
    for row in newest.rows if newest is not None else ():
        keys = [_cell(key["type"], text) for key, text in zip(table.keys, row["keys"], strict=True)]
        since = date.fromisoformat(row["since"]) if row["since"] else None
        yield [*keys, since, *_values(table, row["values"])]


def _unit_lines(table: UnitTable) -> Iterator[list[Any]]:
    rows = list(selectors.rows_of(table))
    units = unit_facts([row.unit_id for row in rows])
    for row in rows:
        facts = units.get(row.unit_id, {})
        name = facts.get("rspo") or facts.get("short_name", "")
        yield [name, *_values(table, row.values)]


def _values(table: UnitTable, values: Mapping[str, Any]) -> list[Any]:
    return [_cell(one["type"], values.get(one["key"])) for one in table.columns]


def _cell(kind: str, value: Any) -> Any:
    if isinstance(value, bool):
        return key_text(value)
    if value in (None, ""):
        return None
    if kind == "date":
        return date.fromisoformat(value)
    return Decimal(value) if kind in {"number", "money", FROM} else value
