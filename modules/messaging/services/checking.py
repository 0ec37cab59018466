"""Whether the workbook of an answer can be read: told before it is sent, or else afterwards.

It is read in the background from the moment of its upload, so whoever presses after it was read
hears of it at once. An answer is never held up or lost for the check's sake: what was not read by
then is sent, and its author told when it cannot be read.
"""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files.registry import Purpose, Source
from files.selectors import reading_of
from modules.messaging.deeds import Deed
from modules.messaging.errors import AnswerIncomplete, WorkbookUnlike, WorkbookUnreadable
from modules.messaging.models import Answer, AnswerFile, AnswerRequest, Delivery
from modules.messaging.permissions import Permission
from modules.messaging.selectors import inbox_message_of
from modules.messaging.services.workbooks import content_of
from notifications import services as notifications
from notifications.registry import Kind
from notifications.services import News
from opium.errors import FieldError
from opium.permissions import Actor, may, require
from spreadsheets.errors import WorkbookRefused, WorkbookUnlikeTemplate
from spreadsheets.readers import Content, Reader
from spreadsheets.template.likeness import compare

if TYPE_CHECKING:
    from accounts.models import Person
    from files.models import File

UNREADABLE = Kind(
    "messaging.unreadable_workbook",
    "Arkusz, którego nie da się odczytać",
    "Arkusz z Twojej odpowiedzi sprawdzono po wysłaniu i nie udało się go odczytać.",
)


NO_REASON = "Napisz, dlaczego wysyłasz inny plik niż wypełniony wzór."
PURPOSE = "messaging.workbook"


def _read(source: Source) -> dict[str, Any]:
    """Read it, and compare it with the template of the message that the delivery is of."""
    _check(source.path, _template_of(UUID(source.about)))
    return {}


def _check(content: Content, template: "File | None") -> None:
    with Reader() as reader:
        if template is not None:
            compare(reader, content, content_of(template))
            return
        with reader.read(content):
            pass


def _ask(actor: Actor, about: str) -> None:
    """Whoever answers, or enters the answer; another's template is nobody's to compare with."""
    delivery = UUID(about)
    if not _enters(actor, delivery):
        inbox_message_of(cast("Person", actor), delivery)


def _enters(actor: Actor, delivery_id: UUID) -> bool:
    rows = Delivery.objects.select_related("message__author")
    delivery = rows.filter(pk=delivery_id, unit__isnull=False).first()
    return delivery is not None and may(actor, Permission.ENTER_ANSWER, delivery.message)


READING = Purpose(_read, _ask, is_about_one=True)


def problem_of(
    workbook: "File", delivery: UUID, *, despite_problems: bool, reason: str | None = None
) -> str | None:
    """Why the workbook cannot be read, or is no copy of the template that came by the delivery.

    Empty where it can and is, None where nobody has read it yet for this very delivery. What is
    no copy is sent `despite_problems` only with a `reason`; None asks for no reason.

    Raises `WorkbookUnreadable` unless it is sent `despite_problems`.
    """
    reading = reading_of(workbook, purpose=PURPOSE, about=str(delivery))
    if reading is None or not reading.is_over or reading.may_help_again:
        return None
    if not reading.failure:
        return ""
    is_unlike = reading.failure_code == WorkbookUnlikeTemplate.code
    if despite_problems and is_unlike and reason is not None and not reason.strip():
        raise AnswerIncomplete(errors=[FieldError("text", NO_REASON)])
    if despite_problems:
        return reading.failure
    raise (WorkbookUnlike if is_unlike else WorkbookUnreadable)(
        name=workbook.name,
        sentence=reading.failure,
        errors=[FieldError("workbook", reading.failure)],
    )


def _template_of(delivery: UUID) -> "File | None":
    request = (
        AnswerRequest.objects.select_related("template__file")
        .filter(message__deliveries=delivery, template__isnull=False)
        .first()
    )
    return None if request is None or request.template is None else request.template.file


def check_workbook(*, actor: Actor, answer: Answer) -> None:
    """Tell the author of an answer that was sent before its workbook was read; safe to run twice.

    Where it has been read since, it is not read again.
    """
    require(actor, Permission.SEND_MESSAGE, answer.delivery.message)
    workbook = AnswerFile.objects.select_related("file").get(
        answer=answer, role=AnswerFile.Role.WORKBOOK
    )
    sentence = problem_of(workbook.file, answer.delivery_id, despite_problems=True)
    if sentence is None:
        try:
            _check(content_of(workbook.file), _template_of(answer.delivery_id))
        except WorkbookRefused as refusal:
            sentence = str(refusal)
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
