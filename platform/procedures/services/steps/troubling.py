"""What the background could not do for a case, told where the case is seen."""

from uuid import UUID

from procedures.models import Case
from todo.registry import Troubled

LONGEST = 1000


def note_trouble(*, case: Case, sentence: str) -> str:
    """Show the sentence with the case until its next step or another try; the case's name."""
    Case.objects.filter(pk=case.pk).update(trouble=sentence[:LONGEST])
    return str(case)


def settle_trouble(*, case: Case) -> None:
    """Somebody has it tried again."""
    Case.objects.filter(pk=case.pk).update(trouble="")


def _note(case_id: UUID, sentence: str) -> str:
    return note_trouble(case=Case.objects.get(pk=case_id), sentence=sentence)


def _settle(case_id: UUID) -> None:
    settle_trouble(case=Case.objects.get(pk=case_id))


TROUBLE = Troubled(note=_note, settle=_settle)
"""How a case shows that nobody could be reminded of it."""
