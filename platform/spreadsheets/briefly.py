"""Reads a workbook while somebody waits for the answer: in a few seconds, a few at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings

from opium.turns import turn
from spreadsheets import errors
from spreadsheets.readers import Content, Limits, Reader
from spreadsheets.template import TemplateSheet, read_template
from spreadsheets.template.likeness import missing_titles

LIMITS = Limits(seconds=5)
"""A workbook of 100,000 filled cells takes one second."""
_WAIT = 1.5
TOLD = 5
"""Titles that a refusal names."""


@contextmanager
def reading() -> Iterator[Reader]:
    """A reader of a web request. Raises `WorkbooksBusy` where too many read at this moment.

    What takes longer than `LIMITS` is refused as too slow.
    """
    with (
        turn(
            "workbook",
            most=settings.WORKBOOKS_AT_ONCE,
            most_of_city=settings.WORKBOOKS_AT_ONCE_OF_CITY,
            wait=_WAIT,
        ) as has_turn,
        Reader(LIMITS) as reader,
    ):
        if not has_turn:
            raise errors.WorkbooksBusy
        yield reader


def check(content: Content, template: Content | None = None) -> None:
    """Raise why the workbook cannot be read, or `WorkbooksBusy`.

    Also `WorkbookUnlikeTemplate`, where it has hardly any of the template's titles; of a template
    that cannot be read nothing is asked.
    """
    with reading() as reader:
        compare(reader, content, template)


def compare(reader: Reader, content: Content, template: Content | None) -> None:
    """As `check`, with a reader that somebody has."""
    with reader.read(content) as answer:
        sheets = _sheets_of(reader, template)
        if missing := missing_titles(sheets, answer):
            told = ", ".join(f"„{title}”" for title in missing[:TOLD])
            raise errors.WorkbookUnlikeTemplate(titles=told)


def _sheets_of(reader: Reader, template: Content | None) -> Sequence[TemplateSheet]:
    if template is None:
        return ()
    try:
        return read_template(reader, template)
    except (errors.WorkbookRefused, errors.TemplateWithoutFields):
        return ()
