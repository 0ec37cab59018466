"""Throwing away what proves nothing any more: old links, sessions, counts of tries, answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.deeds import Deed
from accounts.models import Attempts, Joining, Link, Motion, Session
from accounts.permissions import Permission
from accounts.services.ending_joinings import lapse_joinings
from accounts.services.ending_motions import lapse_motions
from api.models import FirstAnswer
from audit import services as audit
from opium import registry
from opium.isolation import SomeFailed, together
from opium.permissions import WHOLE_CITY, Actor, require

if TYPE_CHECKING:
    from django.db.models import Model

AT_ONCE = 1_000


def purge_expired(*, actor: Actor) -> dict[str, int]:
    """Delete what ended more than `KEEP_DAYS` ago; how much of each. Safe to run twice.

    Links that were used, replaced or ran out, requests to join and what waited for a second person
    (those whose day has passed end first), sessions that ran out, tries that lock nobody now, and
    first answers that nobody asks for again. The log keeps what was done with them; it tells
    of this only where something went. A row that cannot go keeps no other: raises `SomeFailed`
    once the rest has gone.
    """
    require(actor, Permission.MANAGE_PEOPLE, WHOLE_CITY)
    links, sessions = _before("links"), _before("sessions")
    no_lock = Q(locked_until=None) | Q(locked_until__lt=timezone.now())
    lapse_joinings()
    lapse_motions()
    gone: dict[str, QuerySet[Any]] = {
        "links": Link.objects.filter(Q(ended_at__lt=links) | Q(expires_at__lt=links)),
        "joinings": Joining.objects.filter(ended_at__lt=links),
        "motions": Motion.objects.filter(ended_at__lt=links),
        "sessions": Session.objects.filter(expire_date__lt=sessions),
        "attempts": Attempts.objects.filter(no_lock, since__lt=_before("attempts")),
        "answers": FirstAnswer.objects.ended(),
    }
    counts = dict.fromkeys(gone, 0)
    kept: list[SomeFailed] = []
    for name, rows in gone.items():

        def purge(keys: Sequence[Any], name: str = name, rows: QuerySet[Any] = rows) -> None:
            counts[name] += rows.filter(pk__in=keys).delete()[0]

        try:
            together(list(rows.values_list("pk", flat=True)), purge, at_once=AT_ONCE)
        except SomeFailed as some:
            kept.append(some)
    _tell_log(actor, counts)
    if kept:
        raise kept[0]
    return counts


@transaction.atomic
def _tell_log(actor: Actor, counts: dict[str, int]) -> None:
    if any(counts.values()):
        audit.record(
            actor=actor,
            deed=Deed.PURGE_EXPIRED,
            right=Permission.MANAGE_PEOPLE,
            target=cast("Model", registry.current_city()),
            after={f"purged_{name}": count for name, count in counts.items()},
        )


def _before(kept: str) -> datetime:
    return timezone.now() - timedelta(days=settings.KEEP_DAYS[kept])
