"""What a standing recommendation holds: its cases and its money; shared by the verbs about it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from audit import services as audit
from budget import services as budget
from budget.selectors import Figures, held_by, pots_by_code
from budget.services import Share, Subject
from modules.applications.deeds import Deed
from modules.applications.errors import (
    ApplicationsFellOut,
    HeldOtherwise,
    RankingUnseen,
    RecommendationEnded,
    TrialCall,
)
from modules.applications.models import Application, Call, Recommendation
from modules.applications.permissions import Permission
from modules.applications.selectors import OWNER, money_by_case, ranked_cases
from opium.permissions import SYSTEM, Actor
from procedures.desk import hold
from procedures.selectors import case_list
from procedures.selectors.subjects import excluded_from

if TYPE_CHECKING:
    from budget.models import Pot

State = Recommendation.State
UNPUBLISHED = frozenset({State.RECOMMENDED, State.APPROVED, State.DECIDED})
NOTHING = Decimal("0.00")
MOST = Decimal("999999999999.99")
"""As much as the column of a recommendation's total holds."""
Shares = Sequence[Sequence[Any]]
"""[pot code, amount] for each pot."""


def standing(recommendation: Recommendation, states: Collection[State]) -> Recommendation:
    """As it stands now, held until this ends. Raises `RecommendationEnded` for another state."""
    whole = Recommendation.objects.select_related("call", "edition__scenario")
    found = whole.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if found.state not in states:
        raise RecommendationEnded(state=found.get_state_display())
    return found


def refuse_trial(call: Call) -> None:
    """Raises `TrialCall`: what is tried out costs nobody any money."""
    if call.is_test:
        raise TrialCall(title=call.title)


def refuse_unseen(by: Actor, made: Recommendation) -> None:
    """Raises `RankingUnseen` for whoever is excluded from an application that it ranks."""
    ranked = {UUID(row["case"]) for row in made.rows}
    awarded = made.awards.values_list("application__case", flat=True)
    if excluded_from(by, {*ranked, *awarded}):
        raise RankingUnseen


def cases_of(made: Recommendation) -> list[UUID]:
    """Those over the line."""
    return [UUID(row["case"]) for row in made.over]


def check(by: Actor, made: Recommendation, due: Mapping[UUID, Decimal]) -> None:
    """Hold the cases, and see that each is still ranked and holds what is due.

    `due` says of each case what has to be reserved for it. Raises `ApplicationsFellOut`,
    `HeldOtherwise`, naming those that `by` sees.
    """
    hold(due)
    ranked = ranked_cases(SYSTEM, made.call).filter(pk__in=due).values_list("pk", flat=True)
    if gone := due.keys() - set(ranked):
        raise ApplicationsFellOut(applications=_named(by, gone))
    money = money_by_case(made.call)
    otherwise = set()
    for case, amount in due.items():
        held = money.get(case, Figures())
        if held.granted > held.returned or held.reserved < amount:
            otherwise.add(case)
    if otherwise:
        raise HeldOtherwise(applications=_named(by, otherwise))


def _named(by: Actor, cases: Collection[UUID]) -> str:
    """The first five of the cases, as far as whoever is told sees them."""
    seen = case_list.cases_visible_to(by).filter(pk__in=cases).order_by("title", "pk")
    return ", ".join(str(case) for case in seen[:5]) or "sprawy, których nie widzisz"


def bookings(
    made: Recommendation, shared: Iterable[tuple[UUID, Shares]]
) -> Sequence[tuple[Subject, list[Share]]]:
    """Of each case its shares as the budget takes them, by its id; every pot is held until the end.

    What takes more than one round of bookings holds the pots of all of them before (`hold_pots`).
    """
    wanted = sorted((one for one in shared if one[1]), key=lambda one: str(one[0]))
    known = hold_pots(made, {code for _, shares in wanted for code, _ in shares})
    cases = [case for case, _ in wanted]
    units = dict(Application.objects.filter(case__in=cases).values_list("case_id", "unit_id"))
    return [
        (
            Subject(OWNER, case, units.get(case)),
            [Share(known[code], Decimal(amount)) for code, amount in shares],
        )
        for case, shares in wanted
    ]


def hold_pots(made: Recommendation, codes: Collection[str]) -> Mapping[str, "Pot"]:
    """Hold every pot that is named; code -> the pot.

    All at once, in the order of the budget: two calls that draw on the same pots for applications
    of their own never wait for each other for ever.
    """
    known = pots_by_code(sorted(codes), made.call.year)
    budget.hold(list(known.values()))
    return known


def of_rows(made: Recommendation) -> list[tuple[UUID, Shares]]:
    """Case -> its shares, as they were recommended: until a decision is published they are kept."""
    return [(UUID(row["case"]), row["shares"]) for row in made.over]


def of_awards(made: Recommendation) -> list[tuple[UUID, Shares]]:
    """Case -> its shares, as it was decided."""
    return list(made.awards.values_list("application__case", "shares"))


def give_back(
    by: Actor,
    made: Recommendation,
    shared: Sequence[tuple[UUID, Shares]],
    *,
    key: str,
    reason: str,
) -> None:
    """Give back to the pots the shares of the cases, as far as they still keep them."""
    hold([case for case, _ in shared])
    for subject, shares in bookings(made, shared):
        left = _still_reserved(subject, shares)
        if left:
            budget.release(
                actor=SYSTEM,
                subject=subject,
                shares=left,
                of=(budget.State.RESERVED,),
                key=key,
                reason=reason,
                made_by=by,
            )


def give_back_all(by: Actor, made: Recommendation, reason: str) -> None:
    """Give back all that it still keeps: it was sent back."""
    give_back(by, made, of_rows(made), key=f"sent_back/{made.pk}", reason=reason)


def _still_reserved(subject: Subject, shares: Sequence[Share]) -> list[Share]:
    """Of the shares what the case still holds: its end, or a grant in it, has released some."""
    held = held_by(subject.kind, subject.id)
    left = [
        Share(one.pot, min(one.amount, held[one.pot.pk].reserved))
        for one in shares
        if one.pot.pk in held
    ]
    return [one for one in left if one.amount]


def told(by: Actor, deed: Deed, made: Recommendation, more: Mapping[str, object]) -> None:
    """Write the deed about the recommendation down."""
    audit.record(
        actor=by,
        deed=deed,
        right=Permission.DIVIDE_MONEY,
        target=made,
        after={"total": str(made.total), "applications": len(made.over), **more},
    )
