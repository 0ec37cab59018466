"""A workbook as it is read, with its facts."""

from spreadsheets.cells import Formatted
from spreadsheets.facts import Facts
from spreadsheets.readers import read_workbook


def seen(content: bytes) -> tuple[list[list[object]], Facts]:
    with read_workbook(content, facts=True) as workbook:
        (sheet,) = workbook.sheets
        return [row for _, row in sheet.rows()], sheet.facts


def values(content: bytes) -> list[object]:
    """The cells of the first row, formatted numbers as (number, mark, shown)."""
    (row, *_), _ = seen(content)
    return [
        (float(value), value.mark, value.shown) if isinstance(value, Formatted) else value
        for value in row
    ]
