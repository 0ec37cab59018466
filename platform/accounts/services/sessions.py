"""The verbs of the browsers that somebody is signed in with."""

from django.db import transaction

from accounts.errors import NoSession
from accounts.models import Person, Session
from accounts.permissions import Permission, require_management
from audit import services as audit
from opium.permissions import Actor, require

OTHERS = "wszystkie inne"
ALL = "wszystkie"


@transaction.atomic
def end_session(*, actor: Person, session_id: str) -> None:
    """Sign one's own browser out, wherever it is. Raises `NoSession`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    _end(actor, Permission.KEEP_OWN_ACCOUNT, actor, session_id)


@transaction.atomic
def end_other_sessions(*, actor: Person, kept: str | None) -> None:
    """Sign every browser out but the one whose key is `kept`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    _end_all(actor, Permission.KEEP_OWN_ACCOUNT, actor, kept)


@transaction.atomic
def view_sessions(*, actor: Actor, person: Person) -> None:
    """Write down that somebody looked where another is signed in, once an hour (KRI-01)."""
    verb = require_management(actor, person)
    if actor.pk != person.pk:
        audit.record_view(actor=actor, verb=verb, target=person, what="sesje")


@transaction.atomic
def sign_out_person(
    *, actor: Actor, person: Person, session_id: str | None = None, kept: str | None = None
) -> None:
    """Sign out one browser of an account that the actor manages; without an id every one.

    The browser whose key is `kept` stays: the one in which the actor works on the own account.
    Raises `NoSession`.
    """
    verb = require_management(actor, person)
    if session_id is None:
        _end_all(actor, verb, person, kept)
    else:
        _end(actor, verb, person, session_id)


def _end(actor: Actor, verb: Permission, person: Person, session_id: str) -> None:
    for session in Session.objects.filter(person=person):
        if session.id == session_id:
            session.delete()
            _record(actor, verb, person, session.agent)
            return
    raise NoSession


def _end_all(actor: Actor, verb: Permission, person: Person, kept: str | None) -> None:
    Session.objects.filter(person=person).exclude(session_key=kept).delete()
    _record(actor, verb, person, OTHERS if kept else ALL)


def _record(actor: Actor, verb: Permission, person: Person, ended: str) -> None:
    audit.record(actor=actor, verb=verb, target=person, after={"session_ended": ended})
