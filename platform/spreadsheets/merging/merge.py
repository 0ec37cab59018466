"""The merge itself: template in, copies in, one workbook and a report out."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeAlias

import xlsxwriter

from opium.errors import DomainError
from spreadsheets import errors, headers, template, xlsx
from spreadsheets.cells import Value
from spreadsheets.merging.forms import Form
from spreadsheets.merging.stacking import Stack
from spreadsheets.merging.summing import CONTRIBUTIONS, Sum
from spreadsheets.reading import Content, Limits, Reader, Sheet, Workbook
from spreadsheets.report import KINDS, Log, Rejection, Report, Source
from spreadsheets.template import Mode, TemplateSheet

Plan: TypeAlias = Stack | Form | Sum
Progress: TypeAlias = Callable[[int, int], None]

_BLOCK = 500
REMARKS = xlsx.Table(
    "Uwagi",
    (
        xlsx.Column("Jednostka", width=32),
        xlsx.Column("RSPO", width=10),
        xlsx.Column("Plik", width=32),
        xlsx.Column("Arkusz", width=18),
        xlsx.Column("Komórka", width=16),
        xlsx.Column("Rodzaj", width=24),
        xlsx.Column("Uwaga", width=80, wraps=True),
    ),
    frozen=1,
)


def merge(
    template_content: Content,
    sources: Sequence[Source],
    mode: Mode,
    output: BinaryIO | Path,
    *,
    progress: Progress | None = None,
    silent: Sequence[tuple[str, str]] = (),
    limits: Limits | None = None,
) -> Report:
    """Merge the copies of a template into one xlsx file.

    `output` is a path, replaced only when the whole result is there, or an open binary file.
    `progress(done, total)` is called after each file. `silent` names the units, with their RSPO
    numbers, that sent nothing: they are listed among the remarks. A copy that cannot be read or
    does not fit is in `Report.rejected` and among the remarks; it stops nothing. Rows come in the
    order of the sources; which order that is changes nothing else. Memory does not grow with the
    number of rows.

    Raises WorkbookRefused or TemplateWithoutFields for the template, OSError for the output.
    """
    with Reader(limits) as reader:
        sheets = template.read_template(reader, template_content)
        plans = _plans(sheets, mode)
        report = Report(mode=plans[0].mode.value, sources=len(sources))
        log = Log(list(sources))
        known = {headers.key(sheet.name) for sheet in sheets}
        try:
            contents = enumerate(source.content for source in sources)
            for number, outcome in reader.read_many(contents, facts=True):
                refusal = _taken(number, outcome, plans, known, log)
                if refusal is None:
                    report.workbooks += 1
                else:
                    _reject(report, number, str(refusal), log)
                if progress is not None:
                    progress(number + 1, len(sources))
            with _opened(output) as target:
                _write(plans, report, log, silent, target)
        finally:
            for plan in plans:
                plan.close()
    return report


def _plans(sheets: Sequence[TemplateSheet], mode: Mode) -> list[Plan]:
    """How each sheet is merged; raises TemplateWithoutFields when none can be."""
    proposed = {sheet.name: sheet.mode for sheet in template.proposal(sheets).sheets}
    plans: list[Plan] = []
    for sheet in sheets:
        if sheet.name not in proposed:
            continue
        wanted = proposed[sheet.name] if mode is Mode.AUTO else mode
        layout = template.table_layout(sheet)
        if wanted is Mode.FORM:
            plans.append(Form(sheet))
        elif wanted is Mode.SUM:
            plans.append(Sum(sheet))
        elif layout is not None:
            plans.append(Stack(sheet, layout))
    if not plans:
        raise errors.TemplateWithoutFields
    return plans


def _reject(report: Report, number: int, reason: str, log: Log) -> None:
    source = log.sources[number]
    report.rejected.append(Rejection(source.unit, source.file, reason))
    log.forget(number)
    log.note(number, "rejected", reason=reason)


def _taken(
    number: int,
    outcome: Workbook | errors.WorkbookRefused,
    plans: list[Plan],
    known: set[str],
    log: Log,
) -> DomainError | None:
    if isinstance(outcome, errors.WorkbookRefused):
        return outcome
    with outcome:
        return _take(number, outcome, plans, known, log)


def _take(
    number: int, workbook: Workbook, plans: list[Plan], known: set[str], log: Log
) -> DomainError | None:
    """Read one workbook into the plans; the reason when it cannot be."""
    try:
        left = [sheet for sheet in workbook.sheets if not sheet.is_empty]
        unmet = list(plans)
        fitted = False
        for is_named in (True, False):
            for plan in list(unmet):
                if _take_sheet(number, plan, left, log, is_named=is_named, kind=workbook.kind):
                    unmet.remove(plan)
                    fitted = True
    except errors.WorkbookRefused as refused:
        for plan in plans:
            plan.forget(number)
        return refused
    if not fitted:
        return errors.WorkbookDoesNotFit(what=_looked_for(plans))
    for plan in unmet:
        log.note(number, "sheet_missing", wanted=plan.name)
    for sheet in left:
        if not sheet.is_hidden and headers.key(sheet.name) not in known:
            log.note(number, "sheet_extra", sheet=sheet.name, found=sheet.name)
    return None


def _take_sheet(
    number: int, plan: Plan, left: list[Sheet], log: Log, *, is_named: bool, kind: str
) -> bool:
    """Give a plan its sheet: of the same name first, otherwise the one that fits best."""
    wanted = headers.key(plan.name)
    candidates = [s for s in left if not is_named or headers.key(s.name) == wanted]
    fits = [(fit, sheet) for sheet in candidates if (fit := plan.fit(sheet)) is not None]
    if not fits:
        return False
    fit, sheet = max(fits, key=lambda found: (found[0].score, not found[1].is_hidden))
    left.remove(sheet)
    if not is_named and kind != "csv":
        log.note(number, "sheet_renamed", sheet=sheet.name, found=sheet.name, wanted=plan.name)
    plan.take(sheet, fit, log.on_sheet(number, sheet.name))  # type: ignore[arg-type]  # each plan takes what it fitted
    return True


def _looked_for(plans: list[Plan]) -> str:
    titles = [title for plan in plans for title in plan.titles]
    if not titles:
        return "opisów pól z szablonu"
    shown = ", ".join(f"„{title}”" for title in titles[:4])
    return f"nagłówków {shown}" + (" i dalszych" if len(titles) > 4 else "")  # noqa: PLR2004


@contextmanager
def _opened(output: BinaryIO | Path) -> Iterator[BinaryIO]:
    """The output as an open file; a path gets the result only when it is complete."""
    if not isinstance(output, Path):
        yield output
        return
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=".merge-", suffix=".xlsx")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            yield target
        partial.chmod(0o644)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def _write(
    plans: list[Plan],
    report: Report,
    log: Log,
    silent: Sequence[tuple[str, str]],
    target: BinaryIO,
) -> None:
    sums = [plan for plan in plans if isinstance(plan, Sum)]
    rows = [plan for plan in plans if not isinstance(plan, Sum)]
    names = xlsx.sheet_names(
        [
            *(plan.name for plan in (*sums, *rows)),
            *([CONTRIBUTIONS.name] * bool(sums)),
            REMARKS.name,
        ]
    )
    for summed in sums:
        summed.settle(log)

    def paint(book: xlsxwriter.Workbook) -> None:
        for summed, name in zip(sums, names, strict=False):
            summed.paint(book, name)

    tables = [plan.table() for plan in rows]
    tables += [CONTRIBUTIONS] * bool(sums) + [REMARKS]
    named = zip(tables, names[len(sums) :], strict=True)
    with xlsx.XlsxFile(
        [xlsx.Table(name, table.columns, table.frozen) for table, name in named],
        paint if sums else None,
    ) as book:
        for number, plan in enumerate(rows):
            count = plan.write(book, number, log.sources, log)
            _describe(report, plan, names[len(sums) + number], count)
        for summed, name in zip(sums, names, strict=False):
            _describe(report, summed, name, summed.cells)
            _append(book, len(rows), summed.contributions(log.sources))
        report.remarks = list(log.remarks())
        _append(book, len(tables) - 1, _remark_rows(report, silent))
        book.save(target)


def _describe(report: Report, plan: Plan, name: str, count: int) -> None:
    report.rows += count
    report.sheets.append({"name": name, "mode": plan.mode.value, "rows": count})


def _remark_rows(report: Report, silent: Sequence[tuple[str, str]]) -> Iterator[list[Value]]:
    label, sentence = KINDS["silent"]
    for unit, rspo in silent:
        yield [unit, rspo, None, None, None, label, sentence]
    for remark in report.remarks:
        yield [
            remark.unit,
            remark.rspo,
            remark.file,
            remark.sheet,
            remark.cell,
            remark.label,
            remark.sentence,
        ]


def _append(book: xlsx.XlsxFile, table: int, rows: Iterator[list[Value]]) -> None:
    while block := list(islice(rows, _BLOCK)):
        book.append(table, list(zip(*block, strict=True)))
