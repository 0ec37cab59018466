"""The merge itself: template in, copies in, one workbook and a report out."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TypeAlias

import xlsxwriter

from spreadsheets import errors, template, xlsx
from spreadsheets.cells import Value
from spreadsheets.log import Log
from spreadsheets.merging.forms import Form
from spreadsheets.merging.painting import paint_sums
from spreadsheets.merging.stacking import Stack
from spreadsheets.merging.summing import CONTRIBUTIONS, Sum
from spreadsheets.merging.tables import Tables
from spreadsheets.merging.taking import Plan, Taker
from spreadsheets.merging.versions import (
    MARK,
    MARKED,
    Verdict,
    Versions,
    fingerprint,
    is_named_as_template,
    is_own_result,
)
from spreadsheets.readers import Content, Limits, Reader, Workbook
from spreadsheets.report import KINDS, Rejection, Report, Source
from spreadsheets.template import Mode, TableLayout, TemplateSheet

Progress: TypeAlias = Callable[[int, int], None]

_BLOCK = 500
_MOST_COLUMNS = 16_000
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
    otherwise: Sequence[tuple[str, str, str]] = (),
    limits: Limits | None = None,
) -> Report:
    """Merge the copies of a template into one xlsx file.

    `output` is a path, replaced only when the whole result is there, or an open binary file.
    `progress(done, total)` is called after each file. `silent` names the units, with their RSPO
    numbers, that sent nothing, `otherwise` those that answered without a workbook, with a sentence
    that tells how: they are listed among the remarks. A copy that cannot be read or
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
        taker = Taker(plans, sheets, log)
        with reader.read(template_content, facts=True) as printed:
            merge = _Merge(taker, template_content, fingerprint(printed), report)
        try:
            contents = enumerate(source.content for source in sources)
            for number, outcome in reader.read_many(contents, facts=True):
                merge.read(number, outcome)
                if progress is not None:
                    progress(number + 1, len(sources))
            merge.settle()
            with _opened(output) as target:
                _write(taker, report, [*_silent(silent), *_otherwise(otherwise)], target)
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
        tables = template.find_tables(sheet)
        if any(len(layout.titles) > _MOST_COLUMNS for layout in tables):
            raise errors.TemplateTooWide
        if wanted is Mode.FORM:
            plans.append(Form(sheet))
        elif wanted is Mode.SUM:
            plans.append(Sum(sheet, _of_rows(sheet, tables)))
        elif len(tables) > 1:
            plans.append(Tables(sheet, tables))
        elif tables:
            plans.append(Stack(sheet, tables[0]))
    if not plans:
        raise errors.TemplateWithoutFields
    return plans


def _of_rows(sheet: TemplateSheet, tables: Sequence[TableLayout]) -> Sequence[TableLayout]:
    """The tables to add up by rows and columns; none where the sheet is a form of labels."""
    is_form = any(
        len(layout.titles) == 1 or template.looks_like_labels(sheet, layout) for layout in tables
    )
    return () if is_form else tables


def _reject(report: Report, number: int, reason: str, log: Log) -> None:
    source = log.sources[number]
    report.rejected.append(Rejection(source.unit, source.file, reason, number))
    log.forget(number)
    log.note(number, "rejected", reason=reason)


def _leave_out(report: Report, verdict: Verdict, log: Log) -> None:
    source = log.sources[verdict.source]
    log.forget(verdict.source)
    log.note(verdict.source, verdict.kind, others=verdict.others)
    sentence = KINDS[verdict.kind][1].format(others=verdict.others)
    report.left_out.append(Rejection(source.unit, source.file, sentence, verdict.source))


class _Merge:
    """One merge under way: what reads the files, and what was said about them."""

    def __init__(
        self, taker: Taker, template_content: Content, template_print: bytes, report: Report
    ) -> None:
        self._taker = taker
        self._template = template_content
        self._template_print = template_print
        self._report = report
        self._versions = Versions(taker.log.sources)

    def read(self, number: int, outcome: Workbook | errors.WorkbookRefused) -> None:
        log, report = self._taker.log, self._report
        if isinstance(outcome, errors.WorkbookRefused):
            _reject(report, number, str(outcome), log)
            return
        with outcome:
            if is_own_result(outcome, self._taker.sheets):
                _leave_out(report, Verdict(number, "own_result"), log)
                return
            content = fingerprint(outcome)
            if content == self._template_print and is_named_as_template(
                log.sources[number], self._template
            ):
                _leave_out(report, Verdict(number, "own_template"), log)
                return
            refusal = self._taker.take(number, outcome)
        if refusal is not None:
            _reject(report, number, str(refusal), log)
            return
        if told := log.sources[number].entered:
            log.note(number, "entered", told=told)
        report.workbooks += 1
        self._versions.add(number, content)

    def settle(self) -> None:
        """Leave out what is counted already, once all files are known."""
        for verdict in self._versions.settle(self._taker.log):
            for plan in self._taker.plans:
                plan.forget(verdict.source)
            self._taker.forget(verdict.source)
            _leave_out(self._report, verdict, self._taker.log)
            self._report.workbooks -= 1


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


def _write(taker: Taker, report: Report, absent: Iterable[list[Value]], target: BinaryIO) -> None:
    """`absent` are rows of `REMARKS` on units without a workbook."""
    log = taker.log
    unused = {n for n, plan in enumerate(taker.plans) if isinstance(plan, Form) and plan.is_unused}
    if len(unused) == len(taker.plans):
        unused = set()
    taker.settle(unused)
    plans = [plan for n, plan in enumerate(taker.plans) if n not in unused]
    sums = [plan for plan in plans if isinstance(plan, Sum)]
    rows: list[Stack | Form] = []
    for plan in plans:
        if isinstance(plan, Tables):
            rows += plan.stacks
        elif not isinstance(plan, Sum):
            rows.append(plan)
    for summed in sums:
        summed.settle(log)
    names = xlsx.sheet_names(
        [
            *(plan.name for plan in (*sums, *rows)),
            *([CONTRIBUTIONS.name] * bool(sums)),
            REMARKS.name,
        ]
    )

    def paint(book: xlsxwriter.Workbook) -> None:
        book.set_custom_property(MARK, MARKED)
        for summed, name in zip(sums, names, strict=False):
            paint_sums(summed, book, name)

    tables = [plan.table() for plan in rows]
    tables += [CONTRIBUTIONS] * bool(sums) + [REMARKS]
    named = zip(tables, names[len(sums) :], strict=True)
    with xlsx.XlsxFile(
        [xlsx.Table(name, table.columns, table.frozen) for table, name in named], paint
    ) as book:
        for number, plan in enumerate(rows):
            count = plan.write(book, number, log.sources, log)
            _describe(report, plan, names[len(sums) + number], count)
        for summed, name in zip(sums, names, strict=False):
            _describe(report, summed, name, summed.cells)
            _append(book, len(rows), summed.contributions(log.sources))
        log.settle()
        report.accounts = [
            {"file": log.sources[source].file, **asdict(account)}
            for source, account in sorted(log.accounts.items())
        ]
        report.remarks = list(log.remarks())
        _append(book, len(tables) - 1, chain(absent, _remark_rows(report)))
        book.save(target)


def _describe(report: Report, plan: Stack | Form | Sum, name: str, count: int) -> None:
    report.rows += count
    report.sheets.append({"name": name, "mode": plan.mode.value, "rows": count})


def _silent(units: Sequence[tuple[str, str]]) -> Iterator[list[Value]]:
    label, sentence = KINDS["silent"]
    for unit, rspo in units:
        yield [unit, rspo, None, None, None, label, sentence]


def _otherwise(units: Sequence[tuple[str, str, str]]) -> Iterator[list[Value]]:
    label, sentence = KINDS["no_workbook"]
    for unit, rspo, told in units:
        yield [unit, rspo, None, None, None, label, sentence.format(told=told)]


def _remark_rows(report: Report) -> Iterator[list[Value]]:
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
