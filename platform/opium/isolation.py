"""Work on many rows in which a bad one stops none of the others."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from billiard.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from opium.errors import DomainError

NAMED = 5
"""How many of the failed rows the sentence names."""
Row = TypeVar("Row")


class SomeFailed(DomainError):
    """The rest is done and committed."""

    code = "some_failed"

    def __init__(self, failures: Sequence[tuple[object, Exception]], total: int) -> None:
        named = "; ".join(f"{row}: {_told(error)}" for row, error in failures[:NAMED])
        more = f" i {len(failures) - NAMED} kolejnych" if len(failures) > NAMED else ""
        super().__init__(f"Nie udało się dla {len(failures)} z {total}: {named}{more}")
        self.failures = tuple(failures)


def each(rows: Iterable[Row], do: Callable[[Row], object]) -> int:
    """Do every row in a transaction of its own; how many there were.

    To be called outside of a transaction, so that what is done stays done. Raises `SomeFailed` at
    the end, with those that failed and why; a worker whose time is up stops at once.
    """
    return together(list(rows), lambda few: [do(row) for row in few], at_once=1)


def together(
    rows: Sequence[Row], do: Callable[[Sequence[Row]], object], *, at_once: int = 100
) -> int:
    """Do the rows `at_once` in a transaction; halve what fails until the bad rows are alone.

    So good rows cost what they cost together, and few bad ones little more. Otherwise as `each`.
    """
    failures: list[tuple[object, Exception]] = []
    for start in range(0, len(rows), at_once):
        failures += _halved(rows[start : start + at_once], do)
    if failures:
        raise SomeFailed(failures, len(rows)) from failures[0][1]
    return len(rows)


def _halved(
    rows: Sequence[Row], do: Callable[[Sequence[Row]], object]
) -> list[tuple[object, Exception]]:
    try:
        with transaction.atomic():
            do(rows)
    except SoftTimeLimitExceeded:
        raise
    except Exception as failure:  # noqa: BLE001  # told at the end, with its row
        if len(rows) == 1:
            return [(rows[0], failure)]
        half = len(rows) // 2
        return _halved(rows[:half], do) + _halved(rows[half:], do)
    return []


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
