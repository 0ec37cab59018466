"""What recipients do: open, and answer as often as they need to; the newest answer counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from files import services as files
from modules.messaging.deeds import Deed
from modules.messaging.errors import (
    AnswerIncomplete,
    AnswersLocked,
    NoAnswerWanted,
)
from modules.messaging.models import Answer, AnswerFile, AnswerRequest, Delivery, Reading
from modules.messaging.permissions import Permission, right_to_answer
from modules.messaging.services import checking, duties
from notifications.services.entrusted import mark_read_at
from opium.errors import FieldError, NotFound
from opium.permissions import may, require
from opium.polish import format_moment
from outbox.services import after_commit

if TYPE_CHECKING:
    from accounts.models import Person
    from files.models import File


@transaction.atomic
def open_delivery(*, actor: "Person", delivery: Delivery) -> Reading:
    """Write down that this person opened the message; called by a press, never by a mere look.

    The log keeps the first time, the reading how often.
    The notices that lead here are read with it. Raises `NotFound` for whoever is no recipient.
    """
    require(actor, Permission.KEEP_OWN_INBOX)
    if not may(actor, Permission.KEEP_OWN_INBOX, delivery):
        raise NotFound
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
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


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """What a recipient sends: a text, files and one filled workbook, the latter two by file id.

    A file of an earlier version of the same answer may be named again.
    """

    text: str = ""
    files: Sequence[UUID] = ()
    workbook: UUID | None = None
    despite_problems: bool = False
    """Whether a workbook that cannot be read is sent all the same."""


@transaction.atomic
def answer_delivery(*, actor: "Person", delivery: Delivery, content: AnswerContent) -> Answer:
    """Send an answer, or a newer version of it; two at the same moment become two versions.

    The workbook is read in the background alone (`checking`). Raises `NoAnswerWanted`,
    `AnswersLocked`, `AnswerIncomplete`, `WorkbookUnreadable` and the refusals of
    `files.services.claim`.
    """
    right = right_to_answer(delivery)
    require(actor, right, delivery)
    request = AnswerRequest.objects.filter(message=delivery.message_id).first()
    if request is None:
        raise NoAnswerWanted
    _check_open(request)
    if errors := _missing(request, content):
        raise AnswerIncomplete(errors=errors)
    given = _given_files(actor, delivery, content)
    problem = _problem(given, content)

    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    now = _check_open(request)
    answer = Answer.objects.create(
        delivery=delivery,
        version=delivery.answer_version + 1,
        text=content.text.strip(),
        author=actor,
        sent_at=now,
        is_late=request.due_at is not None and now > request.due_at,
        despite_problems=bool(problem),
        problem=problem or "",
    )
    AnswerFile.objects.bulk_create(
        AnswerFile(answer=answer, file=file, role=_role(file, content), position=position)
        for position, file in enumerate(given)
    )
    _count(delivery, answer)
    if problem is None:
        after_commit("messaging.check_workbook", str(answer.pk))
    audit.record(
        actor=actor,
        deed=Deed.ANSWER_DELIVERY,
        right=right,
        target=delivery,
        after={"version": answer.version, "files": len(given), "problem": problem},
    )
    duties.answered(actor, delivery)
    return answer


def _count(delivery: Delivery, answer: Answer) -> None:
    delivery.newest = answer
    delivery.answer_version = answer.version
    delivery.answered_at = answer.sent_at
    delivery.is_late = answer.is_late
    delivery.save(
        update_fields=["newest", "answer_version", "answered_at", "is_late", "updated_at"]
    )


def _check_open(request: AnswerRequest) -> datetime:
    now = timezone.now()
    if request.locks_at is not None and now >= request.locks_at:
        raise AnswersLocked(moment=format_moment(request.locks_at))
    return now


def _missing(request: AnswerRequest, content: AnswerContent) -> list[FieldError]:
    errors = []
    if request.wants_text and not content.text.strip():
        errors.append(FieldError("text", "Napisz odpowiedź."))
    if request.wants_files and not content.files:
        errors.append(FieldError("files", "Dołącz co najmniej jeden plik."))
    if request.wants_workbook and content.workbook is None:
        errors.append(FieldError("workbook", "Dołącz wypełniony arkusz."))
    if not request.wants_workbook and content.workbook is not None:
        errors.append(FieldError("workbook", "Nadawca nie prosi o arkusz. Dołącz go jako plik."))
    if content.workbook is not None and content.workbook in content.files:
        errors.append(FieldError("files", "Arkusz jest już dołączony; nie dodawaj go drugi raz."))
    return errors


def _given_files(actor: "Person", delivery: Delivery, content: AnswerContent) -> "list[File]":
    """The named files in order: fresh uploads are claimed, those of earlier versions are there."""
    wanted = list(dict.fromkeys(content.files))
    if content.workbook is not None:
        wanted.append(content.workbook)
    sent_before = AnswerFile.objects.filter(answer__delivery=delivery, file__in=wanted)
    found = {one.file_id: one.file for one in sent_before.select_related("file")}
    fresh = [file_id for file_id in wanted if file_id not in found]
    found |= {file.pk: file for file in files.claim(actor=actor, files=fresh)}
    return [found[file_id] for file_id in wanted]


def _problem(given: "list[File]", content: AnswerContent) -> str | None:
    """Why the workbook cannot be read, as `checking.problem_of` says; empty without a workbook."""
    workbook = next((file for file in given if file.pk == content.workbook), None)
    if workbook is None:
        return ""
    return checking.problem_of(workbook, despite_problems=content.despite_problems)


def _role(file: "File", content: AnswerContent) -> AnswerFile.Role:
    return AnswerFile.Role.WORKBOOK if file.pk == content.workbook else AnswerFile.Role.FILE
