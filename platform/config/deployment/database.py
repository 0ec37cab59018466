"""What the database says: the role of the installation, and the clock."""

from datetime import UTC, datetime
from typing import Any

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004  # Django's name
from django.db import DatabaseError, connection
from django.utils import timezone

from config.deployment.environment import Check
from config.health import CLOCK_SILENT
from outbox import selectors as outbox

DRIFT = 2.0
"""Seconds by which the clocks of this machine and of the database may differ."""
_ROLE = "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_LOG = """
SELECT n.nspname,
    pg_has_role(current_user, c.relowner, 'MEMBER')
        OR has_table_privilege(current_user, c.oid, 'TRUNCATE, UPDATE, DELETE, TRIGGER'),
    EXISTS (SELECT FROM pg_trigger t
        WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled NOT IN ('O', 'A')),
    NOT has_table_privilege(current_user, c.oid, 'INSERT')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relname IN ('audit_entry', 'audit_link')
    AND NOT pg_is_other_temp_schema(n.oid)
ORDER BY n.nspname
"""
GRANT = "opium database grant ROLE, run as the owner"
UNREACHED = Error(
    "The database does not answer.",
    hint="Look at DATABASE_URL and whether the server runs.",
    id="opium.E050",
)


def role(**_: Any) -> list[CheckMessage]:
    """Whoever owns the log can take its triggers off, and whoever may do anything, too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ROLE)
            name, may_do_anything = cursor.fetchone()
            cursor.execute(_LOG)
            logs = cursor.fetchall()
    except DatabaseError:
        return [UNREACHED]
    found: list[CheckMessage] = []
    if may_do_anything:
        found.append(
            Error(
                f"The database role {name} is a superuser (or goes past row security): "
                "a mistake in the application could do anything to every city and to the log.",
                hint=f"Give the application a plain role in DATABASE_URL: {GRANT}.",
                id="opium.E051",
            )
        )
    for text, cities, number in (
        ("owns the log or may change or empty it", _where(logs, 1), 52),
        ("works on a log whose triggers are switched off", _where(logs, 2), 53),
        ("may not write the log", _where(logs, 3), 54),
    ):
        if cities:
            found.append(
                Error(
                    f"The database role {name} {text}: {cities}.",
                    hint=f"{GRANT}; repeat it after each update and each new city. "
                    "Triggers: ALTER TABLE … ENABLE TRIGGER ALL.",
                    id=f"opium.E0{number}",
                )
            )
    return found


def _where(logs: list[tuple[Any, ...]], column: int) -> str:
    """The schemas in which it is so, the first few by name."""
    names = list(dict.fromkeys(row[0] for row in logs if row[column]))
    rest = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004  # enough to see which
    return ", ".join(names[:3]) + rest


def clock(**_: Any) -> list[CheckMessage]:
    """Deadlines, codes of second factors and signed addresses all rest on the clock."""
    found: list[CheckMessage] = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            there = cursor.fetchone()[0]
        drift = abs((datetime.now(UTC) - there).total_seconds())
        tick = outbox.facts(mail=()).last_tick
    except DatabaseError:
        return []  # `role` says so
    if drift > DRIFT:
        found.append(
            Error(
                f"The clocks of this machine and of the database differ by {drift:.0f} s.",
                hint="Keep both by NTP: timedatectl set-ntp true",
                id="opium.E060",
            )
        )
    if tick is None or timezone.now() - tick > CLOCK_SILENT:
        found.append(
            Warning(
                "The clock of the background work is silent: nothing daily runs, nothing is "
                "tried again.",
                hint="Start one: celery -A config.celery beat, and a worker.",
                id="opium.W061",
            )
        )
    return found


CHECKS: tuple[Check, ...] = (role, clock)
