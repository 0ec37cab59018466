"""Questions about functions and substitutes: who acts, and in whose place."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from accounts import scopes
from accounts.errors import NoSubstitute
from accounts.models import Assignment, Function, Holder, Person, Substitution, SubstitutionQuerySet
from accounts.permissions import Permission, require_any
from accounts.selectors.absences import Absences
from opium import permissions
from opium.permissions import Actor, Held, Reach, require
from opium.polish import fold


@dataclass(frozen=True, slots=True)
class StandIn:
    """An Actor: a substitute who does what the absent person may do; the audit says so.

    Only what the absent person may do today, and only as far as the substitute's own account and
    the key that they use let anything through. A second factor that a role demands is demanded of
    both. To be had of `standing_in`, `Acting` or a standing, which know the days.
    """

    person: Person
    in_place_of: Person

    @property
    def pk(self) -> UUID:
        return self.person.pk

    @property
    def display_name(self) -> str:
        return self.person.display_name

    def reach(self, permission: permissions.Permission) -> Reach:
        if permission.held is Held.IN_PERSON or self.person.withholds(permission):
            return Reach()
        if self.in_place_of.is_asked_for_factor and not self.person.has_factor:
            return Reach()
        return self.in_place_of.reach(permission)

    def allows(self, permission: permissions.Permission, subject: object | None = None) -> bool:
        return self.reach(permission).covers(subject)


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody on whom a matter waits; `in_place_of` is who would act if they were not absent."""

    person: Person
    in_place_of: Person | None = None

    @property
    def actor(self) -> Person | StandIn:
        """Who asks for the rights to it."""
        return acting_as(self.person, self.in_place_of)


def acting_as(person: Person, absent: Person | None) -> Person | StandIn:
    """The person as an actor: on their own, or in the place of one of the absent."""
    return person if absent is None else StandIn(person, absent)


def functions_visible_to(actor: Actor) -> QuerySet[Function]:
    """The city's functions in Polish order, with their holders."""
    require_any(actor, (Permission.MANAGE_ROLES, Permission.VIEW_RIGHTS))
    holders = Holder.objects.select_related("role", "person").order_by("scope_kind", "pk")
    return Function.objects.prefetch_related(Prefetch("holders", holders)).order_by(
        "sort_key", "pk"
    )


def holders_of(
    code: str, subject: object | None = None, absences: Absences | None = None
) -> list[Acting]:
    """Who plays the function for the subject today, substitutes in the place of the absent.

    What is settled for the subject's own section or unit goes before what is settled for the
    city. A role means whoever holds it where the subject belongs. Nobody: an empty list.
    `absences` of whoever has read them already.
    """
    return holders_of_each([code], subject, absences)[code]


def holders_of_each(
    codes: Collection[str], subject: object | None = None, absences: Absences | None = None
) -> dict[str, list[Acting]]:
    """Function -> as `holders_of`; as many queries for many functions and people as for one."""
    holders = list(
        Holder.objects.filter(function__code__in=codes).select_related("person", "role", "function")
    )
    reaches = scopes.reaches((one.scope_kind, one.scope_id) for one in holders)
    meant: dict[str, list[Holder]] = {code: [] for code in codes}
    for one in holders:
        if reaches[one.scope_kind, one.scope_id].covers(subject):
            meant[one.function.code].append(one)
    settled = {code: _settled_nearest(found) for code, found in meant.items()}
    roles = {one.role_id for found in settled.values() for one in found if one.role_id}
    by_role = _with_roles(roles, subject)
    known = absences or Absences()
    return {code: _replaced(_people(found, by_role), known) for code, found in settled.items()}


def _settled_nearest(holders: list[Holder]) -> list[Holder]:
    """Those for the subject's own place, where there are any."""
    return [one for one in holders if one.scope_kind != scopes.CITY] or holders


def _people(holders: Iterable[Holder], by_role: Mapping[UUID, set[Person]]) -> list[Person]:
    people: set[Person] = set()
    for one in holders:
        if one.person is not None and one.person.is_active:
            people.add(one.person)
        if one.role_id is not None:
            people |= by_role.get(one.role_id, set())
    return sorted(people, key=lambda person: person.sort_key)


def functions_known(codes: Collection[str]) -> set[str]:
    """Those of the codes that the city has a function for."""
    return set(Function.objects.filter(code__in=codes).values_list("code", flat=True))


def function_names(codes: Collection[str]) -> dict[str, str]:
    """Code -> its name, for those that the city has a function for; one query."""
    return dict(Function.objects.filter(code__in=codes).values_list("code", "name"))


def function_namesakes() -> dict[str, str]:
    """Folded name -> code of every function of the city: by it people mean the same one."""
    return {fold(name): code for name, code in Function.objects.values_list("name", "code")}


def free_function_name(name: str, code: str) -> str:
    """The name for a function that a file brings; with its code where another is called so."""
    return f"{name} ({code})" if fold(name) in function_namesakes() else name


def functions_played(codes: Collection[str], permission: permissions.Permission) -> dict[str, bool]:
    """Function -> whether anybody who holds the permission somewhere plays it today; 3 queries."""
    holders = list(
        Holder.objects.filter(function__code__in=codes).values_list(
            "function__code", "person", "role"
        )
    )
    entitled = Assignment.objects.in_force().filter(
        role__permissions__contains=[permission], person__is_active=True
    )
    people = set(entitled.values_list("person", flat=True))
    roles = {role for _, _, role in holders if role is not None}
    held = Assignment.objects.in_force().filter(role__in=roles, person__in=people)
    played = set(held.values_list("role", flat=True)) if roles and people else set()
    found = {code for code, person, role in holders if person in people or role in played}
    return {code: code in found for code in codes}


def acting_for(person: Person) -> QuerySet[Person]:
    """The absent people whose matters the person has taken over today, in Polish order."""
    taken = Substitution.objects.in_force().filter(substitute=person)
    return Person.objects.filter(pk__in=taken.values("person")).order_by("sort_key")


def standing_in(person: Person, *, in_place_of: Person) -> StandIn:
    """The person as an actor in the absent one's place. Raises `NoSubstitute`."""
    if not person.is_active or not acting_for(person).filter(pk=in_place_of.pk).exists():
        raise NoSubstitute(person=in_place_of)
    return StandIn(person, in_place_of)


def substitutions_visible_to(actor: Actor) -> SubstitutionQuerySet:
    """Every absence for whoever assigns roles; otherwise one's own, and those one fills.

    Raises `MissingPermission` for a key that may not even see those.
    """
    substitutions = Substitution.objects.select_related("person", "substitute").order_by(
        "-starts_on", "pk"
    )
    if actor.reach(Permission.MANAGE_ROLES).everywhere:
        return substitutions
    require(actor, Permission.VIEW_OWN_RIGHTS)
    return substitutions.filter(Q(person=actor.pk) | Q(substitute=actor.pk))


def _with_roles(roles: set[UUID], subject: object | None) -> dict[UUID, set[Person]]:
    """Role -> who holds it where the subject belongs."""
    if not roles:
        return {}
    assignments = list(
        Assignment.objects.in_force()
        .filter(role__in=roles, person__is_active=True)
        .select_related("person")
    )
    reaches = scopes.reaches((one.scope_kind, one.scope_id) for one in assignments)
    found: dict[UUID, set[Person]] = {}
    for one in assignments:
        if reaches[one.scope_kind, one.scope_id].covers(subject):
            found.setdefault(one.role_id, set()).add(one.person)
    return found


def _replaced(people: Iterable[Person], absences: Absences) -> list[Acting]:
    found: dict[UUID, Acting] = {}
    for person in people:
        present = absences.present(person)
        acting = Acting(person) if present == person else Acting(present, in_place_of=person)
        found.setdefault(present.pk, acting)
    return list(found.values())
