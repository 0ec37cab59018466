"""Where sessions live (`SESSION_ENGINE`): in the city's table, with what their owner may know.

One query loads a session, as with Django's own store; deleting the row ends it everywhere.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from accounts.models import Person, Session
from opium.prepared import Prepared

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

PROVED_AT = "proved_at"
"""Where a session keeps when its person last proved password or factor (ISO 8601)."""
SEEN_EVERY = timedelta(minutes=5)
"""How exact "last seen" is; more often would write at each request."""

_session = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))
_owner = Prepared(lambda pk: Person.objects.filter(pk=pk))


class Owners(ModelBackend):
    """Whose a session is (`AUTHENTICATION_BACKENDS`)."""

    def get_user(self, user_id: UUID) -> Person | None:
        person = _owner.first(pk=user_id)
        return person if self.user_can_authenticate(person) else None


def proved_at(session: "SessionBase") -> datetime | None:
    """When the session's person last proved password or factor; None where they never have."""
    told = session.get(PROVED_AT)
    return datetime.fromisoformat(told) if told else None


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.person_id = data.get(SESSION_KEY)
        row.address = data.get("address")
        row.agent = data.get("agent", "")
        started_at = data.get("started_at")
        row.started_at = datetime.fromisoformat(started_at) if started_at else None
        return row

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()
        row = _session.first(key=self.session_key, now=now) if self.session_key else None
        if row is None:
            self._session_key = None
        elif row.person_id and row.seen_at < now - SEEN_EVERY:
            Session.objects.filter(pk=row.pk).update(seen_at=now)
        return row
