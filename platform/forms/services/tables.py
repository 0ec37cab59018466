"""Tables with one row a unit: what they hold, and how a workbook fills them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files import services as files
from files.selectors import outcome_of
from forms import selectors
from forms.deeds import Deed
from forms.errors import ColumnsChanged, ColumnsFaulty, KeyTaken, ListInUse
from forms.models import UnitTable, UnitTableRow
from forms.permissions import Permission
from forms.services.uploads import TABLE, UNIT_TITLES
from opium.errors import FieldError
from opium.permissions import WHOLE_CITY, Actor, require
from opium.polish import fold
from spreadsheets.writing import Column, write_table
from units.selectors import units_named

TYPES = ("number", "money", "text", "date", "yes_no")
REFUSALS_TOLD = 500
"""Of the cells and rows that were not taken; whoever mends these sees the others next."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its key as expressions name it, its title, and what it holds (one of `TYPES`)."""

    key: str
    label: str
    type: str = "number"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row or cell that was not taken: its number as the spreadsheet shows it, and why."""

    row: int
    unit: str
    column: str
    sentence: str


@dataclass(slots=True)
class UploadReport:
    """What became of the rows; `missing` are units of the table that the workbook left out."""

    is_dry_run: bool
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


@transaction.atomic
def add_table(*, actor: Actor, key: str, name: str, columns: Sequence[TableColumn]) -> UnitTable:
    """Raises `KeyTaken`, `ColumnsFaulty`."""
    require(actor, Permission.MANAGE_DICTIONARIES, WHOLE_CITY)
    taken = UnitTable.objects.filter(key=key).first()
    if taken is not None:
        raise KeyTaken(key=key, name=taken.name)
    table = UnitTable.objects.create(key=key, name=name.strip(), columns=_columns(columns))
    _record(
        actor, Deed.ADD_TABLE, table, {"name": table.name, "columns": [one.key for one in columns]}
    )
    return table


@transaction.atomic
def change_table(
    *,
    actor: Actor,
    table: UnitTable,
    name: str | None = None,
    columns: Sequence[TableColumn] | None = None,
) -> UnitTable:
    """Change what is given; a column left out takes its values with it. Raises `ColumnsFaulty`.

    The key never changes: forms name it.
    """
    require(actor, Permission.MANAGE_DICTIONARIES, table)
    table = UnitTable.objects.select_for_update().get(pk=table.pk)
    if name is not None:
        table.name = name.strip()
    if columns is not None:
        table.columns = _columns(columns)
    table.save(update_fields=["name", "sort_key", "columns", "updated_at"])
    _record(
        actor,
        Deed.CHANGE_TABLE,
        table,
        {"name": table.name, "columns": [one["key"] for one in table.columns]},
    )
    return table


@transaction.atomic
def remove_table(*, actor: Actor, table: UnitTable) -> None:
    """Forget a table that no form has ever quoted. Raises `ListInUse`."""
    require(actor, Permission.MANAGE_DICTIONARIES, table)
    if users := selectors.forms_naming(table=table.key):
        raise ListInUse(name=table.name, forms=", ".join(users))
    audit.record(
        actor=actor,
        deed=Deed.REMOVE_TABLE,
        right=Permission.MANAGE_DICTIONARIES,
        target=table,
        before={"name": table.name, "key": table.key},
    )
    table.delete()


def table_template(table: UnitTable) -> bytes:
    """An empty workbook with the right headers."""
    titles = ["Jednostka (RSPO albo nazwa skrócona)", *(one["label"] for one in table.columns)]
    return write_table([Column(title, width=24) for title in titles], [], name=table.name)


def upload_table(
    *,
    actor: Actor,
    table: UnitTable,
    file_id: UUID,
    removes_others: bool = False,
    is_dry_run: bool = False,
) -> UploadReport:
    """Fill the table from what was read of the actor's upload: one row a unit.

    A row whose unit is not found, or with a cell that does not fit its column, is told with its
    reason and stops no other. Units that the workbook does not name keep their rows unless it
    `removes_others`. With `is_dry_run` the report says what would happen. Raises the
    refusals of `files.selectors.outcome_of` and `ColumnsChanged`.
    """
    require(actor, Permission.MANAGE_DICTIONARIES, table)
    report = UploadReport(is_dry_run=is_dry_run)
    with transaction.atomic():
        table = UnitTable.objects.select_for_update().get(pk=table.pk)
        found = outcome_of(actor, file_id, purpose=TABLE, about=str(table.pk))
        [file] = files.claim(actor=actor, files=[file_id])
        if found["columns"] != table.columns:
            raise ColumnsChanged(name=table.name)
        rows = [_Read(**row) for row in found["rows"]]
        _fill(table, rows, report, removes_others=removes_others)
        refused = len(report.refused)
        _shorten(report)
        files.discard(file=file)
        counts = {"rows": report.rows, "added": report.added, "changed": report.changed}
        _record(
            actor,
            Deed.UPLOAD_TABLE,
            table,
            {**counts, "removed": report.removed, "refused": refused},
        )
        transaction.set_rollback(is_dry_run)
    return report


def _columns(columns: Sequence[TableColumn]) -> list[dict[str, str]]:
    errors = []
    seen: set[str] = set()
    titles: set[str] = set(UNIT_TITLES)
    for place, column in enumerate(columns):
        if column.key in seen:
            errors.append(FieldError(f"columns.{place}.key", "Ten klucz ma już inna kolumna."))
        if fold(column.label) in titles:
            sentence = "Ten nagłówek ma już inna kolumna albo oznacza jednostkę."
            errors.append(FieldError(f"columns.{place}.label", sentence))
        seen.add(column.key)
        titles.add(fold(column.label))
    if not columns:
        errors.append(FieldError("columns", "Dodaj co najmniej jedną kolumnę."))
    if errors:
        raise ColumnsFaulty(errors=errors)
    return [{"key": one.key, "label": one.label.strip(), "type": one.type} for one in columns]


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as `reading.read_table` gives it; `faults` are titles of columns and why."""

    row: int
    unit: str
    values: dict[str, Any]
    faults: list[list[str]]


def _fill(
    table: UnitTable, rows: list[_Read], report: UploadReport, *, removes_others: bool
) -> None:
    report.rows = len(rows)
    found = units_named({one.unit for one in rows if one.unit})
    known = {row.unit_id: row for row in UnitTableRow.objects.filter(table=table)}
    wanted: dict[UUID, dict[str, Any]] = {}
    for one in rows:
        place = found.get(one.unit)
        if place is None:
            sentence = "Nie ma czynnej jednostki o tym numerze RSPO ani nazwie skróconej."
            sentence = sentence if one.unit else "Brak numeru RSPO albo nazwy skróconej jednostki."
            report.refused.append(RefusedRow(one.row, one.unit, "", sentence))
        elif place in wanted:
            sentence = "Ta jednostka jest już w jednym z wierszy powyżej."
            report.refused.append(RefusedRow(one.row, one.unit, "", sentence))
        elif one.faults:
            report.refused += [RefusedRow(one.row, one.unit, *fault) for fault in one.faults]
        else:
            wanted[place] = one.values
    _store(table, known, wanted, report)
    if removes_others:
        named = {found[one.unit] for one in rows if one.unit in found}
        gone = [row.pk for unit, row in known.items() if unit not in named]
        report.removed, _ = UnitTableRow.objects.filter(pk__in=gone).delete()


def _shorten(report: UploadReport) -> None:
    if more := len(report.refused[REFUSALS_TOLD:]):
        next_one = report.refused[REFUSALS_TOLD].row
        del report.refused[REFUSALS_TOLD:]
        sentence = f"Od tego miejsca uwag jest jeszcze {more}. Popraw powyższe i wczytaj ponownie."
        report.refused.append(RefusedRow(next_one, "", "", sentence))


def _store(
    table: UnitTable,
    known: Mapping[UUID, UnitTableRow],
    wanted: Mapping[UUID, dict[str, Any]],
    report: UploadReport,
) -> None:
    columns = {column["key"] for column in table.columns}
    rows = []
    for unit, values in wanted.items():
        before = known[unit].values if unit in known else {}
        after = {key: value for key, value in {**before, **values}.items() if key in columns}
        if unit not in known:
            report.added += 1
        elif after == before:
            report.unchanged += 1
            continue
        else:
            report.changed += 1
        rows.append(UnitTableRow(table=table, unit_id=unit, values=after))
    UnitTableRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["table", "unit_id"],
        update_fields=["values", "updated_at"],
    )


def _record(actor: Actor, deed: Deed, table: UnitTable, after: dict[str, object]) -> None:
    audit.record(
        actor=actor, deed=deed, right=Permission.MANAGE_DICTIONARIES, target=table, after=after
    )
