"""The verbs of what needs a second person: nobody alone makes an administrator or a way in."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from allauth.socialaccount.models import SocialApp
from django.db import transaction
from django.utils import timezone

from accounts import registry, scopes
from accounts.deeds import Deed
from accounts.errors import (
    AccountClosed,
    AlreadyProposed,
    MotionEnded,
    NoSecondPersonNeeded,
    NotSecondPerson,
)
from accounts.models import Motion, Person, Role
from accounts.permissions import Permission
from accounts.selectors.motions import obstacle_to
from accounts.services import facts
from accounts.services.assignments import give, refuse_backwards
from accounts.services.ending_motions import end_motion
from accounts.services.guards import (
    an_administrator_stays,
    makes_administrators,
    require_recent_proof,
)
from accounts.services.letting_know import tell_of_change
from audit import services as audit
from opium.constraints import refusing
from opium.permissions import WHOLE_CITY, Actor, may, require

if TYPE_CHECKING:
    from uuid import UUID

VALID = timedelta(days=14)
WAITS = "waits"
"""Whether nobody comes in by a provider yet; set before this was asked, it waits for nobody."""
RIGHTS = {
    Motion.Kind.ADMINISTRATOR: Permission.MANAGE_ROLES,
    Motion.Kind.PROVIDER: Permission.MANAGE_SIGN_IN,
}
"""What the proposer has to hold still when a second person confirms."""


@transaction.atomic
def propose_administrator(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Motion:
    """Propose that the person assigns roles in the whole city; a second person decides.

    Raises `NoSecondPersonNeeded` for another role, `AlreadyProposed`, `AccountClosed`,
    `AssignmentDates`, `ProofNeeded`.
    """
    require(actor, Permission.MANAGE_ROLES, WHOLE_CITY)
    require_recent_proof(actor)
    if not makes_administrators(role, (scopes.CITY, None)):
        raise NoSecondPersonNeeded(role=role)
    if not person.is_active:
        raise AccountClosed(person=person)
    refuse_backwards(valid_from, valid_to)
    motion = Motion(
        kind=Motion.Kind.ADMINISTRATOR,
        person=person,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    propose(actor, motion)
    audit.record(
        actor=actor,
        deed=Deed.PROPOSE_ADMINISTRATOR,
        right=Permission.MANAGE_ROLES,
        target=motion,
        after=_facts(motion),
    )
    return motion


def propose(proposer: Actor, motion: Motion) -> None:
    """Let the motion wait for a second person; part of the deed that makes it.

    Raises `AlreadyProposed`.
    """
    due = Motion.objects.filter(ended_at=None, expires_at__lte=timezone.now())
    for one in due:
        end_motion(one, Motion.Outcome.LAPSED)
    motion.proposer_id = cast("UUID", proposer.pk)  # the system needs no second person
    motion.expires_at = timezone.now() + VALID
    with refusing(one_open_motion_for_the_same=AlreadyProposed(title=motion.title)):
        motion.save()
    registry.tell_motion(motion)


@transaction.atomic
def confirm_motion(*, actor: Actor, motion: Motion) -> Motion:
    """Let it count, as the second person who assigns roles in the whole city.

    Where the proposer may not do that any more it comes back void, and nothing counts. Raises
    `MotionEnded`, `NotSecondPerson`, `ProofNeeded`, and `LastAdministrator` where the days of the
    motion would take the city its last one.
    """
    require(actor, Permission.MANAGE_ROLES, WHOLE_CITY)
    require_recent_proof(actor)
    motion = _open(actor, motion)
    if not _still_counts(motion):
        return end_motion(motion, Motion.Outcome.VOID)
    if motion.kind == Motion.Kind.PROVIDER:
        provider = SocialApp.objects.select_for_update().get(provider_id=motion.provider_code)
        provider.settings[WAITS] = False
        provider.save()
    elif motion.person is not None and motion.role is not None:
        days = motion.valid_from, motion.valid_to
        with an_administrator_stays():
            give(motion.person, motion.role, (scopes.CITY, None), *days)
        tell_of_change(motion.person, f"nadano rolę „{motion.role}” w całym mieście")
    end_motion(motion, Motion.Outcome.CONFIRMED, actor)
    audit.record(
        actor=actor,
        deed=Deed.CONFIRM_MOTION,
        right=Permission.MANAGE_ROLES,
        target=motion,
        after=_facts(motion),
    )
    return motion


@transaction.atomic
def refuse_motion(*, actor: Actor, motion: Motion) -> Motion:
    """Let nothing come of it, as the second person. Raises `MotionEnded`, `NotSecondPerson`."""
    require(actor, Permission.MANAGE_ROLES, WHOLE_CITY)
    motion = _open(actor, motion)
    end_motion(motion, Motion.Outcome.REFUSED, actor)
    audit.record(
        actor=actor,
        deed=Deed.REFUSE_MOTION,
        right=Permission.MANAGE_ROLES,
        target=motion,
        after=_facts(motion),
    )
    return motion


@transaction.atomic
def withdraw_motion(*, actor: Actor, motion: Motion) -> Motion:
    """Propose it no longer, for whoever has proposed it. Raises `MotionEnded`."""
    right = RIGHTS[Motion.Kind(motion.kind)]
    require(actor, right, WHOLE_CITY)
    motion = _locked(motion)
    if motion.proposer_id != actor.pk:
        raise NotSecondPerson(reason="Wycofać może tylko osoba, która to zaproponowała.")
    end_motion(motion, Motion.Outcome.WITHDRAWN)
    audit.record(
        actor=actor, deed=Deed.WITHDRAW_MOTION, right=right, target=motion, after=_facts(motion)
    )
    return motion


def _open(actor: Actor, motion: Motion) -> Motion:
    motion = _locked(motion)
    if reason := obstacle_to(actor, motion):
        raise NotSecondPerson(reason=reason)
    return motion


def _locked(motion: Motion) -> Motion:
    waiting = Motion.objects.open_now().select_for_update(of=("self",))
    found = waiting.select_related("proposer", "person", "role").filter(pk=motion.pk).first()
    if found is None:
        raise MotionEnded
    return found


def _still_counts(motion: Motion) -> bool:
    if not may(motion.proposer, RIGHTS[Motion.Kind(motion.kind)], WHOLE_CITY):
        return False
    if motion.kind == Motion.Kind.PROVIDER:
        return bool(SocialApp.objects.filter(provider_id=motion.provider_code).exists())
    return bool(motion.role and motion.person and motion.person.is_active)


def _facts(motion: Motion) -> dict[str, object]:
    return {
        "title": motion.title,
        **facts.of_person("proposed_by", motion.proposer),
        **(facts.of_person("person", motion.person) if motion.person else {}),
        **(facts.of_role(motion.role) if motion.role else {}),
        "outcome": motion.outcome or None,
    }
