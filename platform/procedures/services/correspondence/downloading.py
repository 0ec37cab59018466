"""Taking one letter out, or what letters are made of; on record."""

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.db import transaction

from accounts.permissions import require_any
from audit import services as audit
from opium.permissions import Actor
from procedures.deeds import Deed
from procedures.models import LetterTemplate
from procedures.selectors import letter_list
from procedures.selectors.templates import SEEING

if TYPE_CHECKING:
    from files.models import File


@transaction.atomic
def download_letter(*, actor: Actor, letter_id: UUID, kind: Literal["docx", "pdf"]) -> "File":
    """One of the letter's files. Raises `NotFound`, and `LetterNotReady` while it is drawn up."""
    file = letter_list.letter_file(actor, letter_id, kind)
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_LETTER,
        right=None,
        target=letter_list.letter_visible_to(actor, letter_id),
        after={"file": file.name, "sha256": file.sha256},
    )
    return file


@transaction.atomic
def download_template(*, actor: Actor, template: LetterTemplate) -> "File":
    """The newest docx, to be changed in Word."""
    right = require_any(actor, SEEING)
    newest = template.revisions.select_related("file").latest("number")
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_TEMPLATE,
        right=right,
        target=template,
        after={"file": newest.file.name, "number": newest.number},
    )
    return newest.file
