"""What every route of the API is about and whom it serves; `test_endpoints` tries each of them.

Each room has a file of its own here, which is found by being here: `ROWS`, and where the rows are
about something new, `furnish(here)`, which puts it into the world and returns it by its name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType, SimpleNamespace
from typing import Any


@dataclass(frozen=True)
class Row:
    """What a route is about, and whom it serves besides those entitled to that."""

    pk: Callable[[SimpleNamespace], Any] | None = None
    serves: str = "the entitled"
    """or `everybody` (a stranger too), or `the signed in` (about themselves)."""
    by: str | None = "admin"
    """Who of the world is entitled: the proof that the row reaches something."""
    is_shared: bool = False
    """Not of one unit: whoever holds the right in any place may read it."""
    is_shipped: bool = False
    """Of what every installation brings: the same name is something in each city."""
    parameter: str = "pk"
    body: Callable[[SimpleNamespace], dict[str, Any]] = lambda _: {}
    """What a write says, so that its form is right and only the right is missing."""
    own: str = ""
    """The right of everybody by which it is reached; "" where it tells nothing that is theirs."""


def about(attribute: str, **row: Any) -> Row:
    return Row(pk=lambda here: getattr(here, attribute).pk, **row)


def fixed(value: str, **row: Any) -> Row:
    return Row(pk=lambda _: value, **row)


ALL, SELF = "everybody", "the signed in"
IN_PERSON = "accounts.keep_own_account"
"""The right that no key has and no missing second factor withholds."""
OWN = Row(serves=SELF, own=IN_PERSON)


def own(right: str) -> Row:
    return Row(serves=SELF, own=right)


def rooms() -> list[ModuleType]:
    """The files of this folder, by name."""
    names = sorted(found.name for found in iter_modules(__path__))
    return [import_module(f"{__name__}.{name}") for name in names]


def rows() -> dict[str, Row]:
    """Every room's rows together; a route that two rooms describe is a mistake."""
    every: dict[str, Row] = {}
    for room in rooms():
        assert not every.keys() & room.ROWS.keys(), room.__name__
        every |= room.ROWS
    return every
