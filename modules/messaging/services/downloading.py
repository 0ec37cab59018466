"""Taking single files out; each time is on record, as every other file that leaves."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from modules.messaging import selectors
from modules.messaging.deeds import Deed
from modules.messaging.models import AnswerFile
from modules.messaging.permissions import sight_of
from opium.permissions import Actor

if TYPE_CHECKING:
    from accounts.models import Person
    from files.models import File


@transaction.atomic
def download_attachment(*, actor: "Person", attachment_id: UUID) -> "File":
    """A file of a message that the actor sees or received. Raises `NotFound`."""
    attachment = selectors.attachment_visible_to(actor, attachment_id)
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_ATTACHMENT,
        right=sight_of(actor, attachment.message),
        target=attachment.message,
        after=_facts(attachment.file),
    )
    return attachment.file


@transaction.atomic
def download_answer_file(*, actor: "Person", answer_file_id: UUID) -> AnswerFile:
    """A file of an answer that the actor sees, or of an own unit's. Raises `NotFound`."""
    found = selectors.answer_file_visible_to(actor, answer_file_id)
    delivery = found.answer.delivery
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_ANSWER_FILE,
        right=sight_of(actor, delivery.message),
        target=delivery,
        after=_facts(found.file) | {"version": found.answer.version},
    )
    return found


@transaction.atomic
def download_pending_attachment(*, actor: Actor, message_id: UUID, attachment_id: UUID) -> "File":
    """A file of a message in whose acceptance the actor has a part. Raises `NotFound`."""
    shown = selectors.acceptance_of(actor, message_id)
    file = selectors.attachment_of_case(shown.case, attachment_id)
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_PENDING_ATTACHMENT,
        right=None,
        target=shown.message,
        after=_facts(file),
    )
    return file


def _facts(file: "File") -> dict[str, object]:
    return {"file": file.name, "sha256": file.sha256}
