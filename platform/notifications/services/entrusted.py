"""Verbs that ask for no right: whoever calls has asked for that to the deed of which they are part.

Only the rooms named in the contract „Entrusted” of `pyproject.toml` reach them.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from notifications.models import Email, Notification
from notifications.services import letters
from opium.permissions import Actor


@transaction.atomic
def take_away(*, urls: Collection[str]) -> None:
    """What lies there is gone: no bell and no digest names it, and no letter leaves any more."""
    gone = Notification.objects.filter(url__in=urls)
    told = gone.values_list("kind", "subject_id", "person")
    unsent = Email.objects.exclude(state__in=[Email.State.SENT, Email.State.REFUSED])
    unsent.filter(key__in=[letters.key_of(*one) for one in told]).delete()
    gone.delete()


@transaction.atomic
def mark_read_at(*, actor: Actor, url: str) -> None:
    """Whoever has been to the place has read the notices that lead there."""
    Notification.objects.filter(person=actor.pk, url=url, read_at=None).update(
        read_at=timezone.now()
    )
