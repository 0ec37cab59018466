"""Drawing letters up as docx and PDF; each file once."""

from django.db import transaction

from audit import services as audit
from documents import letters
from files import services as files
from opium.errors import DomainError
from opium.permissions import Actor, require
from outbox.services import after_commit
from procedures.deeds import Deed
from procedures.errors import LetterNotFailed
from procedures.models import Letter
from procedures.permissions import Permission
from procedures.services.correspondence.templates import content_of


@transaction.atomic
def render_letter(*, actor: Actor, letter: Letter) -> Letter:
    """Make both files of a letter that waits for them; safe to run twice.

    A template that cannot be filled makes the letter fail with the sentence why.
    """
    require(actor, Permission.ACT_IN_CASE, letter.case)
    locked = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("case", "revision__template", "revision__file", "issued_by")
        .get(pk=letter.pk)
    )
    if locked.state != Letter.State.WAITING:
        return locked
    try:
        docx = letters.fill(content_of(locked.revision.file), locked.values)
        pdf = letters.as_pdf(docx, title=_title(locked))
    except DomainError as refusal:
        locked.state, locked.failure = Letter.State.FAILED, str(refusal)[:1000]
        locked.save(update_fields=["state", "failure", "updated_at"])
        return locked
    name = f"{locked.revision.template.name} {locked.number}-{locked.year}"
    locked.docx = files.store(
        actor=actor, name=files.archive_name(name, extension="docx"), content=docx
    )
    locked.pdf = files.store(
        actor=actor, name=files.archive_name(name, extension="pdf"), content=pdf
    )
    locked.state, locked.failure = Letter.State.READY, ""
    locked.save(update_fields=["docx", "pdf", "state", "failure", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.RENDER_LETTER,
        right=Permission.ACT_IN_CASE,
        target=locked,
        after={"docx": locked.docx.sha256, "pdf": locked.pdf.sha256},
    )
    return locked


@transaction.atomic
def render_again(*, actor: Actor, letter: Letter) -> Letter:
    """Try a letter that failed once more, from the template as it is now.

    Raises `LetterNotFailed`.
    """
    require(actor, Permission.ACT_IN_CASE, letter.case)
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state != Letter.State.FAILED:
        raise LetterNotFailed
    newest = letter.revision.template.revisions.order_by("-number")[0]
    letter.revision, letter.state, letter.failure = newest, Letter.State.WAITING, ""
    letter.save(update_fields=["revision", "state", "failure", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.RENDER_AGAIN,
        right=Permission.ACT_IN_CASE,
        target=letter,
        after={"template_revision": newest.number},
    )
    after_commit("procedures.render_letter", str(letter.pk))
    return letter


@transaction.atomic
def fail_letter(*, letter: Letter, sentence: str) -> str:
    """Mark a letter that the background gave up, with the sentence why; the letter's name."""
    waiting = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING)
    waiting.update(state=Letter.State.FAILED, failure=sentence[:1000])
    return str(letter)


@transaction.atomic
def await_letter(*, letter: Letter) -> None:
    """Let a failed letter wait for its files once more, from the same template."""
    failed = Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED)
    failed.update(state=Letter.State.WAITING, failure="")


def _title(letter: Letter) -> str:
    sign = f", {letter.case.sign}" if letter.case.sign else ""
    return f"{letter.revision.template.name}{sign}"
