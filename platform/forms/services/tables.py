"""Tables with one row a unit: what they hold, and how a workbook fills them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files import services as files
from forms import selectors
from forms.deeds import Deed
from forms.errors import ColumnsFaulty, KeyTaken, ListInUse, TableUnreadable, TooManyRows
from forms.models import UnitTable, UnitTableRow
from forms.permissions import Permission
from forms.services.cells import NotThisKind, stored
from opium.errors import FieldError
from opium.permissions import WHOLE_CITY, Actor, require
from opium.polish import fold
from spreadsheets import briefly
from spreadsheets.cells import Row
from spreadsheets.writing import Column, write_table
from units.selectors import units_named

UNIT_TITLES = ("jednostka", "rspo", "numer rspo", "nazwa skrocona", "szkola", "placowka")
TYPES = ("number", "money", "text", "date", "yes_no")
LIMIT = 5000
_HEADER_WITHIN = 20
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
    """Fill the table from the actor's own upload: one row a unit, columns by their titles.

    A row whose unit is not found, or with a cell that does not fit its column, is told with its
    reason and stops no other. Units that the workbook does not name keep their rows unless it
    `removes_others`. With `is_dry_run` the report says what would happen. Raises the
    refusals of `spreadsheets.briefly`, `TableUnreadable`, `TooManyRows`.
    """
    require(actor, Permission.MANAGE_DICTIONARIES, table)
    report = UploadReport(is_dry_run=is_dry_run)
    with transaction.atomic():
        table = UnitTable.objects.select_for_update().get(pk=table.pk)
        [file] = files.claim(actor=actor, files=[file_id])
        with (
            files.local_path(file) as path,
            briefly.reading() as reader,
            reader.read(path) as workbook,
        ):
            rows = list(_rows(file.name, table, workbook.sheets[0].rows()))
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


_Read = tuple[int, str, dict[str, Any]]


def _rows(name: str, table: UnitTable, numbered: Iterator[tuple[int, Row]]) -> Iterator[_Read]:
    """Row number as people see it, the unit as written, column key -> cell."""
    places: dict[str, int] = {}
    unit_at = -1
    count = 0
    for number, row in numbered:
        if unit_at < 0:
            unit_at, places = _header(table, row)
            if unit_at < 0 and number >= _HEADER_WITHIN:
                break
            continue
        unit = _text(row[unit_at] if unit_at < len(row) else None)
        cells = {key: row[at] if at < len(row) else None for key, at in places.items()}
        if unit or any(cell is not None for cell in cells.values()):
            count += 1
            if count > LIMIT:
                raise TooManyRows(limit=LIMIT)
            yield number + 1, unit, cells
    if unit_at < 0:
        titles = ", ".join(f"„{column['label']}”" for column in table.columns)
        raise TableUnreadable(name=name, columns=titles)


def _header(table: UnitTable, row: Row) -> tuple[int, dict[str, int]]:
    """Where the unit and each column stand; -1 where this row is no header."""
    titles = {fold(str(cell)): at for at, cell in reversed([*enumerate(row)]) if cell is not None}
    unit_at = next(
        (at for title, at in titles.items() if title.partition(" (")[0] in UNIT_TITLES), -1
    )
    found = {
        column["key"]: titles[title]
        for column in table.columns
        for title in (fold(column["label"]), column["key"])
        if title in titles
    }
    return (unit_at, found) if unit_at >= 0 and found else (-1, {})


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def _fill(
    table: UnitTable, rows: list[_Read], report: UploadReport, *, removes_others: bool
) -> None:
    report.rows = len(rows)
    found = units_named({unit for _, unit, _ in rows if unit})
    known = {row.unit_id: row for row in UnitTableRow.objects.filter(table=table)}
    wanted: dict[UUID, dict[str, Any]] = {}
    for number, unit, cells in rows:
        place = found.get(unit)
        if place is None:
            sentence = "Nie ma czynnej jednostki o tym numerze RSPO ani nazwie skróconej."
            sentence = sentence if unit else "Brak numeru RSPO albo nazwy skróconej jednostki."
            report.refused.append(RefusedRow(number, unit, "", sentence))
        elif place in wanted:
            sentence = "Ta jednostka jest już w jednym z wierszy powyżej."
            report.refused.append(RefusedRow(number, unit, "", sentence))
        elif (values := _values(table, number, unit, cells, report)) is not None:
            wanted[place] = values
    _store(table, known, wanted, report)
    if removes_others:
        named = {found[unit] for _, unit, _ in rows if unit in found}
        gone = [row.pk for unit, row in known.items() if unit not in named]
        report.removed, _ = UnitTableRow.objects.filter(pk__in=gone).delete()


def _values(
    table: UnitTable, number: int, unit: str, cells: Mapping[str, Any], report: UploadReport
) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    is_right = True
    for column in table.columns:
        if column["key"] in cells:
            try:
                values[column["key"]] = stored(column["type"], cells[column["key"]])
            except NotThisKind as wrong:
                report.refused.append(RefusedRow(number, unit, column["label"], str(wrong)))
                is_right = False
    return values if is_right else None


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
