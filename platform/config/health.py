"""Whether the installation works, from facts: what the database and the disk say."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from outbox import selectors as outbox

CLOCK_SILENT = timedelta(seconds=45)
"""After which a clock that ticks every five seconds has stopped."""
WORK_LATE = timedelta(minutes=5)
MAIL_LATE = timedelta(minutes=15)
MAIL = (
    "notifications.send_emails",
    "accounts.send_link",
    "accounts.send_password_link",
    "accounts.tell_of_change",
)
"""The tasks that hand letters over."""
WORK_OF_PEOPLE = frozenset({"given_up"})
"""Told, but no reason to refuse a supervisor: a job in one city's list waits for that city's
administrator, the others work on, and no restart mends it."""
DISK_FREE = 0.05
"""The share of the disk of the files that must be free."""


def ills() -> list[str]:
    """The names of the checks that fail: clock, work, mail, given_up, disk; three queries.

    Raises `DatabaseError` where the database does not answer.
    """
    facts = outbox.facts(mail=MAIL)
    found = {
        "clock": facts.last_tick is None or _is_older(facts.last_tick, CLOCK_SILENT),
        "work": _is_older(facts.oldest_due, WORK_LATE),
        "mail": _is_older(facts.oldest_mail, MAIL_LATE),
        "given_up": facts.has_given_up,
        "disk": not settings.S3_BUCKET and _is_full(Path(settings.FILES_ROOT)),
    }
    return [name for name, is_ill in found.items() if is_ill]


def _is_older(moment: datetime | None, limit: timedelta) -> bool:
    return moment is not None and timezone.now() - moment > limit


def _is_full(folder: Path) -> bool:
    """Whether the disk on which the folder lies, or will lie, is nearly full."""
    usage = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists()))
    return usage.free < usage.total * DISK_FREE
