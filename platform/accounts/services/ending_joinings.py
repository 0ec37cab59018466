"""How a request to join ends; parts of the deeds that end it."""

from django.db import transaction
from django.utils import timezone

from accounts import registry
from accounts.models import Joining, JoiningQuerySet


def end(joining: Joining, outcome: Joining.Outcome) -> Joining:
    """Let nobody wait for an answer any more; both sides are told."""
    joining.ended_at, joining.outcome = timezone.now(), outcome
    joining.save(update_fields=["ended_at", "outcome", "person", "updated_at"])
    registry.tell_joining(joining)
    return joining


def end_each(joinings: JoiningQuerySet, outcome: Joining.Outcome) -> None:
    for joining in joinings.select_for_update(of=("self",)).select_related("asker", "role"):
        end(joining, outcome)


def void_joinings(joinings: JoiningQuerySet) -> None:
    """End those that wait, since what they ask for cannot be given any more."""
    end_each(joinings.filter(ended_at=None), Joining.Outcome.VOID)


@transaction.atomic
def lapse_joinings() -> None:
    """End those whose day has passed without an answer; safe to run twice."""
    due = Joining.objects.filter(ended_at=None, expires_at__lte=timezone.now())
    end_each(due, Joining.Outcome.LAPSED)
