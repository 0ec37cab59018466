"""Where sessions live (`SESSION_ENGINE`): in the city's table, with what their owner may know.

One query loads a session, as with Django's own store; deleting the row ends it everywhere.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from accounts.models import Session

SEEN_EVERY = timedelta(minutes=5)
"""How exact "last seen" is; more often would write at each request."""


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
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs lack it
        now = timezone.now()
        if row is not None and row.person_id and row.seen_at < now - SEEN_EVERY:
            Session.objects.filter(pk=row.pk).update(seen_at=now)
        return row
