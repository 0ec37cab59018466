"""Saying whose each application is to score, besides the committee's rule."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.errors import NotLeading
from modules.applications.models import Call
from modules.applications.permissions import Permission
from opium.permissions import Actor, may, require
from procedures.permissions import Permission as Procedures
from procedures.selectors import case_list
from procedures.selectors.panels import leads
from procedures.services.entrusted import allotting

if TYPE_CHECKING:
    from procedures.models import Panel


@transaction.atomic
def allot_application(*, actor: Actor, committee: "Panel", case_id: UUID, person_id: UUID) -> None:
    """Let the member score the application too, at once.

    Raises `NotLeading`, `NotFound` for what the actor does not see, and the refusals of
    `procedures.services.entrusted.allotting.give`.
    """
    right = _require_leading(actor, committee)
    case = case_list.case_worked_by(actor, case_id)
    referral = allotting.referral_of(case.pk, committee.pk)
    made = allotting.give(referral, person_id, actor.pk)
    audit.record(
        actor=actor,
        deed=Deed.ALLOT_APPLICATION,
        right=right,
        target=case,
        after={"committee": committee.name, "person": str(made.person)},
    )


@transaction.atomic
def withdraw_allotment(
    *, actor: Actor, committee: "Panel", case_id: UUID, person_id: UUID, reason: str
) -> None:
    """Take the application from the member, before they have scored it; no rule gives it back.

    Raises `NotLeading`, `NotFound`, and the refusals of
    `procedures.services.entrusted.allotting.take`.
    """
    right = _require_leading(actor, committee)
    case = case_list.case_worked_by(actor, case_id)
    referral = allotting.referral_of(case.pk, committee.pk)
    ended = allotting.take(referral, person_id, reason.strip())
    audit.record(
        actor=actor,
        deed=Deed.WITHDRAW_ALLOTMENT,
        right=right,
        target=case,
        before={"committee": committee.name, "person": str(ended.person)},
        after={"reason": ended.reason},
    )


@transaction.atomic
def even_committee(*, actor: Actor, committee: "Panel") -> int:
    """Move what nobody has begun to score from who has many to who has few; how many moved.

    Raises `NotLeading`.
    """
    right = _require_leading(actor, committee)
    moved = allotting.even(committee, actor.pk)
    audit.record(
        actor=actor,
        deed=Deed.EVEN_COMMITTEE,
        right=right,
        target=Call.objects.get(pk=committee.owner_id),
        after={"committee": committee.name, "moved": moved},
    )
    return moved


def _require_leading(actor: Actor, committee: "Panel") -> Permission | Procedures:
    """The right by which the actor says who scores: they run the call, or lead the committee.

    Raises `MissingPermission`, `NotLeading`.
    """
    call = Call.objects.get(pk=committee.owner_id)
    if may(actor, Permission.MANAGE_CALLS, call):
        return Permission.MANAGE_CALLS
    require(actor, Procedures.ACT_IN_CASE, call)
    if not leads(actor.pk, committee):
        raise NotLeading(name=committee.name)
    return Procedures.ACT_IN_CASE
