"""After a decision is published: each application's case goes on to it, by itself."""

from decimal import Decimal

from django.db import transaction

from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.errors import AwardNotStuck
from modules.applications.models import Award
from modules.applications.permissions import Permission
from modules.applications.services import holding
from opium.errors import DomainError
from opium.permissions import SYSTEM, Actor, require
from opium.polish import format_date, format_money
from outbox.services import after_commit
from procedures.services import steps

State = Award.State


@transaction.atomic
def carry_award(*, actor: Actor, award: Award) -> Award:
    """Press in the case what was decided, with the number and day; safe to run twice.

    Where the case cannot go on the award says why, and waits for whoever puts it right.
    """
    require(actor, Permission.DIVIDE_MONEY, award.recommendation.call)
    whole = Award.objects.select_related("recommendation__call", "application__case")
    award = whole.select_for_update(of=("self",)).get(pk=award.pk)
    made = award.recommendation
    if award.state == State.CARRIED or made.state != made.State.AWARDED or not made.decided_on:
        return award
    decided = steps.Decided(
        number=made.decision,
        day=made.decided_on,
        shares={code: Decimal(amount) for code, amount in award.shares},
        reason=_reason(award),
    )
    try:
        with transaction.atomic():
            steps.carry_decision(actor=SYSTEM, case=award.application.case, decided=decided)
    except DomainError as refusal:
        award.state, award.sentence = State.STUCK, str(refusal)[:1000]
    else:
        award.state, award.sentence = State.CARRIED, ""
    award.save(update_fields=["state", "sentence", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.CARRY_AWARD,
        right=Permission.DIVIDE_MONEY,
        target=award,
        after={"state": str(award.state), "amount": str(award.amount)},
    )
    return award


@transaction.atomic
def retry_award(*, actor: Actor, award: Award) -> Award:
    """Let the case of a stuck award try once more, in the background.

    Raises `AwardNotStuck`, `RankingUnseen` for whoever is excluded from an application of the
    division.
    """
    require(actor, Permission.DIVIDE_MONEY, award.recommendation.call)
    holding.refuse_unseen(actor, award.recommendation)
    award = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    if award.state != State.STUCK:
        raise AwardNotStuck
    award.state, award.sentence = State.WAITING, ""
    award.save(update_fields=["state", "sentence", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.RETRY_AWARD,
        right=Permission.DIVIDE_MONEY,
        target=award,
        after={"state": str(award.state)},
    )
    after_commit("applications.carry_award", str(award.pk))
    return award


def note_stuck(*, award_id: str, sentence: str) -> str:
    """Mark an award whose case the background gave up, with the sentence why; its name."""
    waiting = Award.objects.filter(pk=award_id, state=State.WAITING)
    waiting.update(state=State.STUCK, sentence=sentence[:1000])
    found = Award.objects.select_related("application__case").filter(pk=award_id).first()
    return str(found) if found is not None else ""


def _reason(award: Award) -> str:
    """What the case is told: the reason of the change, else the place and the decision."""
    made = award.recommendation
    day = format_date(made.decided_on) if made.decided_on else ""
    source = f"Zarządzenie {made.decision} z {day}"
    if award.reason:
        return f"{source}: {award.reason}"
    if award.amount:
        return f"{source}: przyznano {format_money(award.amount)}."
    place = f"{award.place}. miejsce na liście, p" if award.place else "P"
    return f"{source}: {place}rzyznane środki nie objęły tego wniosku."
