"""Holds the outcome of a merge against a case's `expected.json`.

A case is a folder: `template.xlsx`, `in/` or another input, and `expected.json`. One alternative
of its `any_of` must hold in full. A value may be `{"any": [...]}` or `{"like": "regex"}`.
"""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from django.core.management import CommandError, call_command
from openpyxl.utils import range_boundaries

FRONT = ("Jednostka", "RSPO", "Plik")
REMARKS = "Uwagi"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True)
class Line:
    """A line of Uwagi."""

    file: str
    sheet: str
    cell: str
    text: str

    def covers(self, cell: str, *, whole_row: bool) -> bool:
        column, row, _, _ = range_boundaries(cell)
        for area in filter(None, (part.strip() for part in self.cell.split(","))):
            left, top, right, bottom = range_boundaries(area)
            if (top or 1) <= row <= (bottom or _LAST_ROW) and (
                whole_row or (left or 1) <= column <= (right or _LAST_COLUMN)
            ):
                return True
        return False


@dataclass(frozen=True)
class Outcome:
    """What `opium merge` left behind: how it ended, the sheets of its result, its report."""

    code: int
    said: str
    sheets: dict[str, list[list[Any]]]
    cells: Callable[[str, str], Any]
    report: dict[str, Any]

    @property
    def lines(self) -> list[Line]:
        found = [
            Line(str(file or ""), str(sheet or ""), str(cell or ""), f"{kind} {sentence}")
            for _, _, file, sheet, cell, kind, sentence, *_ in self.sheets.get(REMARKS, [])[1:]
        ]
        told = [
            Line(rejected["file"], "", "", f"Plik odrzucony {rejected['reason']}")
            for rejected in self.report.get("rejected", [])
        ]
        return found + told

    @property
    def data(self) -> dict[str, list[list[Any]]]:
        return {name: rows for name, rows in self.sheets.items() if name != REMARKS}


def run(case: Path, output: Path, capsys: Any) -> Outcome:
    """Merge a case as the command does; a traceback is the test's own failure."""
    expected = expectation(case)
    code, said = 0, ""
    try:
        call_command(
            "merge",
            str(case / expected.get("input", "in")),
            template=case / "template.xlsx",
            mode=expected.get("mode_arg", "auto"),
            output=output,
            json=True,
        )
    except CommandError as refusal:
        code, said = refusal.returncode, str(refusal)
    if code:
        return Outcome(code, said, {}, lambda _sheet, _cell: None, {})
    report = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    book = openpyxl.load_workbook(output)
    sheets = {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }
    return Outcome(code, said, sheets, lambda sheet, cell: book[sheet][cell].value, report)


def expectation(case: Path) -> dict[str, Any]:
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


def complaints(expected: dict[str, Any], outcome: Outcome) -> list[str]:
    """Nothing when the case holds; otherwise what each alternative lacks."""
    if outcome.code not in expected.get("exit", [0]):
        return [f"ended with {outcome.code}: {outcome.said}"]
    if outcome.code:
        return []
    said = []
    for alternative in expected["any_of"]:
        lacking = list(_lacking(alternative, outcome))
        if not lacking:
            return []
        said.append(f"({alternative.get('name', '')}) " + "; ".join(lacking))
    return said


def _lacking(alternative: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    if "columns" in alternative:
        yield from _table(alternative, outcome)
    if "not_rows" in alternative:
        yield from _unwanted_rows(alternative["not_rows"], outcome)
    if "count_rows" in alternative and outcome.report["rows"] != alternative["count_rows"]:
        yield f"{outcome.report['rows']} rows, not {alternative['count_rows']}"
    yield from (
        f"nowhere {wanted}"
        for wanted in alternative.get("all_values", ())
        if not _stands_somewhere(wanted, outcome)
    )
    for wanted in alternative.get("has", ()):
        yield from _row_of_file(alternative["sheet"], wanted, outcome)
    yield from _sums(alternative, outcome)
    yield from _remarks(alternative, outcome)
    if "rejected" in alternative:
        rejected = sorted(entry["file"] for entry in outcome.report["rejected"])
        if rejected != sorted(alternative["rejected"]):
            yield f"rejected {rejected}, not {alternative['rejected']}"


def _unwanted_rows(unwanted: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    for rows in _picked(unwanted["columns"], outcome).values():
        for wanted in unwanted["rows"]:
            if any(_row_is(wanted, row) for row in rows):
                yield f"unwanted {wanted}"


def _remarks(alternative: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    for wanted in alternative.get("remarks", ()):
        if not any(_says(line, wanted) for line in outcome.lines):
            yield f"no remark {json.dumps(wanted, ensure_ascii=False)}"
    for unwanted in alternative.get("no_remarks", ()):
        yield from (f"needless: {line}" for line in outcome.lines if _says(line, unwanted))


def _picked(columns: list[str], outcome: Outcome) -> dict[str, list[list[Any]]]:
    """The rows of these columns, for each sheet that has all of them."""
    found = {}
    for name, rows in outcome.data.items():
        header = [str(title or "").strip() for title in (rows or [[]])[0]]
        places = [_place(header, column) for column in columns]
        if None not in places:
            found[name] = [[row[place] for place in places] for row in rows[1:]]
    return found


def _place(header: list[str], column: str) -> int | None:
    start = 0 if column in FRONT or header[:1] != FRONT[:1] else len(FRONT)
    return next((place for place in range(start, len(header)) if header[place] == column), None)


def _table(alternative: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    picked = _picked(alternative["columns"], outcome)
    if not picked:
        yield f"no sheet with columns {alternative['columns']}"
        return
    worst = []
    for rows in picked.values():
        left, missing = list(rows), []
        for wanted in alternative.get("rows", alternative.get("min_rows", ())):
            found = next((row for row in left if _row_is(wanted, row)), None)
            if found is None:
                missing.append(wanted)
            else:
                left.remove(found)
        if not missing and ("rows" not in alternative or not left):
            return
        worst.append(f"missing {missing}, instead {left}")
    yield from worst


def _row_of_file(sheet: str, wanted: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    rows = outcome.sheets.get(sheet, [])
    named = [row for row in rows if wanted["file"] in row]
    if not named:
        yield f"no row of {wanted['file']}"
        return
    present = Counter(range(len(named[0])))
    for value in wanted["values"]:
        place = next((p for p in present if _is(value, named[0][p])), None)
        if place is None:
            yield f"{wanted['file']} lacks {value}"
        else:
            del present[place]


def _sums(alternative: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    summed = alternative.get("sum_cells", {"sheet": "", "cells": {}})
    for cell, wanted in summed["cells"].items():
        value = outcome.cells(summed["sheet"], cell)
        if not _is(wanted, value):
            yield f"{cell} is {value}, not {wanted}"
    unwanted = alternative.get("sum_not")
    if unwanted and any(
        _is(unwanted["value"], value) for row in outcome.sheets[unwanted["sheet"]] for value in row
    ):
        yield f"unwanted {unwanted['value']}"


def _stands_somewhere(wanted: Any, outcome: Outcome) -> bool:
    return any(
        _is(wanted, value) for rows in outcome.data.values() for row in rows for value in row
    )


def _says(line: Line, wanted: dict[str, Any]) -> bool:
    if "file" in wanted and line.file not in wanted["file"]:
        return False
    if "in_sheet" in wanted and line.sheet != wanted["in_sheet"]:
        return False
    if "cell" in wanted and not line.covers(wanted["cell"], whole_row=wanted.get("row", False)):
        return False
    words = wanted.get("words")
    return not words or any(
        re.search(rf"(?<!\w){re.escape(word)}", line.text, re.IGNORECASE) for word in words
    )


def _row_is(wanted: list[Any], row: list[Any]) -> bool:
    return all(_is(value, cell) for value, cell in zip(wanted, row, strict=True))


def _is(wanted: Any, cell: Any) -> bool:
    if isinstance(wanted, dict):
        if "any" in wanted:
            return any(_is(one, cell) for one in wanted["any"])
        return re.search(wanted["like"], _text(cell)) is not None
    if isinstance(wanted, bool) or isinstance(cell, bool):
        return wanted is cell
    if isinstance(wanted, int | float):
        return isinstance(cell, int | float) and abs(cell - wanted) <= abs(wanted) * 1e-12
    if wanted is None or cell is None:
        return wanted is cell
    return not isinstance(cell, int | float) and _text(cell) == wanted.strip()


def _text(cell: Any) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return str(cell).replace("_x000D_", "\r").strip()
