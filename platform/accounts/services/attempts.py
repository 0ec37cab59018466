"""How often something may be tried. Counted in the city's database, so by every process alike."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from accounts.errors import Locked, Overdone
from accounts.models import Attempts, Person

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` tries within `window`; then nothing for `lock`."""

    count: int
    window: timedelta = timedelta(minutes=15)
    lock: timedelta = timedelta(minutes=15)


PER_ACCOUNT = Limit(10)
"""Under one e-mail, of one network address or of one known browser."""
FROM_ANYWHERE = Limit(100, timedelta(hours=1))
"""Under one e-mail, however many addresses guess, but for the person's own browsers."""
PER_FACTOR = Limit(5)
PER_ADDRESS = Limit(100)
"""Generous, for a whole school may share one address."""
PER_LETTER = Limit(5, HOUR, HOUR)
"""Letters to one mailbox that one network address may ask for."""

DIGITS = 32
"""Of a digest that a key carries."""
Key = tuple[str, Limit]


def of_sign_in(email: str, address: str | None, device: str | None) -> tuple[Key, ...]:
    """Tries under this e-mail, the narrowest key first.

    A browser that this person has signed in with before (its digest) has a count of its own, which
    no stranger can use up. All others share: those from this network address, all of them
    together, and whatever else that address tries.
    """
    whole = _account(email)
    if device is not None:
        return ((f"{whole}:device:{device[:DIGITS]}", PER_ACCOUNT),)
    here = f"{whole}:{address or '-'}", PER_ACCOUNT
    return here, (whole, FROM_ANYWHERE), of_address(address)


def of_letters(email: str, address: str | None) -> Key:
    return f"letter:{_account(email)}:{address or '-'}", PER_LETTER


def _account(email: str) -> str:
    return f"account:{sha256(email.strip().casefold().encode()).hexdigest()[:32]}"


def of_factor(person: Person, device: str | None) -> Key:
    """Tries of the codes of one person: in a browser of theirs, or in all others together."""
    key = f"factor:{person.pk}"
    return f"{key}:{device[:DIGITS]}" if device else key, PER_FACTOR


def of_address(address: str | None) -> Key:
    return f"address:{address or '-'}", PER_ADDRESS


@transaction.atomic
def take(*keys: Key) -> None:
    """Count one more try under each key before it is judged; raise `Locked` where one is spent.

    Counted first, so that tries at the same moment are no more than tries one after another; the
    last one that counts locks what follows. To be called outside the tried deed's transaction,
    which takes everything back.
    """
    now, limits = timezone.now(), dict(keys)
    rows = _rows(limits, now)
    ends = [row.locked_until for row in rows if row.locked_until is not None]
    if ends:
        left = (max(ends) - now).total_seconds()
        raise Locked(minutes=math.ceil(left / 60), retry_after=math.ceil(left))
    for row in rows:
        row.count += 1
        limit = limits[row.key]
        if row.count >= limit.count:
            row.locked_until = now + limit.lock
    _keep(rows)


def _rows(limits: Mapping[str, Limit], now: datetime) -> list[Attempts]:
    """The keys' counts, locked against others, begun anew where a window or a lock is over.

    Two statements for any number of keys, always in the order of the keys, so that two who count
    the same wait for each other and never both for the other. What somebody has forgotten between
    the two is counted from nothing.
    """
    every = sorted(limits)
    Attempts.objects.bulk_create([Attempts(key=key) for key in every], ignore_conflicts=True)
    locked = Attempts.objects.select_for_update().filter(pk__in=every).order_by("pk")
    found = {row.key: row for row in locked}
    rows = [found.get(key) or Attempts(key=key) for key in every]
    for row in rows:
        ran_out = row.locked_until is not None and row.locked_until <= now
        if ran_out or (row.locked_until is None and row.since < now - limits[row.key].window):
            row.since, row.count, row.locked_until = now, 0, None
    return rows


def _keep(rows: Collection[Attempts]) -> None:
    Attempts.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["since", "count", "locked_until"],
    )


def give_back(*keys: Key) -> None:
    """Take one try back, as it succeeded; the others stay counted. One statement."""
    still_locked = Q()
    for key, limit in keys:
        still_locked |= Q(pk=key, count__gt=limit.count)
    if keys:
        Attempts.objects.filter(pk__in=[key for key, _ in keys], count__gt=0).update(
            count=F("count") - 1,
            locked_until=Case(When(still_locked, then=F("locked_until")), default=None),
        )


def unlock(email: str) -> None:
    """Start counting anew under this e-mail, from everywhere: its mailbox has been proved."""
    Attempts.objects.filter(pk__startswith=_account(email)).delete()


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
