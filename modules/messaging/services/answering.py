"""What recipients do: open, and answer as often as they need to; the newest answer counts."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import (
    AnswerIncomplete,
    AnswersLocked,
    NoAnswerWanted,
)
from modules.messaging.models import Answer, AnswerRequest, Delivery, FileRequest, Reading
from modules.messaging.permissions import Permission, right_to_answer
from modules.messaging.services import duties, handing, versions
from modules.messaging.services.versions import AnswerContent
from notifications.services.entrusted import mark_read_at
from opium.errors import FieldError, NotFound
from opium.permissions import may, require
from opium.polish import format_moment

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def open_delivery(*, actor: "Person", delivery: Delivery) -> Reading:
    """Write down that this person opened the message; called by a press, never by a mere look.

    The log keeps the first time, the reading how often.
    The notices that lead here are read with it. Raises `NotFound` for whoever is no recipient.
    """
    require(actor, Permission.KEEP_OWN_INBOX)
    if not may(actor, Permission.KEEP_OWN_INBOX, delivery):
        raise NotFound
    delivery = _held(delivery)
    now = timezone.now()
    reading, is_new = Reading.objects.get_or_create(
        delivery=delivery, person=actor, defaults={"first_at": now, "last_at": now}
    )
    if is_new:
        audit.record(actor=actor, deed=Deed.OPEN_DELIVERY, right=None, target=delivery)
    else:
        reading.count += 1
        reading.last_at = now
        reading.save(update_fields=["count", "last_at", "updated_at"])
    if delivery.first_opened_at is None:
        delivery.first_opened_at = now
        delivery.first_opened_by = actor
    delivery.openings += 1
    delivery.save(update_fields=["first_opened_at", "first_opened_by", "openings", "updated_at"])
    mark_read_at(actor=actor, url=delivery.url)
    return reading


@transaction.atomic
def answer_delivery(*, actor: "Person", delivery: Delivery, content: AnswerContent) -> Answer:
    """Send an answer, or a newer version of it; two at the same moment become two versions.

    The workbook is read in the background alone (`checking`). What the sender asked for anew is
    no later than what it replaces, and taken when answers are closed too. Raises `NoAnswerWanted`,
    `AnswersLocked`, `AnswerIncomplete`, `WorkbookUnreadable`, `NotFound` where it was recalled, and
    the refusals of `files.services.claim`.
    """
    right = right_to_answer(delivery)
    require(actor, right, delivery)
    request = AnswerRequest.objects.filter(message=delivery.message_id).first()
    if request is None:
        raise NoAnswerWanted
    _check_open(delivery, request)
    if errors := _missing(request, content):
        raise AnswerIncomplete(errors=errors)
    given = versions.take_files(actor, delivery, content)

    delivery = _held(delivery)
    now, asked = _check_open(delivery, request)
    due_at = delivery.due_in(request)
    is_late = due_at is not None and now > due_at
    answer = versions.add(
        delivery,
        author=actor,
        content=content,
        given=given,
        at=now,
        is_late=asked.answer.is_late if asked else is_late,
    )
    audit.record(
        actor=actor,
        deed=Deed.ANSWER_DELIVERY,
        right=right,
        target=delivery,
        after={
            "version": answer.version,
            "files": len(given.files),
            "problem": given.problem,
        },
    )
    handing.tell_answered(actor, delivery)
    duties.answered(actor, delivery)
    return answer


def _held(delivery: Delivery) -> Delivery:
    """The row as it stands, locked. Raises `NotFound` for one that was recalled a moment ago."""
    found = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if found.recalled_at is not None:
        raise NotFound
    return found


def _check_open(delivery: Delivery, request: AnswerRequest) -> tuple[datetime, FileRequest | None]:
    """The moment of the answer, and the sender's wish for a new file that it fulfils."""
    now, locks_at = timezone.now(), delivery.lock_in(request)
    wishes = FileRequest.objects.select_related("answer")
    asked = wishes.filter(answer=delivery.newest_id).first() if delivery.newest_id else None
    if asked is None and locks_at is not None and now >= locks_at:
        raise AnswersLocked(moment=format_moment(locks_at))
    return now, asked


def _missing(request: AnswerRequest, content: AnswerContent) -> list[FieldError]:
    errors = []
    if request.wants_text and not content.text.strip():
        errors.append(FieldError("text", "Napisz odpowiedź."))
    if request.wants_files and not content.files:
        errors.append(FieldError("files", "Dołącz co najmniej jeden plik."))
    if request.wants_workbook and content.workbook is None:
        errors.append(FieldError("workbook", "Dołącz wypełniony arkusz."))
    return [*errors, *versions.misplaced(request, content)]
