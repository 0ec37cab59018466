"""Questions about cases, limited to what the actor may see."""

from collections.abc import Callable, Collection
from copy import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    CharField,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models import Case as DbCase
from django.db.models.functions import Coalesce
from django.utils import timezone

from budget.registry import Shown
from opium.errors import NotFound
from opium.models import annotated
from opium.permissions import Actor
from opium.polish import fold
from opium.prepared import Prepared
from procedures import seating
from procedures.desk import Desk, Look
from procedures.kinds import ASKED, KINDS
from procedures.models import Case, Event, Exclusion
from procedures.rows import with_page
from procedures.selectors.findings import parts_shown
from procedures.standing import Sight, has, is_veiled, keeps, keeps_veiled_too, standing_of
from procedures.waits import OWNER
from todo import selectors as todo

LATE_ACTIONS = frozenset({"undo", "move", "open", "hand_over", "form_moved"})
"""Steps that nobody takes back."""

SIDES, STATES, MEANINGS = Case.Side.choices, Case.State.choices, Case.Meaning.choices
"""What a case can say of itself, with the Polish words, for the shapes of rooms above."""
NONE = Case.objects.none()
Keeping = Callable[[Sight, datetime], Q]


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases of one's own side, those that one's right reaches, and those one has a part in.

    Nobody sees, from the office's side, a case that they are excluded from, nor one whose applicant
    is hidden from them: that opens through `cases_worked_by` and the case's page alone.
    """
    return _visible(_sight_of(actor), timezone.now())


def cases_worked_by(actor: Actor) -> QuerySet[Case]:
    """As `cases_visible_to`, and those whose applicant is hidden from the actor, who scores them.

    Each with its `nick` where it is. Whoever asks tells nothing of a case but what `veiled` leaves.
    """
    sight, now = _sight_of(actor), timezone.now()
    return _with_nick(_known(sight, now), sight, now)


def case_worked_by(actor: Actor, case_id: UUID) -> Case:
    """One of `cases_worked_by`. Raises `NotFound`."""
    case = cases_worked_by(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def veiled(case: Case) -> Case:
    """The same case for whom its applicant is hidden from: nothing in it tells who that is.

    The case itself stays as it is; one that is not hidden (`nick`) is given back.
    """
    if case.nick is None:
        return case
    shown = copy(case)
    shown.title, shown.sign = case.nick, ""
    shown.unit_id, shown.unit_name, shown.section_id = None, "", None
    shown.applicant, shown.opened_by, shown.authors = None, None, []
    shown.trouble, shown.search = "", ""
    if case.ball_side != Case.Side.OFFICE:
        shown.waited_for = []
    return shown


def is_veiled_from(actor: Actor, case_id: UUID) -> bool:
    """Whether the case's applicant is hidden from the actor, who sees the case otherwise."""
    sight, now = _sight_of(actor), timezone.now()
    return sight is not None and _veiled.exists(sight=sight, now=now, case_id=case_id)


def rows_visible_to(actor: Actor) -> QuerySet[Case]:
    """As `cases_visible_to`, with sides and on whom they wait, the newest first; for the list."""
    return _rows.queryset(sight=_sight_of(actor), now=timezone.now())


def own_rows_of(actor: Actor) -> QuerySet[Case]:
    """As `rows_visible_to`, those alone on whose applicant's side the actor stands."""
    standing = standing_of(actor)
    return rows_visible_to(actor).filter(Q() if standing is None else standing.has())


def hidden_from(reader: Actor) -> QuerySet[Case]:
    """The cases from which the reader is excluded.

    For figures that are shown to whoever sees no case: no difference betrays what is hidden.
    """
    excluded = Exclusion.objects.filter(person=reader.pk, lifted_in=None)
    return Case.objects.filter(pk__in=excluded.values("case"))


def _sight_of(actor: Actor) -> Sight | None:
    standing = standing_of(actor)
    return None if standing is None else standing.sight


def _visible(sight: Sight | None, now: datetime) -> QuerySet[Case]:
    return Case.objects.filter(Q() if sight is None else has(sight) | keeps(sight, now))


def _known(sight: Sight | None, now: datetime) -> QuerySet[Case]:
    """Those that `_visible` gives, and those that are seen without their applicant."""
    return Case.objects.filter(Q() if sight is None else has(sight) | keeps_veiled_too(sight, now))


def _with_nick(cases: QuerySet[Case], sight: Sight | None, now: datetime) -> QuerySet[Case]:
    """Each with `nick`, None where all of it is shown; and with `hides_members`."""
    if sight is None:
        nothing: Any = {"nick": Value(None, CharField()), "hides_members": Value(value=False)}
        return annotated(cases, **nothing)
    name = Coalesce(seating.nick_of(), Value(seating.NAMELESS), output_field=CharField())
    is_hidden = is_veiled(sight, now) & ~has(sight)
    between = ExpressionWrapper(
        seating.hidden_to(sight.me, now, "members"), output_field=BooleanField()
    )
    nick = DbCase(When(is_hidden, then=name), default=None, output_field=CharField())
    return annotated(cases, nick=nick, hides_members=between)


def with_ball(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With the procedure and `waited_for`: the names of whom the case waits for, in one query."""
    waiting = todo.rows_of_subjects(OWNER).filter(done_at=None, subject_id=OuterRef("pk"))
    names = waiting.order_by("since", "pk").values("who")
    whole = cases.select_related("procedure", "applicant")
    return annotated(whole, waited_for=ArraySubquery(names))


def with_sides(actor: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each with `is_from_office`: whether the actor sees it as the office does."""
    return _sided(cases, _sight_of(actor), timezone.now())


def _sided(
    cases: QuerySet[Case], sight: Sight | None, now: datetime, keeping: Keeping = keeps
) -> QuerySet[Case]:
    seen = Value(value=True) if sight is None else keeping(sight, now)
    return annotated(cases, is_from_office=ExpressionWrapper(seen, output_field=BooleanField()))


def with_applicants_side(actor: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each with `is_on_applicants_side`: whether the actor stands there."""
    return _both_sided(cases, _sight_of(actor))


def _both_sided(cases: QuerySet[Case], sight: Sight | None) -> QuerySet[Case]:
    is_there = Value(value=False) if sight is None else has(sight)
    return annotated(
        cases, is_on_applicants_side=ExpressionWrapper(is_there, output_field=BooleanField())
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
    return _one(_shown_case, actor, case_id)


def whole_case_visible_to(actor: Actor, case_id: UUID) -> Case:
    """As `case_visible_to`, with the rows, letters and last step of its page, in one query.

    Also one whose applicant is hidden from the actor, with its `nick`: for `pages` alone.
    """
    return _one(_whole_case, actor, case_id)


def sided_case_visible_to(actor: Actor, case_id: UUID) -> Case | None:
    """One case with both its sides, its revision and its sheet.

    Its `nick` says whether it is one whose applicant is hidden from the actor.
    """
    return _sided_case.first(sight=_sight_of(actor), now=timezone.now(), case_id=case_id)


def _whole(sight: Sight | None, now: datetime, case_id: UUID) -> QuerySet[Case]:
    """The case's page, from the office's side for whom the applicant is hidden from too."""
    sided = _sided(with_ball(_known(sight, now)), sight, now, keeps_veiled_too)
    whole = _with_nick(_both_sided(sided, sight), sight, now)
    return with_page(_to_be_shown(whole, case_id))


def _shown(sight: Sight | None, now: datetime, case_id: UUID) -> QuerySet[Case]:
    return _to_be_shown(_sided(with_ball(_visible(sight, now)), sight, now), case_id)


def _to_be_shown(cases: QuerySet[Case], case_id: UUID) -> QuerySet[Case]:
    cases = cases.filter(pk=case_id)
    whole = cases.select_related("revision", "sheet__form", "sheet__revision")
    return whole.defer(*NOT_SHOWN, "sheet__form__draft")


def _one(asked: "Prepared[Case]", actor: Actor, case_id: UUID) -> Case:
    case = asked.first(sight=_sight_of(actor), now=timezone.now(), case_id=case_id)
    if case is None:
        raise NotFound
    return case


NOT_SHOWN = ("search", "procedure__draft", "applicant__password")
"""What is large, or nobody's to read, and no page of a case says."""
_rows = Prepared(
    lambda sight, now: (
        _sided(with_ball(_visible(sight, now)), sight, now)
        .defer(*NOT_SHOWN, "facts", "clocks", "entered")
        .order_by("-opened_at", "-pk")
    )
)
_shown_case = Prepared(_shown)
_whole_case = Prepared(_whole)
_sided_case = Prepared(
    lambda sight, now, case_id: _with_nick(
        _both_sided(
            _sided(_known(sight, now).filter(pk=case_id), sight, now, keeps_veiled_too), sight
        ),
        sight,
        now,
    ).select_related("revision", "sheet")
)
_veiled = Prepared(
    lambda sight, now, case_id: Case.objects.filter(
        keeps_veiled_too(sight, now) & is_veiled(sight, now) & ~has(sight), pk=case_id
    )
)


def events_of(case: Case) -> QuerySet[Event]:
    """The whole story in its order, each with the step that undid it; one query."""
    return Event.objects.filter(case=case).select_related("undone_by").order_by("number")


def stories_of(cases: Collection[Case]) -> dict[UUID, list[Event]]:
    """Case -> its whole story, as `events_of` tells it; one query for all of them."""
    found: dict[UUID, list[Event]] = {case.pk: [] for case in cases}
    events = Event.objects.filter(case__in=cases).select_related("undone_by")
    for event in events.order_by("case", "number"):
        found[event.case_id].append(event)
    return found


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
        case = last.case  # of a matter that a committee scores nobody is named: they may be hidden
        is_named = not (case.intake and KINDS[case.stage_kind].has_members)
        who = f" ({last.actor_name})" if is_named else ""
        return f"Ostatni krok zrobił ktoś inny{who}; tylko ta osoba może go cofnąć."
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
    return [stage.key for stage in desk.procedure.stages if part in parts_shown(stage)]
