"""Folders for work on the disk of this machine, of which none outlives its process for long.

Each is locked while its process lives; the kernel lets go of the lock when that dies, however it
dies. So whoever begins the next work can tell what a killed one has left, and removes it.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def room() -> Iterator[Path]:
    """An empty folder that nobody else may enter, gone afterwards; its name begins with our pid.

    First it removes what killed processes of this account have left. Raises `OSError` where the
    place for such folders is not this account's own.
    """
    place = _place()
    sweep(place)
    # Under a name that no sweep looks at, until it is locked.
    folder = Path(tempfile.mkdtemp(prefix=".", dir=place))
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = folder.rename(place / f"{os.getpid()}-{folder.name[1:]}")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep(place: Path) -> None:
    """Remove the folders in which nobody works any more."""
    for folder in place.glob("[0-9]*"):
        try:
            lock = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue  # its work has just ended
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)


def _place() -> Path:
    """One for each account: what is not ours is nothing that we could remove."""
    place = Path(tempfile.gettempdir(), f"opium-work-{os.geteuid()}")
    place.mkdir(mode=0o700, exist_ok=True)
    found = place.lstat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o077 or place.is_symlink():
        raise PermissionError(f"{place} is not a folder of this account alone")
    return place
