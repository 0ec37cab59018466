"""`Save all`: a ZIP of many stored files, against `zip -0` on the same files, and its memory.

Bytes are made once, of random content as office files are; both sides write a file on the same
disk, in turns. Memory is the growth of the peak of a child process that writes one archive, over
what it held after a first small one.
"""

import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

COUNT = 119
MEGABYTE = 1 << 20
ROUNDS = 7
TINY = {"COUNT": 2, "ROUNDS": 1}
SLOWEST = 2.0
MOST_MEGABYTES = 32


def rows() -> list[dict[str, Any]]:
    from django_tenants.utils import schema_context  # noqa: PLC0415  # Django is set up by then

    with (
        tempfile.TemporaryDirectory(prefix="opium-bench-") as place,
        schema_context("public"),
    ):
        folder = Path(place)
        small, large = folder / "small", folder / "large"
        _make_files(small, MEGABYTE)
        _make_files(large, 10 * MEGABYTE)
        return [
            _speed(small, folder / "out"),
            _memory(small, f"{COUNT} x 1 MB"),
            _memory(large, f"{COUNT} x 10 MB"),
        ]


def _make_files(root: Path, size: int) -> None:
    (root / "public").mkdir(parents=True)
    block = os.urandom(MEGABYTE)
    for number in range(COUNT):
        with (root / "public" / f"{number}.xlsx").open("wb") as file:
            for _ in range(size // MEGABYTE):
                file.write(block)


def _speed(root: Path, out: Path) -> dict[str, Any]:
    out.mkdir()
    peer, beside = _peer(root / "public", out / "peer.zip")
    known = _known(root)
    ours: Callable[[], object] = partial(_archive, root, out / "ours.zip", known)
    ours(), beside()
    times: dict[Callable[[], object], list[float]] = {ours: [], beside: []}
    for number in range(ROUNDS):
        for run in (ours, beside) if number % 2 else (beside, ours):
            for path in out.iterdir():
                path.unlink()
            started = time.perf_counter()
            run()
            times[run].append(time.perf_counter() - started)
    ours_s, peer_s = median(times[ours]), median(times[beside])
    return {
        "name": f"ZIP of {COUNT} x 1 MB",
        "ours_s": ours_s,
        "peer_s": peer_s,
        "ratio": ours_s / peer_s,
        "limit": SLOWEST,
        "peer": peer,
        "ok": ours_s / peer_s <= SLOWEST,
    }


def _peer(folder: Path, archive: Path) -> tuple[str, Callable[[], object]]:
    files = sorted(folder.iterdir())
    if program := shutil.which("zip"):
        command = [program, "-0", "-q", "-j", str(archive), *map(str, files)]
        return "zip -0", lambda: subprocess.run(command, check=True)

    def write() -> None:
        with zipfile.ZipFile(archive, "w") as packed:
            for file in files:
                packed.write(file, file.name)

    return "zipfile of Python (this machine has no zip)", write


def _memory(root: Path, what: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.archive", "--growth", str(root)]
    grown = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {
        "name": f"memory for a ZIP of {what}",
        "unit": "MB",
        "ours_s": grown,
        "peer_s": None,
        "ratio": None,
        "limit": MOST_MEGABYTES,
        "peer": "the same process before",
        "ok": grown < MOST_MEGABYTES,
    }


def _known(root: Path) -> dict[str, dict[str, Any]]:
    """What the rows of the files tell: sizes and checksums."""
    facts = {}
    for path in sorted((root / "public").iterdir()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        facts[path.name] = {"size": path.stat().st_size, "sha256": digest}
    return facts


def _archive(root: Path, target: Path, known: dict[str, dict[str, Any]]) -> None:
    """As the view does it, but into a file: from stored files to the bytes of the answer."""
    from django.conf import settings  # noqa: PLC0415  # Django is set up by then

    from files.models import File  # noqa: PLC0415
    from files.services import ArchiveEntry, archive_name, stream_archive  # noqa: PLC0415

    settings.FILES_ROOT, settings.S3_BUCKET = str(root), ""
    entries = (
        ArchiveEntry(
            archive_name(f"SP {path.stem}", "Ankieta o świetlicach", "dane", extension="xlsx"),
            File(name="dane.xlsx", key=f"public/{path.name}", **known[path.name]),
        )
        for path in (root / "public" / name for name in known)
    )
    with target.open("wb") as file:
        file.writelines(stream_archive(entries))


def _growth(root: Path) -> float:
    """In megabytes."""
    with tempfile.TemporaryDirectory(prefix="opium-bench-") as place:
        known = _known(root)
        _archive(root, Path(place) / "first.zip", dict(islice(known.items(), 2)))
        before = _held()
        _archive(root, Path(place) / "all.zip", known)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return max(0.0, (peak - before) / 1024)


def _held() -> float:
    """Kilobytes of this process now, where the system tells; else its peak so far."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _set_up() -> None:
    import django  # noqa: PLC0415  # only a run of its own needs it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


if __name__ == "__main__":
    _set_up()
    print(_growth(Path(sys.argv[2])))
