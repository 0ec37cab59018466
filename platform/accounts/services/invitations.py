"""The verbs of letting people in."""

from django.db import transaction

from accounts import scopes
from accounts.deeds import Deed
from accounts.errors import AccountClosed, EmailTaken, UnknownPlace
from accounts.models import Link, Person, Role
from accounts.permissions import Permission, require_management
from accounts.services.assignments import assign_role
from accounts.services.guards import require_recent_proof
from accounts.services.keeping_accounts import save_new
from accounts.services.links import make_link
from audit import services as audit
from opium.permissions import WHOLE_CITY, Actor, require
from units.selectors import Home
from units.services.entrusted import join

IN_THE_CITY: scopes.Scope = (scopes.CITY, None)


@transaction.atomic
def invite_person(
    *,
    actor: Actor,
    email: str,
    first_name: str,
    last_name: str,
    phone: str = "",
    role: Role | None = None,
    home: scopes.Scope = IN_THE_CITY,
    position: str = "",
) -> Person:
    """Open an account and send an invitation to set its password.

    With a `home` (a unit or a section) the person belongs there under the position, and the role
    counts there; somebody who has an account already only joins. For whoever keeps the city's
    accounts: others ask (`ask_to_join`). Whatever gives a role or a place asks for a recent proof;
    an API key opens bare accounts alone. Raises `EmailTaken`, `AccountClosed`, `UnknownPlace`,
    `BeyondOwnRights`, `ProofNeeded`, `NotByKey`.
    """
    require(actor, Permission.MANAGE_PEOPLE, WHOLE_CITY)
    if role is not None or home != IN_THE_CITY:
        require_recent_proof(actor)
    name = scopes.names([home]).get(home)
    if name is None:
        raise UnknownPlace
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = Person(email=email, first_name=first_name, last_name=last_name, phone=phone)
        _open_account(actor, person, name)
    elif home == IN_THE_CITY:
        raise EmailTaken(email=email)
    elif not person.is_active:
        raise AccountClosed(person=person)
    kind, place = home
    if place is not None:
        join(
            actor=actor,
            right=Permission.MANAGE_PEOPLE,
            person=person.pk,
            home=Home(kind, place, name),
            position=position,
        )
    if role is not None:
        assign_role(actor=actor, person=person, role=role, scope_kind=kind, scope_id=place)
    if not person.has_usable_password():
        make_link(person, Link.Kind.INVITATION, person.email)
    return person


def _open_account(actor: Actor, person: Person, home: str) -> None:
    person.set_unusable_password()
    save_new(person)
    audit.record(
        actor=actor,
        deed=Deed.INVITE_PERSON,
        right=Permission.MANAGE_PEOPLE,
        target=person,
        after={"email": person.email, "home": home},
    )


@transaction.atomic
def invite_again(*, actor: Actor, person: Person) -> Link:
    """Send a new link to set a password; earlier ones are worth nothing. Raises `AccountClosed`."""
    right = require_management(actor, person)
    if not person.is_active:
        raise AccountClosed(person=person)
    link = send_way_in(person)
    audit.record(
        actor=actor, deed=Deed.INVITE_AGAIN, right=right, target=person, after={"link": link.kind}
    )
    return link


def send_way_in(person: Person) -> Link:
    """Send the person a link to set a password; part of the deed that asked for the right."""
    kind = Link.Kind.PASSWORD if person.has_usable_password() else Link.Kind.INVITATION
    return make_link(person, kind, person.email)
