"""Reads a workbook while somebody waits for the answer: in a few seconds, a few at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from opium.turns import turn
from spreadsheets import errors
from spreadsheets.readers import Content, Limits, Reader

LIMITS = Limits(seconds=5)
"""A workbook of 100,000 filled cells takes one second."""
_WAIT = 1.5


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


def check(content: Content) -> None:
    """Raise why the workbook cannot be read, or `WorkbooksBusy`."""
    with reading() as reader, reader.read(content):
        pass
