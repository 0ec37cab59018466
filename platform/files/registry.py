"""What rooms above tell: of people who send files, of what files are read for, and made for."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from opium.declaring import Registry
from opium.permissions import Actor

Colleagues = Callable[[UUID], Collection[tuple[str, Collection[UUID]]]]
"""Of a person the places, each with its name and the ids of those who belong to it."""

PLACES: Registry[Colleagues] = Registry("kind of places whose files are counted")


@dataclass(frozen=True, slots=True)
class Source:
    """An upload while it is read: its name, a path with its bytes, what the reading is about."""

    name: str
    path: Path
    about: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """What uploads are read for, such as a list of people to invite."""

    read: Callable[[Source], dict[str, Any]]
    """Called in the background alone. The outcome, plain JSON; raises a refusal in words."""
    ask: Callable[[Actor, str], object] | None
    """Raises what keeps the actor from having a file read for this, about that.

    None where only a module has files read for it that it keeps (`services.read_kept`).
    """
    is_about_one: bool = False
    """Whether a reading is about one thing, named by its id; else `about` is empty."""

    def knows(self, about: str) -> bool:
        """Whether `about` is as it must be: one spelling of each thing, or nothing."""
        return _is_id(about) if self.is_about_one else not about


def _is_id(written: str) -> bool:
    try:
        return str(UUID(written)) == written
    except ValueError:
        return False


PURPOSES: Registry[Purpose] = Registry("purpose for which files are read")


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: words to be read on the screen, or a file: its bytes, or where they lie."""

    lines: Sequence[str] = ()
    content: bytes | Path | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """What a module has made for whoever asks, such as a print: at once, or in pieces."""

    make: Callable[[dict[str, Any]], Made] | None
    """Called in the background alone, with what was told then; raises a refusal in words."""
    ask: Callable[[Actor, str], object]
    """Raises what keeps the actor by now from what was made of that (`about`)."""
    pack: Callable[[dict[str, Any]], Iterator[bytes]] | None = None
    """Instead of `make`: a file of any size, whose pieces go to the disk as they come."""


MAKINGS: Registry[Making] = Registry("purpose for which things are made")
