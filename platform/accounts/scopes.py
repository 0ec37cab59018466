"""Where a role counts: the places of `units`, and what rooms above explain here.

A scope is the city, a kind of place (`unit`, `section`, `group`, `kind` of units), or a kind of
matter (`matter`): a role held for one covers every subject whose `kind_id` it is. Scopes add up:
what somebody reaches is the union of their assignments (`opium.permissions.Reach`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from opium.declaring import Registry
from opium.permissions import Reach
from units import selectors as units

CITY = "city"
CITY_LABEL = "całe miasto"
MATTER = "matter"
"""A kind of matters; whoever keeps them explains it, and their subjects carry `kind_id`."""
Scope = tuple[str, UUID | None]


@dataclass(frozen=True, slots=True)
class Places:
    """What is to be known of one kind of places; each answer costs at most one query."""

    label: str
    """The kind in Polish: „jednostka”."""
    reach: Callable[[frozenset[UUID]], Mapping[UUID, Reach]]
    """What a role held in each of them reaches."""
    names: Callable[[frozenset[UUID]], Mapping[UUID, str]]
    """The Polish names of those that exist."""
    is_fixed: bool = False
    """Whether what it reaches stays, whoever changes groups and kinds."""


_places: Registry[Places] = Registry("kind of scope")
for _kind, _told in {
    "unit": Places("jednostka", units.reach_of_units, units.names_of_units, is_fixed=True),
    "section": Places("referat", units.reach_of_sections, units.names_of_sections, is_fixed=True),
    "group": Places("grupa jednostek", units.reach_of_groups, units.names_of_groups),
    "kind": Places("rodzaj jednostek", units.reach_of_kinds, units.names_of_kinds),
}.items():
    _places.declare(_kind, _told)


@dataclass(frozen=True, slots=True)
class Spot:
    """A scope as the subject of a right: a unit, a section, a kind of matters, else the city."""

    unit_id: UUID | None = None
    section_id: UUID | None = None
    kind_id: UUID | None = None


class Scoped(Protocol):
    scope_kind: str
    scope_id: UUID | None


def explain(kind: str, places: Places) -> None:
    """Let roles be held in places of this kind."""
    _places.declare(kind, places)


def kinds() -> dict[str, str]:
    """Every kind of scope with its Polish label, the city first."""
    return {CITY: CITY_LABEL} | {kind: places.label for kind, places in _places.items()}


def is_fixed(kind: str) -> bool:
    """Whether what the scope reaches can be changed by nobody but whoever assigns."""
    return kind == CITY or _places[kind].is_fixed


def spot(kind: str, target: UUID | None) -> Spot:
    """The scope as a subject; a group or a kind of units is a matter of the whole city."""
    return Spot(
        unit_id=target if kind == "unit" else None,
        section_id=target if kind == "section" else None,
        kind_id=target if kind == MATTER else None,
    )


def within(reach: Reach, *, unit: str = "", section: str = "", kind: str = "") -> Q:
    """The rows that `reach.covers`, for a selector; each name is the column's, "" for none."""
    if reach.everywhere:
        return Q()
    covered = Q(pk__in=())
    for column, ids in ((unit, reach.units), (section, reach.sections), (kind, reach.kinds)):
        if column and ids:
            covered |= Q(**{f"{column}__among": ids})
    return covered


def reaches(scopes: Iterable[Scope]) -> dict[Scope, Reach]:
    """What each scope reaches; one query at most for each kind. A place that is gone: nothing."""
    wanted = set(scopes)
    found: dict[Scope, Reach] = {}
    for kind, ids in _by_kind(wanted).items():
        explained = _places[kind].reach(ids) if kind in _places else {}
        found.update({(kind, target): explained.get(target, Reach()) for target in ids})
    return found | {scope: Reach(everywhere=True) for scope in wanted if scope[0] == CITY}


def together(parts: Iterable[Reach]) -> Reach:
    """Everything that the parts cover."""
    found = list(parts)
    if len(found) == 1:
        return found[0]
    if any(part.everywhere for part in found):
        return Reach(everywhere=True)
    return Reach(
        units=frozenset().union(*(part.units for part in found)),
        sections=frozenset().union(*(part.sections for part in found)),
        kinds=frozenset().union(*(part.kinds for part in found)),
    )


def lies_within(inner: Reach, outer: Reach) -> bool:
    """Whether whoever reaches `outer` reaches all of `inner`, and `inner` is somewhere."""
    if outer.everywhere:
        return True
    return (
        not inner.everywhere
        and bool(inner)
        and inner.units <= outer.units
        and inner.sections <= outer.sections
        and inner.kinds <= outer.kinds
    )


def names(scopes: Iterable[Scope]) -> dict[Scope, str]:
    """The Polish name of each scope that exists; one query at most for each kind."""
    wanted = set(scopes)
    found: dict[Scope, str] = {scope: CITY_LABEL for scope in wanted if scope == (CITY, None)}
    for kind, ids in _by_kind(wanted).items():
        if kind in _places:
            known = _places[kind].names(ids)
            found.update({(kind, target): name for target, name in known.items()})
    return found


def _by_kind(scopes: Iterable[Scope]) -> dict[str, frozenset[UUID]]:
    grouped: dict[str, set[UUID]] = {}
    for kind, target in scopes:
        if target is not None:
            grouped.setdefault(kind, set()).add(target)
    return {kind: frozenset(ids) for kind, ids in grouped.items()}
