"""What several verbs must leave true."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.errors import (
    LastAdministrator,
    NotByKey,
    OwnWayIn,
    ProofNeeded,
    SecondPersonNeeded,
    StrongerPerson,
)
from accounts.models import Assignment, Person, Role
from accounts.permissions import Permission, recovery_is_beyond, require_management
from accounts.scopes import CITY, Scope
from opium.permissions import Actor
from opium.registry import in_console


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


@contextmanager
def nobody_new_administers(doer: Actor) -> Iterator[None]:
    """Raise `SecondPersonNeeded` where the block lets somebody assign roles in the whole city.

    Or for longer than before. The system may (a city is opened by it), and a city that has nobody
    yet; operators answer for their own console.
    """
    if doer.pk is None or in_console():
        yield
        return
    before = _last_days()
    yield
    after = _last_days()
    if before and any(day > before.get(who, date.min) for who, day in after.items()):
        raise SecondPersonNeeded


def makes_administrators(role: Role, scope: Scope) -> bool:
    """Whether whoever has the role there assigns roles in the whole city."""
    return scope[0] == CITY and Permission.MANAGE_ROLES in role.permissions


def _last_days() -> dict[UUID, date]:
    """Who assigns roles in the whole city, today or later -> the last day of it."""
    today = timezone.localdate()
    held = Assignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        scope_kind=CITY,
        role__permissions__contains=[Permission.MANAGE_ROLES],
    )
    found: dict[UUID, date] = {}
    for who, day in held.values_list("person", "valid_to"):
        found[who] = max(found.get(who, date.min), day or date.max)
    return found


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
