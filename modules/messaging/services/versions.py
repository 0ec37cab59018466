"""A new version of an answer, whoever writes it down: its files, its row, what lists show of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from files import services as files
from modules.messaging.models import Answer, AnswerFile, AnswerRequest, Delivery
from modules.messaging.services import checking
from opium.errors import FieldError
from outbox.services import after_commit

if TYPE_CHECKING:
    from accounts.models import Person
    from files.models import File

Role = AnswerFile.Role


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


@dataclass(frozen=True, slots=True)
class Ground:
    """On what an answer is entered for a unit: of which kind and day, and which letter or talk."""

    kind: Answer.Ground
    on: date
    words: str
    scan: UUID | None = None
    """A file that shows it, named as those of `AnswerContent`."""


@dataclass(frozen=True, slots=True)
class Given:
    """The files of a version in order, each with what it is there for."""

    files: "Sequence[tuple[File, Role]]"
    problem: str | None
    """Why the workbook cannot be read, as `checking.problem_of` says; empty without one."""


def misplaced(request: AnswerRequest, content: AnswerContent) -> list[FieldError]:
    """What is wrong with the workbook of any answer."""
    errors = []
    if not request.wants_workbook and content.workbook is not None:
        errors.append(FieldError("workbook", "Nadawca nie prosi o arkusz. Dołącz go jako plik."))
    if content.workbook is not None and content.workbook in content.files:
        errors.append(FieldError("files", "Arkusz jest już dołączony; nie dodawaj go drugi raz."))
    return errors


def take_files(
    person: "Person",
    delivery: Delivery,
    content: AnswerContent,
    *,
    scan: UUID | None = None,
) -> Given:
    """Take over the named files: fresh uploads are claimed, those of earlier versions are there.

    Of an earlier version a recipient's own answer takes no scan, which shows another's ground.
    Raises `WorkbookUnreadable`, `WorkbookUnlike`, `AnswerIncomplete` and the refusals of
    `files.services.claim`.
    """
    roles = dict.fromkeys(content.files, Role.FILE)
    roles |= {
        one: role for one, role in ((content.workbook, Role.WORKBOOK), (scan, Role.SCAN)) if one
    }
    found = _found(person, delivery, roles)
    workbook = found.get(content.workbook) if content.workbook else None
    problem: str | None = ""
    if workbook is not None:
        problem = checking.problem_of(
            workbook,
            delivery.pk,
            despite_problems=content.despite_problems,
            reason=content.text,
        )
    return Given([(found[one], role) for one, role in roles.items()], problem)


def _found(
    person: "Person", delivery: Delivery, roles: "Mapping[UUID, Role]"
) -> "dict[UUID, File]":
    sent_before = AnswerFile.objects.filter(answer__delivery=delivery, file__in=roles)
    found = {
        one.file_id: one.file
        for one in sent_before.select_related("file")
        if (one.role == Role.SCAN) == (roles[one.file_id] == Role.SCAN)
    }
    fresh = [one for one in roles if one not in found]
    return found | {file.pk: file for file in files.claim(actor=person, files=fresh)}


def add(
    delivery: Delivery,
    *,
    author: "Person",
    content: AnswerContent,
    given: Given,
    at: datetime,
    is_late: bool,
    ground: Ground | None = None,
) -> Answer:
    """The next version of a locked delivery; its workbook is read later where nobody could yet."""
    answer = Answer.objects.create(
        delivery=delivery,
        version=delivery.answer_version + 1,
        text=content.text.strip(),
        author=author,
        sent_at=at,
        is_late=is_late,
        despite_problems=bool(given.problem),
        problem=given.problem or "",
        ground=ground.kind if ground else "",
        ground_on=ground.on if ground else None,
        ground_words=ground.words.strip() if ground else "",
    )
    AnswerFile.objects.bulk_create(
        AnswerFile(answer=answer, file=file, role=role, position=position)
        for position, (file, role) in enumerate(given.files)
    )
    delivery.newest = answer
    delivery.answer_version = answer.version
    delivery.answered_at = answer.sent_at
    delivery.is_late = answer.is_late
    delivery.save(
        update_fields=["newest", "answer_version", "answered_at", "is_late", "updated_at"]
    )
    if given.problem is None:
        after_commit("messaging.check_workbook", str(answer.pk))
    return answer
