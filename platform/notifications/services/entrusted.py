"""Verbs that ask for no right: whoever calls has asked for that to the deed of which they are part.

Only the rooms named in the contract „Entrusted” of `pyproject.toml` reach them.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from notifications.models import Notification
from opium.permissions import Actor


@transaction.atomic
def take_away(*, urls: Collection[str]) -> None:
    """What lies there is gone: no bell and no digest names it any more."""
    Notification.objects.filter(url__in=urls).delete()


@transaction.atomic
def mark_read_at(*, actor: Actor, url: str) -> None:
    """Whoever has been to the place has read the notices that lead there."""
    Notification.objects.filter(person=actor.pk, url=url, read_at=None).update(
        read_at=timezone.now()
    )
