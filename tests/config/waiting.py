"""What the tests of processes look at."""

import os
import time
from pathlib import Path


def marked(word: str) -> list[str]:
    """The command lines of all living processes with this mark, but this one."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if int(place.name) != os.getpid() and word in (place / "environ").read_text():
                found.append((place / "cmdline").read_text().replace("\0", " "))
        except (OSError, UnicodeDecodeError):
            continue  # it ended meanwhile, or is not ours to read
    return found


def eventually(condition, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()
