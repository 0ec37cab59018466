"""What the background could not do for a case, told where the case is seen."""

from procedures.models import Case

LONGEST = 1000


def note_trouble(*, case: Case, sentence: str) -> str:
    """Show the sentence with the case until its next step or another try; the case's name."""
    Case.objects.filter(pk=case.pk).update(trouble=sentence[:LONGEST])
    return str(case)


def settle_trouble(*, case: Case) -> None:
    """Somebody has it tried again."""
    Case.objects.filter(pk=case.pk).update(trouble="")
