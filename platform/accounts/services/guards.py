"""What several verbs must leave true."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from accounts.errors import (
    LastAdministrator,
    NotByKey,
    NotInPlaceOf,
    OwnWayIn,
    ProofNeeded,
    SecondPersonNeeded,
    StrongerPerson,
)
from accounts.models import Assignment, Person, Role
from accounts.permissions import Permission, recovery_is_beyond, require_management
from accounts.scopes import CITY
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

    On any day, from today on, on which that person could not before. The system may (a city is
    opened by it), and a city that has nobody yet; operators answer for their own console.
    """
    if doer.pk is None or in_console():
        yield
        return
    before = _administering()
    yield
    if before and any(
        not any(begins <= first and last <= ends for begins, ends in before.get(who, ()))
        for who, periods in _administering().items()
        for first, last in periods
    ):
        raise SecondPersonNeeded


def _administering() -> dict[UUID, list[tuple[date, date]]]:
    """Who assigns roles in the whole city -> from when to when, both included, today the earliest.

    Periods that touch are one, so what two roles permit one after another another role may span.
    """
    today = timezone.localdate()
    held = Assignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        scope_kind=CITY,
        role__permissions__contains=[Permission.MANAGE_ROLES],
    )
    found: dict[UUID, list[tuple[date, date]]] = {}
    begun_first = held.order_by(F("valid_from").asc(nulls_first=True))
    for who, begins, ends in begun_first.values_list("person", "valid_from", "valid_to"):
        first, last = max(begins or today, today), ends or date.max
        periods = found.setdefault(who, [])
        if periods and first - timedelta(days=1) <= periods[-1][1]:
            first, before = periods.pop()
            last = max(last, before)
        periods.append((first, last))
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


def require_in_person(doer: Actor) -> None:
    """Refuse whoever acts by an API key or in somebody's place; the system itself passes.

    Two people are two only where each of them acts by an own right. Raises `NotByKey`,
    `NotInPlaceOf`.
    """
    if doer.pk is None:
        return
    if not isinstance(doer, Person):
        raise NotInPlaceOf
    if doer.limits is not None:
        raise NotByKey


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
