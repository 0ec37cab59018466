"""A recommendation for one person who looks at it: what it holds, who approved it, what next."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from accounts import scopes
from modules.applications.models import Award, Paper, PaymentList, Recommendation
from modules.applications.permissions import Permission
from modules.applications.selectors.paying import dues_of
from modules.applications.selectors.scenarios import RECOMMENDATION
from opium.permissions import SYSTEM, Actor, may
from procedures.desk import Desk
from procedures.permissions import Permission as Procedures
from procedures.selectors import case_list, letter_list
from procedures.selectors.actions import Button, buttons
from procedures.selectors.subjects import cases_about, excluded_from

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from procedures.models import Case, Event, Letter

NOTHING = Decimal("0.00")
UNSEEN_TROUBLE = (
    "Decyzji nie udało się ogłosić o wyznaczonej porze. Powód zna osoba, która prowadzi nabór."
)
VERDICTS = {"approved": "approve", "returned": "return"}
State = Recommendation.State


@dataclass(frozen=True, slots=True)
class RowShown:
    """One application of it: what was recommended and, where the actor may know, decided."""

    case: "Case"
    place: int | None
    asked: Decimal | None
    recommended: Decimal
    award: Award | None
    """None before a decision, and before its publication for whoever does not prepare it."""
    letter: "Letter | None" = None
    """The newest that was issued to it since the decision, for whoever issues them."""

    @property
    def amount(self) -> Decimal:
        return self.recommended if self.award is None else self.award.amount


@dataclass(frozen=True, slots=True)
class Approval:
    """How far its approval is; of a call that names nobody to approve, nothing at all."""

    steps: "list[Event]" = field(default_factory=list)
    waits_for: list[str] = field(default_factory=list)
    can: list[str] = field(default_factory=list)
    blocked: str = ""
    """Why the actor may not, though their function has to; "" where nothing stands in the way."""
    version: int | None = None
    """Of the case, for whoever approves."""


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """One of a list: no more than its own page shows the actor."""

    made: Recommendation
    applications: int
    total: Decimal
    knows: bool
    """Whether the actor may know of a decision that is prepared."""

    @property
    def state(self) -> str:
        return _state_told(self.made, knows=self.knows)


@dataclass(frozen=True, slots=True)
class RecommendationShown:
    made: Recommendation
    rows: list[RowShown]
    """Without those from which the actor is excluded; nor are these in any sum."""
    approval: Approval
    papers: list[Paper]
    payment_lists: list[PaymentList]
    left_out: list[str]
    """Which awards no payment list can pay now, and why."""
    can: list[str]
    knows: bool
    """Whether the actor may know of a decision that is prepared."""
    sees_all: bool
    """Whether the actor is excluded from none of its applications."""

    @property
    def state(self) -> str:
        return _state_told(self.made, knows=self.knows)

    @property
    def trouble(self) -> str:
        """Why it was not published at its moment; it can name applications."""
        if not self.knows or not self.made.trouble:
            return ""
        return self.made.trouble if self.sees_all else UNSEEN_TROUBLE

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.rows), NOTHING)


def recommendation_shown(actor: Actor, made: Recommendation) -> RecommendationShown:
    """As the actor may see it, of those that `own_recommendations` gives; queries that stay."""
    divides = may(actor, Permission.DIVIDE_MONEY, made.call)
    approval = _approval(actor, made)
    knows = divides or made.state == State.AWARDED
    papers = list(papers_of(made)) if divides else []
    can = [*approval.can, *_verbs(made, divides=divides)]
    rows, sees_all = _rows(actor, made, knows=knows)
    if divides and may(actor, Procedures.MANAGE_LETTERS, made.call):
        if made.state == State.AWARDED and sees_all:
            can.append("letters")
        rows = _with_letters(made, rows)
    seen = [one.case.pk for one in rows]
    lists = list(payment_lists_of(made, seen)) if divides else []
    left_out = _left_out(made, rows) if divides else []
    return RecommendationShown(made, rows, approval, papers, lists, left_out, can, knows, sees_all)


def _with_letters(made: Recommendation, rows: list[RowShown]) -> list[RowShown]:
    if made.state != State.AWARDED or made.ended_at is None:
        return rows
    letters = letter_list.letters_since([one.case.pk for one in rows], made.ended_at)
    return [replace(one, letter=letters.get(one.case.pk)) for one in rows]


def _left_out(made: Recommendation, rows: list[RowShown]) -> list[str]:
    if made.state != State.AWARDED:
        return []
    seen = {one.case.pk for one in rows}
    dues = dues_of(made)
    return [str(one) for one in dues if one.why and one.award.application.case_id in seen]


def _rows(actor: Actor, made: Recommendation, *, knows: bool) -> tuple[list[RowShown], bool]:
    """Those that the actor sees, and whether these are all."""
    recommended: Mapping[UUID, Mapping[str, Any]] = {UUID(one["case"]): one for one in made.over}
    awards = {}
    if knows and made.decided_times:
        whole = made.awards.select_related("application")
        awards = {one.application.case_id: one for one in whole}
    ids = recommended.keys() | awards.keys()
    hidden = excluded_from(actor, ids)
    cases = case_list.cases_visible_to(SYSTEM).filter(pk__in=ids - hidden)
    rows = []
    for case in cases:
        row, award = recommended.get(case.pk), awards.get(case.pk)
        place = row["place"] if row is not None else award.place if award is not None else None
        amount = Decimal(row["amount"]) if row is not None else NOTHING
        told = row.get("asked") if row is not None else None
        asked = award.asked if award is not None else Decimal(told) if told else None
        rows.append(RowShown(case, place, asked, amount, award))
    rows.sort(key=lambda one: (one.place is None, one.place or 0, one.case.title))
    return rows, not hidden


def recommendation_lines(
    actor: Actor, found: "Iterable[Recommendation]"
) -> list[RecommendationLine]:
    """The recommendations of one call as a list shows them to the actor; queries that stay."""
    whole = list(found)
    hidden = excluded_from(actor, {UUID(row["case"]) for one in whole for row in one.rows})
    divides = bool(whole) and may(actor, Permission.DIVIDE_MONEY, whole[0].call)
    lines = []
    for one in whole:
        sums = [Decimal(row["amount"]) for row in one.over if UUID(row["case"]) not in hidden]
        knows = divides or one.state == State.AWARDED
        lines.append(RecommendationLine(one, len(sums), sum(sums, NOTHING), knows))
    return lines


def _state_told(made: Recommendation, *, knows: bool) -> str:
    """A decision that is prepared is told nobody who does not prepare it."""
    if made.state != State.DECIDED or knows:
        return str(made.state)
    return str(State.APPROVED if made.approvers else State.RECOMMENDED)


def _approval(actor: Actor, made: Recommendation) -> Approval:
    if not made.approvers:
        return Approval()
    case = cases_about(RECOMMENDATION, made.pk, case_list.cases_visible_to(SYSTEM)).first()
    if case is None:
        return Approval()
    steps = case_list.stories_of([case])[case.pk]
    if not case.is_open:
        return Approval(steps, version=case.version)
    offered = _offered(actor, case)
    waiting = case_list.with_ball(case_list.cases_visible_to(SYSTEM)).get(pk=case.pk).waited_for
    return Approval(
        steps=steps,
        waits_for=list(dict.fromkeys(filter(None, waiting))),
        can=[verdict for verdict, one in offered.items() if not one.blocked],
        blocked=next((one.blocked for one in offered.values() if one.blocked), ""),
        version=case.version,
    )


def _offered(actor: Actor, case: "Case") -> dict[str, Button]:
    """What the actor's part lets them say, each as the button of the case."""
    look = Desk(case).look()
    ways = {one.key: one.outcome for one in look.procedure.ways_from(case.stage)}
    offered = [(ways.get(one.action), one) for one in buttons(actor, look)]
    return {VERDICTS[outcome]: one for outcome, one in offered if outcome in VERDICTS}


def _verbs(made: Recommendation, *, divides: bool) -> list[str]:
    """What the screens offer whoever divides the money."""
    if not divides:
        return []
    if made.state == State.AWARDED:
        return ["document", "results", "pay"]
    verbs = ["document"] if made.state != State.SENT_BACK else []
    if made.can_be_decided:
        verbs.append("decide")
    if made.state == State.DECIDED:
        verbs.append("publish")
    if made.state != State.SENT_BACK:
        verbs.append("send_back")
    return verbs


def approval_running(made: Recommendation) -> "Case | None":
    """The case in which it is being approved; None where nobody is asked."""
    open_ones = case_list.cases_visible_to(SYSTEM).filter(state="open")
    return cases_about(RECOMMENDATION, made.pk, open_ones).first()


def papers_of(made: Recommendation) -> QuerySet[Paper]:
    """Its documents, the newest first."""
    whole = Paper.objects.filter(recommendation=made)
    return whole.select_related("docx", "pdf", "html", "xlsx").order_by("-made_at", "-pk")


def papers_visible_to(actor: Actor) -> QuerySet[Paper]:
    """Those of the calls whose money the actor divides, the newest first."""
    divides = actor.reach(Permission.DIVIDE_MONEY)
    within = scopes.within(divides, kind="recommendation__call__procedure")
    whole = Paper.objects.filter(within).select_related("recommendation__call", "docx", "pdf")
    return whole.order_by("-made_at", "-pk")


def payment_lists_of(made: Recommendation, cases: "Collection[UUID]") -> QuerySet[PaymentList]:
    """Its payment lists, the newest first, each with `count` and `paid` of those cases."""
    lists = PaymentList.objects.filter(recommendation=made)
    seen = Q(payments__award__application__case__in=cases)
    return lists.annotate(
        count=Count("payments", filter=seen),
        paid=Sum("payments__amount", filter=seen, default=NOTHING),
    ).order_by("-number")


def payment_lists_visible_to(actor: Actor) -> QuerySet[PaymentList]:
    """Those of the calls whose money the actor divides, the newest first."""
    divides = actor.reach(Permission.DIVIDE_MONEY)
    within = scopes.within(divides, kind="recommendation__call__procedure")
    whole = PaymentList.objects.filter(within).select_related("recommendation__call")
    counted = whole.annotate(count=Count("payments"), paid=F("total"))
    return counted.order_by("-made_at", "-pk")


def awards_visible_to(actor: Actor) -> QuerySet[Award]:
    """Those of the calls whose money the actor divides, by place."""
    divides = actor.reach(Permission.DIVIDE_MONEY)
    within = scopes.within(divides, kind="recommendation__call__procedure")
    whole = Award.objects.filter(within)
    return whole.select_related("recommendation__call", "application").order_by("place", "pk")
