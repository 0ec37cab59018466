"""When the request that is being answered came to the house.

What is handed in before a closing second counts as handed in, however long it then waited for a
thread or for somebody else's lock: so a closing is held against this, not against the clock.
"""

from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

came_at: ContextVar[datetime | None] = ContextVar("came_at", default=None)
"""Set for each request; None where nobody asked over HTTP."""


def arrival() -> datetime:
    """The moment when the request came; now where there is none."""
    return came_at.get() or timezone.now()
