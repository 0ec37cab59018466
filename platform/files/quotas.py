"""How many bytes may be kept of a person, of everybody in a unit, and of the whole city.

Counted from the rows each time: what is on its way counts as declared, what was refused does not.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, Sum
from django.utils import timezone

from files import registry
from files.errors import QuotaSpent
from files.models import File
from opium.polish import format_size


@dataclass(frozen=True, slots=True)
class _Share:
    whose: str
    limit: int
    counted: Q


def check_room(person: UUID, *, name: str, size: int) -> None:
    """Raise `QuotaSpent` where a file of so many bytes has no room; to be called in a transaction.

    Uploads of one city begin one after another until then, so that two do not take the same room.
    """
    shares = list(_shares(person))
    if not shares:
        return
    _wait_for_others()
    for share, used in zip(shares, _used(shares), strict=True):
        if used + size > share.limit:
            raise QuotaSpent(
                name=name,
                size=format_size(size),
                whose=share.whose,
                used=format_size(used),
                limit=format_size(share.limit),
            )


def _shares(person: UUID) -> Iterator[_Share]:
    """Those that are limited; a limit of 0 is none."""
    limits: dict[str, int] = settings.QUOTAS
    if limits["person"]:
        yield _Share("przesłane przez Ciebie", limits["person"], Q(uploaded_by=person))
    if limits["unit"]:
        for place, people in _places(person):
            whose = f"przesłane przez osoby z jednostki „{place}”"
            yield _Share(whose, limits["unit"], Q(uploaded_by__in=people))
    if limits["city"]:
        yield _Share("całego miasta", limits["city"], Q())


def _places(person: UUID) -> Iterator[tuple[str, Collection[UUID]]]:
    for places_of in registry.PLACES.values():
        yield from places_of(person)


def _used(shares: Collection[_Share]) -> list[int]:
    """Bytes of each share, in one query."""
    expired = Q(state=File.State.WAITING, expires_at__lt=timezone.now())
    kept = File.objects.exclude(state=File.State.REFUSED).exclude(expired)
    sums = {
        f"share_{place}": Sum("size", filter=share.counted) if share.counted else Sum("size")
        for place, share in enumerate(shares)
    }
    found = kept.aggregate(**sums)
    return [found[name] or 0 for name in sums]


def _wait_for_others() -> None:
    schema: str = connection.schema_name  # type: ignore[attr-defined]  # set by django-tenants
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{schema}: room for files"])
