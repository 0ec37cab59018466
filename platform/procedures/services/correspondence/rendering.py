"""Drawing letters up as docx and PDF; each file once."""

from django.db import transaction
from django.db.models import QuerySet

from audit import services as audit
from documents import letters
from documents.errors import DocumentsBusy
from files import services as files
from opium.errors import DomainError
from opium.permissions import Actor, require
from outbox.services import after_commit
from procedures.deeds import Deed
from procedures.errors import LetterNotFailed
from procedures.models import Letter
from procedures.permissions import Permission
from procedures.selectors.issuing import require_issuer
from procedures.services.correspondence.templates import content_of


def render_letter(*, actor: Actor, letter: Letter) -> Letter:
    """Make both files of a letter that waits for them; safe to run twice.

    They are drawn in no transaction, so that nothing is locked meanwhile. A template that cannot
    be filled, or takes too much, makes the letter fail with the sentence why.
    """
    require(actor, Permission.ACT_IN_CASE, letter.case)
    letter = _whole().get(pk=letter.pk)
    if letter.state != Letter.State.WAITING:
        return letter
    try:
        drawn = letters.draw_up(
            content_of(letter.revision.file), letter.values, title=_title(letter)
        )
    except DocumentsBusy:
        raise
    except DomainError as refusal:
        fail_letter(letter=letter, sentence=str(refusal))
        return _whole().get(pk=letter.pk)
    with transaction.atomic():
        locked = _whole().select_for_update(of=("self",)).get(pk=letter.pk)
        if locked.state == Letter.State.WAITING and locked.revision_id == letter.revision_id:
            _keep(actor, locked, drawn)
    return locked


def _whole() -> QuerySet[Letter]:
    return Letter.objects.select_related(
        "case", "revision__template", "revision__file", "issued_by"
    )


def _keep(actor: Actor, letter: Letter, drawn: letters.Letter) -> None:
    name = f"{letter.revision.template.name} {letter.numbered.replace('/', '-')}"
    letter.docx = files.store(
        actor=actor, name=files.archive_name(name, extension="docx"), content=drawn.docx
    )
    letter.pdf = files.store(
        actor=actor, name=files.archive_name(name, extension="pdf"), content=drawn.pdf
    )
    letter.state, letter.failure = Letter.State.READY, ""
    letter.save(update_fields=["docx", "pdf", "state", "failure", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.RENDER_LETTER,
        right=Permission.ACT_IN_CASE,
        target=letter,
        after={"docx": letter.docx.sha256, "pdf": letter.pdf.sha256},
    )


@transaction.atomic
def render_again(*, actor: Actor, letter: Letter) -> Letter:
    """Try a letter that failed once more, from the template as it is now.

    Raises `LetterNotFailed`, and `LetterNotYours` for whoever could not issue it now.
    """
    require(actor, Permission.ACT_IN_CASE, letter.case)
    if letter.issued_by_id != actor.pk:
        require_issuer(actor, letter.case, letter.revision.template)
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
    """Mark a letter that cannot be made, with the sentence why; the letter's name.

    One that has been given another template meanwhile is left waiting.
    """
    waiting = Letter.objects.filter(
        pk=letter.pk, revision=letter.revision_id, state=Letter.State.WAITING
    )
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
