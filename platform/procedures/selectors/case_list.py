"""Questions about cases, limited to what the actor may see."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from budget.registry import Shown
from opium.errors import NotFound
from opium.models import annotated
from opium.permissions import Actor
from opium.polish import fold
from procedures.desk import Desk, Look
from procedures.kinds import ASKED
from procedures.models import Case, Event
from procedures.rows import with_page
from procedures.standing import standing_of
from procedures.waits import OWNER
from todo import selectors as todo

LATE_ACTIONS = frozenset({"undo", "move", "open", "hand_over", "form_moved"})
"""Steps that nobody takes back."""


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases of one's own side, those that one's right reaches, and those one has a part in.

    Nobody sees, from the office's side, a case that they are excluded from.
    """
    standing = standing_of(actor)
    visible = Q() if standing is None else standing.sees()
    return Case.objects.filter(visible)


def with_ball(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With the procedure and `waited_for`: the names of whom the case waits for, in one query."""
    waiting = todo.rows_of_subjects(OWNER).filter(done_at=None, subject_id=OuterRef("pk"))
    names = waiting.order_by("since", "pk").values("who")
    whole = cases.select_related("procedure", "applicant")
    return annotated(whole, waited_for=ArraySubquery(names))


def with_sides(actor: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each with `is_from_office`: whether the actor sees it as the office does."""
    standing = standing_of(actor)
    kept = Q() if standing is None else standing.keeps()
    seen = Value(value=True) if standing is None else kept
    return annotated(cases, is_from_office=ExpressionWrapper(seen, output_field=BooleanField()))


def with_applicants_side(actor: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each with `is_on_applicants_side`: whether the actor stands there."""
    standing = standing_of(actor)
    has = Value(value=False) if standing is None else standing.has()
    return annotated(
        cases, is_on_applicants_side=ExpressionWrapper(has, output_field=BooleanField())
    )


def cases_matching(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Those with every word of `text` in sign, title or unit; case and diacritics do not count."""
    for word in fold(text).split():
        cases = cases.filter(search__contains=word)
    return cases


def only_mine(actor: Actor, cases: QuerySet[Case], *, is_mine: bool) -> QuerySet[Case]:
    """Those that wait for the actor or are of their side; or the others."""
    standing = standing_of(actor)
    mine = Q() if standing is None else Q(standing.waited_for()) | standing.has()
    return cases.filter(mine if is_mine else ~mine)


def shown_in_ledgers(actor: Actor, ids: Collection[UUID]) -> dict[UUID, Shown]:
    """Those of the cases that the actor may see, as a ledger names them."""
    return {
        case.pk: Shown(name=str(case), url=f"/procedures/cases/{case.pk}")
        for case in cases_visible_to(actor).filter(pk__in=ids)
    }


def overdue(at: datetime | None = None) -> Q:
    """Cases whose deadline has passed."""
    return Q(state=Case.State.OPEN, due_at__lt=at or timezone.now())


def case_visible_to(actor: Actor, case_id: UUID) -> Case:
    """One case, with its sides and on whom it waits. Raises `NotFound`."""
    return _one(_shown(actor), case_id)


def whole_case_visible_to(actor: Actor, case_id: UUID) -> Case:
    """As `case_visible_to`, with the rows, letters and last step of its page, in one query."""
    return _one(with_page(with_applicants_side(actor, _shown(actor))), case_id)


def _shown(actor: Actor) -> QuerySet[Case]:
    cases = with_sides(actor, with_ball(cases_visible_to(actor)))
    return cases.select_related("revision", "sheet__form", "sheet__revision")


def _one(cases: QuerySet[Case], case_id: UUID) -> Case:
    case = cases.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def events_of(case: Case) -> QuerySet[Event]:
    """The whole story in its order, each with the step that undid it; one query."""
    return Event.objects.filter(case=case).select_related("undone_by").order_by("number")


def last_event(case: Case) -> Event | None:
    """The newest step."""
    found = Event.objects.filter(case=case, number=case.version).first()
    if found is not None:
        found.case = case
    return found


def obstacle_to_undoing(actor: Actor, last: Event | None) -> str:
    """Why the actor cannot take the last step back; "" where they can."""
    if last is None or last.action in LATE_ACTIONS:
        return "Nie ma kroku, który można cofnąć."
    if last.actor_id is None or last.actor_id != actor.pk:
        return f"Ostatni krok zrobił ktoś inny ({last.actor_name}); tylko ta osoba może go cofnąć."
    if not last.is_undoable:
        return "Tego kroku nie można cofnąć: wyszło już pismo albo zadziałał inny moduł."
    if _is_being_corrected(last):
        return "Tego kroku nie można cofnąć: wnioskodawca zaczął już poprawiać odpowiedzi."
    return ""


def still_has_the_part(actor: Actor, last: Event, look: Look) -> bool:
    """Whether the actor could do now what they did in that step: in that part, in that place."""
    standing = standing_of(actor)
    if standing is None:
        return True
    answered = None
    if last.part == ASKED:
        answers = (one for one in look.rows.opinions if one.answered_in == last.number)
        answered = next(answers, None)
    return standing.could_repeat(last, look.case, answered)


def _is_being_corrected(last: Event) -> bool:
    reopened = last.before.get("reopened")
    sheet = last.case.sheet if reopened is not None else None
    return sheet is not None and sheet.draft_version != reopened


def shown_to_applicant(desk: Desk, part: str) -> list[str]:
    """Stages of which the applicant sees that part."""
    return [
        stage.key
        for stage in desk.procedure.stages
        if part in stage.visible_to.get("applicant", ())
    ]
