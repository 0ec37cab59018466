"""What several verbs must leave true."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.errors import LastAdministrator, NotByKey, OwnWayIn, ProofNeeded, StrongerPerson
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


def require_recent_proof(doer: Actor) -> None:
    """Refuse a person whose session has not proved password or factor lately (`PROOF_MINUTES`).

    For whatever lets somebody into an account, so that a computer left open is no way in for good.
    Who acts in somebody's place proves in person. Raises `ProofNeeded`, and `NotByKey` for an API
    key, which proves nothing; the system itself passes.
    """
    person = getattr(doer, "person", doer)
    if not isinstance(person, Person):
        return
    if person.limits is not None:
        raise NotByKey
    term = timedelta(minutes=settings.PROOF_MINUTES)
    if person.proved_at is None or person.proved_at < timezone.now() - term:
        raise ProofNeeded
