"""What was read of a workbook becomes the rows of a table: one row a unit, or a set of keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files import services as files
from files.selectors import outcome_of
from forms import selectors
from forms.deeds import Deed
from forms.errors import ColumnsChanged
from forms.models import UnitTable, UnitTableRow
from forms.permissions import Permission
from forms.services import grids
from forms.services.uploads import TABLE
from opium.permissions import Actor, require
from units.selectors import units_named

REFUSALS_TOLD = 500
"""Of the cells and rows that were not taken; whoever mends these sees the others next."""


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
        if (found["columns"], found["keys"]) != (table.columns, table.keys):
            raise ColumnsChanged(name=table.name)
        rows = [_Read(**row) for row in found["rows"]]
        if table.keys:
            _fill_grid(actor, table, rows, report, removes_others=removes_others)
        else:
            _fill(table, rows, report, removes_others=removes_others)
        refused = len(report.refused)
        _shorten(report)
        files.discard(file=file)
        counts = {"rows": report.rows, "added": report.added, "changed": report.changed}
        audit.record(
            actor=actor,
            deed=Deed.UPLOAD_TABLE,
            right=Permission.MANAGE_DICTIONARIES,
            target=table,
            after={**counts, "removed": report.removed, "refused": refused},
        )
        transaction.set_rollback(is_dry_run)
    return report


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as `reading.read_table` gives it; `faults` are titles of columns and why."""

    row: int
    unit: str
    """What it is of, for people: a unit, or its keys."""
    values: dict[str, Any]
    faults: list[list[str]]
    keys: list[str] = field(default_factory=list)
    since: str | None = None

    @property
    def named(self) -> tuple[str | None, ...]:
        """What no other row of a table with keys may be of."""
        return (*self.keys, self.since)


def _fill_grid(
    actor: Actor,
    table: UnitTable,
    rows: list[_Read],
    report: UploadReport,
    *,
    removes_others: bool,
) -> None:
    """The rows that were read over those that there are, as the table's next edition."""
    report.rows = len(rows)
    newest = selectors.rows_of_edition(table)
    known = {
        (*row["keys"], row["since"]): row for row in (newest.rows if newest is not None else ())
    }
    wanted: dict[tuple[str | None, ...], dict[str, Any]] = {}
    named: set[tuple[str | None, ...]] = set()
    for one in rows:
        named.add(one.named)
        if one.faults:
            report.refused += [RefusedRow(one.row, one.unit, *fault) for fault in one.faults]
        elif one.named in wanted:
            sentence = "Te same klucze i dzień ma już jeden z wierszy powyżej."
            report.refused.append(RefusedRow(one.row, one.unit, "", sentence))
        else:
            before = known.get(one.named, {}).get("values", {})
            kept = {
                key: value for key, value in {**before, **one.values}.items() if value is not None
            }
            wanted[one.named] = {"keys": one.keys, "since": one.since, "values": kept}
    for name, row in wanted.items():
        if name not in known:
            report.added += 1
        elif known[name] == row:
            report.unchanged += 1
        else:
            report.changed += 1
    staying = {name: row for name, row in known.items() if name in named or not removes_others}
    report.removed = len(known) - len(staying)
    grids.put_edition(table, list({**staying, **wanted}.values()), by=actor.pk)


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
