"""The event of a step, and everything that is written with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from audit import services as audit
from forms.definition import Definition, Question
from forms.filling import Facts
from opium.permissions import Actor
from opium.polish import format_date, format_moment, format_money
from procedures.deeds import Deed
from procedures.definition import Stage
from procedures.kinds import APPLICANT, KINDS
from procedures.models import Case, Event
from procedures.permissions import Permission
from procedures.standing import Hat

if TYPE_CHECKING:
    from procedures.desk import Desk

KEPT = (
    *("revision_id", "stage", "stage_kind", "stage_name", "public_name", "round", "entered"),
    *("facts", "clocks", "state", "meaning", "authors", "closed_at", "ball_side", "ball_since"),
    *("due_at", "paused_at", "seconds_paused"),
)
"""The columns of a case that a step changes, and an undoing brings back."""
IN_WORDS = {True: "tak", False: "nie"}


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, as the log tells it."""

    action: str
    label: str
    left: Stage | None
    entered: Stage | None
    hat: Hat
    outcome: str = ""
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    details: list[dict[str, str]] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    is_undoable: bool = False
    sheet_version: int | None = None
    undoes: Event | None = None


def snapshot(case: Case) -> dict[str, Any]:
    """The columns of the case as JSON keeps them."""
    return {name: _plain(getattr(case, name)) for name in KEPT}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if isinstance(value, str | int | dict | None) else str(value)


def record(desk: "Desk", actor: Actor, deed: Deed, step: Step) -> Event:
    """Save the case and write its next event and the audit entry, in the caller's transaction."""
    case = desk.case
    case.version += 1
    case.trouble = ""
    case.save()
    absent = step.hat.in_place_of
    entered, left = step.entered, step.left
    event = Event.objects.create(
        case=case,
        number=case.version,
        action=step.action,
        label=step.label,
        from_stage=left.key if left else "",
        from_name=left.name if left else "",
        to_stage=entered.key if entered else "",
        to_name=entered.name if entered else "",
        to_public_name=(entered.public_name or entered.name) if entered else "",
        outcome=step.outcome,
        actor_id=actor.pk,
        actor_name=actor.display_name,
        in_place_of=absent,
        in_place_of_name=absent.display_name if absent else "",
        part=step.hat.function,
        function=desk.procedure.function_name(step.hat.function) if step.hat.function else "",
        reason=step.reason,
        data=step.data,
        details=step.details,
        is_public=entered is not None or step.hat.function == APPLICANT,
        before=step.before,
        is_undoable=step.is_undoable,
        sheet_version=step.sheet_version,
        undoes=step.undoes,
        at=desk.now,
    )
    audit.record(
        actor=actor,
        deed=deed,
        right=Permission.OPEN_CASE if step.hat.function == APPLICANT else Permission.ACT_IN_CASE,
        target=case,
        before={"stage": event.from_name} if event.to_stage else None,
        after={"action": event.action, "label": event.label, "event": event.number}
        | ({"stage": event.to_name} if event.to_stage else {}),
        in_place_of=absent,
    )
    return event


def story(case: Case) -> str:
    """Who did the last step, when, and where the case stands now.

    Where a committee scores nobody is named: who applies or scores may be hidden from the reader.
    """
    last = Event.objects.filter(case=case).order_by("-number").first()
    if last is None:
        return f"Sprawa jest w etapie „{case.stage_name}”."
    who = last.actor_name
    if case.intake and KINDS[case.stage_kind].has_members:
        who = "Wnioskodawca" if last.part == APPLICANT else last.function or "Urząd"
    done = f"{who}: „{last.label}” ({format_moment(last.at)})."
    return f"{done} Sprawa jest teraz w etapie „{case.stage_name}”."


def closed_on(case: Case) -> str:
    return format_date(case.closed_at) if case.closed_at else ""


def details(
    definition: Definition, answers: Mapping[str, Any], facts: Facts
) -> list[dict[str, str]]:
    """The answers as the log shows them: what was asked, and the answer in words."""
    return list(_details(definition, answers, facts))


def _details(
    definition: Definition, answers: Mapping[str, Any], facts: Facts
) -> Iterator[dict[str, str]]:
    for question in definition.questions():
        value = answers.get(question.key)
        if value not in (None, "", []):
            yield {"label": question.label, "value": _in_words(question, value, facts)}


def _in_words(question: Question, value: Any, facts: Facts) -> str:
    labels = {choice.key: choice.label for choice in question.options.choices}
    match question.type, value:
        case "yes_no", bool():
            return IN_WORDS[value]
        case ("money", str()):
            return _money(value)
        case ("date", str()):
            return format_date(date.fromisoformat(value))
        case ("unit", str()):
            return facts.units.get(value, {}).get("short_name", value)
        case (_, list()):
            return ", ".join(labels.get(str(one), str(one)) for one in value)
        case _:
            return labels.get(str(value), str(value))


def _money(value: str) -> str:
    try:
        return format_money(Decimal(value))
    except InvalidOperation:
        return value
