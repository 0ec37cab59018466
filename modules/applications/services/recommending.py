"""A scenario before whoever decides: its money is reserved, or given back; all of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from budget import services as budget
from modules.applications.deeds import Deed
from modules.applications.errors import (
    NobodyOverLine,
    RankingUnseen,
    RecommendationStands,
    TieAtLine,
    TotalTooLarge,
)
from modules.applications.models import Call, Recommendation, Scenario, ScenarioEdition
from modules.applications.models.rules import Rules
from modules.applications.models.scenarios import STANDING
from modules.applications.permissions import Permission
from modules.applications.selectors import played, ranked_cases, rules_in_force
from modules.applications.services import holding
from modules.applications.services.approving import ask_approval, end_running
from modules.applications.services.holding import MOST, State
from modules.applications.services.scenarios import locked_scenario
from opium.constraints import refusing
from opium.permissions import SYSTEM, Actor, require
from opium.polish import format_money
from ranking import Outcome, Row


@transaction.atomic
def recommend_scenario(*, actor: Actor, scenario: Scenario) -> Recommendation:
    """Put the scenario's newest edition before whoever decides, and keep its money for it.

    Each application over the line gets a reservation for each pot, all in one transaction: where
    one is refused, nothing is reserved. Where the call names functions that approve it, the first
    of them is asked. Raises `TrialCall`, `ScenarioDiscarded`, `TieAtLine`,
    `RecommendationStands`, `NobodyOverLine`, `TotalTooLarge`, `RankingUnseen` where the actor does
    not see the whole ranking, what playing the scenario raises, `ApplicationsFellOut`,
    `HeldOtherwise` where a case was granted something already, `ApproversUnprepared`, and the
    budget's refusals.
    """
    require(actor, Permission.DIVIDE_MONEY, scenario.call)
    call = Call.objects.select_for_update().get(pk=scenario.call_id)
    holding.refuse_trial(call)
    scenario = locked_scenario(scenario)
    edition = ScenarioEdition.objects.filter(scenario=scenario).latest("number")
    if ranked_cases(actor, call).count() != ranked_cases(SYSTEM, call).count():
        raise RankingUnseen
    if Recommendation.objects.filter(STANDING, call=call).exists():
        raise RecommendationStands
    found = played(actor, call, edition.rules, edition.changes)
    if found.outcome.undecided:
        tied = ", ".join(str(found.titles[key]) for key in found.outcome.undecided[:5])
        raise TieAtLine(tied=tied)
    made = _made(actor, call, edition, found.outcome, rules_in_force(call))
    holding.check(actor, made, dict.fromkeys(holding.cases_of(made), holding.NOTHING))
    for subject, shares in holding.bookings(made, holding.of_rows(made)):
        budget.reserve(
            actor=SYSTEM,
            subject=subject,
            shares=shares,
            key=f"recommendation/{made.pk}",
            reason=f"Rekomendacja: {scenario.name}",
            made_by=actor,
        )
    if made.approvers:
        ask_approval(actor, made)
    holding.told(actor, Deed.RECOMMEND_SCENARIO, made, {"scenario": scenario.name})
    return made


def _made(
    actor: Actor, call: Call, edition: ScenarioEdition, outcome: Outcome, rules: Rules
) -> Recommendation:
    if not any(row.is_over for row in outcome.rows):
        raise NobodyOverLine
    if (total := outcome.given) > MOST:
        raise TotalTooLarge(total=format_money(total), most=format_money(MOST))
    with refusing(one_standing_recommendation_of_a_call=RecommendationStands()):
        return Recommendation.objects.create(
            call=call,
            edition=edition,
            rows=[_written(row) for row in outcome.rows],
            total=total,
            approvers=list(rules.approvers),
            made_at=timezone.now(),
            made_by_id=actor.pk,
        )


def _written(row: Row) -> dict[str, Any]:
    return {
        "case": row.key,
        "place": row.place,
        "is_over": row.is_over,
        "asked": None if row.asked is None else str(row.asked),
        "amount": str(row.amount),
        "shares": [[code, str(amount)] for code, amount in row.shares],
    }


@transaction.atomic
def send_back_recommendation(
    *, actor: Actor, recommendation: Recommendation, reason: str
) -> Recommendation:
    """Take it back down: what is still reserved by it is given back to the pots.

    A decision that was prepared of it and not published falls with it, and so does an approval
    that runs. Raises `RecommendationEnded`, `RankingUnseen` for whoever is excluded from an
    application of it, and the budget's refusals.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    holding.refuse_unseen(actor, recommendation)
    if end_running(actor, recommendation, reason.strip()):
        standing = holding.standing(recommendation, {State.SENT_BACK})
    else:
        standing = holding.standing(recommendation, holding.UNPUBLISHED)
        standing.state, standing.ended_at = State.SENT_BACK, timezone.now()
        standing.reason, standing.publish_at = reason.strip(), None
        standing.save()
        holding.give_back_all(actor, standing, standing.reason)
    holding.told(actor, Deed.SEND_BACK_RECOMMENDATION, standing, {"reason": standing.reason})
    return standing
