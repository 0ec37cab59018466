"""What messages ask of people, as rows of the city's to-do list."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from modules.messaging.models import AnswerRequest, Delivery, FileRequest, Message
from modules.messaging.permissions import Permission
from opium.calendar import day_of, take_days
from opium.permissions import Actor
from todo import services as todo
from todo.registry import Kind
from todo.selectors import open_rows

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

ANSWER = Kind(
    "messaging.answer",
    "Odpowiedź na wiadomość",
    Permission.ANSWER_MESSAGE,
    own_right=Permission.KEEP_OWN_INBOX,
    members_only=True,
)
HANDED = Kind(
    "messaging.handed",
    "Wiadomość przekazana przez kogoś z jednostki",
    Permission.ANSWER_MESSAGE,
    members_only=True,
)
CORRECT = Kind("messaging.correct", "Wiadomość zwrócona do poprawy", Permission.SEND_MESSAGE)
CHASE = Kind("messaging.chase", "Brakujące odpowiedzi", Permission.SEND_MESSAGE)
QUESTION = Kind("messaging.question", "Pytanie do wiadomości", Permission.SEND_MESSAGE)
ASKED_BACK = Kind(
    "messaging.asked_back",
    "Pytanie nadawcy wiadomości",
    Permission.ANSWER_MESSAGE,
    own_right=Permission.KEEP_OWN_INBOX,
    members_only=True,
)
KINDS_OF_WAITS = (ANSWER, HANDED, CORRECT, CHASE, QUESTION, ASKED_BACK)

DELIVERY, MESSAGE = "messaging.delivery", "messaging.message"
CHASED_FOR = timedelta(days=30)
"""How long after its deadline a message asks its author to chase the silent."""
LONGEST_REASON = 300
SILENT = Q(answer_version=0, recalled_at=None)
"""Deliveries whose answer is still wanted, where the message wants one."""


def ask_for_answers(message: Message, deliveries: Collection[Delivery]) -> None:
    """Each recipient has an answer to give, where the message wants one."""
    request: AnswerRequest | None = getattr(message, "answer_request", None)
    if request is None:
        return
    todo.wait(_answer_of(one, message, request) for one in deliveries)


def _answer_of(
    one: Delivery, message: Message, request: AnswerRequest, **otherwise: Any
) -> todo.Wait:
    sender = message.sent_by.display_name if message.sent_by is not None else ""
    told: dict[str, Any] = {
        "subject": (DELIVERY, one.pk),
        "code": ANSWER.code,
        "what": "Wypełnij i odeślij arkusz" if request.wants_workbook else "Odpowiedz",
        "title": message.subject,
        "details": f"od: {sender} · dla: {one.recipient_name}",
        "url": one.url,
        "person": one.person_id,
        "unit_id": one.unit_id,
        "who": one.recipient_name,
        "due_at": one.due_in(request),
        "ends_at": one.lock_in(request),
        "remind_on": day_before(one.due_in(request)),
    }
    return todo.Wait(**told | otherwise)


def handed(delivery: Delivery) -> None:
    """Its answer waits for the colleague to whom it was handed, or for all of the unit again.

    The row of the unit stays for the others, who see in it whose the matter is.
    """
    message, request = delivery.message, delivery.message.answer_request
    rows = [_answer_of(delivery, message, request)]
    if delivery.handed_to is not None:
        name = delivery.handed_to.display_name
        told = f"{rows[0].details} · odpowiada: {name}"
        rows = [
            _answer_of(delivery, message, request, excused=[delivery.handed_to.pk], details=told),
            _answer_of(
                delivery,
                message,
                request,
                code=HANDED.code,
                person=delivery.handed_to.pk,
                who=name,
                details=f"{rows[0].details} · przekazana Tobie",
            ),
        ]
    todo.settle(subject=(DELIVERY, delivery.pk), waits=rows)


def ask_for_file(delivery: Delivery, asked: FileRequest) -> None:
    """The recipient has a new file to send in place of one that could not be merged."""
    message = delivery.message
    told = todo.Wait(
        subject=(DELIVERY, delivery.pk),
        code=ANSWER.code,
        what="Wyślij nowy plik",
        title=message.subject,
        details=f"od: {asked.asked_by.display_name} · dla: {delivery.recipient_name}",
        url=delivery.url,
        person=delivery.person_id,
        unit_id=delivery.unit_id,
        who=delivery.recipient_name,
    )
    todo.wait([told])


def day_before(due_at: datetime | None) -> "list[date]":
    """The working day before the deadline, to be reminded on, where it is still to come."""
    if due_at is None:
        return []
    day = take_days(day_of(due_at), 1, "working")
    return [day] if day > day_of(timezone.now()) else []


def ask_to_chase(message: Message, request: AnswerRequest | None) -> None:
    """From the deadline on the author has the silent to chase."""
    if request is None or request.due_at is None:
        return
    told = todo.Wait(
        subject=(MESSAGE, message.pk),
        code=CHASE.code,
        what="Ponaglij tych, którzy nie odpowiedzieli",
        title=message.subject,
        details="termin odpowiedzi minął",
        url=f"/messaging/messages/{message.pk}?status=silent",
        person=message.author_id,
        since=request.due_at,
        due_at=request.due_at,
        ends_at=request.due_at + CHASED_FOR,
    )
    todo.wait([told])


def ask_to_correct(message: Message, reason: str) -> None:
    """The author has a message to correct that was given back."""
    told = todo.Wait(
        subject=(MESSAGE, message.pk),
        code=CORRECT.code,
        what="Popraw i wyślij ponownie",
        title=str(message),
        details=f"zwrócono: {reason[:LONGEST_REASON]}" if reason else "zwrócono do poprawy",
        url=f"/messaging/compose/{message.pk}",
        person=message.author_id,
    )
    todo.wait([told])


def answered(by: Actor, delivery: Delivery) -> None:
    """The answer is there; with the last one nobody is to be chased any more.

    To be called last: whoever answers at the same moment waits here, and so one of them sees that
    theirs is the last.
    """
    todo.done(subject_kind=DELIVERY, subjects=[delivery.pk], by=by)
    _end_chase_of_nobody(delivery.message_id)


def recalled(message: Message, deliveries: "Collection[UUID]") -> None:
    """Nobody waits for an answer of theirs any more."""
    todo.done(subject_kind=DELIVERY, subjects=deliveries)
    _end_chase_of_nobody(message.pk)


def prolonged(message: Message, request: AnswerRequest, deliveries: Collection[Delivery]) -> None:
    """What waits for these recipients waits until their new deadline, and is reminded of anew.

    Who has answered can only be waited for with a new file, which has no deadline.
    """
    by_term: defaultdict[tuple[datetime | None, datetime | None], list[UUID]] = defaultdict(list)
    for one in deliveries:
        if one.answer_version:
            continue
        by_term[one.due_in(request), one.lock_in(request)].append(one.pk)
    for ((due_at, ends_at), ids), kind in product(by_term.items(), (ANSWER, HANDED)):
        todo.prolong(
            subject_kind=DELIVERY,
            subjects=ids,
            code=kind.code,
            due_at=due_at,
            ends_at=ends_at,
            remind_on=day_before(due_at),
        )
    todo.done(subject_kind=MESSAGE, subjects=[message.pk], code=CHASE.code)
    if Delivery.objects.filter(SILENT, message=message).exists():
        ask_to_chase(message, request)


def _end_chase_of_nobody(message_id: "UUID") -> None:
    chase = open_rows(MESSAGE, [message_id]).filter(code=CHASE.code)
    if not chase.select_for_update(of=("self",)).exists():
        return
    if not Delivery.objects.filter(SILENT, message=message_id).exists():
        todo.done(subject_kind=MESSAGE, subjects=[message_id], code=CHASE.code)


def chased(by: Actor, message: Message) -> None:
    todo.done(subject_kind=MESSAGE, subjects=[message.pk], code=CHASE.code, by=by)


def unsent(message: Message) -> None:
    """The sending was undone: nobody waits for its answers."""
    todo.done(subject_kind=MESSAGE, subjects=[message.pk], code=CHASE.code)


def corrected(by: Actor, message: Message) -> None:
    """It is sent again, or thrown away."""
    todo.done(subject_kind=MESSAGE, subjects=[message.pk], code=CORRECT.code, by=by)
