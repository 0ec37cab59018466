"""Proving that the log is what was written."""

from dataclasses import dataclass

from django.db import connection, transaction


def close_chain() -> int:
    """Chain every committed entry that found the chain's end taken; how many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_extend_chain(0)")
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


def verify_chain() -> Verdict:
    """Prove that no entry was changed, removed, added in between or moved since it was written.

    Every digest is computed again from its entry. Compare `end` with an earlier note of it to
    prove that nobody rewrote the whole chain.
    """
    close_chain()
    with connection.cursor() as cursor:
        cursor.execute(_VERIFY)
        links, broken_at, end = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM audit_entry")
        entries = cursor.fetchone()[0]
    return Verdict(entries=entries, unchained=entries - links, broken_at=broken_at, end=end or "")


_VERIFY = """
SELECT count(*), min(position) FILTER (WHERE wrong), (array_agg(digest ORDER BY position DESC))[1]
FROM (
    SELECT l.position, l.digest,
        e.id IS NULL OR l.digest <> audit_digest(
            coalesce(lag(l.digest) OVER (ORDER BY l.position), ''), e
        ) AS wrong
    FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
) chain
"""
