"""The verbs of asking somebody into a place, where nothing counts before that person agrees.

Whoever asks learns nothing about the address before the answer: a new one and one that has an
account here are asked alike, and what differs happens in the background.
"""

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import letters, registry, scopes
from accounts.deeds import Deed
from accounts.errors import (
    AlreadyAsked,
    AlreadyHere,
    BeyondOwnRights,
    JoiningEnded,
    LinkEnded,
    SecondPersonNeeded,
    SignInToAnswer,
    UnknownPlace,
)
from accounts.models import Joining, Person, Role
from accounts.permissions import (
    ASKING,
    Permission,
    is_beyond,
    makes_administrators,
    people_within,
    require_any,
)
from accounts.services import attempts, facts
from accounts.services.assignments import give
from accounts.services.ending_joinings import end, end_each
from accounts.services.guards import require_recent_proof
from accounts.services.keeping_accounts import save_new
from accounts.services.passwords import set_first_password
from audit import services as audit
from opium.constraints import refusing
from opium.permissions import SYSTEM, Actor, may, require
from outbox.services import after_commit
from units.selectors import Home
from units.services.entrusted import join

VALID = timedelta(days=14)


@transaction.atomic
def ask_to_join(
    *,
    actor: Actor,
    email: str,
    first_name: str,
    last_name: str,
    home: scopes.Scope,
    phone: str = "",
    role: Role | None = None,
    position: str = "",
) -> Joining:
    """Ask whoever has the address to belong to the place under the position, and hold the role.

    The person is told by letter, and with an account under the bell and on the desk. Asks for a
    recent proof, as every deed that makes somebody stronger. Raises `UnknownPlace`,
    `BeyondOwnRights`, `AlreadyHere` (of people whom the actor sees anyway), `AlreadyAsked`,
    `Overdone`, `ProofNeeded`, `NotByKey`.
    """
    right = require_any(actor, ASKING, scopes.spot(*home))
    require_recent_proof(actor)
    attempts.spend(f"ask:{actor.pk}", hourly=settings.RATE_LIMITS["ask"])
    if home not in scopes.names([home]):
        raise UnknownPlace
    if role is not None:
        _check_role(actor, role, home)
    _check_free(email, home)
    joining = Joining(
        asker_id=cast("UUID", actor.pk),  # the system appoints, and asks nobody
        email=email,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
        person=Person.objects.filter(email__iexact=email, is_active=True).first(),
        role=role,
        scope_kind=home[0],
        scope_id=home[1],
        position=position,
        expires_at=timezone.now() + VALID,
    )
    with refusing(one_open_joining_per_place=AlreadyAsked(email=email)):
        joining.save()
    after_commit("accounts.tell_joining", str(joining.pk))
    audit.record(
        actor=actor,
        deed=Deed.ASK_TO_JOIN,
        right=right,
        target=joining,
        after={"email": email, **_facts(joining)},
    )
    return joining


def _check_free(email: str, home: scopes.Scope) -> None:
    """Let what was asked of the address lapse if its day is over. Raises `AlreadyHere`."""
    here = people_within(scopes.reaches([home])[home])
    if (member := here.filter(email__iexact=email).first()) is not None:
        raise AlreadyHere(person=member)
    due = Joining.objects.filter(ended_at=None, expires_at__lte=timezone.now())
    end_each(due.filter(email__iexact=email), Joining.Outcome.LAPSED)


def _check_role(actor: Actor, role: Role, home: scopes.Scope) -> None:
    """Raises `BeyondOwnRights`, `SecondPersonNeeded` for a role that the actor cannot offer."""
    missing = is_beyond(actor, role, home)
    if missing is not None:
        raise BeyondOwnRights(role=role, label=missing.label)
    if makes_administrators(role, home):
        raise SecondPersonNeeded


@transaction.atomic
def withdraw_joining(*, actor: Actor, joining: Joining) -> Joining:
    """Ask no longer, for whoever may ask into that place. Raises `JoiningEnded`."""
    right = require_any(actor, ASKING, scopes.spot(*joining.scope))
    joining = _open(joining.pk)
    end(joining, Joining.Outcome.WITHDRAWN)
    audit.record(
        actor=actor,
        deed=Deed.WITHDRAW_JOINING,
        right=right,
        target=joining,
        after=_facts(joining),
    )
    return joining


@transaction.atomic
def agree_to_join(*, actor: Person, joining: Joining) -> Joining:
    """Belong to the place from now on, with what was asked; in person, by no key or substitute.

    Where whoever asked may not give that any more, nothing is given and it comes back void.
    Raises `JoiningEnded`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    joining = _open(joining.pk, of=actor)
    if not _still_counts(joining):
        return end(joining, Joining.Outcome.VOID)
    _let_in(joining, actor)
    audit.record(
        actor=actor,
        deed=Deed.AGREE_TO_JOIN,
        right=Permission.KEEP_OWN_ACCOUNT,
        target=joining,
        after=_facts(joining),
    )
    return joining


@transaction.atomic
def decline_to_join(*, actor: Person, joining: Joining) -> Joining:
    """Stay out; whoever asked is told. Raises `JoiningEnded`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    joining = _open(joining.pk, of=actor)
    end(joining, Joining.Outcome.DECLINED)
    audit.record(
        actor=actor,
        deed=Deed.DECLINE_TO_JOIN,
        right=Permission.KEEP_OWN_ACCOUNT,
        target=joining,
        after=_facts(joining),
    )
    return joining


def read_joining(token: str) -> Joining:
    """The one whose letter has that secret, while it waits. Raises `LinkEnded` otherwise."""
    joining_id = letters.joining_of(token)
    joining = Joining.objects.open_now().filter(pk=joining_id).first() if joining_id else None
    if joining is None:
        raise LinkEnded
    return joining


def has_account(joining: Joining) -> bool:
    """Whether the address has one by now; only for whoever has proved to own it."""
    return Person.objects.filter(email__iexact=joining.email).exists()


@transaction.atomic
def agree_by_letter(*, token: str, password: str) -> Joining:
    """Open the account of somebody who has none, with that password, and belong to the place.

    Raises `LinkEnded`, `WeakPassword`, and `SignInToAnswer` where there is an account by now.
    """
    joining = _by_letter(token)
    if not _still_counts(joining):
        return end(joining, Joining.Outcome.VOID)
    person = Person(
        email=joining.email,
        first_name=joining.first_name,
        last_name=joining.last_name,
        phone=joining.phone,
    )
    require(person, Permission.KEEP_OWN_ACCOUNT, person)
    set_first_password(person, password)
    save_new(person, answering=joining)
    joining.person = person
    _let_in(joining, person)
    audit.record(
        actor=person,
        deed=Deed.AGREE_BY_LETTER,
        right=Permission.KEEP_OWN_ACCOUNT,
        target=joining,
        after=_facts(joining),
    )
    return joining


@transaction.atomic
def decline_by_letter(*, token: str) -> Joining:
    """Stay out, by the letter; no account comes of it. Raises `LinkEnded`, `SignInToAnswer`."""
    joining = _by_letter(token)
    end(joining, Joining.Outcome.DECLINED)
    audit.record(
        actor=SYSTEM,  # whoever has the letter is nobody here
        deed=Deed.DECLINE_BY_LETTER,
        right=None,
        target=joining,
        after=_facts(joining),
    )
    return joining


@transaction.atomic
def tell_joining(joining_id: str) -> None:
    """Tell the person once; one that has ended meanwhile is not told."""
    joining = (
        Joining.objects.open_now()
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("asker", "role")
        .filter(pk=joining_id, told_at=None)
        .first()
    )
    if joining is None:
        return
    if joining.person is not None:
        registry.tell_joining(joining)
    elif not has_account(joining):
        letters.send_joining(joining)
    joining.told_at = timezone.now()
    joining.save(update_fields=["told_at", "updated_at"])


def _open(joining_id: UUID, of: Person | None = None) -> Joining:
    """The one that waits, locked; of that person alone where one is named."""
    waiting = Joining.objects.open_now().filter(pk=joining_id)
    if of is not None:
        waiting = waiting.filter(person=of)
    joining = waiting.select_for_update(of=("self",)).select_related("asker", "role").first()
    if joining is None:
        raise JoiningEnded
    return joining


def _by_letter(token: str) -> Joining:
    joining = _open(read_joining(token).pk)
    if has_account(joining):
        raise SignInToAnswer
    return joining


def _still_counts(joining: Joining) -> bool:
    """Whether whoever asked may give today what was asked, all of it."""
    asker, role = joining.asker, joining.role
    if joining.scope not in scopes.names([joining.scope]):
        return False
    if not any(may(asker, right, scopes.spot(*joining.scope)) for right in ASKING):
        return False
    if role is None:
        return True
    is_alone = not makes_administrators(role, joining.scope)
    return is_alone and is_beyond(asker, role, joining.scope) is None


def _let_in(joining: Joining, person: Person) -> None:
    if joining.scope_id is not None:
        name = scopes.names([joining.scope])[joining.scope]
        join(
            actor=person,
            right=Permission.KEEP_OWN_ACCOUNT,
            person=person.pk,
            home=Home(joining.scope_kind, joining.scope_id, name),
            position=joining.position,
        )
    if joining.role is not None:
        give(person, joining.role, joining.scope)
    end(joining, Joining.Outcome.AGREED)


def _facts(joining: Joining) -> dict[str, object]:
    return {
        **facts.of_person("asked_by", joining.asker),
        **facts.of_role(joining.role),
        **facts.of_scope(*joining.scope),
        "outcome": joining.outcome or None,
    }
