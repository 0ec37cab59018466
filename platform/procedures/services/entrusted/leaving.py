"""What becomes of the cases of somebody who leaves."""

from typing import TYPE_CHECKING

from django.utils import timezone

from opium.permissions import Actor
from procedures.deeds import Deed
from procedures.desk import Desk, locked
from procedures.models import Case, Event, Opinion
from procedures.services.entrusted import recording
from procedures.services.steps import stages
from procedures.standing import Hat
from procedures.waits import OWNER
from todo import selectors as todo

if TYPE_CHECKING:
    from accounts.models import Person


def hand_over(actor: Actor, person: "Person", successor: "Person | None") -> None:
    """Hand what waits for the person alone over to the successor, in the caller's transaction.

    Matters of functions need no handing over: whoever plays the function has them. Own
    applications and questions that nobody takes stay where they are, and say so in their logs.
    """
    mine = todo.rows_of_subjects(OWNER).filter(person=person, done_at=None).values("subject_id")
    theirs = Case.objects.filter(pk__in=mine) | Case.objects.filter(
        applicant=person, state=Case.State.OPEN
    )
    for case in theirs.order_by("pk"):
        _hand_over(actor, case, person, successor)


def _hand_over(
    actor: Actor, case: Case, person: "Person", successor: "Person | None"
) -> Event | None:
    desk = Desk(locked(case))
    case = desk.case
    if not case.is_open:
        return None
    now = timezone.now()
    if successor is None:
        label = f"Konto zamknięto bez następcy: {person.display_name}"
    else:
        label = f"Sprawy przejmuje: {successor.display_name}"
        asked = Opinion.objects.filter(case=case, person=person, answered_at=None, revoked_at=None)
        asked.update(person=successor, whom=successor.display_name, updated_at=now)
        if case.applicant_id == person.pk:
            case.applicant = successor
        stages.settle_waiting(desk)
    return recording.record(
        desk,
        actor,
        Deed.HAND_OVER,
        recording.Step(action="hand_over", label=label, left=None, entered=None, hat=Hat("")),
    )
