"""Who goes first where processors are scarce: what a person waits for, before all that can wait."""

import os
from contextlib import suppress
from pathlib import Path

BACKGROUND = 10
"""Niceness of the workers, of what they start, and of the clock: where processors are scarce they
get a tenth of what a web process does."""
CONTENT = 5
"""That of what opens content while a page waits for it, a third: its seconds run by the clock."""
_SESSION = Path("/proc/self/autogroup")


def step_back(niceness: int) -> None:
    """Let others go first from now on: this process and all that it starts, for good.

    Changes nothing where the process is as nice already.
    """
    if niceness > os.nice(0):
        os.nice(niceness - os.nice(0))
    # Linux may share processors out among sessions, and then niceness counts within each only.
    if os.getsid(0) == os.getpid() and _SESSION.exists():
        with suppress(OSError):  # it may be asked for once in a tenth of a second
            _SESSION.write_text(str(os.nice(0)))
