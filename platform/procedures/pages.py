"""The page of a case: where it is, what happened, what may be done now; and its log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.utils import timezone

from opium.permissions import Actor
from procedures import registry
from procedures.desk import APPLICATION, Desk, Look
from procedures.guarding import Looker
from procedures.kinds import APPLICANT, KINDS
from procedures.kinds.settlement import accounting_stage
from procedures.models import Case, Event, Letter
from procedures.routing import well_ahead
from procedures.rows import (
    LetterRow,
    OpinionRow,
    Rows,
    VoteRow,
    entering_step_of,
    explanation_of,
    last_step_of,
    letters_in,
)
from procedures.selectors import actions, case_list
from procedures.selectors.findings import Finding, findings, parts_shown
from procedures.selectors.issuing import letters_offered
from procedures.selectors.questions import standing_in
from procedures.selectors.reopening import may_reopen, obstacle_to_reopening
from procedures.selectors.scoring import Threshold, thresholds
from procedures.standing import standing_of
from procedures.stories import (
    EventShown,
    done_by,
    story_of,
    told_to_who_scores,
    votes_of_nobody,
)

if TYPE_CHECKING:
    from forms.models import Sheet


@dataclass(frozen=True, slots=True)
class BallShown:
    side: str
    who: list[str]
    since: datetime
    due_at: datetime | None
    is_overdue: bool
    is_paused: bool

    @classmethod
    def of(cls, case: Case) -> "BallShown":
        """Of a case that `with_ball` has read."""
        return cls(
            side=case.ball_side,
            who=list(dict.fromkeys(filter(None, case.waited_for))),
            since=case.ball_since,
            due_at=case.due_at,
            is_overdue=case.due_at is not None and case.due_at < timezone.now(),
            is_paused=case.paused_at is not None,
        )


@dataclass(frozen=True, slots=True)
class PathStep:
    key: str
    name: str
    kind: str
    state: Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class SheetShown:
    id: UUID
    title: str
    stage: str
    round: int
    person: str | None
    state: str
    version: int
    can_fill: bool
    is_complete: bool


@dataclass(frozen=True, slots=True)
class WhyHere:
    """Why the case stands where it does: what the step that brought it here has said."""

    sentence: str
    label: str
    """What was pressed; to the applicant the same sentence as in the story of the case."""
    by: str
    at: datetime


class CasePage:
    """One case as one actor sees it; each part is read once."""

    def __init__(self, actor: Actor, case: Case) -> None:
        """The case as `whole_case_visible_to` has read it; `case` is what of it is shown."""
        self.actor, self.case = actor, case_list.veiled(case)
        self.is_veiled = case.nick is not None
        self.is_from_office = case.is_from_office
        standing = standing_of(actor)
        absences = None if standing is None else standing.standpoint.absences
        self.look = Look(Desk(case), Rows.of(case), absences)

    @property
    def path(self) -> list[PathStep]:
        """The stages in the procedure's order; side ways and ends only where the case has been.

        Ahead lie those that it comes to as long as nothing goes wrong.
        """
        return list(self._path())

    def _path(self) -> Iterator[PathStep]:
        case = self.case
        good = well_ahead(self.look.procedure, case.stage)
        for stage in self.look.procedure.stages:
            kind = KINDS[stage.kind]
            is_now = stage.key == case.stage
            was_here = stage.key in case.entered
            if not (is_now or (was_here and not kind.ends)) and (
                kind.ends or kind.reopens or stage.key not in good
            ):
                continue
            name = stage.name if self.is_from_office else stage.public_name or stage.name
            state: Literal["done", "now", "ahead"] = "ahead"
            if is_now:
                state = "now"
            elif was_here:
                state = "done"
            yield PathStep(stage.key, name, stage.kind, state)

    @property
    def actions(self) -> list[actions.Button]:
        return actions.buttons(self.actor, self.look)

    @property
    def sheets(self) -> list[SheetShown]:
        standing = standing_of(self.actor)
        looker = None
        if standing is not None:
            looker = Looker(
                self.look,
                standing,
                is_from_office=self.is_from_office,
                is_applicant=self.case.is_on_applicants_side,
            )
        return [
            self._sheet(sheet, can_fill=looker is None or looker.fills(sheet))
            for sheet in self.look.sheets
            if looker is None or looker.sees(sheet) or looker.reads_veiled(sheet)
        ]

    def _sheet(self, sheet: "Sheet", *, can_fill: bool) -> SheetShown:
        stage, _, rest = sheet.purpose.partition("/")
        named = self.look.procedure.stage_by_key.get(stage)
        return SheetShown(
            id=sheet.pk,
            title=sheet.form.name if sheet.purpose == APPLICATION or named is None else named.name,
            stage="" if sheet.purpose == APPLICATION else stage,
            round=int(rest.split("/")[0]) if rest else 1,
            person=sheet.person.display_name if sheet.person else None,
            state=sheet.state,
            version=sheet.version,
            can_fill=can_fill,
            is_complete=sheet.is_complete,
        )

    @property
    def opinions(self) -> list[OpinionRow]:
        if self.is_veiled:
            return []
        return [one for one in self.look.rows.opinions if self._shows("opinions", one.stage)]

    @property
    def votes(self) -> list[VoteRow]:
        """Votes and scores; while members still score, each sees only their own."""
        shown = [
            one
            for one in self.look.rows.votes
            if self._shows("scores", one.stage) and not self._is_hidden(one)
        ]
        if not self.case.hides_members:
            return shown
        return votes_of_nobody(shown, self.actor, self.case)

    @property
    def thresholds(self) -> list[Threshold]:
        """What the scores that are shown are held against."""
        shown = {one.stage for one in self.votes if one.points is not None}
        return [one for one in thresholds(self.look.procedure) if one.stage in shown]

    def _is_hidden(self, vote: VoteRow) -> bool:
        case = self.case
        is_scored_now = case.is_open and self.look.kind.has_members
        is_here = (vote.stage, vote.round) == (case.stage, case.round)
        return is_scored_now and is_here and vote.person_id != self.actor.pk

    @property
    def letters(self) -> list[LetterRow]:
        """The newest first; the applicant's side sees those that are ready."""
        if self.is_veiled:
            return []
        return [
            one
            for one in letters_in(self.case)
            if self._shows("letters", one.stage)
            and (self.is_from_office or one.state == Letter.State.READY)
        ]

    def _shows(self, part: str, stage: str) -> bool:
        """Whether the actor sees that part of the stage; the office does of every one there was."""
        if self.is_from_office:
            return True
        return stage in case_list.shown_to_applicant(self.look.desk, part)

    @property
    def subject(self) -> dict[str, Any] | None:
        told = registry.subject_of(self.case.subject_kind)
        if told is None or self.case.subject_id is None or self.is_veiled:
            return None
        pk = self.case.subject_id
        return {
            "kind": self.case.subject_kind,
            "label": told.label,
            "url": told.url(pk),
            "facts": [{"label": label, "value": value} for label, value in told.describe(pk)],
            "text": told.frozen_text(pk),
        }

    @property
    def can(self) -> list[str]:
        """What the page offers besides the buttons of the stage."""
        verbs = []
        last = last_step_of(self.case)
        if last is not None and self._may_undo(last):
            verbs.append("undo")
        if last is not None and self._may_reopen(last):
            verbs.append("reopen_scoring")
        if self.letters_offered != []:
            verbs.append("issue_letter")
        if standing_in(self.actor, self.case) is not None:
            verbs.append("read_questions")
            if accounting_stage(self.look.procedure.stages) is not None:
                verbs.append("read_invoices")
        return verbs

    @cached_property
    def letters_offered(self) -> list[str] | None:
        """Keys of the templates that the actor may issue here; None for every template."""
        if self.is_veiled:
            return []
        return letters_offered(self.actor, self.look, is_from_office=self.is_from_office)

    def _may_undo(self, last: Event) -> bool:
        is_free = not case_list.obstacle_to_undoing(self.actor, last)
        return is_free and case_list.still_has_the_part(self.actor, last, self.look)

    def _may_reopen(self, last: Event) -> bool:
        is_free = last.is_undoable and not obstacle_to_reopening(last)
        return is_free and may_reopen(self.actor, last, self.look)

    @property
    def events(self) -> list[EventShown]:
        """The whole story, or what of it the applicant is let see; one query."""
        told = case_list.events_of(self.case)
        if self.is_veiled or self.case.hides_members:
            return told_to_who_scores(self.actor, self.case, self.look.procedure, told)
        if self.is_from_office:
            return [story_of(event, self.look.procedure) for event in told]
        return [self._told_to_applicant(event) for event in told if event.is_public]

    @property
    def findings(self) -> list[Finding]:
        """What the case has come to, as far as the actor is let see it."""
        found = findings(self.look, is_from_office=self.is_from_office)
        if not self.is_veiled:
            return found
        names = {one.name for one in self.look.procedure.stages if KINDS[one.kind].has_members}
        return [one for one in found if one.code == "requested" or one.stage in names]

    @property
    def why(self) -> WhyHere | None:
        """Why the case stands here, where a reason was given and is the actor's to read."""
        event = None if self.is_veiled else entering_step_of(self.case)
        if event is None or not explanation_of(event) or not self._explains(event):
            return None
        if self.is_from_office:
            return WhyHere(explanation_of(event), event.label, event.actor_name, event.at)
        sentence = self._sentence_told(event)
        return WhyHere(explanation_of(event), sentence, event.function or "Urząd", event.at)

    def _explains(self, event: Event) -> bool:
        """Whether the actor reads why that was done."""
        if self.is_from_office or event.part == APPLICANT or self._calls_for_correction(event):
            return True
        stages = self.look.procedure.stage_by_key
        left, entered = stages.get(event.from_stage), stages.get(event.to_stage)
        if left is None:
            return False
        ends = entered is not None and KINDS[entered.kind].ends
        return "reasons" in parts_shown(left) or (ends and APPLICANT not in left.visible_to)

    def _told_to_applicant(self, event: Event) -> EventShown:
        left = self.look.procedure.stage_by_key.get(event.from_stage)
        shown = parts_shown(left) if left is not None else ()
        is_own = event.part == APPLICANT
        is_meant = is_own or self._calls_for_correction(event)
        is_whole = is_meant or {"facts", "reasons"} <= set(shown)
        reason = event.reason if is_whole else explanation_of(event)
        return EventShown(
            number=event.number,
            at=event.at,
            actor=event.actor_name if is_own else event.function or "Urząd",
            in_place_of=event.in_place_of_name or None if is_own else None,
            function=event.function,
            sentence=self._sentence_told(event),
            done=self._done_told(event),
            reason=reason if self._explains(event) else "",
            from_stage=(left.public_name or left.name) if left is not None else event.from_name,
            to_stage=event.to_public_name,
            details=event.details if is_whole else [],
            sheet_version=event.sheet_version,
            is_undone=hasattr(event, "undone_by"),
        )

    def _sentence_told(self, event: Event) -> str:
        """What the applicant reads that was done: what was pressed, or only where it has led."""
        left = self.look.procedure.stage_by_key.get(event.from_stage)
        is_shown = left is not None and "stage" in parts_shown(left)
        return event.label if event.part == APPLICANT or is_shown else event.to_public_name

    def _done_told(self, event: Event) -> str:
        """What happened by it, as far as the reader is told of the stage where it was done."""
        told = self._sentence_told(event)
        return done_by(event, self.look.procedure) if told == event.label else told

    def _calls_for_correction(self, event: Event) -> bool:
        """Whether the step asks the applicant for something, and so is meant for their eyes."""
        entered = self.look.procedure.stage_by_key.get(event.to_stage)
        return entered is not None and KINDS[entered.kind].reopens


def page_of(actor: Actor, case_id: UUID) -> CasePage:
    """The case as the actor sees it. Raises `NotFound`."""
    return CasePage(actor, case_list.whole_case_visible_to(actor, case_id))
