"""The sheets of a template as they are held while its copies are merged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from spreadsheets import errors, readers
from spreadsheets.cells import Row, Value
from spreadsheets.facts import Facts
from spreadsheets.template.texts import is_blank_line

_ROWS = 3_000

Place = tuple[int, int]


class Mode(StrEnum):
    """How the copies of a sheet become one; AUTO takes what the template proposes."""

    AUTO = "auto"
    STACK = "stack"
    FORM = "form"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet of the template, its first rows in memory."""

    name: str
    is_hidden: bool
    width: int
    merged: tuple[tuple[int, int, int, int], ...]
    formats: dict[str, str]
    rows: tuple[Row, ...]
    facts: Facts = field(default_factory=Facts)

    def cells(self) -> Iterator[tuple[Place, Value]]:
        """Every filled cell, row by row; dotted lines to write on count as empty."""
        for number, row in enumerate(self.rows):
            for column, value in enumerate(row):
                if value is not None and not is_blank_line(value):
                    yield (number, column), value

    def number_format(self, row: int, column: int) -> str:
        """The format of a cell, or of its column; empty for General."""
        return self.formats.get(f"{row},{column}") or self.formats.get(f",{column}", "")


def read_template(reader: readers.Reader, content: readers.Content) -> tuple[TemplateSheet, ...]:
    """The filled sheets of a template, hidden ones last resort; raises WorkbookRefused."""
    with reader.read(content, facts=True, formats=True) as workbook:
        sheets = tuple(
            TemplateSheet(
                sheet.name,
                sheet.is_hidden,
                sheet.width,
                sheet.merged,
                sheet.formats,
                tuple(sheet.head(_ROWS)),
                sheet.facts,
            )
            for sheet in workbook.sheets
            if not sheet.is_empty
        )
    if not sheets:
        raise errors.TemplateWithoutFields
    return sheets
