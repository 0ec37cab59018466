"""What rooms declare to each other by name: tasks, kinds, guards, effects. Never twice."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Registry(dict[str, T]):
    """What was declared, by its name, in the order of its declaration; `declare` adds to it.

    Everything is declared while the apps load (in a room's `tasks` or `wiring`), so whoever reads
    it in a request sees all of it.
    """

    def __init__(self, noun: str) -> None:
        super().__init__()
        self.noun = noun
        """What one of them is, for the mistake's sentence: „task”."""

    def declare(self, name: str, thing: T) -> None:
        """Raises `DeclaredTwice`: the second would silently take the place of the first."""
        if name in self:
            raise DeclaredTwice(f"the {self.noun} „{name}” is declared already: {self[name]!r}")
        self[name] = thing


class DeclaredTwice(ValueError):
    """Two rooms want one name, or one room was wired twice; a mistake of whoever wrote them."""


def name_of(function: Callable[..., Any]) -> str:
    """The name under which a function that needs no other is declared."""
    return f"{function.__module__}.{function.__qualname__}"
