"""What stands once in the house is used by everybody: no room makes its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.runtime.state import ROOT

ROOMS = ("platform", "api", "modules", "tenants", "billing", "provisioning")


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def holders(pattern: str) -> list[str]:
    """The files that hold it."""
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if re.search(pattern, path.read_text())
    )


ONCE = {
    "checking what a request says": (r"\.is_valid\(", "api/reading.py"),
    "naming a file in an answer": (r"\"Content-Disposition\": ", "api/files.py"),
    "the name of what Excel reads": (r"^XLSX = \"", "api/files.py"),
    "an address of a file as an answer": (r"^REDIRECT = ", "api/files.py"),
    "reading which constraint broke": (r"except IntegrityError", "platform/opium/constraints.py"),
    "an export's count for the log": (r" rows=count\b", "platform/audit/services/lists.py"),
    "gapless numbers": (r"last_number \+", "platform/opium/counters.py"),
    "rows in blocks": (r"iterator\(chunk_size=AT_ONCE\)\n    while", "platform/opium/models.py"),
}


@pytest.mark.parametrize(("pattern", "place"), ONCE.values(), ids=ONCE)
def test_a_mechanism_stands_once(pattern, place):
    assert holders(f"(?m){pattern}") == [place]


def test_what_the_types_do_not_know_and_what_is_imported_late_says_why():
    """Both hide something from the checks; whoever reads them must know what forced it."""
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(r"# (type: ignore\[|noqa: .*PLC0415)", line)
        and not re.search(r"# (type: ignore\[[\w, -]+\]|noqa: [\w, ]+)  # \S", line)
    ]

    assert silent == []
