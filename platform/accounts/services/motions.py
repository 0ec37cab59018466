"""The verbs of what needs a second person: nobody alone makes an administrator or a way in.

Nor does anybody alone let somebody back in who has more rights.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from allauth.socialaccount.models import SocialApp
from django.db import transaction
from django.utils import timezone

from accounts import registry, scopes
from accounts.deeds import Deed
from accounts.errors import (
    AccountClosed,
    AddressMissing,
    AlreadyProposed,
    DaysOver,
    MotionEnded,
    NoRecoveryNeeded,
    NoSecondPersonNeeded,
    NotSecondPerson,
)
from accounts.models import RECOVERIES, Motion, Person, Role
from accounts.permissions import (
    Permission,
    makes_administrators,
    may_manage,
    proposes_recovery,
    recovery_is_beyond,
    require_any,
)
from accounts.selectors.motions import SEEING, factors_of, is_outdated, obstacle_to
from accounts.services import facts
from accounts.services.assignments import give, refuse_backwards
from accounts.services.ending_motions import end_motion
from accounts.services.factors import take_factors
from accounts.services.guards import (
    an_administrator_stays,
    require_in_person,
    require_recent_proof,
)
from accounts.services.invitations import send_way_in
from accounts.services.letting_know import tell_of_change
from accounts.services.passwords import send_to_new_address
from audit import services as audit
from opium.constraints import refusing
from opium.errors import FieldError
from opium.permissions import WHOLE_CITY, Actor, MissingPermission, may, require

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

    Raises `NoSecondPersonNeeded` for another role, `AlreadyProposed`, `AssignmentDates`,
    `ProofNeeded`, `NotInPlaceOf`, and at once what a confirmation would raise: `AccountClosed`,
    `DaysOver`, `LastAdministrator`.
    """
    require(actor, Permission.MANAGE_ROLES, WHOLE_CITY)
    require_recent_proof(actor)
    if not makes_administrators(role, (scopes.CITY, None)):
        raise NoSecondPersonNeeded(role=role)
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


@transaction.atomic
def propose_recovery(
    *, actor: Actor, person: Person, kind: Motion.Kind, address: str = ""
) -> Motion:
    """Ask a second person to let somebody back in who has more rights than the actor.

    Their factors are taken away, a new address is asked to confirm, or a link to a new password
    goes to the address that they have. Nothing counts before; the person hears of it at the address
    of today and at the new one. Raises `NoRecoveryNeeded` where the actor may do it alone,
    `AddressMissing`, `AlreadyProposed`, `ProofNeeded`, `NotInPlaceOf`, and at once what a
    confirmation would raise: `AccountClosed`, `EmailTaken`.
    """
    right = proposes_recovery(actor, person)
    if right is None or kind not in RECOVERIES:
        raise MissingPermission(Permission.MANAGE_PEOPLE, person)
    require_recent_proof(actor)
    if not _needs_second(actor, person, kind):
        raise NoRecoveryNeeded(person=person)
    if kind == Motion.Kind.ADDRESS and not address:
        raise AddressMissing(errors=[FieldError("address", AddressMissing.message)])
    motion = Motion(
        kind=kind, person=person, address=address if kind == Motion.Kind.ADDRESS else ""
    )
    propose(actor, motion)
    _tell_both(motion, f"{actor.display_name} prosi drugą osobę o zgodę")
    audit.record(
        actor=actor,
        deed=Deed.PROPOSE_RECOVERY,
        right=right,
        target=person,
        after=_facts(motion),
    )
    return motion


def propose(proposer: Actor, motion: Motion) -> None:
    """Let the motion wait for a second person; part of the deed that makes it.

    It is tried first, so none waits that could only fail. Raises what confirming it now would,
    `AlreadyProposed` and `NotInPlaceOf`.
    """
    require_in_person(proposer)
    if motion.person is not None:
        motion.known_address = motion.person.email
        motion.known_factors = factors_of(motion.person)
    _try(motion)
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

    Where the proposer may not do that any more, or the person's address or factors are no more
    those of the proposal, it comes back void, and nothing counts. Raises `MotionEnded`,
    `NotSecondPerson`, `ProofNeeded`, `NotByKey`, `NotInPlaceOf`, `EmailTaken`, and
    `LastAdministrator` where the days of the motion would take the city its last one.
    """
    require(actor, Permission.MANAGE_ROLES, WHOLE_CITY)
    require_in_person(actor)
    require_recent_proof(actor)
    with an_administrator_stays():
        motion = _open(actor, motion)
        if not _still_counts(motion):
            return end_motion(motion, Motion.Outcome.VOID)
        _let_count(motion)
    end_motion(motion, Motion.Outcome.CONFIRMED, actor)
    audit.record(
        actor=actor,
        deed=Deed.CONFIRM_MOTION,
        right=Permission.MANAGE_ROLES,
        target=_target(motion),
        after=_facts(motion),
    )
    return motion


@transaction.atomic
def refuse_motion(*, actor: Actor, motion: Motion) -> Motion:
    """Let nothing come of it, as the second person.

    Raises `MotionEnded`, `NotSecondPerson`, `NotByKey`, `NotInPlaceOf`.
    """
    require(actor, Permission.MANAGE_ROLES, WHOLE_CITY)
    require_in_person(actor)
    motion = _open(actor, motion)
    end_motion(motion, Motion.Outcome.REFUSED, actor)
    if motion.kind in RECOVERIES:
        _tell_both(motion, "druga osoba odmówiła")
    audit.record(
        actor=actor,
        deed=Deed.REFUSE_MOTION,
        right=Permission.MANAGE_ROLES,
        target=_target(motion),
        after=_facts(motion),
    )
    return motion


@transaction.atomic
def withdraw_motion(*, actor: Actor, motion: Motion) -> Motion:
    """Propose it no longer, for whoever has proposed it. Raises `MotionEnded`."""
    right = require_any(actor, SEEING)
    require_in_person(actor)
    motion = _locked(motion)
    if motion.proposer_id != actor.pk:
        raise NotSecondPerson(reason="Wycofać może tylko osoba, która to zaproponowała.")
    end_motion(motion, Motion.Outcome.WITHDRAWN)
    audit.record(
        actor=actor,
        deed=Deed.WITHDRAW_MOTION,
        right=right,
        target=_target(motion),
        after=_facts(motion),
    )
    return motion


def _open(actor: Actor, motion: Motion) -> Motion:
    """The motion, locked, for a second person by the rights of this moment, not of the request's.

    Roles that are taken away meanwhile wait for the lock, or this for theirs.
    """
    motion = _locked(motion)
    now = actor if actor.pk is None else Person.objects.get(pk=actor.pk)
    if reason := obstacle_to(now, motion):
        raise NotSecondPerson(reason=reason)
    return motion


def _locked(motion: Motion) -> Motion:
    """The motion while it waits, once nobody changes the address of the person it is about.

    The person is locked first, as by each deed that changes one and ends what is outdated by it.
    """
    if motion.person_id is not None:
        Person.objects.select_for_update().filter(pk=motion.person_id).first()
    waiting = Motion.objects.open_now().select_for_update(of=("self",))
    found = waiting.select_related("proposer", "person", "role").filter(pk=motion.pk).first()
    if found is None:
        raise MotionEnded
    return found


def _still_counts(motion: Motion) -> bool:
    """Whether the proposer may propose it still, and what it is about is there as it was."""
    if motion.person is not None and not motion.person.is_active:
        return False
    if is_outdated(motion):
        return False
    if motion.kind in RECOVERIES:
        return motion.person is not None and bool(proposes_recovery(motion.proposer, motion.person))
    if not may(motion.proposer, RIGHTS[Motion.Kind(motion.kind)], WHOLE_CITY):
        return False
    if motion.kind == Motion.Kind.PROVIDER:
        return bool(SocialApp.objects.filter(provider_id=motion.provider_code).exists())
    return motion.role is not None and not _is_over(motion)


def _is_over(motion: Motion) -> bool:
    return motion.valid_to is not None and motion.valid_to < timezone.localdate()


def _needs_second(actor: Actor, person: Person, kind: Motion.Kind) -> bool:
    """Whether the actor may not do it alone."""
    if not may_manage(actor, person):
        return True
    return kind != Motion.Kind.PASSWORD and recovery_is_beyond(actor, person) is not None


def _try(motion: Motion) -> None:
    """Raise what confirming it now would, and leave nothing of it."""
    if motion.person is not None and not motion.person.is_active:
        raise AccountClosed(person=motion.person)
    if _is_over(motion):
        raise DaysOver
    with transaction.atomic():
        with an_administrator_stays():
            _let_count(motion)
        transaction.set_rollback(True)


def _let_count(motion: Motion) -> None:
    """Do what was proposed."""
    person = motion.person
    match motion.kind:
        case Motion.Kind.PROVIDER:
            provider = SocialApp.objects.select_for_update().get(provider_id=motion.provider_code)
            provider.settings[WAITS] = False
            provider.save()
        case Motion.Kind.FACTORS if person is not None:
            take_factors(person)
        case Motion.Kind.ADDRESS if person is not None:
            send_to_new_address(person, motion.address)
        case Motion.Kind.PASSWORD if person is not None:
            send_way_in(person)
            tell_of_change(
                person, "wysłano odnośnik do nowego hasła, na co zgodziły się dwie osoby"
            )
        case Motion.Kind.ADMINISTRATOR if person is not None and motion.role is not None:
            days = motion.valid_from, motion.valid_to
            give(person, motion.role, (scopes.CITY, None), *days)
            tell_of_change(person, f"nadano rolę „{motion.role}” w całym mieście")


def _tell_both(motion: Motion, what: str) -> None:
    """Write to the person at the address of today, and at the proposed one."""
    if motion.person is not None:
        for address in filter(None, (motion.person.email, motion.address)):
            tell_of_change(motion.person, f"{what} (chodzi o: {motion.title})", address)


def _target(motion: Motion) -> Motion | Person:
    """About whom or what the log tells: a recovery is found with the person."""
    if motion.kind in RECOVERIES and motion.person is not None:
        return motion.person
    return motion


def _facts(motion: Motion) -> dict[str, object]:
    return {
        "title": motion.title,
        **facts.of_person("proposed_by", motion.proposer),
        **(facts.of_person("person", motion.person) if motion.person else {}),
        **(facts.of_role(motion.role) if motion.role else {}),
        **({"address": motion.address} if motion.address else {}),
        "outcome": motion.outcome or None,
    }
