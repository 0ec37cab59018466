"""Whether the installation works, from facts: what the database and the disk say."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from files import services as files
from opium.errors import NotFound
from opium.permissions import WHOLE_CITY, Actor, require
from opium.registry import in_console
from outbox import selectors as outbox
from outbox.permissions import Permission

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
"""The tasks that hand letters over to the mail server, at once.

The night's `config.send_log_digest` proves a whole log before it sends, so that it may rightly
wait its turn for longer than `MAIL_LATE`; one that does not leave is given up within hours.
"""
WORK_OF_PEOPLE = frozenset({"given_up"})
"""Told, but no reason to refuse a supervisor: a job in one city's list waits for that city's
administrator, the others work on, and no restart mends it."""
DISK_FREE = 0.05
"""The share of the disk of the files that must be free."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What was measured, and what is wrong with it."""

    at: datetime
    last_tick: datetime | None
    oldest_due: datetime | None
    oldest_mail: datetime | None
    given_up: int
    disk_free: int | None
    """Bytes; None where the files lie in S3."""
    disk_size: int | None
    scanner: str
    """`unset` (nobody scans uploads), `silent` (none is accepted) or `answers`."""
    ill: list[str]
    """The names of `ills`, and `scanner`."""


def installation_visible_to(actor: Actor) -> Installation:
    """The measures for the operators' console, in three queries and a word with clamd.

    Without the right: `Forbidden`. In a city: `NotFound`, for they tell of every city's work.
    """
    require(actor, Permission.MANAGE_JOBS, WHOLE_CITY)
    if not in_console():
        raise NotFound
    facts, disk, scanner = outbox.facts(mail=MAIL), _disk(), _scanner()
    return Installation(
        at=timezone.now(),
        last_tick=facts.last_tick,
        oldest_due=facts.oldest_due,
        oldest_mail=facts.oldest_mail,
        given_up=facts.given_up,
        disk_free=disk[0] if disk else None,
        disk_size=disk[1] if disk else None,
        scanner=scanner,
        ill=_ills(facts, disk) + (["scanner"] if scanner != "answers" else []),
    )


def ills() -> list[str]:
    """The names of the checks that fail: clock, work, mail, given_up, disk; three queries.

    Raises `DatabaseError` where the database does not answer.
    """
    return _ills(outbox.facts(mail=MAIL), _disk())


def _ills(facts: outbox.Facts, disk: tuple[int, int] | None) -> list[str]:
    found = {
        "clock": facts.last_tick is None or _is_older(facts.last_tick, CLOCK_SILENT),
        "work": _is_older(facts.oldest_due, WORK_LATE),
        "mail": _is_older(facts.oldest_mail, MAIL_LATE),
        "given_up": facts.given_up > 0,
        "disk": disk is not None and disk[0] < disk[1] * DISK_FREE,
    }
    return [name for name, is_ill in found.items() if is_ill]


def _is_older(moment: datetime | None, limit: timedelta) -> bool:
    return moment is not None and timezone.now() - moment > limit


def _disk() -> tuple[int, int] | None:
    """Bytes free, and in all, of the disk on which the files lie, or will lie; None with S3."""
    if settings.S3_BUCKET:
        return None
    folder = Path(settings.FILES_ROOT)
    usage = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists()))
    return usage.free, usage.total


def _scanner() -> str:
    if not settings.CLAMD:
        return "unset"
    return "answers" if files.scanner_answers() else "silent"
