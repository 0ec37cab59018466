"""Questions about rights: which there are, who holds them, and why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import scopes
from accounts.models import FACTORS, Assignment, AssignmentQuerySet, Person, Role
from accounts.models.person import held_columns
from accounts.permissions import (
    ASKING,
    GIVING,
    Permission,
    appoints,
    are_beyond,
    makes_administrators,
    require_any,
    stands_within,
)
from opium import permissions
from opium.models import annotated
from opium.permissions import Actor, Held, all_permissions, may
from opium.polish import sort_key

if TYPE_CHECKING:
    from accounts.models.person import HeldRow
    from accounts.selectors.functions import Acting


class Placed(scopes.Scoped, Protocol):
    """What is held somewhere and can be told where."""

    scope_name: str


Row = TypeVar("Row", bound=Placed)
CHECKING = (Permission.VIEW_RIGHTS, Permission.MANAGE_ROLES)


@dataclass(frozen=True, slots=True)
class Right:
    """A permission that somebody holds, and the assignments that give it."""

    permission: permissions.Permission
    grounds: list[Assignment]
    is_withheld: bool
    """Whether it waits until the person sets a second factor, as a role demands."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody who holds a permission, and the assignments that give it."""

    person: Person
    grounds: list[Assignment]
    is_withheld: bool


def role_named(name: str) -> Role:
    """The city's role of that name; raises `Role.DoesNotExist`."""
    return Role.objects.get(name=name)


def roles_visible_to(actor: Actor) -> QuerySet[Role]:
    """The city's roles in Polish order, with `holder_count`: how many people have each today."""
    require_any(actor, (*CHECKING, Permission.MANAGE_UNIT_PEOPLE, Permission.MANAGE_PEOPLE))
    today = timezone.localdate()
    in_force = (
        Q(assignments__valid_from=None) | Q(assignments__valid_from__lte=today),
        Q(assignments__valid_to=None) | Q(assignments__valid_to__gte=today),
        Q(assignments__person__is_active=True),
    )
    held = Count("assignments__person", distinct=True, filter=Q(*in_force))
    roles = Role.objects.select_related("offer").order_by("sort_key", "pk")
    return annotated(roles, holder_count=held)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    kind: str
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class InHand:
    """Where somebody may give roles, or ask people in: everywhere, or in the places named."""

    everywhere: bool
    places: list[NamedPlace]


def places_in_hand(actor: Actor, *, is_inviting: bool) -> InHand:
    """Where the actor gives roles, or asks people in: what the server would take, no more."""
    by = ASKING if is_inviting else GIVING
    require_any(actor, by)
    reach = scopes.together(actor.reach(one) for one in by)
    if reach.everywhere:
        return InHand(everywhere=True, places=[])
    ids = {"unit": reach.units, "section": reach.sections}
    if not is_inviting:
        ids[scopes.MATTER] = reach.kinds
    names = scopes.names((kind, one) for kind, found in ids.items() for one in found)
    places = [NamedPlace(kind, one, name) for (kind, one), name in names.items() if one]
    return InHand(
        everywhere=False, places=sorted(places, key=lambda one: (sort_key(one.name), one.id))
    )


def roles_to_give(actor: Actor, scope: scopes.Scope, *, is_inviting: bool) -> list[Role]:
    """The roles that the actor may give there, in Polish order: none that would be refused.

    One that makes administrators can be proposed, but nobody is invited with it.
    """
    require_any(actor, (*GIVING, *ASKING))
    by = ASKING if is_inviting and not appoints(actor) else GIVING
    if scope not in scopes.names([scope]) or not any(
        may(actor, one, scopes.spot(*scope)) for one in by
    ):
        return []
    roles = list(Role.objects.order_by("sort_key", "pk"))
    beyond = are_beyond(actor, roles, scope)
    return [
        role
        for role in roles
        if role.pk not in beyond and not (is_inviting and makes_administrators(role, scope))
    ]


def assignments_visible_to(actor: Actor) -> AssignmentQuerySet:
    """Every assignment, past and coming ones too; for others those in own places."""
    assignments = Assignment.objects.select_related("person", "role").order_by(
        "person__sort_key", "role__sort_key", "pk"
    )
    if any(actor.reach(permission).everywhere for permission in CHECKING):
        return assignments
    require_any(actor, (*CHECKING, Permission.MANAGE_UNIT_PEOPLE))
    reach = scopes.together(
        actor.reach(permission) for permission in (*CHECKING, Permission.MANAGE_UNIT_PEOPLE)
    )
    return assignments.filter(stands_within(reach))


def rights_of(actor: Actor, person: Person) -> list[Right]:
    """What roles let the person do and why, in the order of the catalogue; one's own for anybody.

    What is everybody's own is not told.
    """
    if actor.pk == person.pk:
        require_any(actor, (Permission.VIEW_OWN_RIGHTS, Permission.KEEP_OWN_ACCOUNT), person)
    else:
        require_any(actor, CHECKING, person)
    grounds: dict[str, list[Assignment]] = {}
    assignments = list(_grounds(person.assignments.in_force())) if person.is_active else []
    reaches = scopes.reaches((one.scope_kind, one.scope_id) for one in assignments)
    for one in assignments:
        if reaches[one.scope_kind, one.scope_id]:
            for name in one.role.permissions:
                grounds.setdefault(name, []).append(one)
    is_withheld = bool(grounds) and person.must_enrol
    return [
        Right(permission, grounds[permission], is_withheld)
        for permission in all_permissions()
        if permission in grounds and permission.held is Held.BY_ROLE
    ]


def who_may(actor: Actor, permission: permissions.Permission, scope: scopes.Scope) -> list[Holding]:
    """Everybody who may do this all over the scope and why, in Polish order of surnames."""
    require_any(actor, CHECKING, scopes.spot(*scope))
    assignments = list(
        _grounds(
            Assignment.objects.in_force().filter(
                person__is_active=True, role__permissions__contains=[permission]
            )
        )
    )
    reaches = scopes.reaches([scope, *((one.scope_kind, one.scope_id) for one in assignments)])
    found: dict[Person, list[Assignment]] = {}
    for one in assignments:
        if scopes.lies_within(reaches[scope], reaches[one.scope_kind, one.scope_id]):
            found.setdefault(one.person, []).append(one)
    withheld = _withheld(found)
    return [Holding(person, grounds, person.pk in withheld) for person, grounds in found.items()]


def _withheld(people: Iterable[Person]) -> set[UUID]:
    """Whose rights wait until they set a second factor; one question for all."""
    factors = Authenticator.objects.filter(user=OuterRef("person"), type__in=FACTORS)
    waiting = Assignment.objects.in_force().filter(
        ~Exists(factors), person__in=[person.pk for person in people], role__requires_mfa=True
    )
    return set(waiting.values_list("person", flat=True))


def with_places(rows: Sequence[Row]) -> Sequence[Row]:
    """The same rows, each with `scope_name`; one question for each kind of place among them."""
    names = scopes.names((row.scope_kind, row.scope_id) for row in rows)
    for row in rows:
        row.scope_name = names.get((row.scope_kind, row.scope_id), "—")
    return rows


def with_rights(people: Collection[Person]) -> Collection[Person]:
    """The same people, each with their rights read; as many queries for many as for one.

    Of people without a role it is read whether they have a second factor where a role of another
    demands one.
    """
    held: dict[UUID, list[HeldRow]] = {one.pk: [] for one in people}
    rows = Assignment.objects.in_force().filter(person__in=held)
    for person, *row in rows.values_list("person", *held_columns()):
        held[person].append(cast("HeldRow", tuple(row)))
    has_factor: dict[UUID, bool] = {pk: rows[0][4] for pk, rows in held.items() if rows}
    if any(row[3] for rows in held.values() for row in rows):
        others = held.keys() - has_factor.keys()
        factors = Authenticator.objects.filter(user__in=others, type__in=FACTORS)
        has_factor |= dict.fromkeys(others, False) | dict.fromkeys(
            factors.values_list("user", flat=True), True
        )
    reach_in = scopes.reaches((row[1], row[2]) for rows in held.values() for row in rows)
    for one in people:
        one.take_rights(held[one.pk], has_factor=has_factor.get(one.pk), reach_in=reach_in)
    return people


def ready_to_act(acting: Iterable["Acting"]) -> list["Acting"]:
    """The same, with the rights read of whoever acts and of those in whose place they do."""
    found = list(acting)
    with_rights([who for one in found for who in (one.person, one.in_place_of) if who is not None])
    return found


def permission_named(name: str) -> permissions.Permission | None:
    return next((permission for permission in all_permissions() if permission == name), None)


def _grounds(assignments: AssignmentQuerySet) -> Iterable[Assignment]:
    return assignments.select_related("person", "role").order_by(
        "person__sort_key", "person", "role__sort_key", "pk"
    )
