from collections.abc import Iterator

from django.db import transaction

from audit import services as audit
from files import services as files
from opium.permissions import Actor, require
from procedures.models import Letter, LetterJob
from procedures.permissions import Permission


def archive_job(*, actor: Actor, job: LetterJob) -> Iterator[bytes]:
    """Every PDF of the series in one ZIP, named by the matter's sign or title; on record."""
    require(actor, Permission.MANAGE_LETTERS)
    letters = list(
        Letter.objects.filter(job=job, state=Letter.State.READY)
        .select_related("case", "pdf")
        .order_by("number")
    )
    with transaction.atomic():
        audit.record(
            actor=actor,
            verb=Permission.MANAGE_LETTERS,
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
