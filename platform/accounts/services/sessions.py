"""The verbs of the browsers that somebody is signed in with."""

from django.db import transaction

from accounts.errors import NoSession
from accounts.models import Person, Session
from accounts.permissions import Permission
from audit import services as audit
from opium.permissions import require


@transaction.atomic
def end_session(*, actor: Person, session_id: str) -> None:
    """Sign one's own browser out, wherever it is. Raises `NoSession`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    for session in Session.objects.filter(person=actor):
        if session.id == session_id:
            session.delete()
            _record(actor, session.agent)
            return
    raise NoSession


@transaction.atomic
def end_other_sessions(*, actor: Person, kept: str | None) -> None:
    """Sign every browser out but the one whose key is `kept`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    Session.objects.filter(person=actor).exclude(session_key=kept).delete()
    _record(actor, "wszystkie inne")


def _record(actor: Person, ended: str) -> None:
    audit.record(
        actor=actor, verb=Permission.KEEP_OWN_ACCOUNT, target=actor, after={"session_ended": ended}
    )
