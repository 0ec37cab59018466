"""The verbs of passwords and of the address that signs in."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.deeds import Deed
from accounts.errors import AccountClosed, EmailTaken, WeakPassword, WrongPassword
from accounts.models import Link, Motion, Person, Session
from accounts.permissions import Permission
from accounts.services import attempts, factors
from accounts.services.ending_motions import void_motions, void_outdated
from accounts.services.evicting import evict
from accounts.services.guards import require_recent_proof, require_recovery
from accounts.services.keeping_accounts import claim_joinings
from accounts.services.letting_know import tell_of_change
from accounts.services.links import make_link, read_link, use_link, withdraw_links
from audit import services as audit
from opium.constraints import refusing
from opium.errors import FieldError
from opium.permissions import Actor, require
from outbox.services import after_commit

BY_LETTER = (Link.Kind.INVITATION, Link.Kind.PASSWORD)
AT_ONCE = 20
"""Links to a new password that are good at the same time."""


def ask_for_password(*, email: str) -> None:
    """Send a link to whoever has an open account under that address.

    The caller learns nothing about the address, not even from the time that this takes. Raises
    `Locked` after too many letters to one mailbox or for one network address.
    """
    origin = audit.origin.get()
    address, limit = attempts.of_address(origin)
    attempts.take(attempts.of_letters(email, origin), (f"letter:{address}", limit))
    with transaction.atomic():
        after_commit("accounts.send_password_link", email)


@transaction.atomic
def send_password_link(email: str) -> None:
    """Make the link that somebody asked for; safe to run twice, both links count.

    A mailbox that has `AT_ONCE` good ones gets no more, however many addresses ask.
    """
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        return
    if Link.objects.open_now().filter(person=person, kind=Link.Kind.PASSWORD).count() < AT_ONCE:
        make_link(person, Link.Kind.PASSWORD, person.email)


def set_password(
    *, token: str, password: str, has_lost_factor: bool = False, code: str = ""
) -> Person:
    """Set the password by the link of an invitation or of a forgotten password.

    Whatever could let anybody else back in ends (`evict`), and tries are counted anew: the mailbox
    is proved. Second factors stay, and signing in asks for them; with `has_lost_factor` the person
    has them no more, or they are a thief's (`factors.lose`). Raises `LinkEnded`, `WeakPassword`,
    `WrongFactor`, `Locked`; then the link can still be used.
    """
    if has_lost_factor and code:
        attempts.take(attempts.of_factor(read_link(token, *BY_LETTER).person, None))
    with transaction.atomic():
        link = use_link(token, *BY_LETTER)
        person = Person.objects.select_for_update().get(pk=link.person_id)
        require(person, Permission.KEEP_OWN_ACCOUNT, person)
        _set(person, password)
        evict(person)
        lost = factors.lose(person, code) if has_lost_factor and person.has_factor else ""
        attempts.unlock(person.email)
        tell_of_change(person, "hasło ustawiono na nowo przez odnośnik z listu")
        after = {"password": f"ustawiono: {link.get_kind_display()}"}
        audit.record(
            actor=person,
            deed=Deed.SET_PASSWORD,
            right=Permission.KEEP_OWN_ACCOUNT,
            target=person,
            after=after | ({"second_factor": lost} if lost else {}),
        )
    return person


def change_password(
    *, actor: Person, current: str, password: str, kept: str | None = None
) -> Person:
    """Change one's own password; every session ends but the one whose key is `kept`.

    Whoever has none yet proves who they are otherwise. Raises `WrongPassword`, `WeakPassword`,
    `ProofNeeded`, `Locked`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    if actor.has_usable_password():
        confirm_password(actor, current, field="current")
    else:
        require_recent_proof(actor)
    with transaction.atomic():
        _set(actor, password, kept=kept)
        tell_of_change(actor, "zmieniono hasło")
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_PASSWORD,
            right=Permission.KEEP_OWN_ACCOUNT,
            target=actor,
            after={"password": "zmieniono"},
        )
    return actor


def confirm_password(person: Person, password: str, *, field: str) -> None:
    """Raise `WrongPassword` about the field where it is not the person's, `Locked` after many.

    To be called outside a transaction, which would forget that it was tried.
    """
    key = (f"proof:{person.pk}", attempts.PER_FACTOR)
    attempts.take(key)
    if not person.check_password(password):
        raise WrongPassword(errors=[FieldError(field, WrongPassword.message)])
    attempts.forget(key)


def set_first_password(person: Person, password: str) -> None:
    """Give it to somebody who is not saved yet. Raises `WeakPassword`."""
    _refuse_weak(person, password)
    person.set_password(password)


def _set(person: Person, password: str, *, kept: str | None = None) -> None:
    _refuse_weak(person, password)
    person.set_password(password)
    person.save(update_fields=["password", "updated_at"])
    withdraw_links(person)
    void_motions(Motion.objects.filter(person=person, kind=Motion.Kind.PASSWORD))
    Session.objects.filter(person=person).exclude(session_key=kept).delete()


def _refuse_weak(person: Person, password: str) -> None:
    try:
        password_validation.validate_password(password, person)
    except ValidationError as refusal:
        errors = [FieldError("password", message) for message in refusal.messages]
        raise WeakPassword(errors=errors) from refusal


@transaction.atomic
def change_email(*, actor: Actor, person: Person, email: str) -> Link:
    """Send a link to the new mailbox; the address changes once it is opened.

    For whom one manages, who has no right that the actor lacks. Raises `StrongerPerson`,
    `OwnWayIn` (there is `change_own_email`), `ProofNeeded`, `EmailTaken`, `AccountClosed`.
    """
    right = require_recovery(actor, person)
    require_recent_proof(actor)
    return _ask_to_confirm(actor, Deed.CHANGE_EMAIL, right, person, email)


@transaction.atomic
def change_own_email(*, actor: Person, email: str) -> Link:
    """The same for one's own address. Raises `ProofNeeded`, `EmailTaken`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    return _ask_to_confirm(actor, Deed.CHANGE_OWN_EMAIL, Permission.KEEP_OWN_ACCOUNT, actor, email)


def _ask_to_confirm(
    actor: Actor, deed: Deed, right: Permission, person: Person, email: str
) -> Link:
    if not person.is_active:
        raise AccountClosed(person=person)
    link = send_to_new_address(person, email)
    audit.record(
        actor=actor,
        deed=deed,
        right=right,
        target=person,
        before={"email": person.email},
        after={"asked_for": email},
    )
    return link


def send_to_new_address(person: Person, email: str) -> Link:
    """Have the new mailbox confirm that it is the person's; part of the deed with the right to it.

    Raises `EmailTaken`.
    """
    if Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise EmailTaken(email=email)
    link = make_link(person, Link.Kind.EMAIL, email)
    tell_of_change(person, "poproszono o zmianę adresu do logowania na inny")
    return link


@transaction.atomic
def confirm_email(*, token: str) -> Person:
    """Let the person sign in with the new address; the old mailbox is told.

    Raises `LinkEnded`, and `EmailTaken` where somebody else has the address by now.
    """
    link = use_link(token, Link.Kind.EMAIL)
    person = Person.objects.select_for_update().get(pk=link.person_id)
    require(person, Permission.KEEP_OWN_ACCOUNT, person)
    before, person.email = person.email, link.address
    with refusing(one_person_per_email=EmailTaken(email=link.address)):
        person.save(update_fields=["email", "updated_at"])
    withdraw_links(person)
    void_outdated(person)
    claim_joinings(person)
    audit.record(
        actor=person,
        deed=Deed.CONFIRM_EMAIL,
        right=Permission.KEEP_OWN_ACCOUNT,
        target=person,
        before={"email": before},
        after={"email": person.email},
    )
    for address in (before, person.email):
        tell_of_change(person, "zmieniono adres do logowania", address)
    return person
