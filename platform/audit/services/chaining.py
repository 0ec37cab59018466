"""Proving that the log is what was written."""

from dataclasses import dataclass

from django.db import connection, transaction

from audit.models import Link


def close_chain() -> int:
    """Chain every committed entry that found the chain's end taken; how many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EXTEND)
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify_chain` found: the first broken place, or none; and the digest at the end."""

    entries: int
    unchained: int
    broken_at: int | None
    end: str

    @property
    def holds(self) -> bool:
        return self.broken_at is None and self.unchained == 0


@transaction.atomic
def verify_chain() -> Verdict:
    """Prove that no entry was changed, removed, added in between or moved since it was written.

    Every digest is computed again from its entry. Compare `end` with an earlier note of it to
    prove that nobody rewrote the whole chain. It may run while people work: nobody waits for it,
    and what they add meanwhile is chained before the verdict.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_END)
        cursor.execute(_EXTEND)
        cursor.execute(_VERIFY)
        links, broken_at, end, added = cursor.fetchone()
        cursor.execute(_EXTEND)
        cursor.execute(_UNCHAINED, [added])
        unchained = cursor.fetchone()[0]
    return Verdict(entries=links + len(added), unchained=unchained, broken_at=broken_at, end=end)


def holds_note(digest: str) -> bool:
    """Whether the chain still has the end that was once noted elsewhere."""
    return Link.objects.filter(digest=digest).exists()


_HOLD_END = "SELECT pg_advisory_xact_lock(hashtext('audit_link'), hashtext(current_schema()))"
"""Waits for whoever is adding to the chain; from here on nobody else does (0002_append_only)."""
_EXTEND = "SELECT audit_extend_chain(0)"
_VERIFY = """
SELECT count(*), min(position) FILTER (WHERE wrong),
    coalesce((array_agg(digest ORDER BY position DESC))[1], ''),
    array(
        SELECT id FROM audit_entry e
        WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.entry_id = e.id)
    )
FROM (
    SELECT l.position, l.digest,
        e.id IS NULL OR l.digest <> audit_digest(
            coalesce(lag(l.digest) OVER (ORDER BY l.position), ''), e
        ) AS wrong
    FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
) chain
"""
"""One statement, so one moment: links, and entries that came since the end was held."""
_UNCHAINED = """
SELECT count(*) FROM unnest(%s::bigint[]) id
WHERE NOT EXISTS (SELECT 1 FROM audit_link WHERE entry_id = id)
"""
