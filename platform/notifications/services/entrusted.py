"""Verbs that ask for no right: whoever calls has asked for that to the deed of which they are part.

Only the rooms named in the contract „Entrusted” of `pyproject.toml` reach them.
"""

from django.db import transaction
from django.utils import timezone

from notifications.models import Notification
from opium.permissions import Actor


@transaction.atomic
def mark_read_at(*, actor: Actor, url: str) -> None:
    """Whoever has been to the place has read the notices that lead there."""
    Notification.objects.filter(person=actor.pk, url=url, read_at=None).update(
        read_at=timezone.now()
    )
