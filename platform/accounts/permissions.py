from collections.abc import Iterable, Iterator
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet
from rules.predicates import predicate

from accounts import scopes
from accounts.errors import PersonOfOthers
from accounts.models import Assignment, Person, Role
from opium import permissions, starting
from opium.permissions import Actor, Held, MissingPermission, Reach, all_permissions, may
from opium.registry import rooms_here
from units.selectors import homes_of, members_within


class Permission(permissions.Permission):
    MANAGE_PEOPLE = (
        "accounts.manage_people",
        "Zarządzanie kontami",
        "Zaprasza osoby, zmienia ich dane, zamyka i otwiera konta w całym mieście.",
    )
    MANAGE_UNIT_PEOPLE = (
        "accounts.manage_unit_people",
        "Zarządzanie osobami własnej jednostki",
        "Zaprasza osoby do swojej jednostki i nadaje im w niej role, które sam ma.",
    )
    MANAGE_ROLES = (
        "accounts.manage_roles",
        "Zarządzanie rolami",
        "Tworzy role, zmienia ich uprawnienia i nadaje je osobom.",
    )
    VIEW_RIGHTS = (
        "accounts.view_rights",
        "Przegląd uprawnień",
        "Sprawdza, kto co może i dlaczego, niczego nie zmieniając.",
    )
    APPOINT_SUBSTITUTE = (
        "accounts.appoint_substitute",
        "Wyznaczanie własnego zastępcy",
        "Na czas swojej nieobecności przekazuje sprawy zastępcy.",
    )
    MANAGE_SIGN_IN = (
        "accounts.manage_sign_in",
        "Ustawienia logowania",
        "Ustala, przez jakiego dostawcę tożsamości loguje się do miasta.",
    )
    MAKE_TOKENS = (
        "accounts.make_tokens",
        "Klucze API",
        "Wydaje klucze programom, które działają w jego imieniu, i je unieważnia.",
    )
    VIEW_OWN_RIGHTS = (
        "accounts.view_own_rights",
        "Własne uprawnienia",
        "Widzi, co samemu wolno, i zastępstwa, których jest stroną.",
        Held.BY_EVERYBODY,
    )
    SIGN_IN = (
        "accounts.sign_in",
        "Logowanie",
        "Wejście do systemu własnym kontem.",
        Held.IN_PERSON,
    )
    KEEP_OWN_ACCOUNT = (
        "accounts.keep_own_account",
        "Własne konto",
        "Zmienia własne hasło, adres, drugi składnik i sesje.",
        Held.IN_PERSON,
    )


starting.give(starting.ADMINISTRATOR, *Permission)
starting.give(
    (starting.DIRECTOR, starting.SECTION_HEAD, starting.MAYOR, starting.UNIT_HEAD),
    Permission.APPOINT_SUBSTITUTE,
)
starting.give(starting.IT_OFFICER, Permission.MANAGE_PEOPLE)
starting.give(starting.UNIT_HEAD, Permission.MANAGE_UNIT_PEOPLE)


def is_no_stronger(actor: Actor, subject: object) -> bool:
    """Whether the subject is not a person who assigns roles, or the actor does so everywhere.

    Otherwise whoever may change an account could take over an administrator's.
    """
    if not isinstance(subject, Person) or actor.reach(Permission.MANAGE_ROLES).everywhere:
        return True
    return not may_assign_roles(subject)


permissions.rule(Permission.MANAGE_PEOPLE, predicate(is_no_stronger))


def may_assign_roles(person: Person) -> bool:
    return person.assignments.filter(role__permissions__contains=[Permission.MANAGE_ROLES]).exists()


def grantable() -> Iterator[permissions.Permission]:
    """Every permission that a role of the current schema can carry.

    A city's role carries no right of the operators, nor an operator's role one of a city.
    """
    return (permission for permission in _of_keys() if permission.held is Held.BY_ROLE)


def catalogue() -> list[tuple[str, list[permissions.Permission]]]:
    """Module -> what a role can carry or a key can be limited to, in the order of declaration."""
    return [
        (module, list(found))
        for module, found in groupby(_of_keys(), key=lambda one: one.partition(".")[0])
    ]


def _of_keys() -> Iterator[permissions.Permission]:
    """Every permission of the current schema but those for the own account alone."""
    rooms = rooms_here()
    return (
        permission
        for permission in all_permissions()
        if permission.held is not Held.IN_PERSON and permission.partition(".")[0] in rooms
    )


def require_any(
    actor: Actor, wanted: tuple[permissions.Permission, ...], subject: object | None = None
) -> permissions.Permission:
    """The first of the permissions that lets the actor do this; else `MissingPermission`."""
    for permission in wanted:
        if may(actor, permission, subject):
            return permission
    raise MissingPermission(wanted[0], subject)


GIVING = (Permission.MANAGE_ROLES, Permission.MANAGE_UNIT_PEOPLE)
"""Each lets give roles in the places where it counts."""

ASKING = (Permission.MANAGE_PEOPLE, Permission.MANAGE_UNIT_PEOPLE)
"""Each lets ask people into the places where it counts."""

OVERSEEING = (Permission.MANAGE_PEOPLE, Permission.MANAGE_ROLES, Permission.VIEW_RIGHTS)
"""Each lets see every account of the city, where it is held in the whole city."""


def oversees(actor: Actor) -> Permission | None:
    """The permission by which the actor sees every account of the city, if there is one."""
    return next((one for one in OVERSEEING if actor.reach(one).everywhere), None)


def people_within(reach: Reach) -> QuerySet[Person]:
    """Everybody who belongs to a place within the reach; everybody at all where it is the city."""
    if reach.everywhere:
        return Person.objects.all()
    return Person.objects.filter(pk__in=members_within(reach)) if reach else Person.objects.none()


def appoints(actor: Actor) -> bool:
    """Whether the actor gives people places without asking them: who keeps the city's accounts.

    Whoever works for some places alone asks, and the person agrees (`services.joinings`).
    """
    return actor.reach(Permission.MANAGE_PEOPLE).everywhere


def stands_within(reach: Reach) -> Q:
    """The rows that say a scope (of roles, of requests to join) and lie within the reach."""
    if reach.everywhere:
        return Q()
    return (
        Q(scope_kind="unit", scope_id__in=reach.units)
        | Q(scope_kind="section", scope_id__in=reach.sections)
        | Q(scope_kind=scopes.MATTER, scope_id__in=reach.kinds)
    )


def require_own(actor: Actor, right: permissions.Permission, person: Person) -> None:
    """Raise `PersonOfOthers` where the right counts in some places, and the person is of none."""
    if not people_within(actor.reach(right)).filter(pk=person.pk).exists():
        raise PersonOfOthers


def require_sight(actor: Actor, person: Person) -> Permission:
    """The permission by which the actor sees the person's account; else `MissingPermission`."""
    overseeing = oversees(actor)
    if overseeing is not None:
        return overseeing
    reach = actor.reach(Permission.MANAGE_UNIT_PEOPLE)
    if not people_within(reach).filter(pk=person.pk).exists():
        raise MissingPermission(Permission.MANAGE_UNIT_PEOPLE, person)
    return Permission.MANAGE_UNIT_PEOPLE


def sees_whole(actor: Actor, person: Person) -> bool:
    """Whether the actor sees the person's telephone and how the person signs in.

    Nobody does but the person and whoever oversees every account; to a unit's head a person is a
    colleague: name, address, places, roles, and whether the account is open.
    """
    return actor.pk == person.pk or oversees(actor) is not None


def require_whole(actor: Actor, person: Person) -> None:
    """Raise `MissingPermission` for whoever sees no more of the person than a colleague does."""
    if not sees_whole(actor, person):
        raise MissingPermission(Permission.MANAGE_PEOPLE, person)


def may_manage(actor: Actor, person: Person) -> bool:
    """Whether the actor may change this person's account: anywhere, or as head of the unit.

    A unit's head manages whoever belongs to own units alone, and holds roles nowhere else.
    """
    if may(actor, Permission.MANAGE_PEOPLE, person):
        return True
    reach = actor.reach(Permission.MANAGE_UNIT_PEOPLE)
    return bool(reach) and is_no_stronger(actor, person) and _lives_within(person, reach)


def require_management(actor: Actor, person: Person) -> Permission:
    """The permission by which the actor manages the person; else `MissingPermission`."""
    if not may_manage(actor, person):
        raise MissingPermission(Permission.MANAGE_PEOPLE, person)
    if actor.reach(Permission.MANAGE_PEOPLE).everywhere:
        return Permission.MANAGE_PEOPLE
    return Permission.MANAGE_UNIT_PEOPLE


def _lives_within(person: Person, reach: Reach) -> bool:
    homes = [(home.kind, home.id) for home in homes_of([person.pk]).get(person.pk, ())]
    held = Assignment.objects.filter(person=person).values_list("scope_kind", "scope_id")
    where = scopes.reaches([*homes, *held])
    return bool(homes) and all(scopes.lies_within(each, reach) for each in where.values())


def is_beyond(actor: Actor, role: Role, scope: scopes.Scope) -> permissions.Permission | None:
    """The first permission of the role that the actor does not hold all over the scope.

    Whoever assigns roles in the whole city is beyond nothing.
    """
    return are_beyond(actor, [role], scope).get(role.pk)


def are_beyond(
    actor: Actor, roles: Iterable[Role], scope: scopes.Scope
) -> dict[UUID, permissions.Permission]:
    """Of those roles that are beyond the actor there the first such permission; one query."""
    if actor.reach(Permission.MANAGE_ROLES).everywhere:
        return {}
    where = scopes.reaches([scope])[scope]
    known = {str(permission): permission for permission in all_permissions()}
    held = {
        name
        for name, permission in known.items()
        if scopes.is_fixed(scope[0]) and scopes.lies_within(where, actor.reach(permission))
    }
    found = {}
    for role in roles:
        missing = [name for name in role.permissions if name in known and name not in held]
        if missing:
            found[role.pk] = known[missing[0]]
    return found


def makes_administrators(role: Role, scope: scopes.Scope) -> bool:
    """Whether whoever has the role there assigns roles in the whole city."""
    return scope[0] == scopes.CITY and Permission.MANAGE_ROLES in role.permissions


def proposes_recovery(actor: Actor, person: Person) -> Permission | None:
    """The permission by which the actor may ask a second person to let the person back in.

    That of whoever keeps the accounts of the city, or of the unit of which alone the person is,
    however strong the person may be; none for the own account.
    """
    if actor.pk == person.pk:
        return None
    if actor.reach(Permission.MANAGE_PEOPLE).everywhere:
        return Permission.MANAGE_PEOPLE
    reach = actor.reach(Permission.MANAGE_UNIT_PEOPLE)
    return Permission.MANAGE_UNIT_PEOPLE if reach and _lives_within(person, reach) else None


def recovery_is_beyond(actor: Actor, person: Person) -> permissions.Permission | None:
    """The first right of the person, of any day, that the actor does not hold all over its place.

    Whoever gives somebody a new mailbox or takes a second factor away could act as that person.
    """
    held = Assignment.objects.filter(person=person).select_related("role")
    found = (is_beyond(actor, one.role, (one.scope_kind, one.scope_id)) for one in held)
    return next((missing for missing in found if missing is not None), None)
