"""What is done to the house, one thing after another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.chaos.house import House

Deed = Callable[[House], None]
DOWN = 5.0
FULL = 12.0


@dataclass(frozen=True, slots=True)
class Harm:
    name: str
    do: Deed
    undo: Deed | None = None
    lasts: float = 0.0
    """Seconds from `do` to `undo`."""


def harms(poison: Deed, wanted: Sequence[str], *, has_database: bool) -> list[Harm]:
    """In their order; only the wanted, by name, where any is named."""
    found = [
        Harm("poisoned content", poison),
        Harm("kill -9 of a web process", lambda house: house.kill_child("web")),
        Harm("kill -9 of processes at work", lambda house: house.kill_child("worker", "content")),
        Harm("kill -9 of the clock", lambda house: house.kill("clock")),
        Harm("kill -9 of the web server", lambda house: house.kill("web")),
        Harm("full disk", House.fill_disk, House.clear_disk, FULL),
        Harm("kill -9 of the worker", lambda house: house.kill("worker")),
        Harm("kill -9 of the content worker", lambda house: house.kill("content")),
        Harm("poisoned content again", poison),
    ]
    if has_database:
        found += [
            Harm(
                "the database is stopped",
                lambda house: house.hold_down("database"),
                lambda house: house.let_go("database"),
                DOWN,
            ),
            Harm("kill -9 of the database", lambda house: house.kill("database")),
        ]
    return [one for one in found if not wanted or one.name in wanted]
