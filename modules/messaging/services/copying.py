"""A message that was sent, begun anew."""

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, cast

from django.db import transaction

from audit import services as audit
from files import services as files
from modules.messaging.deeds import Deed
from modules.messaging.errors import MessageNotSent
from modules.messaging.models import AnswerRequest, Attachment, Audience, Message
from modules.messaging.permissions import Permission, sees
from opium.errors import NotFound
from opium.permissions import require

if TYPE_CHECKING:
    from accounts.models import Person
    from files.models import File
    from files.storage import Source

IN_MEMORY = 2**20


@transaction.atomic
def copy_message(*, actor: "Person", message: Message) -> Message:
    """A draft of the actor's with all that the sent message says and asks for, files included.

    Recipients and dates are empty, for they are what has to be thought of anew. Raises `NotFound`,
    `MessageNotSent`, `FileLost`.
    """
    require(actor, Permission.SEND_MESSAGE)
    if not sees(actor, message):
        raise NotFound
    if not message.has_left:
        raise MessageNotSent
    draft = Message.objects.create(
        author=actor, subject=message.subject, body=message.body, search=message.search
    )
    Audience.objects.create(message=draft)
    copies = {
        one.pk: Attachment.objects.create(
            message=draft, file=_copied(actor, one.file), position=one.position
        )
        for one in message.attachments.select_related("file")
    }
    request = AnswerRequest.objects.filter(message=message).first()
    if request is not None:
        AnswerRequest.objects.create(
            message=draft,
            wants_text=request.wants_text,
            wants_files=request.wants_files,
            wants_workbook=request.wants_workbook,
            template=copies.get(request.template_id) if request.template_id else None,
        )
    audit.record(
        actor=actor,
        deed=Deed.COPY_MESSAGE,
        right=Permission.SEND_MESSAGE,
        target=draft,
        after={"copied_from": message.pk, "files": len(copies)},
    )
    return draft


def _copied(actor: "Person", file: "File") -> "File":
    """A file of its own, so that throwing the draft away takes nothing from the sent message."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as content:
        for chunk in files.read_chunks(file):
            content.write(chunk)
        content.seek(0)
        return files.store(actor=actor, name=file.name, content=cast("Source", content))
