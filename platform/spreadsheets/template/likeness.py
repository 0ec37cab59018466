"""Whether a workbook looks like a copy of a template at all: by the titles that it keeps."""

from collections.abc import Iterable, Iterator, Sequence

from opium.polish import fold
from spreadsheets import errors
from spreadsheets.answer import Workbook
from spreadsheets.readers import Content, Reader
from spreadsheets.template.finding import find_tables
from spreadsheets.template.sheet import TemplateSheet, read_template

FEWEST = 2
"""Titles of a template that tells anything by them."""
LEAST = 0.3
"""The part of the titles that a copy keeps, whatever else was done to it."""
TOLD = 5
"""Titles that a refusal names."""
_ROWS = 3_000


def compare(reader: Reader, content: Content, template: Content) -> None:
    """Raise `WorkbookUnlikeTemplate` where the workbook has hardly any of the template's titles.

    Also why the workbook cannot be read; of a template that cannot be read nothing is asked.
    """
    with reader.read(content) as answer:
        try:
            sheets = read_template(reader, template)
        except (errors.WorkbookRefused, errors.TemplateWithoutFields):
            return
        if missing := missing_titles(sheets, answer):
            told = ", ".join(f"„{title}”" for title in missing[:TOLD])
            raise errors.WorkbookUnlikeTemplate(titles=told)


def missing_titles(template: Sequence[TemplateSheet], answer: Workbook) -> list[str]:
    """Titles of the template that the answer has not, where it has hardly any of them; else none.

    Where a title went does not count, nor how its letters are written. A template without tables
    is known by all its texts.
    """
    titles = {fold(text): text for sheet in template for text in _titles(sheet)}
    if len(titles) < FEWEST:
        return []
    kept = titles.keys() & {fold(text) for text in _texts(answer)}
    if len(kept) >= LEAST * len(titles):
        return []
    return [text for key, text in titles.items() if key not in kept]


def _titles(sheet: TemplateSheet) -> Iterator[str]:
    tables = find_tables(sheet)
    if not tables:
        yield from _told(value for _, value in sheet.cells())
    for table in tables:
        for row in sheet.rows[table.header_row - table.depth + 1 : table.header_row + 1]:
            yield from _told(row)


def _texts(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        for row in sheet.head(_ROWS):
            yield from _told(row)


def _told(values: Iterable[object]) -> Iterator[str]:
    """Those of the values that are texts with a letter in them."""
    for value in values:
        if isinstance(value, str) and any(letter.isalpha() for letter in value):
            yield value.strip()
