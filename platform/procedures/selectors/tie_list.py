"""What somebody has declared of themselves; nobody else reads it."""

from django.db.models import QuerySet

from opium.permissions import Actor, require
from procedures.models import Tie
from procedures.permissions import Permission


def ties_of(actor: Actor) -> QuerySet[Tie]:
    """The actor's own that hold, by name; one query."""
    require(actor, Permission.DECLARE_TIES)
    return Tie.objects.filter(person=actor.pk, ended_at=None).order_by("name", "pk")
