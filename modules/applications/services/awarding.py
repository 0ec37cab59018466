"""What a decision comes to: the sums of each application, reserved unseen and granted at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from budget import services as budget
from budget.selectors import figures_of, pots_by_code
from budget.services import Share
from modules.applications.errors import (
    AwardAboveAsked,
    AwardWithoutReason,
    NoPotForAward,
    NotInRanking,
)
from modules.applications.models import Application, Award, Recommendation
from modules.applications.selectors import (
    pots_by_case,
    ranked_cases,
    rules_in_force,
)
from modules.applications.services import holding
from modules.applications.services.holding import NOTHING, State
from opium.permissions import SYSTEM, Actor
from opium.polish import format_money
from outbox.services import after_commit_each


@dataclass(frozen=True, slots=True)
class Change:
    """Another sum than was recommended, for one application; nothing refuses it."""

    case: UUID
    amount: Decimal
    reason: str


Sums = dict[str, Decimal]
"""Pot code -> sum."""
Row = Mapping[str, Any]
"""A row of a recommendation, as `Recommendation.rows` keeps it."""


def prepare_awards(
    by: Actor,
    made: Recommendation,
    *,
    decision: str,
    decided_on: date,
    changes: Sequence[Change],
) -> None:
    """Write down who gets how much, and keep exactly that reserved; nobody is told anything.

    Every application of the ranking that was recommended has an award, those below the line of
    nothing; what was handed in since has none. A second time replaces the first. Raises
    `NotInRanking`, `AwardAboveAsked`, `AwardWithoutReason`, `ApplicationsFellOut`,
    `HeldOtherwise`, and the budget's refusals.
    """
    kept = dict(holding.of_awards(made))
    due = {case: _total(shares) for case, shares in kept.items()}
    holding.check(by, made, {case: amount for case, amount in due.items() if amount})
    recommended = {case: _sums(shares) for case, shares in holding.of_rows(made)}
    before = {case: _sums(shares) for case, shares in kept.items()}
    ranked = _ranked(made)
    wanted = _wanted(made, recommended, changes, _free(made, before, recommended), ranked)
    made.decided_times += 1
    made.state = State.DECIDED
    made.decision, made.decided_on = decision.strip(), decided_on
    made.publish_at, made.trouble = None, ""
    made.save()
    _keep_reserved(by, made, before, wanted)
    _write(made, recommended, wanted, changes, ranked)


def _wanted(
    made: Recommendation,
    recommended: Mapping[UUID, Sums],
    changes: Sequence[Change],
    free: Sums,
    ranked: Mapping[UUID, Row],
) -> dict[UUID, Sums]:
    """Case -> its sums, of every application of the ranking."""
    wanted = {case: dict(recommended.get(case, {})) for case in ranked}
    pots = pots_by_case(made.call)
    for one in changes:
        if one.case not in wanted:
            raise NotInRanking
        if not one.reason.strip():
            raise AwardWithoutReason
        asked = _asked(ranked[one.case])
        if asked is not None and one.amount > asked:
            raise AwardAboveAsked(amount=format_money(one.amount), asked=format_money(asked))
        wanted[one.case] = reshared(wanted[one.case], one.amount, free, pots[one.case])
    return wanted


def reshared(before: Sums, amount: Decimal, free: Sums, codes: Sequence[str]) -> Sums:
    """The sum over the pots: as far as it goes from those that it had, the rest from its others.

    `free` is what each pot has left, and is lessened by what is taken. What fits into none of
    `codes` is asked of the last, whose refusal says how much it lacks.
    """
    found: Sums = {}
    rest = amount
    for code, had in before.items():
        part = min(had, rest)
        rest -= part
        if part:
            found[code] = part
        free[code] = free.get(code, NOTHING) + had - part
    for code in codes:
        part = min(max(free.get(code, NOTHING), NOTHING), rest)
        rest -= part
        if part:
            found[code] = found.get(code, NOTHING) + part
            free[code] -= part
    if rest:
        if not codes:
            raise NoPotForAward
        found[codes[-1]] = found.get(codes[-1], NOTHING) + rest
    return found


def _free(
    made: Recommendation, before: Mapping[UUID, Sums], recommended: Mapping[UUID, Sums]
) -> Sums:
    """Code -> what the pots of the call would have left, were it decided as recommended."""
    codes = rules_in_force(made.call).pots
    pots = pots_by_code(codes, made.call.year)
    figures = figures_of([pot.pk for pot in pots.values()])
    free = {code: figures[pot.pk].left for code, pot in pots.items()}
    for sign, shared in ((1, before), (-1, recommended)):
        for sums in shared.values():
            for code, amount in sums.items():
                free[code] = free.get(code, NOTHING) + sign * amount
    return free


def _keep_reserved(
    by: Actor, made: Recommendation, before: Mapping[UUID, Sums], after: Mapping[UUID, Sums]
) -> None:
    """Book what is reserved less first, then what is reserved more."""
    key = f"decision/{made.pk}/{made.decided_times}"
    reason = "Decyzja w przygotowaniu"
    for subject, shares in holding.bookings(made, _more(before, after)):
        budget.release(
            actor=SYSTEM,
            subject=subject,
            shares=shares,
            of=(budget.State.RESERVED,),
            key=f"{key}/less",
            reason=reason,
            made_by=by,
        )
    for subject, shares in holding.bookings(made, _more(after, before)):
        budget.reserve(
            actor=SYSTEM,
            subject=subject,
            shares=shares,
            key=f"{key}/more",
            reason=reason,
            made_by=by,
        )


def _more(
    left: Mapping[UUID, Sums], right: Mapping[UUID, Sums]
) -> list[tuple[UUID, list[tuple[str, Decimal]]]]:
    """What the left has more of than the right, case by case."""
    return [
        (
            case,
            [
                (code, amount - right.get(case, {}).get(code, NOTHING))
                for code, amount in sums.items()
                if amount > right.get(case, {}).get(code, NOTHING)
            ],
        )
        for case, sums in left.items()
    ]


def _write(
    made: Recommendation,
    recommended: Mapping[UUID, Sums],
    wanted: Mapping[UUID, Sums],
    changes: Sequence[Change],
    ranked: Mapping[UUID, Row],
) -> None:
    reasons = {one.case: one.reason.strip() for one in changes}
    applications = dict(
        Application.objects.filter(case__in=wanted.keys()).values_list("case_id", "pk")
    )
    made.awards.all().delete()
    Award.objects.bulk_create(
        Award(
            recommendation=made,
            application_id=applications[case],
            place=ranked[case]["place"],
            asked=_asked(ranked[case]),
            recommended=sum(recommended.get(case, {}).values(), NOTHING),
            amount=sum(sums.values(), NOTHING),
            shares=[[code, str(amount)] for code, amount in sums.items()],
            reason=reasons.get(case, ""),
        )
        for case, sums in wanted.items()
    )


def _ranked(made: Recommendation) -> dict[UUID, Row]:
    """Case -> its row of the ranking that was recommended, those below the line too.

    Who was below it and has left the ranking since needs no refusal.
    """
    still = set(ranked_cases(SYSTEM, made.call).values_list("pk", flat=True))
    rows = {UUID(row["case"]): row for row in made.rows}
    return {case: row for case, row in rows.items() if row["is_over"] or case in still}


def _asked(row: Row) -> Decimal | None:
    return None if row["asked"] is None else Decimal(row["asked"])


def publish_awards(by: Actor, made: Recommendation) -> None:
    """Grant everybody what was decided, out of what is reserved; then each case goes on.

    All in the caller's transaction: where one cannot be granted, nobody is. Raises
    `ApplicationsFellOut`, `HeldOtherwise`, and the budget's refusals.
    """
    shared = holding.of_awards(made)
    due = {case: _total(shares) for case, shares in shared}
    holding.check(by, made, {case: amount for case, amount in due.items() if amount})
    made.state, made.ended_at, made.publish_at = State.AWARDED, timezone.now(), None
    made.trouble = ""
    made.save()
    for subject, shares in holding.bookings(made, shared):
        budget.grant(
            actor=SYSTEM,
            subject=subject,
            shares=[Share(one.pot, one.amount) for one in shares],
            key=f"award/{made.pk}",
            reason=f"Zarządzenie {made.decision}",
            made_by=by,
        )
    awards = made.awards.order_by("place", "pk").values_list("pk", flat=True)
    after_commit_each("applications.carry_award", list(awards))


def _sums(shares: holding.Shares) -> Sums:
    return {str(code): Decimal(amount) for code, amount in shares}


def _total(shares: holding.Shares) -> Decimal:
    return sum((Decimal(amount) for _, amount in shares), NOTHING)
