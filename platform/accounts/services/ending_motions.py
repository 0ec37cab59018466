"""How what waits for a second person ends; parts of the deeds that end it."""

from django.db import transaction
from django.utils import timezone

from accounts import registry
from accounts.models import Motion, MotionQuerySet, Person, Role
from accounts.selectors.motions import is_outdated
from accounts.services.evicting import end_factor_loss
from opium.permissions import Actor


def end_motion(motion: Motion, outcome: Motion.Outcome, by: Actor | None = None) -> Motion:
    """Let nobody wait for a decision any more; whoever proposed it is told."""
    motion.ended_at, motion.outcome = timezone.now(), outcome
    motion.decided_by = by if isinstance(by, Person) else None
    motion.save(update_fields=["ended_at", "outcome", "decided_by", "updated_at"])
    registry.tell_motion(motion)
    return motion


def void_motions(motions: MotionQuerySet) -> None:
    """End those that wait, since what they propose cannot count any more."""
    for motion in motions.filter(ended_at=None).select_for_update(of=("self",)):
        end_motion(motion, Motion.Outcome.VOID)


def void_outdated(person: Person) -> None:
    """End what waits about the person's way in and what a changed address or factor has overtaken.

    A report of lost factors was about those of then, and came from the mailbox of then, so any
    such change ends it. Part of the deed, to be called once it has changed.
    """
    end_factor_loss(person)
    waiting = Motion.objects.filter(person=person, ended_at=None).select_related("person")
    for motion in waiting.select_for_update(of=("self",)):
        if is_outdated(motion):
            end_motion(motion, Motion.Outcome.VOID)


def forget_role(role: Role) -> None:
    """Let nobody wait for a role that is being deleted, and keep its name; part of that deed."""
    motions = Motion.objects.filter(role=role)
    void_motions(motions)
    motions.update(role_name=role.name)


@transaction.atomic
def lapse_motions() -> None:
    """End those whose day has passed without a decision; safe to run twice."""
    due = Motion.objects.filter(ended_at=None, expires_at__lte=timezone.now())
    for motion in due.select_for_update(of=("self",)):
        end_motion(motion, Motion.Outcome.LAPSED)
