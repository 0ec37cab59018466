"""Questions about what a person was told."""

from django.db.models import QuerySet

from notifications.models import Notification
from opium.permissions import Actor


def notifications_of(actor: Actor) -> QuerySet[Notification]:
    """What the actor was told, newest first."""
    return Notification.objects.filter(person=actor.pk).order_by("-created_at", "-pk")


def unread_count(actor: Actor) -> int:
    return Notification.objects.filter(person=actor.pk, read_at=None).count()
