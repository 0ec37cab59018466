"""Questions about letters."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from opium.errors import NotFound
from opium.permissions import Actor, require
from procedures.desk import Desk
from procedures.errors import LetterNotReady
from procedures.models import Case, Letter, LetterJob, LetterTemplate
from procedures.permissions import Permission
from procedures.selectors.case_list import case_visible_to, shown_to_applicant

if TYPE_CHECKING:
    from files.models import File

LETTER_STATES = Letter.State.choices
"""With the Polish words, for the shapes of rooms above."""


def letters_of(case: Case, *, is_from_office: bool) -> QuerySet[Letter]:
    """The case's letters, the newest first.

    The applicant's side sees the ready ones of stages that show it their letters.
    """
    letters = (
        Letter.objects.filter(case=case.pk)
        .select_related("case", "revision__template", "docx", "pdf", "issued_by")
        .order_by("-issued_on", "-number")
    )
    if is_from_office:
        return letters
    shown = shown_to_applicant(Desk(case), "letters")
    return letters.filter(stage__in=shown, state=Letter.State.READY)


def letters_since(
    cases: Collection[UUID], moment: datetime, template: LetterTemplate | None = None
) -> dict[UUID, Letter]:
    """Case -> its newest letter since then, of that template where one is given; one query.

    It decides nothing about rights: the caller has asked.
    """
    made = Letter.objects.filter(case__in=cases, created_at__gte=moment)
    if template is not None:
        made = made.filter(revision__template=template)
    whole = made.select_related("revision__template").order_by("created_at", "number")
    return {letter.case_id: letter for letter in whole}


def letter_visible_to(actor: Actor, letter_id: UUID) -> Letter:
    """A letter that the actor may see. Raises `NotFound`."""
    known = Letter.objects.filter(pk=letter_id).only("case_id").first()
    if known is None:
        raise NotFound
    case = case_visible_to(actor, known.case_id)
    found = letters_of(case, is_from_office=case.is_from_office).filter(pk=letter_id).first()
    if found is None:
        raise NotFound
    return found


def letter_file(actor: Actor, letter_id: UUID, kind: Literal["docx", "pdf"]) -> "File":
    """One of the letter's files. Raises `NotFound`, and `LetterNotReady` while it is drawn up."""
    letter = letter_visible_to(actor, letter_id)
    file = letter.docx if kind == "docx" else letter.pdf
    if file is None:
        raise LetterNotReady
    return file


def jobs_visible_to(actor: Actor) -> QuerySet[LetterJob]:
    """Series that the actor has started, with how many letters are `ready` and `failed`.

    Raises `MissingPermission` for whoever makes letters no more.
    """
    require(actor, Permission.MANAGE_LETTERS)
    return (
        LetterJob.objects.filter(started_by=actor.pk)
        .select_related("revision__template")
        .annotate(
            ready=Count("letters", Q(letters__state=Letter.State.READY)),
            failed=Count("letters", Q(letters__state=Letter.State.FAILED)),
        )
        .order_by("-created_at")
    )
