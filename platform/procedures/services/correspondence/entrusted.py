"""Numbering and dating letters: verbs that ask for no right.

Whoever calls has asked for the right to the deed of which they are part. Only the rooms named in
the contract „Entrusted” of `pyproject.toml` reach them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from files import services as files
from opium.calendar import day_of
from opium.permissions import Actor
from outbox.services import after_commit
from procedures.errors import TemplateMissing
from procedures.models import Letter, LetterJob, LetterTemplate, LetterYear, TemplateRevision
from procedures.models.letters import TRIAL_YEAR
from procedures.services.correspondence.values import values_of

if TYPE_CHECKING:
    from procedures.models import Case, Event

PREVIEW = "procedures.letter_preview"
"""What a preview of a letter is made for; it is about the case."""


def letter_of_transition(*, actor: Actor, case: "Case", event: "Event", key: str) -> Letter:
    """The letter that a step of the case makes by itself.

    Raises `TemplateMissing`, so that the move is refused rather than the letter forgotten.
    """
    template = LetterTemplate.objects.filter(key=key).first()
    if template is None:
        raise TemplateMissing(name=key)
    letter = write_letters(actor=actor, cases=[case], revision=newest_of(template), event=event)[0]
    after_commit("procedures.render_letter", str(letter.pk))
    return letter


def newest_of(template: LetterTemplate) -> TemplateRevision:
    """The revision that a letter is made of now. Raises `TemplateMissing`."""
    revision = (
        TemplateRevision.objects.select_related("template")
        .filter(template=template, template__is_archived=False)
        .order_by("-number")
        .first()
    )
    if revision is None:
        raise TemplateMissing(name=template.name)
    return revision


def write_letters(
    *,
    actor: Actor,
    cases: Sequence["Case"],
    revision: TemplateRevision,
    job: LetterJob | None = None,
    event: "Event | None" = None,
) -> list[Letter]:
    """A numbered and dated letter in each of the cases, in their order; nothing is drawn up yet."""
    today = day_of(timezone.now())
    numbers = _drawn(cases, today.year)
    values = values_of(cases)
    made = [
        Letter(
            case=case,
            revision=revision,
            job=job,
            stage=event.from_stage if event else case.stage,
            year=year,
            number=number,
            issued_on=today,
            issued_by_id=actor.pk,
            values=values[case.pk].of_letter(
                number=number, day=today, actor_name=actor.display_name, event=event
            ),
        )
        for case, (year, number) in zip(cases, numbers, strict=True)
    ]
    return Letter.objects.bulk_create(made)


def _drawn(cases: Sequence["Case"], this_year: int) -> list[tuple[int, int]]:
    """Year and number of a letter in each of the cases; those of trials are counted apart."""
    years = [TRIAL_YEAR if case.is_trial else this_year for case in cases]
    next_of = {year: LetterYear.draw(years.count(year), year=year) for year in sorted(set(years))}
    drawn = []
    for year in years:
        drawn.append((year, next_of[year]))
        next_of[year] += 1
    return drawn


@transaction.atomic
def discard_letters(*, cases: Sequence[UUID]) -> None:
    """Every letter of these cases is gone with its files and previews, and series of none else."""
    files.forget_makings(purpose=PREVIEW, owners=cases)
    theirs = Letter.objects.filter(case__in=cases)
    whole = theirs.select_related("docx", "pdf")
    kept = [one for letter in whole for one in (letter.docx, letter.pdf) if one is not None]
    series = set(theirs.exclude(job=None).values_list("job", flat=True))
    theirs.delete()
    for file in kept:
        files.discard(file=file)
    LetterJob.objects.filter(pk__in=series, letters=None).delete()
    if not Letter.objects.filter(year=TRIAL_YEAR).exists():
        LetterYear.objects.filter(year=TRIAL_YEAR).delete()
