"""Which sheet of a filled workbook belongs to which sheet of the template."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from opium.errors import DomainError
from spreadsheets import errors, headers, template
from spreadsheets.log import Log, SheetLog
from spreadsheets.merging.forms import Form
from spreadsheets.merging.seen import note_shapes, note_what_is_seen
from spreadsheets.merging.stacking import Stack
from spreadsheets.merging.summing import Sum
from spreadsheets.merging.tables import Tables
from spreadsheets.readers import Sheet, Workbook
from spreadsheets.template import TemplateSheet

if TYPE_CHECKING:
    from spreadsheets.cells import Value

Plan: TypeAlias = Stack | Tables | Form | Sum

_GOOD = 0.75
_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class _Choice:
    """A sheet that fits a plan, and how well."""

    sheet: Sheet
    fit: Any
    is_named: bool
    has_entries: bool

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, float]:
        """A filled sheet before an empty one, a visible one before a hidden, then the name."""
        good = self.fit.score >= _GOOD
        visible = not self.sheet.is_hidden
        return (self.has_entries, visible, good, self.is_named, self.fit.score)


@dataclass(slots=True)
class Taker:
    """Gives each sheet of the workbooks to the plan that it fits."""

    plans: Sequence[Plan]
    sheets: Sequence[TemplateSheet]
    log: Log
    missing: dict[int, list[int]] = field(default_factory=dict)
    _passed_over: set[str] = field(default_factory=set)

    def take(self, number: int, workbook: Workbook) -> DomainError | None:
        """Read one workbook into the plans; the reason when it cannot be."""
        filled = [sheet for sheet in workbook.sheets if not sheet.is_empty]
        try:
            return self._take(number, workbook, filled)
        except errors.WorkbookRefused as refused:
            for plan in self.plans:
                plan.forget(number)
            return refused

    def _take(self, number: int, workbook: Workbook, filled: list[Sheet]) -> DomainError | None:
        account = self.log.accounts[number]
        self._passed_over.clear()
        for sheet in filled:
            account.read += sum(len(row) - row.count(None) for _, row in sheet.rows())
        left = list(filled)
        unmet: list[int] = []
        for position, plan in enumerate(self.plans):
            choice = self._choose(plan, left)
            if choice is None:
                unmet.append(position)
                continue
            left.remove(choice.sheet)
            self._note_choice(number, plan, choice, left, workbook.kind)
            log = self.log.on_sheet(number, choice.sheet.name)
            plan.take(choice.sheet, choice.fit, log)
            note_what_is_seen(choice.sheet, self._template_of(plan.name), log)
        if len(unmet) == len(self.plans):
            return errors.WorkbookDoesNotFit(what=_looked_for(self.plans))
        for position in unmet:
            if not self._note_unfit(number, self.plans[position], left):
                self.missing.setdefault(position, []).append(number)
        for sheet in left:
            self._note_left(number, sheet)
        for sheet in workbook.sheets:
            if sheet.is_empty:
                note_shapes(sheet, None, self.log.on_sheet(number, sheet.name))
        return None

    def _choose(self, plan: Plan, left: Sequence[Sheet]) -> _Choice | None:
        """The sheet for a plan; one that has the name and the titles of another plan is not it."""
        wanted = headers.key(plan.name)
        owners = {headers.key(other.name): other for other in self.plans if other is not plan}
        choices = []
        for sheet in left:
            key = headers.key(sheet.name)
            owner = owners.get(key) if key != wanted else None
            if owner is not None and owner.fit(sheet) is not None:
                continue
            fit: Any = plan.fit(sheet)
            if fit is not None:
                choices.append(_Choice(sheet, fit, key == wanted, plan.has_entries(sheet, fit)))
        return max(choices, key=lambda choice: choice.rank, default=None)

    def _note_choice(
        self, number: int, plan: Plan, choice: _Choice, left: Sequence[Sheet], kind: str
    ) -> None:
        found = choice.sheet.name
        if choice.sheet.is_hidden and not self._is_hidden_in_template(plan.name):
            self.log.note(number, "sheet_hidden_merged", sheet=found, found=found)
        if choice.is_named or kind == "csv":
            return
        self.log.note(number, "sheet_renamed", sheet=found, found=found, wanted=plan.name)
        for sheet in left:
            if headers.key(sheet.name) != headers.key(plan.name):
                continue
            if plan.fit(sheet) is None:
                reason = "nie ma nagłówków szablonu"
            elif sheet.is_hidden and not choice.sheet.is_hidden:
                reason = f"jest ukryty, a widoczny arkusz „{found}” ma takie same nagłówki"
            else:
                continue
            self._pass_over(number, sheet, reason)

    def _pass_over(self, number: int, sheet: Sheet, reason: str) -> None:
        name = sheet.name
        self.log.note(number, "sheet_passed_over", sheet=name, found=name, reason=reason)
        self._passed_over.add(name)

    def _note_unfit(self, number: int, plan: Plan, left: Sequence[Sheet]) -> bool:
        """Remark on a sheet of the right name that does not fit; whether there is one."""
        named = [sheet for sheet in left if headers.key(sheet.name) == headers.key(plan.name)]
        for sheet in named:
            self._pass_over(number, sheet, "nie ma nagłówków szablonu")
        return bool(named)

    def _note_left(self, number: int, sheet: Sheet) -> None:
        """Account for a sheet that no plan took."""
        log = self.log.on_sheet(number, sheet.name)
        known = self._template_of(sheet.name)
        if sheet.name in self._passed_over:
            log.leave_out_rest(sum(len(row) - row.count(None) for _, row in sheet.rows()))
            return
        if known is None:
            kind = "sheet_hidden" if sheet.is_hidden else "sheet_extra"
            log.note(kind, found=sheet.name)
            log.leave_out_rest(sum(len(row) - row.count(None) for _, row in sheet.rows()))
            return
        _compare(sheet, known, log)

    def _template_of(self, name: str) -> TemplateSheet | None:
        key = headers.key(name)
        return next((sheet for sheet in self.sheets if headers.key(sheet.name) == key), None)

    def _is_hidden_in_template(self, name: str) -> bool:
        known = self._template_of(name)
        return known is not None and known.is_hidden

    def forget(self, source: int) -> None:
        """A file is not merged after all."""
        for numbers in self.missing.values():
            if source in numbers:
                numbers.remove(source)

    def settle(self, silent: set[int]) -> None:
        """Remark on files without a sheet that others have; `silent` plans nobody wrote to."""
        for position, numbers in self.missing.items():
            if position in silent:
                continue
            for number in numbers:
                self.log.note(number, "sheet_missing", wanted=self.plans[position].name)


def _compare(sheet: Sheet, known: TemplateSheet, log: SheetLog) -> None:
    """Account for a sheet on which there is nothing to fill in: lists, an instruction."""
    texts = {template.same(value) for _, value in known.cells()}
    changed: list[tuple[tuple[int, int], Value]] = []
    for number, row in sheet.rows():
        for place, value in enumerate(row):
            if value is None:
                continue
            compared = template.same(value)
            if compared is None or compared in texts:
                log.equal(1)
            else:
                changed.append(((number, place), value))
    for where, value in changed[:_MOST_NAMED]:
        log.leave_out("outside", where, value)
    if rest := len(changed[_MOST_NAMED:]):
        log.note("sheet_extra", found=sheet.name)
        log.leave_out_rest(rest)


def _looked_for(plans: Sequence[Plan]) -> str:
    titles = [title for plan in plans for title in plan.titles]
    if not titles:
        return "opisów pól z szablonu"
    shown = ", ".join(f"„{title}”" for title in titles[:4])
    return f"nagłówków {shown}" + (" i dalszych" if len(titles) > 4 else "")  # noqa: PLR2004
