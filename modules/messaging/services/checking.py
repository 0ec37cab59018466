"""Whether the workbook of an answer can be read: at once, or, where that takes long, afterwards.

An answer is never lost for the check's sake: what cannot be told in a few seconds is sent, read in
the background under the wider limits of the merge, and its author told when it cannot be read.
"""

from typing import TYPE_CHECKING

from django.db import transaction

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import AnswerIncomplete, WorkbookUnlike, WorkbookUnreadable
from modules.messaging.models import Answer, AnswerFile, AnswerRequest, Delivery
from modules.messaging.permissions import Permission
from modules.messaging.services.workbooks import content_of
from notifications import services as notifications
from notifications.registry import Kind
from notifications.services import News
from opium.errors import FieldError
from opium.permissions import Actor, require
from spreadsheets import briefly
from spreadsheets.errors import (
    WorkbookRefused,
    WorkbooksBusy,
    WorkbookTooSlow,
    WorkbookUnlikeTemplate,
)
from spreadsheets.readers import Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from files.models import File

NO_REASON = "Napisz, dlaczego wysyłasz inny plik niż wypełniony wzór."
UNREADABLE = Kind(
    "messaging.unreadable_workbook",
    "Arkusz, którego nie da się odczytać",
    "Arkusz z Twojej odpowiedzi sprawdzono po wysłaniu i nie udało się go odczytać.",
)


def problem_of(
    workbook: "File", delivery: Delivery, *, despite_problems: bool, reason: str
) -> str | None:
    """Why the workbook cannot be read, or is no copy of the template that was sent.

    Empty where it can and is, None where that takes too long now. Raises `WorkbookUnreadable` and
    `WorkbookUnlike` unless it is sent `despite_problems`; another workbook asks for a `reason`.
    """
    try:
        briefly.check(content_of(workbook), _template_of(delivery))
    except (WorkbooksBusy, WorkbookTooSlow):
        return None
    except WorkbookUnlikeTemplate as refusal:
        if despite_problems and reason.strip():
            return str(refusal)
        if despite_problems:
            raise AnswerIncomplete(errors=[FieldError("text", NO_REASON)]) from refusal
        raise WorkbookUnlike(
            name=workbook.name,
            sentence=str(refusal),
            errors=[FieldError("workbook", str(refusal))],
        ) from refusal
    except WorkbookRefused as refusal:
        if despite_problems:
            return str(refusal)
        raise WorkbookUnreadable(
            name=workbook.name,
            sentence=str(refusal),
            errors=[FieldError("workbook", str(refusal))],
        ) from refusal
    return ""


def _template_of(delivery: Delivery) -> "Callable[[], BinaryIO] | None":
    request = (
        AnswerRequest.objects.select_related("template__file")
        .filter(message=delivery.message_id, template__isnull=False)
        .first()
    )
    return (
        None if request is None or request.template is None else content_of(request.template.file)
    )


def check_workbook(*, actor: Actor, answer: Answer) -> None:
    """Read the workbook of an answer that was sent before it was read; safe to run twice."""
    require(actor, Permission.SEND_MESSAGE, answer.delivery.message)
    workbook = AnswerFile.objects.select_related("file", "answer__delivery").get(
        answer=answer, role=AnswerFile.Role.WORKBOOK
    )
    sentence = _sentence_of(workbook)
    if not sentence:
        return
    with transaction.atomic():
        locked = Answer.objects.select_for_update().get(pk=answer.pk)
        if locked.problem:
            return
        locked.problem, locked.despite_problems = sentence, True
        locked.save(update_fields=["problem", "despite_problems", "updated_at"])
        delivery = Delivery.objects.select_related("message").get(pk=locked.delivery_id)
        _tell(locked, delivery, workbook.file.name)
        audit.record(
            actor=actor,
            deed=Deed.CHECK_WORKBOOK,
            right=Permission.SEND_MESSAGE,
            target=delivery,
            after={"version": locked.version, "problem": sentence},
        )


def _sentence_of(workbook: AnswerFile) -> str:
    """Why the workbook is doubted, read under the wider limits; empty where it is not."""
    template = _template_of(workbook.answer.delivery)
    try:
        with Reader() as reader:
            briefly.compare(reader, content_of(workbook.file), template)
    except WorkbookRefused as refusal:
        return str(refusal)
    return ""


def _tell(answer: Answer, delivery: Delivery, name: str) -> None:
    subject = delivery.message.subject
    title = f"Nie da się odczytać arkusza „{name}” z odpowiedzi: {subject}"
    notifications.notify(
        [
            News(
                person=answer.author,
                kind=UNREADABLE.key,
                subject_id=answer.pk,
                title=title,
                url=f"/messaging/messages/{delivery.message_id}" if answer.ground else delivery.url,
                letter_subject=f"Arkusz do poprawy: {subject}",
                letter_body=f"{title}.\n\n{answer.problem}\n\nOdpowiedź została wysłana. "
                "Jeśli to możliwe, popraw plik i wyślij odpowiedź jeszcze raz.",
            )
        ]
    )
