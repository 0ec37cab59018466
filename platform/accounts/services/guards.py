"""What several verbs must leave true."""

from collections.abc import Iterator
from contextlib import contextmanager

from accounts.errors import LastAdministrator, OwnWayIn, StrongerPerson
from accounts.models import Assignment, Person, Role
from accounts.permissions import Permission, recovery_is_beyond, require_management
from accounts.scopes import CITY
from opium.permissions import Actor


@contextmanager
def an_administrator_stays() -> Iterator[None]:
    """Raise `LastAdministrator` where the block takes the city its last administrator.

    Somebody with an open account, who today and without end assigns roles in the whole city. A
    city that has none yet (it is being opened) may go on without. Those who take rights away at
    the same time wait for each other.
    """
    with_the_right = {"permissions__contains": [Permission.MANAGE_ROLES]}
    list(Role.objects.select_for_update().filter(**with_the_right).order_by("pk"))
    had_today, had_for_good = _administrators()
    yield
    today, for_good = _administrators()
    if (had_today and not today) or (had_for_good and not for_good):
        raise LastAdministrator


def _administrators() -> tuple[bool, bool]:
    ends = list(
        Assignment.objects.in_force()
        .filter(
            scope_kind=CITY,
            person__is_active=True,
            role__permissions__contains=[Permission.MANAGE_ROLES],
        )
        .values_list("valid_to", flat=True)
    )
    return bool(ends), None in ends


def require_recovery(actor: Actor, person: Person) -> Permission:
    """The right by which the actor may change how the person signs in; else a refusal.

    Nobody becomes stronger by it: each right of the person is the actor's too, where it counts.
    Raises `MissingPermission`, `StrongerPerson`, and `OwnWayIn`, where a password is asked for.
    """
    right = require_management(actor, person)
    if actor.pk == person.pk:
        raise OwnWayIn
    missing = recovery_is_beyond(actor, person)
    if missing is not None:
        raise StrongerPerson(person=person, label=missing.label)
    return right
