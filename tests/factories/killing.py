"""Processes that the system kills in the middle of what they do."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connection


def killed_at(place: object, name: str, deed: Callable[[], object], *, call: int = 1) -> None:
    """Do the deed in a process of its own, which is killed as the call of `place.name` returns.

    The process is a fork with a connection of its own: it sees what is committed, and what it
    holds ends with it, as of any killed worker.
    """
    pid = os.fork()
    if pid == 0:
        try:
            _die_at(place, name, call)
            _connect_anew()
            deed()
        finally:
            os._exit(1)  # never back into the tests
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), f"It came to its end without the call {call} of {name}."
    assert os.WTERMSIG(status) == signal.SIGKILL


def _die_at(place: Any, name: str, call: int) -> None:
    real, calls = getattr(place, name), iter(range(1, 1_000_000))

    def last(*values: Any, **named: Any) -> Any:
        done = real(*values, **named)
        if next(calls) == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(place, name, last)


def _connect_anew() -> None:
    """The parent's connection is left as it is: to close it here would end it there."""
    schema: Any = connection
    name, schema.inherited = schema.schema_name, schema.connection
    schema.connection = None
    schema.connect()
    schema.set_schema(name)
