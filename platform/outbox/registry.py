"""The tasks that the house knows, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from opium.declaring import Registry

ATTEMPTS = 12
"""How often a job is tried before it is given up: over two hours, for each pause is longer."""
LEASE = 120
ORDINARY, CONTENT = "celery", "content"
"""Queues of the broker: the house's own work, and what reads that which came from outside."""


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    run: Callable[..., None]
    lease: int = LEASE
    """Seconds that a worker may take; then it is stopped and another may try. More than the usual
    makes it long work, of which few run at once."""
    daily_at: time | None = None
    """The hour of Polish time from which it runs once a day in every city."""
    in_console: bool = False
    """Whether the daily work is done in the operators' schema too."""
    label: str = ""
    """What people call it: „Scalanie odpowiedzi”."""
    queue: str = ORDINARY
    """`CONTENT` where it opens what came from outside: nobody's letter waits behind it."""
    attempts: int = ATTEMPTS
    on_given_up: Callable[..., str | None] | None = None
    """Called once in the job's city with its arguments and `sentence`, in the transaction that
    gives the job up: marks its owner (the merge, the letter) as failed and names it."""
    on_tried_again: Callable[..., None] | None = None
    """Called with the job's arguments before somebody has it tried again: the owner waits again."""


TASKS: Registry[Task] = Registry("task")


def task(
    name: str,
    *,
    label: str = "",
    lease: int = LEASE,
    queue: str = ORDINARY,
    daily_at: time | None = None,
    in_console: bool = False,
    attempts: int = ATTEMPTS,
    on_given_up: Callable[..., str | None] | None = None,
    on_tried_again: Callable[..., None] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `name` as background work. It takes strings and is safe to run twice.

    With `daily_at` the clock starts it besides, once a day in each city, without arguments. Work
    on many rows is a job for each of them (`services.after_commit_each`), so that a bad one stops
    nobody else. After `attempts` the job is given up, its owner told by `on_given_up`.
    """

    def register(run: Callable[..., None]) -> Callable[..., None]:
        declared = Task(
            name,
            run,
            lease=lease,
            queue=queue,
            daily_at=daily_at,
            in_console=in_console,
            label=label,
            attempts=attempts,
            on_given_up=on_given_up,
            on_tried_again=on_tried_again,
        )
        TASKS.declare(name, declared)
        return run

    return register


def is_long(name: str) -> bool:
    """Whether it may take longer than the usual, so that nobody's letter waits behind it."""
    return lease_of(name) > LEASE


def lease_of(name: str) -> int:
    """Seconds that a worker may take for it; of a task that nobody declares, the usual."""
    known = TASKS.get(name)
    return known.lease if known else LEASE


def queue_of(name: str) -> str:
    """The queue of its jobs; of a task that nobody declares, the ordinary one."""
    known = TASKS.get(name)
    return known.queue if known else ORDINARY


def label_of(name: str) -> str:
    """What people call it, or the name itself where nobody declares it."""
    known = TASKS.get(name)
    return known.label or name if known else name
