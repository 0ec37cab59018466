"""Where people belong, told by the module that knows (directory); accounts knows no place."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Person
from opium.declaring import Registry, name_of
from opium.permissions import Actor, Reach
from opium.registry import in_console

_sources: Registry[Callable[[Person], Iterable[Any]]] = Registry("source of places")


@dataclass(frozen=True, slots=True)
class Home:
    """A unit or a section that a person belongs to today."""

    kind: str
    id: UUID
    name: str
    is_open: bool = True
    """Whether the place is not closed yet."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """What directory tells; each answer costs a number of queries that does not grow."""

    members: Callable[[Reach], QuerySet[Any, Any]]
    """The ids of those who belong today to a unit or a section within the reach."""
    homes: Callable[[Collection[UUID]], Mapping[UUID, Sequence[Home]]]
    """Person -> where that person belongs today, in Polish order."""
    found: Callable[[Collection[str]], Mapping[str, Home]]
    """Text -> the open unit with that RSPO number or short name; case does not count."""
    join: Callable[[Actor, Person, Home, str], None]
    """Let the person belong to the place under that position; again changes nothing."""


_atlases: Registry[Atlas] = Registry("atlas")
_ATLAS = "places"


def told_by(source: Callable[[Person], Iterable[Any]]) -> None:
    """Let `source(person)` name units (`id`, `short_name`) that the person belongs to now."""
    _sources.declare(name_of(source), source)


def drawn_by(atlas: Atlas) -> None:
    """Let accounts ask `atlas` who belongs where."""
    _atlases.declare(_ATLAS, atlas)


def _atlas() -> Atlas | None:
    """None where no module draws one, and for operators, who belong to no place."""
    return _atlases[_ATLAS] if _atlases and not in_console() else None


def units_of(person: Person) -> list[Any]:
    if in_console():
        return []
    return [unit for source in _sources.values() for unit in source(person)]


def people_within(reach: Reach) -> QuerySet[Person]:
    """Everybody who belongs to a place within the reach; everybody at all where it is the city."""
    if reach.everywhere:
        return Person.objects.all()
    atlas = _atlas()
    if not reach or atlas is None:
        return Person.objects.none()
    return Person.objects.filter(pk__in=atlas.members(reach))


def homes(people: Collection[UUID]) -> Mapping[UUID, Sequence[Home]]:
    """Person -> where that person belongs today."""
    atlas = _atlas()
    return atlas.homes(people) if atlas else {}


def found(texts: Collection[str]) -> Mapping[str, Home]:
    """Text -> the unit that it names, by RSPO number or short name."""
    atlas = _atlas()
    return atlas.found(texts) if atlas else {}


def join(actor: Actor, person: Person, home: Home, position: str) -> None:
    """Let the person belong to the place; the caller has asked for the right to it."""
    atlas = _atlas()
    if atlas is not None:
        atlas.join(actor, person, home, position)
