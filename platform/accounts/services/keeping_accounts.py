"""The verbs of accounts: opening, changing, closing."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import registry
from accounts.deeds import Deed
from accounts.errors import (
    AccountClosed,
    AccountOpen,
    EmailTaken,
    OwnAccount,
    WrongSuccessor,
)
from accounts.models import Assignment, Holder, Joining, Motion, Person, Substitution
from accounts.permissions import Permission, require_management, require_sight, require_whole
from accounts.services import facts
from accounts.services.assignments import end
from accounts.services.ending_joinings import void_joinings
from accounts.services.ending_motions import void_motions
from accounts.services.evicting import evict
from accounts.services.guards import an_administrator_stays
from audit import services as audit
from opium.constraints import refusing
from opium.permissions import Actor, require


@transaction.atomic
def add_person(
    *,
    actor: Actor,
    email: str,
    first_name: str,
    last_name: str,
    phone: str = "",
    password: str | None = None,
) -> Person:
    """Open an account; without a password nobody can sign in to it yet. Raises `EmailTaken`."""
    person = Person(email=email, first_name=first_name, last_name=last_name, phone=phone)
    require(actor, Permission.MANAGE_PEOPLE, person)
    person.set_password(password)
    save_new(person)
    audit.record(
        actor=actor,
        deed=Deed.ADD_PERSON,
        right=Permission.MANAGE_PEOPLE,
        target=person,
        after={"email": email},
    )
    return person


def save_new(person: Person, answering: Joining | None = None) -> None:
    """Save somebody who has no account yet and, if so, agrees to the request just now.

    Raises `EmailTaken`.
    """
    with refusing(one_person_per_email=EmailTaken(email=person.email)):
        person.save(force_insert=True)
    claim_joinings(person, answering)


def claim_joinings(person: Person, answering: Joining | None = None) -> None:
    """Let what was asked of the address wait for whoever has an open account with it from now on.

    Each is told but the one that the person is answering. Part of each deed by which somebody
    comes to have an account or an address.
    """
    asked = Joining.objects.open_now().filter(email__iexact=person.email, person=None)
    if answering is not None:
        asked = asked.exclude(pk=answering.pk)
    for joining in asked.select_for_update(of=("self",)).select_related("asker", "role"):
        joining.person = person
        joining.told_at = joining.told_at or timezone.now()  # its own job need not tell again
        joining.save(update_fields=["person", "told_at", "updated_at"])
        registry.tell_joining(joining)


@transaction.atomic
def view_person(*, actor: Actor, person: Person) -> None:
    """Write down that somebody opened another's account, once an hour (KRI-01).

    Raises `MissingPermission` for whoever does not look after the person.
    """
    right = require_sight(actor, person)
    if actor.pk != person.pk:
        audit.record_view(actor=actor, deed=Deed.VIEW_PERSON, right=right, target=person)


@transaction.atomic
def change_person(
    *,
    actor: Actor,
    person: Person,
    first_name: str | None = None,
    last_name: str | None = None,
    phone: str | None = None,
) -> Person:
    """Change what is given; the e-mail address has a verb of its own (`change_email`).

    Nobody overwrites a telephone unseen: of it whoever sees the account whole decides.
    """
    right = require_management(actor, person)
    if phone is not None:
        require_whole(actor, person)
    return _change(
        actor,
        Deed.CHANGE_PERSON,
        right,
        person,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
    )


@transaction.atomic
def change_own_details(
    *,
    actor: Person,
    first_name: str | None = None,
    last_name: str | None = None,
    phone: str | None = None,
) -> Person:
    """Change one's own name or telephone."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    return _change(
        actor,
        Deed.CHANGE_OWN_DETAILS,
        Permission.KEEP_OWN_ACCOUNT,
        actor,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
    )


def _change(
    actor: Actor, deed: Deed, right: Permission, person: Person, **given: str | None
) -> Person:
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = {field: getattr(person, field) for field in given}
    for field, value in given.items():
        if value is not None:
            setattr(person, field, value)
    person.save()
    changed = {field for field in given if getattr(person, field) != before[field]}
    audit.record(
        actor=actor,
        deed=deed,
        right=right,
        target=person,
        before={field: before[field] for field in changed},
        after={field: getattr(person, field) for field in changed},
    )
    return person


@transaction.atomic
def close_account(*, actor: Actor, person: Person, successor: Person | None = None) -> Person:
    """Shut the account at once: every way in ends, roles and functions are taken away.

    The matters pass to the successor, as each module sees to it (`registry.on_leaving`).
    Raises `AccountClosed`, `OwnAccount`, `WrongSuccessor`, `LastAdministrator`.
    """
    right = require_management(actor, person)
    if actor.pk == person.pk:
        raise OwnAccount
    if successor is not None and (successor == person or not successor.is_active):
        raise WrongSuccessor
    with an_administrator_stays():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if not person.is_active:
            raise AccountClosed(person=person)
        held = Assignment.objects.in_force().filter(person=person).select_related("role")
        roles = [str(one.role) for one in held]
        registry.hand_over(actor, person, successor)
        _forget_rights(person)
        evict(person)
        void_joinings(Joining.objects.filter(Q(asker=person) | Q(person=person)))
        void_motions(Motion.objects.filter(Q(proposer=person) | Q(person=person)))
        person.is_active, person.closed_at = False, timezone.now()
        person.save(update_fields=["is_active", "closed_at", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.CLOSE_ACCOUNT,
        right=right,
        target=person,
        before={"is_active": True, "roles": roles},
        after={"is_active": False, **facts.of_person("successor", successor)},
    )
    return person


def _forget_rights(person: Person) -> None:
    end(Assignment.objects.filter(person=person))
    Holder.objects.filter(person=person).delete()
    Substitution.objects.filter(substitute=person, starts_on__gt=timezone.localdate()).delete()


@transaction.atomic
def reopen_account(*, actor: Actor, person: Person) -> Person:
    """Let the person sign in again, with no role and no password. Raises `AccountOpen`."""
    right = require_management(actor, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise AccountOpen(person=person)
    person.is_active, person.closed_at = True, None
    person.set_unusable_password()
    person.save()
    claim_joinings(person)
    audit.record(
        actor=actor,
        deed=Deed.REOPEN_ACCOUNT,
        right=right,
        target=person,
        before={"is_active": False},
        after={"is_active": True},
    )
    return person
