"""Writing down what was done, refused, looked at and taken away."""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from audit.models import Entry, Outcome
from opium.deeds import Deed
from opium.permissions import Actor, Permission

origin: ContextVar[str | None] = ContextVar("origin", default=None)
"""The network address that the current request came from; None in tasks and commands."""

VIEW_COUNTS_ONCE_IN = timedelta(hours=1)
TYPING_COUNTS_ONCE_IN = timedelta(hours=1)


def record(
    *,
    actor: Actor,
    deed: Deed,
    right: Permission | None,
    target: models.Model,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    in_place_of: Actor | None = None,
) -> Entry:
    """Write the deed down in the transaction that does it; without one there is no entry.

    `deed` is the calling service's own, `right` what let the actor do it (None where it is
    nobody's). `before` and `after` hold the changed fields only. `in_place_of` is whom a
    substitute acts for; an actor who carries one (a stand-in of accounts) need not be told twice.
    """
    return _written(
        actor,
        deed,
        right,
        in_place_of=in_place_of,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:300],
        before=_plain(before),
        after=_plain(after),
    )


def record_export(
    *,
    actor: Actor,
    deed: Deed,
    right: Permission | None,
    model: type[models.Model] | models.Model,
    query: Mapping[str, object],
    rows: int,
) -> Entry:
    """Write down that somebody took a list away as a file: of what, how it was narrowed, how long.

    `model` is whose rows they are, or the one record whose list it is. The caller has asked for
    `right`, by which the actor sees the list.
    """
    whose = model if isinstance(model, models.Model) else None
    return _written(
        actor,
        deed,
        right,
        target_type=model._meta.label_lower,
        target_id=str(whose.pk) if whose else "",
        target_label=str(whose)[:300] if whose else f"lista: {model._meta.verbose_name_plural}",
        after={"export": _plain(query), "rows": rows},
    )


def record_refusal(
    *,
    actor: Actor | None,
    right: Permission | None,
    target: object | None,
    sentence: str,
    deed: Deed | None = None,
) -> Entry:
    """Write down what somebody was not let to do; to be called after the refused transaction.

    `right` is the one that was missing; `deed` is told where the refusal knows it. A stranger has
    no actor; `sentence` is what they were told.
    """
    known = target if isinstance(target, models.Model) else None
    return Entry.objects.create(
        actor_id=actor.pk if actor else None,
        actor_name=actor.display_name if actor else "",
        outcome=Outcome.REFUSED,
        deed=deed or "",
        right=right or "",
        target_type=known._meta.label_lower if known else "",
        target_id=str(known.pk) if known else "",
        target_label=str(known)[:300] if known else "",
        after={"sentence": sentence},
        origin=origin.get(),
    )


@transaction.atomic
def record_view(
    *,
    actor: Actor,
    deed: Deed,
    right: Permission | None,
    target: models.Model,
    what: str | None = None,
) -> None:
    """Write down that somebody looked at a record with personal data, at most once an hour.

    `deed` is one of looking, `what` names a part of the record that is seen apart. Two looks at
    the very same moment may both be written (KRI-01 of domain.md 8.1).
    """
    viewed: dict[str, object] = {"viewed": what or True}
    seen = Entry.objects.filter(
        actor_id=actor.pk,
        deed=deed,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        after=viewed,
        at__gt=timezone.now() - VIEW_COUNTS_ONCE_IN,
    )
    if not seen.exists():
        record(actor=actor, deed=deed, right=right, target=target, after=viewed)


def record_typing(
    *, actor: Actor, deed: Deed, right: Permission | None, target: models.Model
) -> None:
    """Write down that somebody changes a record that saves itself, at most once an hour.

    For what a screen calls every few seconds: one statement, whether an entry comes of it or not,
    in the transaction of the deed; without one there is no entry. Two saves at the very same
    moment may both be written.
    """
    _require_transaction()
    entry = _entry(
        actor,
        deed,
        right,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:300],
        after={"typed": True},
    )
    entry.at = timezone.now()
    columns = [one for one in entry._meta.concrete_fields if not one.primary_key]
    values = [one.get_db_prep_save(one.value_from_object(entry), connection) for one in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            _TYPED.format(
                names=", ".join(f'"{one.column}"' for one in columns),
                values=", ".join(f"%s::{one.db_type(connection)}" for one in columns),
            ),
            [*values, entry.target_id, deed, actor.pk, entry.at - TYPING_COUNTS_ONCE_IN],
        )


_TYPED = """
INSERT INTO audit_entry ({names}) SELECT {values} WHERE NOT EXISTS (
    SELECT 1 FROM audit_entry
    WHERE target_id = %s AND deed = %s AND actor_id IS NOT DISTINCT FROM %s AND at > %s
)
"""


def _written(
    actor: Actor,
    deed: Deed,
    right: Permission | None,
    *,
    in_place_of: Actor | None = None,
    **facts: object,
) -> Entry:
    _require_transaction()
    entry = _entry(actor, deed, right, in_place_of=in_place_of, **facts)
    entry.save(force_insert=True)
    return entry


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit.record belongs into the deed's atomic")


def _entry(
    actor: Actor,
    deed: Deed,
    right: Permission | None,
    *,
    in_place_of: Actor | None = None,
    **facts: object,
) -> Entry:
    absent: Actor | None = in_place_of or getattr(actor, "in_place_of", None)
    return Entry(
        actor_id=actor.pk,
        actor_name=actor.display_name,
        in_place_of_id=absent.pk if absent else None,
        in_place_of_name=absent.display_name if absent else "",
        deed=deed,
        right=right or "",
        origin=origin.get(),
        **facts,
    )


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
