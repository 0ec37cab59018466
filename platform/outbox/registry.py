"""The tasks that the house knows, by name."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    run: Callable[..., None]
    lease: int
    """Seconds that a worker may take; then it is stopped and another may try."""


TASKS: dict[str, Task] = {}


def task(name: str, *, lease: int = 120) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `name` as background work. It takes strings and is safe to run twice."""

    def register(run: Callable[..., None]) -> Callable[..., None]:
        TASKS[name] = Task(name, run, lease)
        return run

    return register
