"""Which functions somebody plays today, for what, and in whose place: for lists and for rights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts import scopes
from accounts.models import Assignment, Holder, Person
from opium.permissions import Reach
from opium.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Part:
    """A function that the person plays: `holders_of`, seen from the person's side.

    It covers what lies within every reach of `within` and not within `outside`, which is settled
    for its own section, unit or kind of matters.
    """

    function: str
    within: tuple[Reach, ...]
    outside: Reach
    in_place_of: Person | None = None

    def covers(self, subject: object) -> bool:
        return all(one.covers(subject) for one in self.within) and not self.outside.covers(subject)

    def rows(self, *, unit: str = "", section: str = "", kind: str = "") -> Q:
        """The rows that the part covers; each name is the column's, as in `scopes.within`."""
        columns = {"unit": unit, "section": section, "kind": kind}
        covered = Q()
        for reach in self.within:
            if not reach.everywhere:
                covered &= scopes.within(reach, **columns)
        if self.outside:
            covered &= ~scopes.within(self.outside, **columns)
        return covered


def parts_of(person: Person, absent: Sequence[Person]) -> list[Part]:
    """Every function that the person plays today, their own before those of the absent.

    `absent` are the people of `Absences.stood_in_for`. Two queries, and one more for each kind of
    place among holders and roles.
    """
    return parts_of_each({person: absent})[person.pk]


def parts_of_each(people: Mapping[Person, Sequence[Person]]) -> dict[UUID, list[Part]]:
    """Person -> as `parts_of`, each with their absent; as many queries for many as for one."""
    picture = _picture([one for person, absent in people.items() for one in (person, *absent)])
    return {
        person.pk: [
            part
            for who in (person, *absent)
            for part in _parts(who, picture, None if who == person else who)
            if who.is_active
        ]
        for person, absent in people.items()
    }


@dataclass(frozen=True, slots=True)
class _Picture:
    """Every holder of the functions in question, and where the roles among them are held."""

    holders: list[Holder]
    held: list[Assignment]
    reaches: Mapping[scopes.Scope, Reach]
    outside: Mapping[str, Reach]
    """Function -> what is settled for a place or a kind of matters of its own."""


def _picture(people: list[Person]) -> _Picture:
    ids, today = [one.pk for one in people], timezone.localdate()
    holders = _holders.all(people=ids, today=today)
    roles = {one.role_id for one in holders if one.role_id}
    held = _held.all(people=ids, roles=list(roles), today=today) if roles else []
    places = {(one.scope_kind, one.scope_id) for one in holders}
    places |= {(one.scope_kind, one.scope_id) for one in held}
    reaches = scopes.reaches(places)
    apart: dict[str, list[Reach]] = {}
    for one in holders:
        if one.scope_kind != scopes.CITY:
            reach = reaches[one.scope_kind, one.scope_id]
            apart.setdefault(one.function.code, []).append(reach)
    outside = {code: scopes.together(found) for code, found in apart.items()}
    return _Picture(holders, held, reaches, outside)


_holders = Prepared(
    lambda people, today: (
        Holder.objects.filter(
            function__in=Holder.objects.filter(
                Q(person_id__among=people)
                | Q(
                    role__in=Assignment.objects.in_force(today)
                    .filter(person_id__among=people)
                    .values("role")
                )
            ).values("function")
        )
        .select_related("function")
        .order_by("function__code", "pk")
    )
)
_held = Prepared(
    lambda people, roles, today: Assignment.objects.in_force(today).filter(
        person_id__among=people, role_id__among=roles
    )
)


def _parts(who: Person, picture: _Picture, in_place_of: Person | None) -> Iterator[Part]:
    by_role: dict[UUID, list[Reach]] = {}
    for one in picture.held:
        if one.person_id == who.pk:
            reach = picture.reaches[one.scope_kind, one.scope_id]
            by_role.setdefault(one.role_id, []).append(reach)
    for holder in picture.holders:
        where = picture.reaches[holder.scope_kind, holder.scope_id]
        if holder.role_id in by_role:
            within: tuple[Reach, ...] = (where, scopes.together(by_role[holder.role_id]))
        elif holder.person_id == who.pk:
            within = (where,)
        else:
            continue
        code = holder.function.code
        is_settled_for_all = holder.scope_kind == scopes.CITY
        outside = picture.outside.get(code, Reach()) if is_settled_for_all else Reach()
        yield Part(code, within, outside, in_place_of)
