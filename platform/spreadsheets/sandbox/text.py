"""Text files with separators."""

import csv
import io
import re
from collections.abc import Iterator
from functools import lru_cache

from spreadsheets.facts import Facts
from spreadsheets.sandbox.encodings import LOST, decoded
from spreadsheets.sandbox.refusal import Refused

_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_LINES = 50
_ESCAPED = re.compile(r'="(.*)"', re.DOTALL)
_FIELD = 10_000_000
_LINES_OF_A_CELL = 100
_QUOTE = '"'


def separator(text: str) -> str:
    """The character that cuts the first lines into the most even rows; `sep=;` is obeyed."""
    if text[:4].lower() == "sep=" and len(text) > 4:  # noqa: PLR2004  # "sep=" and its character
        return text[4]
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    return max(_SEPARATORS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: str, mark: str) -> tuple[float, int]:
    if mark not in sample:
        return (0.0, 0)
    widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=mark) if any(row)]
    if not widths or max(widths) == 1:
        return (0.0, 0)
    usual = max((width for width in widths if width > 1), key=widths.count)
    return (widths.count(usual) / len(widths), -_SEPARATORS.index(mark))


def rows(content: bytes, facts: Facts) -> list[list[str]]:
    """The rows of the file, Excel's `="015"` unwrapped to the text that it protects.

    `facts` hear of letters that could not be read and of quotation marks that are not closed.
    """
    text = decoded(content)
    if "\0" in text:
        raise Refused("not_a_workbook", "binary")
    mark = separator(text)
    if text[:4].lower() == "sep=":
        _, _, text = text.partition("\n")
    csv.field_size_limit(_FIELD)
    found = [[_unwrapped(cell) for cell in row] for row in _parsed(text, mark, facts)]
    if LOST in text:
        _note_lost(found, facts)
    return found


def _parsed(text: str, mark: str, facts: Facts) -> list[list[str]]:
    """The rows; a quotation mark that nobody closed is a letter, not the end of all rows."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        return list(_line_by_line(text, mark, facts))


def _line_by_line(text: str, mark: str, facts: Facts) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="").readlines()
    at = number = 0
    while at < len(lines):
        taken, row = _record(lines, at, mark)
        if not taken:
            taken, row = 1, _loose(lines[at], mark)
            for column, cell in enumerate(row):
                if cell.startswith(_QUOTE) and cell.count(_QUOTE) % 2:
                    facts.note(facts.unclosed, (number, column), cell)
        yield row
        at, number = at + taken, number + 1


def _record(lines: list[str], at: int, mark: str) -> tuple[int, list[str]]:
    """How many lines the row takes by the rules, and its cells; 0 where it breaks them."""
    record = ""
    for taken in range(1, min(_LINES_OF_A_CELL, len(lines) - at) + 1):
        record += lines[at + taken - 1]
        try:
            found = list(csv.reader(io.StringIO(record, newline=""), delimiter=mark, strict=True))
        except csv.Error as problem:
            if "unexpected end" in str(problem) and record.count(_QUOTE) % 2:
                continue
            return 0, []
        return taken, found[0] if found else []
    return 0, []


@lru_cache(maxsize=8)
def _closed(mark: str) -> re.Pattern[str]:
    """A cell in quotation marks, to its end."""
    return re.compile(rf'"((?:[^"]|"")*)"(?={re.escape(mark)}|$)')


def _loose(line: str, mark: str) -> list[str]:
    """One line by itself; a quotation mark that does not close a cell is a letter."""
    line = line.rstrip("\r\n")
    found: list[str] = []
    at = 0
    while at <= len(line):
        closed = _closed(mark).match(line, at) if line[at : at + 1] == _QUOTE else None
        if closed is not None:
            found.append(closed[1].replace('""', _QUOTE))
            at = closed.end() + 1
            continue
        end = line.find(mark, at)
        end = len(line) if end < 0 else end
        found.append(line[at:end])
        at = end + 1
    return found


def _note_lost(found: list[list[str]], facts: Facts) -> None:
    for number, row in enumerate(found):
        for column, cell in enumerate(row):
            if LOST in cell:
                facts.note(facts.misread, (number, column), cell)


def _unwrapped(cell: str) -> str:
    if cell.startswith("="):
        escaped = _ESCAPED.fullmatch(cell)
        if escaped:
            return escaped[1].replace('""', '"')
    return cell
