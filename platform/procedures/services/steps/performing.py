"""The one verb that moves a case."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from forms import selectors as forms
from forms.definition import read
from forms.filling import project
from forms.services import submit_sheet
from opium.arrival import arrival
from opium.errors import FieldError
from opium.permissions import Actor
from opium.polish import format_moment
from procedures import registry
from procedures.deeds import Deed
from procedures.definition import Transition
from procedures.desk import APPLICATION, Desk, Look, locked
from procedures.errors import (
    ActionIncomplete,
    ActionNotAvailable,
    CaseChangedMeanwhile,
    CaseClosed,
    NotYourPart,
    ProcedureNotOpen,
)
from procedures.kinds import NotPossible, Press, Settlement
from procedures.kinds.changes import (
    BallotCast,
    CorrectionAsked,
    Excluded,
    OpinionGiven,
    ScoreTakenBack,
)
from procedures.kinds.documents import explained_in, explaining_in
from procedures.kinds.registry import amount
from procedures.selectors import actions
from procedures.selectors.starting import start_of
from procedures.services.entrusted import effects, recording
from procedures.services.steps import filing, money, stages, telling
from procedures.services.steps.writing import write_down
from procedures.standing import Hat, Standing, standing_of
from procedures.waits import OWNER

if TYPE_CHECKING:
    from procedures.models import Case, Event

LONGEST_REASON = 4_000
NO_SHEET = "Twoja karta oceny nie jest jeszcze gotowa. Odśwież stronę za chwilę i wypełnij ją."


@dataclass(frozen=True, slots=True)
class _Step:
    """What is pressed: the way whose button it is, or an act of the stage's kind."""

    action: str
    code: str
    label: str
    way: Transition | None


@transaction.atomic
def perform(  # the one door: who, what, on which state of the case
    *,
    actor: Actor,
    case: "Case",
    action: str,
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    version: int | None = None,
) -> "Event":
    """Press a button of the case: a transition's key, or an act of its stage's kind.

    One transaction: the rows, the event, the deadline, on whom it waits next, the effects, the
    audit entry. People are told once it has committed. Of two who press at once one moves the
    case and the other is told who was faster. Raises `CaseChangedMeanwhile` where `version` is
    not the case's newest, `CaseClosed`, `ActionNotAvailable`, `NotYourPart`, `ActionIncomplete`,
    and forms' `SheetIncomplete`.
    """
    desk = Desk(locked(case))
    if version is not None and version != desk.case.version:
        raise CaseChangedMeanwhile(story=recording.story(desk.case))
    if not desk.case.is_open:
        raise CaseClosed(closed_on=recording.closed_on(desk.case))
    look, standing = desk.look(), standing_of(actor)
    step = _step(actor, look, action)
    hats = actions.hats_for(look, standing, step.code)
    if not hats:
        raise NotYourPart(who=_who(desk, step.code))
    return _Performance(desk, standing, actor, step, hats, reason.strip()).run(look, data or {})


def _step(actor: Actor, look: Look, action: str) -> _Step:
    way = look.procedure.way(look.stage.key, action)
    if way is not None and actions.is_offered(actor, look, way.outcome):
        pressed = look.button_on(way.outcome)
        return _Step(action, way.outcome, pressed[1] if pressed else way.label, way)
    if action in look.kind.acts:
        return _Step(action, action, look.kind.acts[action].label, None)
    raise ActionNotAvailable(
        sentence=f"Tej czynności nie ma w etapie „{look.stage.name}”. {recording.story(look.case)}"
    )


def _who(desk: Desk, code: str) -> str:
    functions = desk.kind.pressed_by(desk.stage, code)
    return ", ".join(desk.procedure.function_name(one) for one in functions if one)


class _Performance:
    """One press from what was given to the event, inside the transaction of `perform`."""

    def __init__(  # noqa: PLR0917  # what `perform` has found out
        self,
        desk: Desk,
        standing: Standing | None,
        actor: Actor,
        step: _Step,
        hats: list[Hat],
        reason: str,
    ) -> None:
        self.desk, self.standing, self.actor = desk, standing, actor
        self.step, self.hats, self.reason = step, hats, reason
        self.why = reason
        """The reason, or what the step's own questions say of why it is taken."""
        self.before = recording.snapshot(desk.case)
        self.sheet_version: int | None = None
        self.sheets: dict[str, Any] = {}
        """Sheet -> how it asked for correction before this step submitted it."""

    def run(self, look: Look, data: Mapping[str, Any]) -> "Event":
        desk, kind = self.desk, self.desk.kind
        press = actions.press_of(
            look, self.standing, code=self.step.code, hats=self.hats, reason=self.reason
        )
        fields = kind.fields(desk.stage, press.code, look.known(press.asked))
        given, details = self._checked(fields, self._explained(fields, data))
        self.why = explained_in(given) or self.reason
        press = replace(press, data=given, reason=self.why)
        try:
            settlement = self._settled(look, press)
            hat = self._hat(look, settlement)
            self._write(press, settlement, hat)
        except NotPossible as refusal:
            raise ActionNotAvailable(sentence=str(refusal)) from refusal
        way = self._way(settlement)
        if self.step.way is not None:
            self._require_reason(way or self.step.way, fields)
        left = desk.stage
        self._go_on(way, settlement)
        event = recording.record(
            desk,
            self.actor,
            Deed.PERFORM,
            recording.Step(
                action=self._action(way),
                label=self._label(way),
                left=left,
                entered=desk.stage if way is not None else None,
                outcome=settlement.outcome,
                hat=hat,
                reason=self.reason,
                data=given,
                details=details,
                before={"case": self.before, "sheets": self.sheets, "reopened": self._reopened()},
                is_undoable=self._is_undoable(way, settlement),
                sheet_version=self.sheet_version,
            ),
        )
        effects.run(self.actor, desk.case, event, way)
        effects.close_subject(self.actor, desk.case, event)
        telling.tell_later(event)
        return event

    def _go_on(self, way: Transition | None, settlement: Settlement) -> None:
        """Leave the stage for where the way leads; without a way only who is waited for changes."""
        desk = self.desk
        if way is None:
            if any(isinstance(one, Excluded) for one in settlement.changes):
                stages.add_sheets(desk)
            stages.settle_waiting(desk)
            return
        target = desk.procedure.stage_by_key[way.target]
        if desk.kind.starts and self.sheet_version is not None:
            filing.file_case(desk)
        stages.leave(desk, target)
        stages.enter(desk, target, asked=_correction(settlement))
        money.entered(desk, self.before["entered"], by=self.actor, reason=self.why)

    def _checked(
        self, fields: Mapping[str, Any] | None, data: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[dict[str, str]]]:
        """What was given, as the forms engine takes it; and the same for people."""
        if len(self.reason) > LONGEST_REASON:
            too_long = f"Powód może mieć najwyżej {LONGEST_REASON} znaków."
            raise ActionIncomplete(errors=[FieldError("reason", too_long)])
        if fields is None:
            return {}, []
        definition = read(fields)
        facts = forms.facts_for(definition, data, None)
        projection = project(definition, data, facts)
        if projection.errors:
            raise ActionIncomplete(
                errors=[FieldError(f"data.{one.path}", one.sentence) for one in projection.errors]
            )
        given = projection.submitted()
        return given, recording.details(definition, given, facts)

    def _settled(self, look: Look, press: Press) -> Settlement:
        """What the press comes to, with the sheet that belongs to it submitted."""
        kind = self.desk.kind
        act = kind.acts.get(self.step.code)
        if act is not None and act.completes_form:
            if sentence := kind.obstacle(look.state, press):
                raise NotPossible(sentence)
            press = replace(press, points=self._submit())
            look = self.desk.look()
        settlement = kind.settles(look.state, press)
        outcome = kind.outcomes.get(settlement.outcome)
        if outcome is not None and outcome.completes_form:
            self._submit()
        return settlement

    def _submit(self) -> Any:
        """Submit the sheet of the stage, or of the member; gives a member's points."""
        desk, case = self.desk, self.desk.case
        if desk.kind.starts or desk.kind.reopens:
            purpose = APPLICATION
        elif not desk.stage.form:
            return None
        elif desk.kind.has_members and self.standing is not None:
            purpose = desk.purpose(desk.stage.key, self.standing.person.pk)
        else:
            purpose = desk.purpose(desk.stage.key)
        sheet = forms.sheets_of(OWNER, [case.pk]).filter(purpose=purpose).first()
        if sheet is None and desk.kind.has_members:
            raise NotPossible(NO_SHEET)
        if sheet is None or sheet.state == "submitted":
            return None
        if purpose == APPLICATION and desk.kind.starts:
            self._require_open_call()
        self.sheets[str(sheet.pk)] = sheet.asks_correction
        version = submit_sheet(actor=self._as(self.hats[0]), sheet=sheet)
        if purpose == APPLICATION:
            self.sheet_version = version.number
            case.sheet = version.sheet
            filing.name_case(case, version)
            if (intake := registry.intake_of(case.intake)) is not None:
                intake.submitted(case, version.answers, arrival())
            money.ask(desk, by=self.actor)
            if self.standing is not None and self.standing.person.pk not in case.authors:
                case.authors = [*case.authors, self.standing.person.pk]
        points = desk.stage.parameters.get("points")
        return amount(version.answers.get(str(points))) if points else None

    def _require_open_call(self) -> None:
        """Nothing that comes after the closing second is accepted (GRA-02 of domain.md 6.5)."""
        came_at = arrival()
        intake = registry.intake_of(self.desk.case.intake)
        if intake is not None:
            if sentence := intake.obstacle(self.desk.case, came_at):
                raise ProcedureNotOpen(sentence=sentence)
            return
        closes_at = start_of(self.desk.case.procedure, at=came_at).closes_at
        if closes_at is not None and came_at >= closes_at:
            raise ProcedureNotOpen(sentence=f"Nabór zakończył się {format_moment(closes_at)}.")

    def _as(self, hat: Hat) -> Actor:
        """The actor, in whose place they act."""
        return self.actor if self.standing is None else self.standing.actor_for(hat.in_place_of)

    def _hat(self, look: Look, settlement: Settlement) -> Hat:
        """In which of their parts they did it: the one that the kind has counted."""
        for change in settlement.changes:
            if isinstance(change, BallotCast):
                return next(hat for hat in self.hats if hat.function == change.function)
            if isinstance(change, OpinionGiven) and self.standing is not None:
                asked = self.standing.opinions_asked(look.case, look.rows.opinions)
                absent = {f"p{pk.hex}": who for pk, who in asked.items()}.get(change.key)
                return Hat(self.hats[0].function, absent)
        return self.hats[0]

    def _write(self, press: Press, settlement: Settlement, hat: Hat) -> None:
        desk, case = self.desk, self.desk.case
        if self.standing is not None:
            for change in settlement.changes:
                write_down(desk, change, press=press, person=self.standing.person, hat=hat)
        for change in settlement.changes:
            money.book(desk, change, by=self.actor, reason=self.why)
        if settlement.facts:
            known = case.facts.get(case.stage, {})
            case.facts = {**case.facts, case.stage: {**known, **settlement.facts}}

    def _way(self, settlement: Settlement) -> Transition | None:
        if not settlement.outcome:
            return None
        way = self.desk.look().way_on(settlement.outcome)
        if way is None:
            raise ActionNotAvailable(
                sentence="Żaden warunek przejścia dalej nie jest spełniony. "
                "Zgłoś to osobie, która prowadzi tę procedurę."
            )
        return way

    def _reopened(self) -> int | None:
        """The draft version of an application that this step has opened for correction."""
        sheet = self.desk.case.sheet
        is_open = self.desk.kind.reopens and sheet is not None and sheet.state == "draft"
        return sheet.draft_version if is_open and sheet is not None else None

    def _explained(
        self, fields: Mapping[str, Any] | None, data: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """A step is explained once: a bare reason answers the question that asks for it."""
        key = explaining_in(fields)
        if not key or not self.reason or len(self.reason) > LONGEST_REASON:
            return data
        own = str(data.get(key) or "").strip()
        if own not in {"", self.reason}:
            twice = "Ten krok wyjaśnia się w jednym polu, a powód podano w dwóch. Zostaw jeden."
            raise ActionIncomplete(errors=[FieldError("reason", twice)])
        reason, self.reason = self.reason, ""
        return {**data, key: reason}

    def _require_reason(self, way: Transition, fields: Mapping[str, Any] | None) -> None:
        if way.reason == "required" and not self.why:
            key = explaining_in(fields)
            place = f"data.{key}" if key else "reason"
            raise ActionIncomplete(errors=[FieldError(place, "Podaj powód.")])

    def _is_undoable(self, way: Transition | None, settlement: Settlement) -> bool:
        """Whether its maker may take it back: nothing has left the house.

        Who takes a score back gives it again instead, for the sheet may be filled in anew already.
        """
        if any(isinstance(one, ScoreTakenBack) for one in settlement.changes):
            return False
        if self.standing is None or effects.leave_the_house(way):
            return False
        return self.desk.case.is_open or self.desk.case.subject_id is None

    def _action(self, way: Transition | None) -> str:
        """The key of the way that was taken, which need not be the one whose button it was."""
        return self.step.action if self.step.way is None or way is None else way.key

    def _label(self, way: Transition | None) -> str:
        """The way that was taken; what was pressed, where it leads on otherwise or not yet."""
        pressed = self.step.label
        if way is None:
            return self.desk.kind.voices.get(self.step.code, pressed)
        is_own = self.step.way is not None and self.step.way.outcome == way.outcome
        return way.label if is_own else f"{pressed}: {way.label}"


def _correction(settlement: Settlement) -> CorrectionAsked | None:
    return next((one for one in settlement.changes if isinstance(one, CorrectionAsked)), None)
