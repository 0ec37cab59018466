"""The verbs of the log."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from audit.models import Entry, Outcome
from audit.permissions import Permission as AuditPermission
from opium.permissions import WHOLE_CITY, Actor, Permission, require

origin: ContextVar[str | None] = ContextVar("origin", default=None)
"""The network address that the current request came from; None in tasks and commands."""

VIEW_COUNTS_ONCE_IN = timedelta(hours=1)


def record(
    *,
    actor: Actor,
    verb: Permission,
    target: models.Model,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    in_place_of: Actor | None = None,
) -> Entry:
    """Write the deed down in the transaction that does it; without one there is no entry.

    `before` and `after` hold the changed fields only. `in_place_of` is whom a substitute acts for;
    an actor who carries one (a stand-in of accounts) need not be told twice.
    """
    absent: Actor | None = in_place_of or getattr(actor, "in_place_of", None)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("audit.record belongs into the deed's atomic")
    return Entry.objects.create(
        actor_id=actor.pk,
        actor_name=actor.display_name,
        in_place_of_id=absent.pk if absent else None,
        in_place_of_name=absent.display_name if absent else "",
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:300],
        before=_plain(before),
        after=_plain(after),
        origin=origin.get(),
    )


def record_refusal(
    *, actor: Actor | None, verb: Permission, target: object | None, sentence: str
) -> Entry:
    """Write down what somebody was not let to do; to be called after the refused transaction.

    A stranger has no actor; `sentence` is what they were told.
    """
    known = target if isinstance(target, models.Model) else None
    return Entry.objects.create(
        actor_id=actor.pk if actor else None,
        actor_name=actor.display_name if actor else "",
        outcome=Outcome.REFUSED,
        verb=verb,
        target_type=known._meta.label_lower if known else "",
        target_id=str(known.pk) if known else "",
        target_label=str(known)[:300] if known else "",
        after={"sentence": sentence},
        origin=origin.get(),
    )


@transaction.atomic
def record_view(
    *, actor: Actor, verb: Permission, target: models.Model, what: str | None = None
) -> None:
    """Write down that somebody looked at a record with personal data, at most once an hour.

    `what` names a part of it that is seen apart. Two looks at the very same moment may both be
    written (KRI-01 of domain.md 8.1).
    """
    viewed: dict[str, object] = {"viewed": what or True}
    seen = Entry.objects.filter(
        actor_id=actor.pk,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        after=viewed,
        at__gt=timezone.now() - VIEW_COUNTS_ONCE_IN,
    )
    if not seen.exists():
        record(actor=actor, verb=verb, target=target, after=viewed)


@transaction.atomic
def record_export(*, actor: Actor, query: Mapping[str, object]) -> Entry:
    """Write down that somebody took the log away, and which part of it."""
    require(actor, AuditPermission.VIEW_LOG, WHOLE_CITY)
    return Entry.objects.create(
        actor_id=actor.pk,
        actor_name=actor.display_name,
        verb=AuditPermission.VIEW_LOG,
        target_type=Entry._meta.label_lower,
        target_id="",
        target_label="dziennik zdarzeń",
        after={"export": _plain(query)},
        origin=origin.get(),
    )


def record_table_export(
    *,
    actor: Actor,
    verb: Permission,
    model: type[models.Model],
    query: Mapping[str, object],
    rows: int,
) -> Entry:
    """Write down that somebody took a list away as a file: of what, how it was narrowed, how long.

    The caller has asked for `verb`, by which the actor sees the list.
    """
    return Entry.objects.create(
        actor_id=actor.pk,
        actor_name=actor.display_name,
        verb=verb,
        target_type=model._meta.label_lower,
        target_id="",
        target_label=f"lista: {model._meta.verbose_name_plural}",
        after={"export": _plain(query), "rows": rows},
        origin=origin.get(),
    )


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


def _plain(facts: Mapping[str, object] | None) -> dict[str, object] | None:
    """The facts as PostgreSQL keeps them; a NUL, which JSON there refuses, becomes U+FFFD."""
    if facts is None:
        return None
    encode = DjangoJSONEncoder().default
    return {
        _storable(name): _storable(value)
        if isinstance(value, str)
        else value
        if isinstance(value, int | float | bool | list | None)
        else encode(value)
        for name, value in facts.items()
    }


def _storable(text: str) -> str:
    return text.replace("\x00", "\ufffd")
