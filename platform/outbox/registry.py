"""The tasks that the house knows, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from opium.declaring import Registry


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    run: Callable[..., None]
    lease: int
    """Seconds that a worker may take; then it is stopped and another may try."""
    daily_at: time | None = None
    """The hour of Polish time from which it runs once a day in every city."""
    in_console: bool = False
    """Whether the daily work is done in the operators' schema too."""


TASKS: Registry[Task] = Registry("task")


def task(
    name: str, *, lease: int = 120, daily_at: time | None = None, in_console: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `name` as background work. It takes strings and is safe to run twice.

    With `daily_at` the clock starts it besides, once a day in each city, without arguments.
    """

    def register(run: Callable[..., None]) -> Callable[..., None]:
        TASKS.declare(name, Task(name, run, lease, daily_at, in_console))
        return run

    return register
