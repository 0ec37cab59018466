"""How a call's money could be divided: scenarios played over what the cases say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

import ranking
from accounts import scopes
from budget import selectors as budget
from forms.definition import is_storable
from modules.applications.errors import PotNotOfCall, PotsUnknown
from modules.applications.models import Application, Award, Call, Recommendation, Scenario
from modules.applications.models.scenarios import STANDING
from modules.applications.permissions import Permission
from modules.applications.selectors.applications import DRAFT
from modules.applications.selectors.calls import rules_in_force
from opium.permissions import Actor
from procedures.selectors import (
    Rankable,
    case_list,
    definition_of,
    forms_used,
    matters_of,
    newest_or_none,
    rankable,
)

if TYPE_CHECKING:
    from procedures.models import Case

Document = Mapping[str, Any]
RECOMMENDATION = "applications.recommendation"
"""The kind of subject whose cases are approvals of recommendations."""
RANKED = ~DRAFT & ~Q(meaning__in=["withdrawn", "negative"])
"""Handed in, and neither withdrawn nor refused."""


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario as it comes out now, with what people call its matters."""

    outcome: ranking.Outcome
    titles: Mapping[str, "Case"]
    """Case id -> the case, with unit and sign."""


def own_scenarios(actor: Actor) -> QuerySet[Scenario]:
    """Those that nobody has put away, of the calls whose money the actor divides; one query."""
    divides = scopes.within(actor.reach(Permission.DIVIDE_MONEY), kind="call__procedure")
    kept = Scenario.objects.filter(divides, discarded_at=None)
    whole = kept.select_related("call__procedure", "call__revision", "call__edition", "edition")
    return whole.defer("call__procedure__draft").order_by("name", "pk")


def scenarios_of(actor: Actor, call: Call) -> QuerySet[Scenario]:
    """Those of the call, by name."""
    return own_scenarios(actor).filter(call=call)


def own_recommendations(actor: Actor) -> QuerySet[Recommendation]:
    """Of the calls whose money the actor divides, and those that they have a part in approving.

    The newest first; one query.
    """
    divides = actor.reach(Permission.DIVIDE_MONEY)
    whole = Recommendation.objects.select_related("call", "edition__scenario")
    if not divides.everywhere:  # an empty condition, joined by „or”, would leave the other one
        approvals = case_list.cases_visible_to(actor).filter(subject_kind=RECOMMENDATION)
        has_part = Q(pk__in=approvals.values("subject_id"))
        whole = whole.filter(scopes.within(divides, kind="call__procedure") | has_part)
    return whole.order_by("-made_at", "-pk")


def recommendations_of(actor: Actor, call: Call) -> QuerySet[Recommendation]:
    """Those of the call, the newest first."""
    return own_recommendations(actor).filter(call=call)


def fields_of(call: Call) -> Rankable:
    """What the call's applications can be ranked by."""
    revision = call.revision or newest_or_none(call.procedure)
    if revision is None:
        return Rankable({})
    procedure = definition_of(revision)
    used = forms_used(procedure)
    members = {
        stage.key: used.officers[stage.form]
        for stage in procedure.stages
        if stage.form in used.officers
    }
    return rankable(procedure, used.applicants, members)


def ranked_cases(actor: Actor, call: Call) -> "QuerySet[Case]":
    """The cases that a scenario ranks, as far as the actor sees them.

    Not those that an earlier division of the call gave money to, nor those that wait for its
    decision to be carried into them.
    """
    ranked = case_list.cases_visible_to(actor).filter(RANKED, application__call=call)
    settled = Award.objects.filter(
        Q(amount__gt=0) | Q(state=Award.State.WAITING),
        recommendation__call=call,
        recommendation__state=Recommendation.State.AWARDED,
    )
    return ranked.exclude(application__in=settled.values("application"))


def played(actor: Actor, call: Call, rules: Document, changes: Document) -> Played:
    """What would come of it now, among the cases that the actor sees; nothing is written.

    Raises `RulesFaulty`, `ChangesFaulty`, `PotNotOfCall`, `PotsUnknown`; a number of queries that
    stays.
    """
    known = fields_of(call)
    read = ranking.read_rules(with_money(call, rules), known.fields)
    cases = ranked_cases(actor, call)
    matters = _drawing(call, matters_of(actor, cases, known.only(read.names())))
    outcome = ranking.play(read, matters, ranking.read_changes(changes, matters, read))
    titles = cases.only("title", "sign", "unit_id", "unit_name")
    return Played(outcome, {str(case.pk): case for case in titles})


def _drawing(call: Call, matters: list[ranking.Matter]) -> list[ranking.Matter]:
    """The matters, each with the pots of its round alone, where the rounds differ in them."""
    if len({one.pots for one in rules_in_force(call).rounds}) <= 1:
        return matters
    pots = {str(case): frozenset(codes) for case, codes in pots_by_case(call).items()}
    return [replace(one, pots=pots.get(one.key, frozenset())) for one in matters]


def pots_by_case(call: Call) -> dict[UUID, tuple[str, ...]]:
    """Case of the call -> codes of the pots of its round, and of no other; one query."""
    codes = {one.key: one.pots for one in rules_in_force(call).rounds}
    rounds = Application.objects.filter(call=call).values_list("case_id", "round")
    return {case: codes.get(key, ()) for case, key in rounds}


def with_money(call: Call, rules: Document) -> Document:
    """The rules, each pot that says no amount with what can be taken of it now.

    What the call's own standing recommendation has reserved is its own to divide anew. Raises
    `PotNotOfCall` for a pot that the call, as it was published, does not draw on; `PotsUnknown`.
    """
    found = rules.get("pots")
    pots = found if isinstance(found, list) else []
    own = rules_in_force(call).pots
    for code in filter(None, map(_code, pots)):
        if code not in own:
            raise PotNotOfCall(title=call.title, code=code[:60])
    codes = [code for one in pots if (code := _code(one)) and one.get("amount") is None]
    if not codes:
        return rules
    known = budget.pots_of_year(codes, call.year)
    for code in codes:
        if code not in known:
            raise PotsUnknown(year=call.year, code=code)
    figures = budget.figures_of([pot.pk for pot in known.values()])
    held = held_of(call)
    left = {
        code: max(figures[pot.pk].left, Decimal(0)) + held.get(code, Decimal(0))
        for code, pot in known.items()
    }
    filled = [
        {**one, "amount": str(left[code])}
        if (code := _code(one)) and one.get("amount") is None
        else one
        for one in pots
    ]
    return {**rules, "pots": filled}


def _code(pot: Any) -> str:
    """The code that a pot of the rules names; "" where it is none, which reading them tells."""
    code = pot.get("code") if isinstance(pot, dict) else None
    return code.strip() if isinstance(code, str) and is_storable(code) else ""


def held_of(call: Call) -> dict[str, Decimal]:
    """Pot code -> what the call's standing recommendation holds of it; what is awarded is gone."""
    standing = Recommendation.objects.filter(STANDING, call=call).first()
    held: dict[str, Decimal] = {}
    if standing is None:
        return held
    for row in standing.rows:
        for code, amount in row["shares"]:
            held[code] = held.get(code, Decimal(0)) + Decimal(amount)
    return held
