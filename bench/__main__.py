"""`make bench`: every row of every benchmark, as a table and as bench/results.json.

A row: {name, ours_s, peer_s, ratio, limit, peer, ok}, the times medians of the same run in turns.
`make bench ARGS=merge` measures one file only. Exit code 1 where a row misses its limit.
"""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import django

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"


def main(wanted: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    rows: list[dict[str, Any]] = []
    for name in wanted or names():
        print(f"{name}…", file=sys.stderr, flush=True)
        rows += import_module(f"bench.{name}").rows()
    _print(rows)
    if not wanted:
        machine = {
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "processors": os.cpu_count(),
        }
        results = {
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine,
            "rows": rows,
        }
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n")
    return 0 if all(row["ok"] for row in rows) else 1


def names() -> list[str]:
    """Every benchmark: the modules beside this one that have rows."""
    paths = FOLDER.glob("[a-z]*.py")
    return sorted(path.stem for path in paths if "\ndef rows()" in path.read_text())


def _print(rows: list[dict[str, Any]]) -> None:
    header = ("what", "ours", "peer", "ratio", "limit", "compared to", "")
    table = [header, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(header))]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    unit = row.get("unit", "s")
    return (
        row["name"],
        f"{row['ours_s']:.4g} {unit}",
        "" if row["peer_s"] is None else f"{row['peer_s']:.4g} {unit}",
        "" if row["ratio"] is None else f"{row['ratio']:.2f}",
        str(row["limit"]),
        row["peer"],
        "ok" if row["ok"] else "MISSED",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
