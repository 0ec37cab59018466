"""What was done in a case and said of it, as the office is told, and as whoever scores it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from opium.permissions import Actor
from procedures.definition import Procedure
from procedures.kinds import KINDS
from procedures.models import Case, Event
from procedures.rows import VoteRow

MEMBER = "Członek komisji"


@dataclass(frozen=True, slots=True)
class EventShown:
    number: int
    at: datetime
    actor: str
    in_place_of: str | None
    function: str
    sentence: str
    done: str
    """What happened by it, where the sentence says what was pressed."""
    reason: str
    from_stage: str
    to_stage: str
    details: list[dict[str, str]]
    sheet_version: int | None
    is_undone: bool


def done_by(event: Event, procedure: Procedure) -> str:
    """What happened by the step: the words of its kind, or its own where it was none of a stage."""
    left = procedure.stage_by_key.get(event.from_stage)
    kind = KINDS.get(left.kind) if left is not None else None
    said = kind.said(event.outcome or event.action) if kind is not None else ""
    return said or event.label


def story_of(event: Event, procedure: Procedure) -> EventShown:
    return EventShown(
        number=event.number,
        at=event.at,
        actor=event.actor_name,
        in_place_of=event.in_place_of_name or None,
        function=event.function,
        sentence=event.label,
        done=done_by(event, procedure),
        reason=event.reason,
        from_stage=event.from_name,
        to_stage=event.to_name,
        details=event.details,
        sheet_version=event.sheet_version,
        is_undone=hasattr(event, "undone_by"),
    )


def votes_of_nobody(votes: Iterable[VoteRow], actor: Actor, case: Case) -> list[VoteRow]:
    """The same, others' without whose they are, nor the moment and the order that would tell it."""
    told = [
        one
        if one.person_id == actor.pk
        else replace(one, person=MEMBER, person_id=one.id, in_place_of=None, at=case.opened_at)
        for one in votes
    ]
    return sorted(told, key=lambda one: (one.stage, one.round, one.points or 0, one.reason))


def told_to_who_scores(
    actor: Actor, case: Case, procedure: Procedure, events: Iterable[Event]
) -> list[EventShown]:
    """The story as far as it betrays nobody who is hidden: the applicant, or those who score.

    `case` says who is (`nick`, `hides_members`). Of an applicant who is hidden nothing is told but
    what was done where members score.
    """
    found = []
    for event in events:
        stage = procedure.stage_by_key.get(event.from_stage)
        is_scored_in = stage is not None and KINDS[stage.kind].has_members
        if case.nick is not None and not is_scored_in:
            continue
        told = story_of(event, procedure)
        if case.nick is not None:
            told = replace(told, details=[])
        if is_scored_in and case.hides_members and event.actor_id != actor.pk:
            told = replace(told, actor=MEMBER, in_place_of=None, details=[], reason="")
        found.append(told)
    return found
