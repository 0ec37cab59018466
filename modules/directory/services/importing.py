"""The verb that brings the city's units in line with the register."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.permissions import Permission
from modules.directory.services.kinds import add_starting_kinds
from modules.directory.services.planning import Change, Plan, Planner, UnitPlan
from modules.directory.services.register.rows import Register, Remark, read_register
from opium.permissions import SYSTEM, Actor, require
from opium.registry import current_city
from units.models import RegisterEntry, Unit, UnitKind


@dataclass(slots=True)
class ImportReport:
    """What an import did, or with `is_dry_run` would do; ready for JSON."""

    is_dry_run: bool
    rows_read: int
    rows_selected: int
    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    closed: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    never_opened: int = 0
    warnings: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)


def import_units(
    *,
    actor: Actor,
    source: Path,
    organ: str = "",
    teryt: str = "",
    is_dry_run: bool = False,
) -> ImportReport:
    """Add, change and close units as the file tells.

    With `is_dry_run` the report says exactly what would be done, and nothing is written.

    Only rows of that `organ` (governing body) and TERYT code count, and only units of the same
    selection are closed when the file lacks them. What the city has edited stays (see `planning`).
    Repeating the same import changes nothing. Raises `NotARegisterFile`, `NothingSelected`.
    """
    require(actor, Permission.IMPORT_UNITS, Unit())
    return _import(actor, read_register(source, organ=organ, teryt=teryt), is_dry_run=is_dry_run)


@transaction.atomic
def _import(actor: Actor, register: Register, *, is_dry_run: bool) -> ImportReport:
    if not is_dry_run:
        _wait_for_others()
    plan = Planner(register).compare()
    report = _report(register, plan, is_dry_run=is_dry_run)
    if not is_dry_run:
        _apply(actor, plan)
    return report


def _wait_for_others() -> None:
    """Let one import at a time into the city, until the transaction ends."""
    with connection.cursor() as cursor:
        name = f"{current_city().schema_name}: {Permission.IMPORT_UNITS}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


def _apply(actor: Actor, plan: Plan) -> None:
    """Closings first: they free short names."""
    add_starting_kinds(actor=SYSTEM)
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    closing = [*plan.closed, *(one for one in plan.met if one.reason)]
    staying = [one for one in plan.met if not one.reason]
    for one in (*closing, *staying):
        if one.is_touched:
            one.unit.kind, one.unit.register_values = kinds[one.kind], one.said
            one.unit.save()
    for one in plan.added:
        one.unit.kind, one.unit.register_values = kinds[one.kind], one.said
    Unit.objects.bulk_create(one.unit for one in plan.added)
    everyone = (*plan.closed, *plan.met, *plan.added)
    _save_entries(everyone)
    for one in everyone:
        if one.is_new or one.changes:
            _record(actor, one)


def _save_entries(plans: Iterable[UnitPlan]) -> None:
    entries = [entry for one in plans for entry in one.entries]
    fresh = [entry for entry in entries if entry._state.adding]  # noqa: SLF001  # Django's own mark
    known = list({entry.pk: entry for entry in entries if not entry._state.adding}.values())  # noqa: SLF001
    RegisterEntry.objects.bulk_update(
        known,
        ["unit", "name", "type", "status", "organ", "teryt", "closed_on", "is_main", "updated_at"],
    )
    RegisterEntry.objects.bulk_create(fresh)


def _record(actor: Actor, one: UnitPlan) -> None:
    before = {change.field: change.before for change in one.changes}
    after = {change.field: change.after for change in one.changes}
    if one.is_new:
        after = one.said | {"entries": [entry.rspo for entry in one.entries]}
    audit.record(
        actor=actor,
        deed=Deed.IMPORT_UNITS,
        right=Permission.IMPORT_UNITS,
        target=one.unit,
        before=before or None,
        after=after,
    )


def _report(register: Register, plan: Plan, *, is_dry_run: bool) -> ImportReport:
    changed = [one for one in plan.met if one.changes and not one.reason]
    closed = [*plan.closed, *(one for one in plan.met if one.reason)]
    return ImportReport(
        is_dry_run=is_dry_run,
        rows_read=register.read,
        rows_selected=len(register.rows),
        added=[_added(one) for one in plan.added],
        changed=[_named(one) | {"changes": _changes(one.changes)} for one in changed],
        closed=[
            _named(one)
            | {"closed_on": _written(one.unit.closed_on), "reason": one.reason}
            | {"changes": _changes(one.changes)}
            for one in closed
        ],
        kept=[_named(one) | {"differences": _changes(one.kept)} for one in plan.met if one.kept],
        unchanged=sum(1 for one in plan.met if not one.changes),
        never_opened=plan.never_opened,
        warnings=_remarks([*register.warnings, *plan.remarks]),
        rejected=_remarks(register.rejected),
    )


def _named(one: UnitPlan) -> dict[str, Any]:
    return {"short_name": one.unit.short_name, "rspo": one.rspo}


def _added(one: UnitPlan) -> dict[str, Any]:
    numbers = [entry.rspo for entry in one.entries]
    return _named(one) | {"name": one.unit.name, "kind": one.kind, "rspo_numbers": numbers}


def _changes(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {
            "field": change.field,
            "before": _written(change.before),
            "after": _written(change.after),
        }
        for change in changes
    ]


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    ordered = sorted(remarks, key=lambda remark: remark.row)
    return [{"row": one.row, "rspo": one.rspo, "text": one.text} for one in ordered]


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
