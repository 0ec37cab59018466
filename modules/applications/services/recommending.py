"""A scenario before whoever decides: its money reserved, then granted, or given back; all of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from budget import selectors as pots
from budget import services as budget
from budget.services import Share, Subject
from modules.applications.deeds import Deed
from modules.applications.errors import (
    NobodyOverLine,
    RankingUnseen,
    RecommendationEnded,
    RecommendationStands,
    TieAtLine,
)
from modules.applications.models import Application, Call, Recommendation, Scenario, ScenarioEdition
from modules.applications.permissions import Permission
from modules.applications.selectors import OWNER, played, ranked_cases
from opium.constraints import refusing
from opium.permissions import SYSTEM, Actor, require
from ranking import Row

State = Recommendation.State


@transaction.atomic
def recommend_scenario(*, actor: Actor, scenario: Scenario) -> Recommendation:
    """Put the scenario's newest edition before whoever decides, and keep its money for it.

    Each application over the line gets a reservation for each pot, all in one transaction: where
    one is refused, nothing is reserved. Raises `RecommendationStands`, `TieAtLine`,
    `NobodyOverLine`, `RankingUnseen` where the actor does not see the whole ranking, what playing
    the scenario raises, and the budget's refusals.
    """
    require(actor, Permission.DIVIDE_MONEY, scenario.call)
    call = Call.objects.select_for_update().get(pk=scenario.call_id)
    edition = ScenarioEdition.objects.filter(scenario=scenario).latest("number")
    if ranked_cases(actor, call).count() != ranked_cases(SYSTEM, call).count():
        raise RankingUnseen
    if Recommendation.objects.filter(call=call).exclude(state=State.SENT_BACK).exists():
        raise RecommendationStands
    found = played(actor, call, edition.rules, edition.changes)
    if found.outcome.undecided:
        tied = ", ".join(str(found.titles[key]) for key in found.outcome.undecided[:5])
        raise TieAtLine(tied=tied)
    over = [row for row in found.outcome.rows if row.is_over]
    if not over:
        raise NobodyOverLine
    with refusing(one_standing_recommendation_of_a_call=RecommendationStands()):
        made = Recommendation.objects.create(
            call=call,
            edition=edition,
            rows=[_written(row) for row in over],
            total=found.outcome.given,
            made_at=timezone.now(),
            made_by_id=actor.pk,
        )
    for subject, shares in _bookings(made):
        budget.reserve(
            actor=SYSTEM,
            subject=subject,
            shares=shares,
            key=f"recommendation/{made.pk}",
            reason=f"Rekomendacja: {scenario.name}",
            made_by=actor,
        )
    _record(actor, Deed.RECOMMEND_SCENARIO, made, {"scenario": scenario.name})
    return made


@transaction.atomic
def award_recommendation(
    *, actor: Actor, recommendation: Recommendation, decision: str, decided_on: date
) -> Recommendation:
    """Grant everybody what was recommended, out of what is reserved, by the decision named.

    Raises `RecommendationEnded`, and the budget's refusals; then nobody is granted anything.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    standing = _standing(recommendation)
    standing.state, standing.ended_at = State.AWARDED, timezone.now()
    standing.decision, standing.decided_on = decision.strip(), decided_on
    standing.save()
    for subject, shares in _bookings(standing):
        budget.grant(
            actor=SYSTEM,
            subject=subject,
            shares=shares,
            key=f"award/{standing.pk}",
            reason=f"Zarządzenie {standing.decision}",
            made_by=actor,
        )
    told = {"decision": standing.decision, "decided_on": decided_on.isoformat()}
    _record(actor, Deed.AWARD_RECOMMENDATION, standing, told)
    return standing


@transaction.atomic
def send_back_recommendation(
    *, actor: Actor, recommendation: Recommendation, reason: str
) -> Recommendation:
    """Take it back down: what it reserved is given back to the pots, all of it.

    Raises `RecommendationEnded`, and the budget's refusals.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    standing = _standing(recommendation)
    standing.state, standing.ended_at = State.SENT_BACK, timezone.now()
    standing.reason = reason.strip()
    standing.save()
    for subject, shares in _bookings(standing):
        budget.release(
            actor=SYSTEM,
            subject=subject,
            shares=shares,
            of=(budget.State.RESERVED,),
            key=f"sent_back/{standing.pk}",
            reason=standing.reason,
            made_by=actor,
        )
    _record(actor, Deed.SEND_BACK_RECOMMENDATION, standing, {"reason": standing.reason})
    return standing


def _written(row: Row) -> dict[str, Any]:
    return {
        "case": row.key,
        "place": row.place,
        "amount": str(row.amount),
        "shares": [[code, str(amount)] for code, amount in row.shares],
    }


def _bookings(made: Recommendation) -> Sequence[tuple[Subject, list[Share]]]:
    """Of each application its shares; by its id, so that two at once book in one order."""
    codes = {code for row in made.rows for code, _ in row["shares"]}
    known = pots.pots_by_code(sorted(codes), made.call.year)
    cases = [row["case"] for row in made.rows]
    units = dict(Application.objects.filter(case__in=cases).values_list("case_id", "unit_id"))
    return [
        (
            Subject(OWNER, UUID(row["case"]), units.get(UUID(row["case"]))),
            [Share(known[code], Decimal(amount)) for code, amount in row["shares"]],
        )
        for row in sorted(made.rows, key=lambda one: str(one["case"]))
        if row["shares"]
    ]


def _standing(recommendation: Recommendation) -> Recommendation:
    """As it stands now, held until this ends. Raises `RecommendationEnded`."""
    whole = Recommendation.objects.select_related("call", "edition__scenario")
    found = whole.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if found.state != State.RECOMMENDED:
        raise RecommendationEnded(state=found.get_state_display())
    return found


def _record(actor: Actor, deed: Deed, made: Recommendation, told: Mapping[str, object]) -> None:
    audit.record(
        actor=actor,
        deed=deed,
        right=Permission.DIVIDE_MONEY,
        target=made,
        after={"total": str(made.total), "applications": len(made.rows), **told},
    )
