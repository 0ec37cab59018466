"""Applications as their cases show them: of a call for the office, one's own for the applicant."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet

from budget import selectors as budget
from budget.selectors import Figures
from modules.applications.models import INTAKE, Application, Call
from modules.applications.selectors.calls import rules_in_force
from opium.permissions import Actor
from procedures.selectors import case_list, definition_of

if TYPE_CHECKING:
    from procedures.models import Case

OWNER = "procedures.case"
"""Whose the money of an application is in the ledger."""
DRAFT = Q(state="open", stage_kind="submission")
STATES = {
    "draft": DRAFT,
    "running": Q(state="open") & ~DRAFT,
    "positive": Q(meaning="positive"),
    "negative": Q(meaning="negative"),
    "withdrawn": Q(meaning="withdrawn"),
}
"""What a list is narrowed by: where an application stands, in five words."""


def applications_of(actor: Actor, call: Call) -> "QuerySet[Case]":
    """The cases of the call that the actor sees, each with its application, the newest first.

    Who is excluded from a case does not see it here either, nor is it counted.
    """
    return _whole(case_list.rows_visible_to(actor).filter(application__call=call))


def own_applications(actor: Actor) -> "QuerySet[Case]":
    """Those on whose applicant's side the actor stands, in whatever call, the newest first.

    With their revisions, each read once, however many applications run by it.
    """
    own = case_list.own_rows_of(actor).filter(intake=INTAKE)
    return _whole(own).prefetch_related("revision")


def withdrawal_of(case: "Case") -> str:
    """The key of the way by which the applicant takes it back where it is now; "" for none."""
    if not case.is_open:
        return ""
    ways = definition_of(case.revision).ways_from(case.stage, "withdrawn")
    return ways[0].key if ways else ""


def _whole(rows: "QuerySet[Case]") -> "QuerySet[Case]":
    return rows.select_related("procedure", "applicant", "application__call__edition")


def with_counts(reader: Actor, calls: QuerySet[Call]) -> QuerySet[Call]:
    """With `drafts` and `handed_in`: how many applications there are; what was withdrawn is not.

    Nor is what the reader is excluded from, so that no difference to the list betrays it.
    """
    draft = Q(applications__case__state="open", applications__case__stage_kind="submission")
    is_there = Q(applications__isnull=False) & ~Q(applications__case__meaning="withdrawn")
    is_there &= ~Q(applications__case__in=case_list.hidden_from(reader).values("pk"))
    return calls.annotate(
        drafts=Count("applications", filter=is_there & draft),
        handed_in=Count("applications", filter=is_there & ~draft),
    )


@dataclass(frozen=True, slots=True)
class StageCount:
    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PotLeft:
    """A pot of the call: what it was planned for and what can still be taken of it."""

    code: str
    name: str
    planned: Any
    left: Any


@dataclass(slots=True)
class CallFigures:
    """What has come in by a call, and the money of it, all from cases and the ledger."""

    drafts: int = 0
    handed_in: int = 0
    withdrawn: int = 0
    stages: list[StageCount] = field(default_factory=list)
    money: Figures = field(default_factory=Figures)
    pots: list[PotLeft] = field(default_factory=list)


def figures_of_call(actor: Actor, call: Call) -> CallFigures:
    """As far as the actor sees its cases; a number of queries that stays."""
    money = money_of(actor, [call.pk]).get(call.pk, Figures())
    found = CallFigures(money=money, pots=_pots_of(call))
    seen = case_list.cases_visible_to(actor).filter(application__call=call)
    counted = (
        seen.order_by()
        .values_list("stage", "stage_name", "state", "stage_kind", "meaning")
        .annotate(n=Count("pk"))
        .order_by("-n", "stage")
    )
    stages: dict[str, StageCount] = {}
    for key, name, state, kind, meaning, count in counted:
        if meaning == "withdrawn":
            found.withdrawn += count
            continue
        if state == "open" and kind == "submission":
            found.drafts += count
        else:
            found.handed_in += count
        so_far = stages[key].count if key in stages else 0
        stages[key] = StageCount(key, name, so_far + count)
    found.stages = list(stages.values())
    return found


def money_of(reader: Actor, calls: list[UUID]) -> dict[UUID, Figures]:
    """Call -> what was asked, granted and settled in it, from the ledger; one query.

    Without what the reader is excluded from.
    """
    seen = Application.objects.exclude(case__in=case_list.hidden_from(reader).values("pk"))
    group = seen.filter(call__in=calls, case=OuterRef("owner_id")).values("call")
    return budget.figures_of_groups(OWNER, group)


def money_by_case(call: Call) -> dict[UUID, Figures]:
    """Case of the call -> what the ledger says of it; one query. None of a case without money."""
    group = Application.objects.filter(call=call, case=OuterRef("owner_id")).values("case")
    return budget.figures_of_groups(OWNER, group)


def _pots_of(call: Call) -> list[PotLeft]:
    rules = rules_in_force(call)
    if not rules.pots:
        return []
    pots = budget.pots_of_year(rules.pots, call.year)
    figures = budget.figures_of([pot.pk for pot in pots.values()])
    return [
        PotLeft(code, pot.name, figures[pot.pk].planned, figures[pot.pk].left)
        for code, pot in pots.items()
    ]
