"""How often something may be tried. Counted in the city's database, so by every process alike."""

import math
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from accounts.errors import Locked, Overdone
from accounts.models import Attempts

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` tries within `window`; then nothing for `lock`."""

    count: int
    window: timedelta = timedelta(minutes=15)
    lock: timedelta = timedelta(minutes=15)


PER_ACCOUNT = Limit(10)
PER_FACTOR = Limit(5)
PER_ADDRESS = Limit(100)
"""Generous, for a whole school may share one address."""
PER_LETTER = Limit(5, timedelta(hours=1), timedelta(hours=1))
"""Letters that one address may ask for."""

Key = tuple[str, Limit]


def of_account(email: str) -> Key:
    return f"account:{sha256(email.strip().casefold().encode()).hexdigest()[:40]}", PER_ACCOUNT


def of_address(address: str | None) -> Key:
    return f"address:{address or '-'}", PER_ADDRESS


def refuse_locked(*keys: Key) -> None:
    """Raise `Locked` while any of the keys is locked, whatever it stands for."""
    ends = Attempts.objects.filter(
        pk__in=[key for key, _ in keys], locked_until__gt=timezone.now()
    ).values_list("locked_until", flat=True)
    latest = max(filter(None, ends), default=None)
    if latest is not None:
        left = (latest - timezone.now()).total_seconds()
        raise Locked(minutes=math.ceil(left / 60), retry_after=math.ceil(left))


@transaction.atomic
def count(*keys: Key) -> None:
    """Note one more try under each key, and lock those that have had too many.

    To be called outside the refused deed's transaction, which takes everything back.
    """
    now = timezone.now()
    for key, limit in sorted(keys, key=lambda one: one[0]):
        Attempts.objects.get_or_create(pk=key)
        found = Attempts.objects.select_for_update().get(pk=key)
        if found.since < now - limit.window:
            found.since, found.count = now, 0
        found.count += 1
        if found.count >= limit.count:
            found.since, found.count, found.locked_until = now, 0, now + limit.lock
        found.save()


def spend(key: str, *, hourly: int) -> None:
    """Count one more use under the key; raise `Overdone` above so many within an hour.

    One query while there is room. The hour begins with the first use.
    """
    now = timezone.now()
    over = Q(since__lte=now - HOUR)
    for _ in range(2):
        if Attempts.objects.filter(over | Q(count__lt=hourly), pk=key).update(
            count=Case(When(over, then=Value(1)), default=F("count") + 1),
            since=Case(When(over, then=Value(now)), default=F("since")),
        ):
            return
        Attempts.objects.get_or_create(pk=key)
    left = Attempts.objects.get(pk=key).since + HOUR - now
    raise Overdone(
        limit=hourly,
        minutes=math.ceil(left.total_seconds() / 60),
        retry_after=math.ceil(left.total_seconds()),
    )


def forget(*keys: Key) -> None:
    """Start counting anew, as after a success."""
    Attempts.objects.filter(pk__in=[key for key, _ in keys]).delete()
