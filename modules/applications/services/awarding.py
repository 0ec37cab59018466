"""What a decision comes to: the sums of each application, written unseen and granted at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from budget import services as budget
from budget.errors import PotOverdrawn
from budget.selectors import figures_of, pots_by_code
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
    """Write down who gets how much; nobody is told anything, and the ledger stays as it is.

    Kept stays what was recommended: a pot whose figures moved would tell the decision before it is
    published. What the pots could not give is refused here all the same. Every application of the
    ranking that was recommended has an award, those below the line of nothing; what was handed in
    since has none. A second time replaces the first. Raises `NotInRanking`, `AwardAboveAsked`,
    `AwardWithoutReason`, `ApplicationsFellOut`, `HeldOtherwise`, and the budget's refusals.
    """
    recommended = {case: _sums(shares) for case, shares in holding.of_rows(made)}
    holding.check(by, made, {case: _total(sums) for case, sums in recommended.items()})
    ranked, left = _ranked(made), _left(made)
    wanted = _wanted(made, recommended, changes, dict(left), ranked)
    _refuse_overdraft(made, left, recommended, wanted)
    made.decided_times += 1
    made.state = State.DECIDED
    made.decision, made.decided_on = decision.strip(), decided_on
    made.publish_at, made.trouble = None, ""
    made.save()
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


def _left(made: Recommendation) -> Sums:
    """Code -> what the pots of the call have left beside what is kept for the recommendation."""
    pots = pots_by_code(rules_in_force(made.call).pots, made.call.year)
    figures = figures_of([pot.pk for pot in pots.values()])
    return {code: figures[pot.pk].left for code, pot in pots.items()}


def _refuse_overdraft(
    made: Recommendation, left: Sums, kept: Mapping[UUID, Sums], wanted: Mapping[UUID, Sums]
) -> None:
    """Raises `PotOverdrawn` for a pot that lacks what the decision takes more than is kept."""
    needed: Sums = {}
    for sign, shared in ((1, wanted), (-1, kept)):
        for sums in shared.values():
            for code, amount in sums.items():
                needed[code] = needed.get(code, NOTHING) + sign * amount
    for code, amount in needed.items():
        has = left.get(code, NOTHING)
        if amount > max(has, NOTHING):
            pot = pots_by_code([code], made.call.year)[code]
            lacks, wants = format_money(has), format_money(amount)
            raise PotOverdrawn(name=pot.name, year=pot.year, left=lacks, needed=wants)


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
            recommended=_total(recommended.get(case, {})),
            amount=_total(sums),
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
    """Grant everybody what was decided, out of what is kept; then each case goes on.

    First is given back what nobody gets, so that it can be granted to others. All in the caller's
    transaction: where one cannot be granted, nobody is. Raises `ApplicationsFellOut`,
    `HeldOtherwise`, and the budget's refusals.
    """
    kept = {case: _sums(shares) for case, shares in holding.of_rows(made)}
    decided = {case: _sums(shares) for case, shares in holding.of_awards(made)}
    granted = [case for case, sums in decided.items() if sums]
    holding.check(by, made, {case: _total(kept.get(case, {})) for case in granted})
    holding.hold_pots(made, {code for sums in (*kept.values(), *decided.values()) for code in sums})
    made.state, made.ended_at, made.publish_at = State.AWARDED, timezone.now(), None
    made.trouble = ""
    made.save()
    reason = f"Zarządzenie {made.decision}"
    holding.give_back(by, made, _more(kept, decided), key=f"award/{made.pk}/less", reason=reason)
    for subject, shares in holding.bookings(made, _listed(decided)):
        budget.grant(
            actor=SYSTEM,
            subject=subject,
            shares=shares,
            key=f"award/{made.pk}",
            reason=reason,
            made_by=by,
        )
    awards = made.awards.order_by("place", "pk").values_list("pk", flat=True)
    after_commit_each("applications.carry_award", list(awards))


def _listed(shared: Mapping[UUID, Sums]) -> list[tuple[UUID, list[tuple[str, Decimal]]]]:
    return [(case, list(sums.items())) for case, sums in shared.items()]


def _sums(shares: holding.Shares) -> Sums:
    return {str(code): Decimal(amount) for code, amount in shares}


def _total(sums: Sums) -> Decimal:
    return sum(sums.values(), NOTHING)
