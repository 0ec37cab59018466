"""What a kind has decided, written down: votes, opinions, scores, exclusions."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from accounts import selectors as accounts
from forms import selectors as forms
from forms.services import entrusted
from opium.calendar import add_days, end_of
from opium.permissions import SYSTEM
from procedures.desk import SCORED, id_of
from procedures.kinds.changes import (
    Abstained,
    BallotCast,
    Change,
    Excluded,
    OpinionAsked,
    OpinionGiven,
    OpinionReminded,
    OpinionRevoked,
    Scored,
    ScoreTakenBack,
)
from procedures.kinds.registry import ABSTAINED, NotPossible, Press
from procedures.models import Exclusion, Opinion, Vote
from procedures.services.entrusted import panels
from procedures.waits import OWNER
from units.selectors import unit_facts

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.desk import Desk
    from procedures.standing import Hat

TAKEN_BACK = "Zmieniasz swoją ocenę. Popraw ją i oddaj ponownie."
DECLARED = "Wyłączenie na własny wniosek."


def write_down(desk: "Desk", change: Change, *, press: Press, person: "Person", hat: "Hat") -> None:
    """The rows of one change; what is only a matter of entering the next stage has none."""
    match change:
        case BallotCast(outcome=outcome, function=function):
            label = desk.kind.outcomes[outcome].label
            _vote(
                desk,
                person,
                hat,
                verdict=outcome,
                verdict_label=label,
                function=function,
                reason=press.reason,
            )
        case Scored(points=points):
            _vote(
                desk,
                person,
                hat,
                verdict=SCORED,
                verdict_label="ocena",
                points=points,
                function=hat.function,
            )
        case Abstained():
            _vote(
                desk,
                person,
                hat,
                verdict=ABSTAINED,
                verdict_label="wstrzymanie się",
                function=hat.function,
                reason=press.reason,
            )
        case ScoreTakenBack():
            _take_back(desk, person)
        case Excluded():
            _exclude(desk, person, press.reason or DECLARED)
        case OpinionAsked():
            _ask(desk, change, person)
        case OpinionGiven() | OpinionRevoked() | OpinionReminded():
            _change_opinion(desk, change, person)
        case _:
            pass


def _exclude(desk: "Desk", person: "Person", reason: str) -> None:
    """Somebody leaves the matter of their own accord."""
    Exclusion.objects.create(
        case=desk.case,
        stage=desk.case.stage,
        person=person,
        reason=reason,
        is_declared=True,
        excluded_in=desk.next_number,
    )
    panels.excuse_excluded([desk.case.pk])


def _vote(desk: "Desk", person: "Person", hat: "Hat", **said: Any) -> None:
    case = desk.case
    Vote.objects.create(
        case=case,
        stage=case.stage,
        stage_name=case.stage_name,
        round=case.round,
        person=person,
        in_place_of=hat.in_place_of,
        at=desk.now,
        cast_in=desk.next_number,
        **said,
    )


def _take_back(desk: "Desk", person: "Person") -> None:
    """Cancel what they have said here, and open their sheet again; what was said stays."""
    case = desk.case
    Vote.objects.filter(
        case=case, stage=case.stage, round=case.round, person=person, is_valid=True
    ).update(is_valid=False, cancelled_in=desk.next_number, updated_at=desk.now)
    purpose = desk.purpose(case.stage, person.pk)
    for sheet in forms.sheets_of(OWNER, [case.pk]).filter(purpose=purpose, state="submitted"):
        entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet, sections=None, sentence=TAKEN_BACK)


def _ask(desk: "Desk", asked: OpinionAsked, person: "Person") -> None:
    case, whom = desk.case, UUID(asked.whom)
    due = add_days(desk.today, asked.days)
    Opinion.objects.create(
        case=case,
        stage=case.stage,
        round=case.round,
        person_id=None if asked.is_unit else whom,
        unit_id=whom if asked.is_unit else None,
        whom=_name(whom, asked.is_unit),
        question=asked.question,
        asked_by=person,
        asked_at=desk.now,
        asked_in=desk.next_number,
        due_at=end_of(due),
    )


def _name(whom: UUID, is_unit: bool) -> str:  # noqa: FBT001  # one of two kinds
    if is_unit:
        facts = unit_facts([whom]).get(whom)
        if facts is None:
            raise NotPossible("Nie ma takiej jednostki. Wybierz ją z listy.")
        return facts.get("short_name", "")
    found = accounts.active_people().filter(pk=whom).first()
    if found is None:
        raise NotPossible("Nie ma takiej osoby albo jej konto jest zamknięte.")
    return found.display_name


def _change_opinion(
    desk: "Desk", change: OpinionGiven | OpinionRevoked | OpinionReminded, person: "Person"
) -> None:
    opinion = Opinion.objects.get(pk=id_of(change.key), case=desk.case)
    match change:
        case OpinionGiven(verdict=verdict, text=text):
            opinion.verdict, opinion.answer = verdict, text
            opinion.answered_at, opinion.answered_by = desk.now, person
            opinion.answered_in = desk.next_number
        case OpinionRevoked():
            opinion.revoked_at, opinion.revoked_in = desk.now, desk.next_number
        case OpinionReminded():
            opinion.reminded_at = desk.now
    opinion.save()
