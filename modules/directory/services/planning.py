"""What an import of the register would do to the city's units, without doing it.

The rule for what people changed: `Unit.register_values` keeps what the register said last. A field
that still says so follows the register; a field that differs is the city's and stays, and the
report names it. A cell that is empty in the file says nothing, so it never empties a field.
The short name is the city's from the first day. Entries follow the register always.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from modules.directory.errors import NothingInCommon
from modules.directory.services.register import names
from modules.directory.services.register.rows import Register, RegisterRow, Remark
from modules.directory.services.register.units import RegisterUnit, units_in
from opium.polish import fold, plural
from units.models import RegisterEntry, Unit

FOLLOWED = (
    "name",
    "street",
    "building",
    "flat",
    "postal_code",
    "city",
    "phone",
    "email",
    "website",
    "nip",
    "regon",
    "opened_on",
)
"""Fields of a unit that take the register's value as it is; its kind is told from type and name."""
ENTRY_FIELDS = ("name", "type", "status", "organ", "teryt", "closed_on")


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after; of an entry it is called `entries.<RSPO>.<field>`."""

    field: str
    before: Any
    after: Any


@dataclass(slots=True)
class UnitPlan:
    """What happens to one unit: `changes` to be saved, `kept` differences that stay the city's."""

    unit: Unit
    rspo: str
    is_new: bool = False
    kind: str = ""
    changes: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    entries: list[RegisterEntry] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    """Why it is closed, for people; empty where it is not."""

    @property
    def is_touched(self) -> bool:
        """Whether the unit's row has to be saved, be it only for what the register said."""
        return self.is_new or bool(self.changes) or self.said != self.unit.register_values

    def set(self, name: str, value: Any) -> None:
        before = self.kind if name == "kind" else getattr(self.unit, name)
        self.changes.append(Change(name, before, value))
        if name == "kind":
            self.kind = value
        else:
            setattr(self.unit, name, value)


@dataclass(slots=True)
class Plan:
    added: list[UnitPlan] = field(default_factory=list)
    met: list[UnitPlan] = field(default_factory=list)
    closed: list[UnitPlan] = field(default_factory=list)
    never_opened: int = 0
    """Units that the register has closed and the city never had."""
    remarks: list[Remark] = field(default_factory=list)


class Planner:
    """Compares one reading of the register with the units that the city has now."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.today = timezone.localdate()
        self.units = list(
            Unit.objects.select_related("kind").prefetch_related(
                Prefetch("entries", RegisterEntry.objects.order_by("rspo"))
            )
        )
        self.entries = {entry.rspo: entry for unit in self.units for entry in unit.entries.all()}
        self.by_id = {unit.pk: unit for unit in self.units}
        self.mains: dict[str, Unit] = {
            entry.rspo: self.by_id[entry.unit_id]
            for entry in self.entries.values()
            if entry.is_main
        }
        self.plan = Plan()

    def compare(self) -> Plan:
        """The plan; raises `NothingInCommon` where the file would close all and has met none."""
        found, self.plan.remarks = units_in(self.register)
        self.owners = {row.rspo: one for one in found for row in one.rows}
        self._adoptable = self._units_without_numbers()
        matched = [(one, self._unit_for(one.main)) for one in found]
        met = {unit.pk for _, unit in matched if unit is not None}
        for unit in self.units:
            if unit.pk not in met and self._is_missing(unit):
                self.plan.closed.append(self._closing(unit))
        closing = {one.unit.pk for one in self.plan.closed}
        if closing and not met:
            raise NothingInCommon(count=plural(len(closing), "jednostki", "jednostek", "jednostek"))
        self.taken = {
            unit.short_name.lower()
            for unit in self.units
            if unit.closed_on is None and unit.pk not in closing
        }
        self.plan.met = [self._meeting(one, unit) for one, unit in matched if unit is not None]
        for one in (one for one, unit in matched if unit is None):
            self._add(one)
        return self.plan

    def _units_without_numbers(self) -> dict[str, Unit]:
        """Open units that people entered by hand, by both their names."""
        return {
            key: unit
            for unit in self.units
            if unit.closed_on is None and not unit.entries.all()
            for key in (fold(unit.name), unit.short_name.lower())
        }

    def _unit_for(self, row: RegisterRow) -> Unit | None:
        if row.rspo in self.mains:
            return self.mains[row.rspo]
        short = names.short_name(row.name, row.city, row.rspo, frozenset())
        unit = self._adoptable.get(fold(row.name)) or self._adoptable.get(short.lower())
        if unit is not None:
            self._adoptable = {
                key: other for key, other in self._adoptable.items() if other is not unit
            }
        return unit

    def _is_missing(self, unit: Unit) -> bool:
        """Whether the register knew the unit, would have it in the selection, and has it not."""
        if unit.closed_on is not None or not unit.register_values:
            return False
        selection = self.register.selection
        return any(
            selection.covers(entry.organ, entry.teryt)
            for entry in unit.entries.all()
            if entry.is_main
        )

    def _closing(self, unit: Unit) -> UnitPlan:
        main = next(entry for entry in unit.entries.all() if entry.is_main)
        plan = UnitPlan(unit, main.rspo, kind=unit.kind.code, said=dict(unit.register_values))
        plan.set("closed_on", self.today)
        plan.said["closed_on"] = _written(self.today)
        plan.reason = "nie ma jej w pliku"
        if main.rspo in self.owners:
            plan.reason = f"jest teraz częścią: {self.owners[main.rspo].main.name}"
        self._close_missing_entries(plan)
        return plan

    def _close_missing_entries(self, plan: UnitPlan) -> None:
        """Close those that the selection should hold and the file lacks."""
        selection = self.register.selection
        for entry in plan.unit.entries.all():
            is_missing = entry.rspo not in self.owners and entry.closed_on is None
            if is_missing and selection.covers(entry.organ, entry.teryt):
                change = Change(f"entries.{entry.rspo}.closed_on", None, self.today)
                entry.closed_on = self.today
                plan.changes.append(change)
                plan.entries.append(entry)

    def _meeting(self, one: RegisterUnit, unit: Unit) -> UnitPlan:
        plan = UnitPlan(unit, one.main.rspo, kind=unit.kind.code, said=dict(unit.register_values))
        for name, value in self._told(one.main):
            self._compare_field(plan, name, value)
        closed = [change for change in plan.changes if change.field == "closed_on"]
        if closed and closed[0].after is None:
            self._rename_if_taken(plan, one.main)
        elif closed:
            plan.reason = "data likwidacji w rejestrze"
            self.taken.discard(unit.short_name.lower())
        for row in one.rows:
            self._compare_entry(plan, row, is_main=row is one.main)
        if unit.register_values:
            self._close_missing_entries(plan)
        return plan

    def _told(self, row: RegisterRow) -> Iterator[tuple[str, Any]]:
        yield "kind", names.kind_code(row.type, row.name)
        yield from ((name, getattr(row, name)) for name in FOLLOWED if getattr(row, name))
        yield "closed_on", row.closed_on

    def _compare_field(self, plan: UnitPlan, name: str, told: Any) -> None:
        current = plan.kind if name == "kind" else getattr(plan.unit, name)
        is_edited = _written(current) != plan.said[name] if name in plan.said else bool(current)
        plan.said[name] = _written(told)
        if current == told:
            return
        if is_edited:
            plan.kept.append(Change(name, current, told))
        else:
            plan.set(name, told)

    def _rename_if_taken(self, plan: UnitPlan, row: RegisterRow) -> None:
        """A unit that opens again may find its short name in use."""
        if plan.unit.short_name.lower() in self.taken:
            plan.set("short_name", names.short_name(row.name, row.city, row.rspo, self.taken))
        self.taken.add(plan.unit.short_name.lower())

    def _compare_entry(self, plan: UnitPlan, row: RegisterRow, *, is_main: bool) -> None:
        entry = self.entries.get(row.rspo)
        label = f"entries.{row.rspo}"
        if entry is None:
            if row.closed_on is not None and row.closed_on <= self.today and not is_main:
                return
            entry = RegisterEntry(rspo=row.rspo, unit=plan.unit, is_main=is_main)
            for name in ENTRY_FIELDS:
                setattr(entry, name, getattr(row, name))
            plan.entries.append(entry)
            if not plan.is_new:
                plan.changes.append(Change(label, None, row.name))
            return
        changes = [
            Change(f"{label}.{name}", getattr(entry, name), getattr(row, name))
            for name in ENTRY_FIELDS
            if (getattr(row, name) or name == "closed_on")
            and getattr(entry, name) != getattr(row, name)
        ]
        if entry.unit_id != plan.unit.pk:
            before = self.by_id[entry.unit_id].short_name
            changes.append(Change(f"{label}.unit", before, plan.unit.short_name))
        if changes or entry.is_main != is_main:
            for change in changes:
                if not change.field.endswith(".unit"):
                    setattr(entry, change.field.rpartition(".")[2], change.after)
            entry.unit, entry.is_main = plan.unit, is_main
            plan.changes += changes
            plan.entries.append(entry)

    def _add(self, one: RegisterUnit) -> None:
        main = one.main
        if main.closed_on is not None and main.closed_on <= self.today:
            self.plan.never_opened += 1
            return
        short = names.short_name(main.name, main.city, main.rspo, self.taken)
        self.taken.add(short.lower())
        told = dict(self._told(main))
        values = {name: value for name, value in told.items() if name != "kind"}
        plan = UnitPlan(Unit(short_name=short, **values), main.rspo, is_new=True, kind=told["kind"])
        plan.said = {name: _written(value) for name, value in told.items()}
        for row in one.rows:
            self._compare_entry(plan, row, is_main=row is main)
        self.plan.added.append(plan)


def _written(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value
