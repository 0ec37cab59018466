"""Letters to everybody whom a published decision is about, apart from deciding and from telling."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.errors import NoLettersLeft
from modules.applications.models import Award, Recommendation
from modules.applications.permissions import Permission
from modules.applications.services import holding
from opium.permissions import SYSTEM, Actor, require
from procedures.selectors import case_list, letter_list
from procedures.services import correspondence

if TYPE_CHECKING:
    from procedures.models import LetterTemplate


@transaction.atomic
def send_letters(
    *,
    actor: Actor,
    recommendation: Recommendation,
    granted: "LetterTemplate | None" = None,
    refused: "LetterTemplate | None" = None,
) -> int:
    """Issue a letter in each case that the decision has reached: one template for each outcome.

    Gives how many. A case that has had that letter since the decision gets no second one, so it is
    safe to press again once more cases are there. Raises `NoLettersLeft`, `RecommendationEnded`,
    `RankingUnseen`, and what `issue_letters` raises: then none is issued.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    made = holding.standing(recommendation, (holding.State.AWARDED,))
    holding.refuse_unseen(actor, made)
    counts: dict[str, int] = {}
    for template, is_granted in ((granted, True), (refused, False)):
        if template is None:
            continue
        due = list(_due(made, template, is_granted=is_granted))
        if due:
            whole = case_list.cases_visible_to(SYSTEM).select_related("procedure", "revision")
            cases = list(whole.filter(pk__in=due).order_by("opened_at", "pk"))
            correspondence.issue_letters(actor=actor, cases=cases, template=template)
            counts[template.name] = counts.get(template.name, 0) + len(cases)
    if not counts:
        raise NoLettersLeft
    audit.record(
        actor=actor,
        deed=Deed.SEND_LETTERS,
        right=Permission.DIVIDE_MONEY,
        target=made,
        after={"letters": sum(counts.values()), "templates": sorted(counts)},
    )
    return sum(counts.values())


def _due(made: Recommendation, template: "LetterTemplate", *, is_granted: bool) -> Iterator[UUID]:
    """The cases with that outcome, carried to it, that have not had such a letter yet."""
    carried = made.awards.filter(state=Award.State.CARRIED)
    awards = carried.filter(amount__gt=0) if is_granted else carried.filter(amount=0)
    cases = list(awards.values_list("application__case", flat=True))
    if made.ended_at is not None:
        had = letter_list.letters_since(cases, made.ended_at, template)
        yield from (pk for pk in cases if pk not in had)
