"""The decision on a recommendation: prepared unseen, published at one moment."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from modules.applications.deeds import Deed
from modules.applications.errors import NotApproved
from modules.applications.models import Recommendation
from modules.applications.permissions import Permission
from modules.applications.services import holding
from modules.applications.services.awarding import Change, prepare_awards, publish_awards
from modules.applications.services.holding import UNPUBLISHED, State
from opium.errors import DomainError
from opium.permissions import SYSTEM, Actor, require
from outbox.services import plan_at


@transaction.atomic
def decide_recommendation(
    *,
    actor: Actor,
    recommendation: Recommendation,
    decision: str,
    decided_on: date,
    changes: Sequence[Change] = (),
) -> Recommendation:
    """Prepare the decision, as recommended or with `changes`; until it is published nobody is told.

    Again replaces what was prepared, and what was planned for it. Raises `RecommendationEnded`,
    `NotApproved`, `TrialCall`, `RankingUnseen` for whoever is excluded from an application, and
    what `awarding.prepare_awards` raises.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    standing = _decidable(actor, recommendation)
    prepare_awards(actor, standing, decision=decision, decided_on=decided_on, changes=changes)
    more = {"decision": standing.decision, "changed": len(changes)}
    holding.told(actor, Deed.DECIDE_RECOMMENDATION, standing, more)
    return standing


@transaction.atomic
def publish_decision(
    *, actor: Actor, recommendation: Recommendation, at: datetime | None = None
) -> Recommendation:
    """Publish the prepared decision now, or have it published at a later moment.

    At that moment, in one transaction, everybody gets what was decided; only then do the cases go
    on and do people hear. Raises `RecommendationEnded`, `RankingUnseen` for whoever is excluded
    from an application, and what `awarding.publish_awards` raises.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    standing = holding.standing(recommendation, (State.DECIDED,))
    holding.refuse_trial(standing.call)
    holding.refuse_unseen(actor, standing)
    if at is not None and at > timezone.now():
        standing.publish_at, standing.trouble = at, ""
        standing.save(update_fields=["publish_at", "trouble", "updated_at"])
        plan_at(at, "applications.publish_due", str(standing.pk), at.isoformat())
    else:
        publish_awards(actor, standing)
    more = {"decision": standing.decision, "at": at.isoformat() if at is not None else None}
    holding.told(actor, Deed.PUBLISH_DECISION, standing, more)
    return standing


@transaction.atomic
def award_recommendation(
    *, actor: Actor, recommendation: Recommendation, decision: str, decided_on: date
) -> Recommendation:
    """Decide as it was recommended and publish that at once.

    Raises what `decide_recommendation` and `publish_decision` raise; then nobody is granted
    anything.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    standing = _decidable(actor, recommendation)
    prepare_awards(actor, standing, decision=decision, decided_on=decided_on, changes=())
    publish_awards(actor, standing)
    more = {"decision": standing.decision, "decided_on": decided_on.isoformat()}
    holding.told(actor, Deed.AWARD_RECOMMENDATION, standing, more)
    return standing


def publish_due(*, recommendation_id: str | UUID, at: datetime) -> None:
    """Publish what was planned for that moment; nothing where it was planned otherwise since.

    A refusal is kept as a sentence on the recommendation, and nobody gets anything.
    """
    try:
        with transaction.atomic():
            due = Recommendation.objects.select_related("call", "edition__scenario")
            made = due.select_for_update(of=("self",)).get(pk=recommendation_id)
            if made.state == State.DECIDED and made.publish_at == at:
                publish_awards(SYSTEM, made)
    except DomainError as refusal:
        late = Recommendation.objects.filter(pk=recommendation_id, publish_at=at)
        late.update(trouble=str(refusal)[:1000], publish_at=None)


def _decidable(by: Actor, recommendation: Recommendation) -> Recommendation:
    """Raises `RecommendationEnded`, `NotApproved`, `TrialCall`, `RankingUnseen`."""
    standing = holding.standing(recommendation, UNPUBLISHED)
    holding.refuse_trial(standing.call)
    if not standing.can_be_decided:
        raise NotApproved
    holding.refuse_unseen(by, standing)
    return standing
