"""Writing: a draft is its author's, saves itself, and may be as wrong as a draft is."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from audit import services as audit
from files import services as files
from modules.messaging.deeds import Deed
from modules.messaging.errors import (
    MessageAlreadySent,
    MessageHeld,
    MessagePending,
    UnknownAttachment,
)
from modules.messaging.models import AnswerRequest, Attachment, Audience, Message
from modules.messaging.permissions import Permission
from modules.messaging.services import duties
from opium.permissions import Actor, require
from opium.polish import fold

if TYPE_CHECKING:
    from accounts.models import Person


class Chosen(TypedDict, total=False):
    """Whom the author chose; `kinds` are codes, the rest ids."""

    all_units: bool
    units: Sequence[UUID]
    kinds: Sequence[str]
    groups: Sequence[UUID]
    people: Sequence[UUID]
    except_units: Sequence[UUID]


class Wanted(TypedDict, total=False):
    """What the author wants back; `template` is an attachment, by its own id or by its file's."""

    wants_text: bool
    wants_files: bool
    wants_workbook: bool
    template: UUID | None
    due_at: datetime | None
    locks_at: datetime | None


class Content(TypedDict, total=False):
    """The parts of a draft; a part that is not named stays as it is."""

    subject: str
    body: str
    audience: Chosen
    attachments: Sequence[UUID]
    """Files of the author's own uploads, in order; those already attached keep their ids."""
    answer_request: Wanted | None


@transaction.atomic
def write_draft(*, actor: "Person", content: Content) -> Message:
    """Begin a message; nobody else sees it before it is sent. Raises what `change_draft` does."""
    require(actor, Permission.SEND_MESSAGE)
    message = Message.objects.create(author=actor)
    Audience.objects.create(message=message)
    _write(actor, message, content)
    audit.record(
        actor=actor,
        deed=Deed.WRITE_DRAFT,
        right=Permission.SEND_MESSAGE,
        target=message,
        after={"state": "draft"},
    )
    return message


@transaction.atomic
def change_draft(*, actor: Actor, message: Message, content: Content) -> Message:
    """Replace the named parts. It is called every few seconds: the log tells of it once an hour.

    Raises `MessageAlreadySent`, `UnknownAttachment` for a template that is not attached, and the
    refusals of `files.services.claim`.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = locked_draft(message)
    _write(actor, message, content)
    audit.record_typing(
        actor=actor, deed=Deed.CHANGE_DRAFT, right=Permission.SEND_MESSAGE, target=message
    )
    return message


@transaction.atomic
def discard_draft(*, actor: Actor, message: Message) -> None:
    """Throw the draft away. Raises `MessageAlreadySent`, `MessagePending`.

    Raises `MessageHeld` for what a record of another module was told by, such as a call.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = locked_draft(message)
    audit.record(
        actor=actor,
        deed=Deed.DISCARD_DRAFT,
        right=Permission.SEND_MESSAGE,
        target=message,
        before={"state": "draft"},
    )
    duties.corrected(actor, message)
    _detach(message.attachments.all())
    try:
        message.delete()
    except ProtectedError as refusal:
        raise MessageHeld from refusal


def locked_draft(message: Message) -> Message:
    """The row as it stands, with audience and request, held until the transaction ends.

    Raises `MessageAlreadySent`, `MessagePending`.
    """
    whole = Message.objects.select_related("audience", "answer_request")
    found = whole.select_for_update(of=("self",)).get(pk=message.pk)
    if found.state == Message.State.PENDING:
        raise MessagePending
    if found.state != Message.State.DRAFT:
        raise MessageAlreadySent
    return found


def _write(actor: Actor, message: Message, content: Content) -> None:
    message.subject = content.get("subject", message.subject)
    message.body = content.get("body", message.body)
    message.search = fold(f"{message.subject} {message.body}")
    message.save(update_fields=["subject", "sort_key", "body", "search", "updated_at"])
    if "audience" in content:
        _choose(message, content["audience"])
    if "attachments" in content:
        _attach(actor, message, content["attachments"])
    if "answer_request" in content:
        _ask(message, content["answer_request"])


def _choose(message: Message, chosen: Chosen) -> None:
    Audience.objects.filter(message=message).update(
        all_units=chosen.get("all_units", False),
        units=_once(chosen.get("units", ())),
        kinds=_once(chosen.get("kinds", ())),
        groups=_once(chosen.get("groups", ())),
        people=_once(chosen.get("people", ())),
        except_units=_once(chosen.get("except_units", ())),
    )


def _once(ids: Sequence[UUID] | Sequence[str]) -> list[UUID | str]:
    return list(dict.fromkeys(ids))


def _attach(actor: Actor, message: Message, file_ids: Sequence[UUID]) -> None:
    wanted = list(dict.fromkeys(file_ids))
    attached = set(message.attachments.values_list("file_id", flat=True))
    _detach(message.attachments.exclude(file__in=wanted))
    files.claim(actor=actor, files=[one for one in wanted if one not in attached])
    Attachment.objects.bulk_create(
        [
            Attachment(message=message, file_id=file_id, position=position)
            for position, file_id in enumerate(wanted)
        ],
        update_conflicts=True,
        unique_fields=["message", "file"],
        update_fields=["position"],
    )


def _detach(attachments: QuerySet[Attachment]) -> None:
    dropped = [one.file for one in attachments.select_related("file")]
    attachments.delete()
    for file in dropped:
        files.discard(file=file)


def _ask(message: Message, wanted: Wanted | None) -> None:
    if wanted is None:
        AnswerRequest.objects.filter(message=message).delete()
        return
    AnswerRequest.objects.update_or_create(
        message=message,
        defaults={
            "wants_text": wanted.get("wants_text", False),
            "wants_files": wanted.get("wants_files", False),
            "wants_workbook": wanted.get("wants_workbook", False),
            "template": _template(message, wanted.get("template")),
            "due_at": wanted.get("due_at"),
            "locks_at": wanted.get("locks_at"),
        },
    )


def _template(message: Message, given: UUID | None) -> Attachment | None:
    if given is None:
        return None
    for attachment in message.attachments.all():
        if given in (attachment.pk, attachment.file_id):
            return attachment
    raise UnknownAttachment
