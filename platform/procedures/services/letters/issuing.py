"""Making letters: numbered and dated in the transaction, drawn up in the background."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from audit import services as audit
from opium.calendar import day_of
from opium.models import uuid7
from opium.permissions import Actor, require
from outbox.services import after_commit
from procedures.deeds import Deed
from procedures.errors import NoCasesChosen, TemplateMissing, TooManyLetters
from procedures.models import Letter, LetterJob, LetterTemplate, TemplateRevision
from procedures.permissions import Permission
from procedures.services.letters.values import values_of

if TYPE_CHECKING:
    from procedures.models import Case, Event

LETTERS_PER_JOB = 10
"""Letters that one background job draws up; each takes about a tenth of a second."""
MOST = 2_000
"""Letters in one series."""


@transaction.atomic
def issue_letter(*, actor: Actor, case: "Case", template: LetterTemplate) -> Letter:
    """Number and date a letter in the case; it can be downloaded a moment after the commit.

    Raises `TemplateMissing` for one that was archived or has no docx.
    """
    require(actor, Permission.ACT_IN_CASE, case)
    letter = _letters(actor, [case], _newest(template))[0]
    audit.record(
        actor=actor,
        deed=Deed.ISSUE_LETTER,
        right=Permission.ACT_IN_CASE,
        target=case,
        after={"letter": str(letter), "letter_id": str(letter.pk)},
    )
    after_commit("procedures.render_letters", str(letter.pk))
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
    revision = _newest(template)
    job = LetterJob.objects.create(revision=revision, started_by_id=actor.pk, total=len(cases))
    made = _letters(actor, cases, revision, job=job)
    audit.record(
        actor=actor,
        deed=Deed.ISSUE_LETTERS,
        right=Permission.MANAGE_LETTERS,
        target=job,
        after={"letters": len(made)},
    )
    ids = [str(letter.pk) for letter in made]
    for start in range(0, len(ids), LETTERS_PER_JOB):
        after_commit("procedures.render_letters", *ids[start : start + LETTERS_PER_JOB])
    return job


def letter_of_transition(*, actor: Actor, case: "Case", event: "Event", key: str) -> Letter:
    """The letter that a step of the case makes by itself; the step has asked for the right.

    Raises `TemplateMissing`, so that the move is refused rather than the letter forgotten.
    """
    template = LetterTemplate.objects.filter(key=key).first()
    if template is None:
        raise TemplateMissing(name=key)
    letter = _letters(actor, [case], _newest(template), event=event)[0]
    after_commit("procedures.render_letters", str(letter.pk))
    return letter


def _newest(template: LetterTemplate) -> TemplateRevision:
    revision = (
        TemplateRevision.objects.select_related("template")
        .filter(template=template, template__is_archived=False)
        .order_by("-number")
        .first()
    )
    if revision is None:
        raise TemplateMissing(name=template.name)
    return revision


def _letters(
    actor: Actor,
    cases: Sequence["Case"],
    revision: TemplateRevision,
    *,
    job: LetterJob | None = None,
    event: "Event | None" = None,
) -> list[Letter]:
    today = day_of(timezone.now())
    first = _draw(today.year, len(cases))
    values = values_of(cases)
    made = [
        Letter(
            case=case,
            revision=revision,
            job=job,
            stage=event.from_stage if event else case.stage,
            year=today.year,
            number=number,
            issued_on=today,
            issued_by_id=actor.pk,
            values=values[case.pk].of_letter(
                number=number, day=today, actor_name=actor.display_name, event=event
            ),
        )
        for number, case in enumerate(cases, start=first)
    ]
    return Letter.objects.bulk_create(made)


def _draw(year: int, count: int) -> int:
    """The first of `count` numbers that follow each other; nobody else gets one of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO procedures_letteryear (id, created_at, updated_at, year, last_number)
            VALUES (%s, now(), now(), %s, %s)
            ON CONFLICT (year) DO UPDATE
            SET last_number = procedures_letteryear.last_number + EXCLUDED.last_number,
                updated_at = now()
            RETURNING last_number
            """,
            [uuid7(), year, count],
        )
        last: int = cursor.fetchone()[0]
    return last - count + 1
