from collections.abc import Iterator

from django.db import transaction

from audit import services as audit
from files import services as files
from opium.permissions import Actor, require
from procedures.deeds import Deed
from procedures.models import Letter, LetterJob
from procedures.permissions import Permission
from procedures.selectors.case_list import cases_visible_to


def archive_job(*, actor: Actor, job: LetterJob) -> Iterator[bytes]:
    """Every PDF of the series in one ZIP, named by the matter's sign or title; on record.

    What the actor may no longer see is left out.
    """
    require(actor, Permission.MANAGE_LETTERS)
    seen = cases_visible_to(actor)
    letters = list(
        Letter.objects.filter(job=job, state=Letter.State.READY, case__in=seen.values("pk"))
        .select_related("case", "pdf")
        .order_by("number")
    )
    with transaction.atomic():
        audit.record(
            actor=actor,
            deed=Deed.ARCHIVE_JOB,
            right=Permission.MANAGE_LETTERS,
            target=job,
            after={"exported": len(letters)},
        )
    return files.stream_archive(
        files.ArchiveEntry(
            files.archive_name(
                f"{letter.number}", letter.case.sign or letter.case.title, extension="pdf"
            ),
            letter.pdf,
        )
        for letter in letters
        if letter.pdf is not None
    )
