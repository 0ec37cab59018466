"""Making letters: numbered and dated in the transaction, drawn up in the background."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from audit import services as audit
from opium.permissions import Actor, require
from outbox.services import after_commit, after_commit_each
from procedures.deeds import Deed
from procedures.errors import NoCasesChosen, TooManyLetters
from procedures.models import Letter, LetterJob, LetterTemplate
from procedures.permissions import Permission
from procedures.selectors.issuing import require_issuer
from procedures.services.correspondence.entrusted import newest_of, write_letters

if TYPE_CHECKING:
    from procedures.models import Case

MOST = 2_000
"""Letters in one series."""


@transaction.atomic
def issue_letter(*, actor: Actor, case: "Case", template: LetterTemplate) -> Letter:
    """Number and date a letter in the case; it can be downloaded a moment after the commit.

    Raises `LetterNotYours` for whoever does not issue
    that letter in this stage, `TemplateMissing` for a template that was archived or has no docx.
    """
    require(actor, Permission.ACT_IN_CASE, case)
    require_issuer(actor, case, template)
    letter = write_letters(actor=actor, cases=[case], revision=newest_of(template))[0]
    audit.record(
        actor=actor,
        deed=Deed.ISSUE_LETTER,
        right=Permission.ACT_IN_CASE,
        target=case,
        after={"letter": str(letter), "letter_id": str(letter.pk)},
    )
    after_commit("procedures.render_letter", str(letter.pk))
    return letter


@transaction.atomic
def issue_letters(*, actor: Actor, cases: Sequence["Case"], template: LetterTemplate) -> LetterJob:
    """A letter in each of the cases; progress is in the job.

    Raises `NoCasesChosen`, `TooManyLetters`, `TemplateMissing`.
    """
    require(actor, Permission.MANAGE_LETTERS)
    if not cases:
        raise NoCasesChosen
    if len(cases) > MOST:
        raise TooManyLetters(most=MOST)
    for case in cases:
        require(actor, Permission.MANAGE_LETTERS, case)
    revision = newest_of(template)
    job = LetterJob.objects.create(revision=revision, started_by_id=actor.pk, total=len(cases))
    made = write_letters(actor=actor, cases=cases, revision=revision, job=job)
    audit.record(
        actor=actor,
        deed=Deed.ISSUE_LETTERS,
        right=Permission.MANAGE_LETTERS,
        target=job,
        after={"letters": len(made)},
    )
    after_commit_each("procedures.render_letter", [letter.pk for letter in made])
    return job
