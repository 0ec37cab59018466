"""The verbs of the browsers that somebody is signed in with."""

from django.db import transaction

from accounts.deeds import Deed
from accounts.errors import NoSession
from accounts.models import Person, Session
from accounts.permissions import Permission, require_management, require_whole
from accounts.services.evicting import evict
from audit import services as audit
from opium.permissions import Actor, require

OTHERS = "wszystkie inne"
ALL = "wszystkie"


@transaction.atomic
def end_session(*, actor: Person, session_id: str) -> None:
    """Sign one's own browser out, wherever it is. Raises `NoSession`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    ended = _end(actor, session_id)
    _record(actor, Deed.END_SESSION, Permission.KEEP_OWN_ACCOUNT, actor, ended)


@transaction.atomic
def end_other_sessions(*, actor: Person, kept: str | None) -> None:
    """Sign every browser out but the one whose key is `kept`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    ended = _end_all(actor, kept)
    _record(actor, Deed.END_OTHER_SESSIONS, Permission.KEEP_OWN_ACCOUNT, actor, ended)


@transaction.atomic
def view_sessions(*, actor: Actor, person: Person) -> None:
    """Write down that somebody looked where another is signed in, once an hour (KRI-01).

    A unit's head ends the sessions of the own people, but does not look at them.
    """
    right = require_management(actor, person)
    require_whole(actor, person)
    if actor.pk != person.pk:
        audit.record_view(
            actor=actor, deed=Deed.VIEW_SESSIONS, right=right, target=person, what="sesje"
        )


@transaction.atomic
def sign_out_person(
    *, actor: Actor, person: Person, session_id: str | None = None, kept: str | None = None
) -> None:
    """Sign out one browser of an account that the actor manages; without an id end every way in.

    Of the own account only the other browsers: the own keys are no stranger's, and the browser
    whose key is `kept`, in which the actor works, stays. Raises `NoSession`.
    """
    right = require_management(actor, person)
    if session_id is not None:
        require_whole(actor, person)
        ended = _end(person, session_id)
    elif actor.pk == person.pk:
        ended = _end_all(person, kept)
    else:
        evict(person, kept=kept)
        ended = ALL
    _record(actor, Deed.SIGN_OUT_PERSON, right, person, ended)


def _end(person: Person, session_id: str) -> str:
    for session in Session.objects.filter(person=person):
        if session.id == session_id:
            session.delete()
            return session.agent
    raise NoSession


def _end_all(person: Person, kept: str | None) -> str:
    Session.objects.filter(person=person).exclude(session_key=kept).delete()
    return OTHERS if kept else ALL


def _record(actor: Actor, deed: Deed, right: Permission, person: Person, ended: str) -> None:
    audit.record(actor=actor, deed=deed, right=right, target=person, after={"session_ended": ended})
