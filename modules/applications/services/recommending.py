"""A scenario before whoever decides: its money reserved, then granted, or given back; all of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from budget import services as budget
from budget.selectors import Figures, held_by, pots_by_code
from budget.services import Share, Subject
from modules.applications.deeds import Deed
from modules.applications.errors import (
    ApplicationsFellOut,
    HeldOtherwise,
    NobodyOverLine,
    RankingUnseen,
    RecommendationEnded,
    RecommendationStands,
    TieAtLine,
    TotalTooLarge,
    TrialCall,
)
from modules.applications.models import Application, Call, Recommendation, Scenario, ScenarioEdition
from modules.applications.permissions import Permission
from modules.applications.selectors import OWNER, money_by_case, played, ranked_cases
from modules.applications.services.scenarios import locked_scenario
from opium.constraints import refusing
from opium.permissions import SYSTEM, Actor, require
from opium.polish import format_money
from procedures.desk import hold
from procedures.selectors import case_list
from ranking import Row

State = Recommendation.State
MOST = Decimal("999999999999.99")
"""As much as the column of a recommendation's total holds."""


@transaction.atomic
def recommend_scenario(*, actor: Actor, scenario: Scenario) -> Recommendation:
    """Put the scenario's newest edition before whoever decides, and keep its money for it.

    Each application over the line gets a reservation for each pot, all in one transaction: where
    one is refused, nothing is reserved. Raises `TrialCall`, `ScenarioDiscarded`, `TieAtLine`,
    `RecommendationStands`, `NobodyOverLine`, `TotalTooLarge`, `RankingUnseen` where the actor does
    not see the whole ranking, what playing the scenario raises, `ApplicationsFellOut`,
    `HeldOtherwise` where a case was granted something already, and the budget's refusals.
    """
    require(actor, Permission.DIVIDE_MONEY, scenario.call)
    call = Call.objects.select_for_update().get(pk=scenario.call_id)
    _refuse_trial(call)
    scenario = locked_scenario(scenario)
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
    if (total := found.outcome.given) > MOST:
        raise TotalTooLarge(total=format_money(total), most=format_money(MOST))
    with refusing(one_standing_recommendation_of_a_call=RecommendationStands()):
        made = Recommendation.objects.create(
            call=call,
            edition=edition,
            rows=[_written(row) for row in over],
            total=total,
            made_at=timezone.now(),
            made_by_id=actor.pk,
        )
    _check(actor, made, is_reserved=False)
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

    Raises `RecommendationEnded`, `TrialCall`, `ApplicationsFellOut` where one has ended otherwise
    since, `HeldOtherwise` where one was granted something in its case, or holds the reservation no
    more, and the budget's refusals; then nobody is granted anything.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    standing = _standing(recommendation)
    _refuse_trial(standing.call)
    standing.state, standing.ended_at = State.AWARDED, timezone.now()
    standing.decision, standing.decided_on = decision.strip(), decided_on
    standing.save()
    _check(actor, standing, is_reserved=True)
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
    """Take it back down: what is still reserved by it is given back to the pots.

    Raises `RecommendationEnded`, and the budget's refusals.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    standing = _standing(recommendation)
    standing.state, standing.ended_at = State.SENT_BACK, timezone.now()
    standing.reason = reason.strip()
    standing.save()
    hold(_cases(standing))
    for subject, shares in _bookings(standing):
        left = _still_reserved(subject, shares)
        if not left:
            continue
        budget.release(
            actor=SYSTEM,
            subject=subject,
            shares=left,
            of=(budget.State.RESERVED,),
            key=f"sent_back/{standing.pk}",
            reason=standing.reason,
            made_by=actor,
        )
    _record(actor, Deed.SEND_BACK_RECOMMENDATION, standing, {"reason": standing.reason})
    return standing


def _refuse_trial(call: Call) -> None:
    """Raises `TrialCall`: what is tried out costs nobody any money."""
    if call.is_test:
        raise TrialCall(title=call.title)


def _check(actor: Actor, made: Recommendation, *, is_reserved: bool) -> None:
    """Hold the cases, and see that each is still ranked and holds what the recommendation says.

    Raises `ApplicationsFellOut`, `HeldOtherwise`.
    """
    cases = _cases(made)
    hold(cases)
    ranked = ranked_cases(SYSTEM, made.call).filter(pk__in=cases).values_list("pk", flat=True)
    if gone := set(cases) - set(ranked):
        raise ApplicationsFellOut(applications=_named(actor, gone))
    money = money_by_case(made.call)
    otherwise = set()
    for subject, shares in _bookings(made):
        held = money.get(subject.id, Figures())
        due = sum(share.amount for share in shares) if is_reserved else 0
        if held.granted > held.returned or held.reserved < due:
            otherwise.add(subject.id)
    if otherwise:
        raise HeldOtherwise(applications=_named(actor, otherwise))


def _named(actor: Actor, cases: Collection[UUID]) -> str:
    """The first five of the cases, as far as the actor sees them."""
    seen = case_list.cases_visible_to(actor).filter(pk__in=cases).order_by("title", "pk")
    return ", ".join(str(case) for case in seen[:5]) or "sprawy, których nie widzisz"


def _still_reserved(subject: Subject, shares: Sequence[Share]) -> list[Share]:
    """Of the shares what the case still holds: its end, or a grant in it, has released some."""
    held = held_by(subject.kind, subject.id)
    left = [
        Share(one.pot, min(one.amount, held[one.pot.pk].reserved))
        for one in shares
        if one.pot.pk in held
    ]
    return [one for one in left if one.amount]


def _cases(made: Recommendation) -> list[UUID]:
    return [UUID(row["case"]) for row in made.rows]


def _written(row: Row) -> dict[str, Any]:
    return {
        "case": row.key,
        "place": row.place,
        "amount": str(row.amount),
        "shares": [[code, str(amount)] for code, amount in row.shares],
    }


def _bookings(made: Recommendation) -> Sequence[tuple[Subject, list[Share]]]:
    """Of each application its shares, by its id; every pot is held until this ends.

    Held all at once, in the order of the budget: two calls that draw on the same pots for
    applications of their own never wait for each other for ever.
    """
    codes = {code for row in made.rows for code, _ in row["shares"]}
    known = pots_by_code(sorted(codes), made.call.year)
    budget.hold(list(known.values()))
    units = dict(
        Application.objects.filter(case__in=_cases(made)).values_list("case_id", "unit_id")
    )
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
