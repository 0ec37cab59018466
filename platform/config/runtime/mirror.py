"""What the code looks like in figures, and a picture of who knows whom: `make lint ARGS=--mirror`.

Only product code counts: tests, measurements and migrations are left out.
"""

import ast
import statistics
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grimp

from config.runtime.state import ROOT

ROOMS = ("platform", "api", "tenants", "billing", "provisioning", "modules")
PICTURE = ROOT / "docs" / "imports.svg"
LONG = 50
WIDTH, HEIGHT, GAP, LEFT = 150, 34, 26, 20


@dataclass(frozen=True)
class Arrow:
    importer: str
    imported: str
    count: int


def files() -> list[Path]:
    """Every file of the product."""
    return sorted(
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
    )


def storeys() -> list[tuple[str, ...]]:
    """The rooms as the contract „Storeys” of `pyproject.toml` has them, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(
        one["layers"] for one in contracts["contracts"] if one["name"].startswith("Storeys")
    )
    return [tuple(layer.split(" | ")) for layer in layers]


def arrows() -> list[Arrow]:
    """Which room imports which, and how often; imports for types alone are left out."""
    rooms = [room for storey in storeys() for room in storey]
    graph = grimp.build_graph(*rooms, exclude_type_checking_imports=True)
    counted: Counter[tuple[str, str]] = Counter()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            counted[importer.partition(".")[0], imported.partition(".")[0]] += 1
    return [
        Arrow(one, other, count)
        for (one, other), count in sorted(counted.items())
        if one != other and not _is_started(one, other)
    ]


def _is_started(one: str, other: str) -> bool:
    return one == "config" == other


def upward(found: list[Arrow]) -> list[Arrow]:
    """Arrows to a room that stands as high or higher."""
    height = {room: at for at, storey in enumerate(storeys()) for room in storey}
    return [arrow for arrow in found if height[arrow.imported] <= height[arrow.importer]]


def cycles(found: list[Arrow]) -> list[str]:
    """Rooms from which one comes back to them."""
    known: dict[str, set[str]] = {}
    for arrow in found:
        known.setdefault(arrow.importer, set()).add(arrow.imported)
    return [room for room in known if room in _reached(room, known)]


def _reached(room: str, known: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [*known.get(room, ())]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += known.get(one, ())
    return seen


def figures() -> Iterator[tuple[str, int]]:
    """The mirror's figures by name."""
    texts = [path.read_text() for path in files()]
    lengths = sorted(text.count("\n") for text in texts)
    yield "files", len(lengths)
    yield "lines of a file, median", round(statistics.median(lengths))
    yield "lines of a file, 95th percentile", lengths[int(len(lengths) * 0.95)]
    yield "lines of a file, most", lengths[-1]
    yield f"functions over {LONG} lines", sum(_long(ast.parse(text)) for text in texts)
    for mark in ("type: ignore", "noqa"):
        yield mark, sum(text.count(f"# {mark}") for text in texts)
    yield "inline imports", sum(_inline(ast.parse(text)) for text in texts)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _long(tree: ast.AST) -> int:
    return sum((one.end_lineno or 0) - one.lineno >= LONG for one in _functions(tree))


def _inline(tree: ast.AST) -> int:
    return sum(
        isinstance(node, ast.Import | ast.ImportFrom)
        for function in _functions(tree)
        for node in ast.walk(function)
    )


def picture(found: list[Arrow]) -> str:
    """The storeys from the top down, an arrow for each room that knows another."""
    at = {
        room: (LEFT + 260 * column, LEFT + (HEIGHT + GAP) * row)
        for row, storey in enumerate(storeys())
        for column, room in enumerate(storey)
    }
    high = {id(arrow) for arrow in upward(found)}
    lines = [_line(arrow, at, is_wrong=id(arrow) in high) for arrow in found]
    boxes = [
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<text x="{x + WIDTH / 2}" y="{y + 22}">{room}</text>'
        for room, (x, y) in at.items()
    ]
    height = LEFT + (HEIGHT + GAP) * len(storeys())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" role="img">'
        "<title>Rooms by storey; every arrow goes down</title><style>"
        "rect{fill:#eef3f8;stroke:#2b4a6f}text{font:14px sans-serif;text-anchor:middle}"
        "path{fill:none;stroke:#8fa3b8}.wrong{stroke:#c00;stroke-width:3}</style>"
        f"{''.join(lines)}{''.join(boxes)}</svg>\n"
    )


def _line(arrow: Arrow, at: dict[str, tuple[int, int]], *, is_wrong: bool) -> str:
    (x, y), (to_x, to_y) = at[arrow.importer], at[arrow.imported]
    x, to_x = x + WIDTH, to_x + WIDTH
    bend = max(x, to_x) + 30 + abs(to_y - y) // 3
    mark = ' class="wrong"' if is_wrong else ""
    width = 1 + arrow.count**0.5 / 5
    said = f"{arrow.importer} → {arrow.imported}: {arrow.count}"
    return (
        f'<path{mark} stroke-width="{width:.1f}" d="M{x} {y + 17}'
        f'C{bend} {y + 17} {bend} {to_y + 17} {to_x} {to_y + 17}">'
        f"<title>{said}</title></path>"
    )


def show() -> int:
    """Print the figures and draw the picture; 1 where an arrow goes up or in a circle."""
    found = arrows()
    wrong = [*upward(found)]
    told = [
        ("rooms", sum(len(storey) for storey in storeys())),
        ("arrows", len(found)),
        ("arrows up", len(wrong)),
        ("rooms in a cycle", len(cycles(found))),
        *figures(),
    ]
    for name, figure in told:
        sys.stdout.write(f"{name:<34}{figure:>7,}\n")
    PICTURE.write_text(picture(found))
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)} drawn\n")
    return int(bool(wrong or cycles(found)))
