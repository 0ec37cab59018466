"""Verbs that ask for no right: whoever calls has asked for that to the deed of which they are part.

Only the rooms named in the contract „Entrusted” of `pyproject.toml` reach them.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from notifications.models import Email, Notification
from notifications.services import digests, letters
from opium.permissions import Actor


@transaction.atomic
def take_away(*, urls: Collection[str]) -> None:
    """What lies there is gone: no bell and no digest names it, and no letter leaves any more."""
    gone = Notification.objects.filter(url__in=urls)
    told = gone.values_list("kind", "subject_id", "person")
    unsent = Email.objects.exclude(state__in=[Email.State.SENT, Email.State.REFUSED])
    unsent.filter(key__in=[letters.key_of(*one) for one in told]).delete()
    digests.take_out(list(gone.order_by("pk")))
    gone.delete()


@transaction.atomic
def forget(*, urls: Collection[str], subjects: Collection[UUID]) -> None:
    """What was only tried out leaves no notice, and no letter, sent or not.

    What lay there, and whatever was told about these subjects.
    """
    told = Notification.objects.filter(Q(url__in=urls) | Q(subject_id__in=subjects))
    keys = [letters.key_of(*one) for one in told.values_list("kind", "subject_id", "person")]
    Email.objects.filter(key__in=keys).delete()
    told.delete()


@transaction.atomic
def mark_read_at(*, actor: Actor, url: str) -> None:
    """Whoever has been to the place has read the notices that lead there."""
    Notification.objects.filter(person=actor.pk, url=url, read_at=None).update(
        read_at=timezone.now()
    )
