"""What `make clean` takes away: what was installed and built here, and data only when told.

`python -m config.runtime.clean [--data]`. Data is what nobody could make again: the database, the
files, the letters, the passwords of the demonstration, and the key that opens its secrets. It is
named on the standard error before it goes. Servers of this folder are stopped in any case.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from config.runtime import state
from config.runtime.postgres import Cluster

BUILT = ("bootstrap", "browsers", "cache", "logs", "node", "pycache", "stamps")
"""In a state folder: what the next `make` makes again. Whatever else lies there is data."""
TESTS = "test"
"""The state folder of the tests, which are never anybody's data."""
USAGE = "usage: make clean [ARGS=--data]\n"


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--data"]):
        sys.stderr.write(f"opium: make clean does not know {' '.join(arguments)}. {USAGE}")
        return 2
    clean(state.folder(), with_data=bool(arguments))
    return 0


def clean(folder: Path, *, with_data: bool) -> None:
    """Stop the servers of a state folder and remove what was built in it, or everything."""
    Cluster(folder / TESTS).remove()
    shutil.rmtree(folder / TESTS, ignore_errors=True)
    cluster = Cluster(folder)
    if not with_data:
        cluster.stop()
        for name in BUILT:
            shutil.rmtree(folder / name, ignore_errors=True)
        for place in _data(cluster):
            sys.stderr.write(f"opium: kept {place}\n")
        return
    for place in _data(cluster):
        sys.stderr.write(f"opium: deleting {place}\n")
    cluster.remove()
    shutil.rmtree(folder)


def _data(cluster: Cluster) -> Iterator[Path]:
    """What lies in the folder besides what is built, and the database where it lives elsewhere."""
    if cluster.note.exists():
        yield cluster.data
    for place in sorted(cluster.folder.iterdir()):
        if place.name not in (*BUILT, TESTS):
            yield place


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
