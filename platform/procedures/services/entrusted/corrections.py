"""What a new revision of a form asks of running cases."""

from typing import TYPE_CHECKING

from opium.permissions import Actor
from procedures.deeds import Deed
from procedures.desk import APPLICATION, Desk, locked
from procedures.kinds import APPLICANT
from procedures.models import Case
from procedures.services.entrusted import recording
from procedures.services.steps import awaiting, telling
from procedures.standing import Hat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.models import Sheet

ASKS = "Zmienił się formularz: prosimy o uzupełnienie odpowiedzi."


def note_correction(actor: Actor, sheets: "Sequence[Sheet]") -> None:
    """Write into each case's log that its application was opened again, and tell its applicant.

    The applicant's side is waited for until it is submitted, unless the stage waits for that.
    """
    asked = {sheet.owner_id: sheet for sheet in sheets if sheet.purpose == APPLICATION}
    for case in Case.objects.filter(pk__in=asked, state=Case.State.OPEN).order_by("pk"):
        desk = Desk(locked(case))
        event = recording.record(
            desk,
            actor,
            Deed.NOTE_CORRECTION,
            recording.Step(action="form_moved", label=ASKS, left=None, entered=None, hat=Hat("")),
        )
        if not (desk.kind.starts or desk.kind.reopens):
            awaiting.ask_to_correct(desk.case, asked[case.pk])
        telling.tell_of_effect(event, APPLICANT, ASKS)
