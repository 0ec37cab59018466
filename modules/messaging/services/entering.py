"""What came on paper, by telephone or by e-mail: entered for the unit, and told from its own."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import (
    AnswerIncomplete,
    AnswersForThemselves,
    NoAnswerWanted,
    NotDeliveredYet,
    UnitAnswered,
)
from modules.messaging.models import Answer, AnswerRequest, Delivery, Message
from modules.messaging.permissions import Permission
from modules.messaging.services import delivering, duties, versions
from modules.messaging.services.versions import AnswerContent, Ground
from notifications import services as notifications
from notifications.registry import Kind
from notifications.services import News
from opium.calendar import day_of
from opium.errors import FieldError, NotFound
from opium.permissions import require
from opium.polish import format_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import Person

PHONE = Answer.Ground.PHONE
ENTERED = Kind(
    "messaging.entered_answer",
    "Odpowiedź wpisana w imieniu jednostki",
    "Wydział wpisał w imieniu Twojej jednostki odpowiedź, która przyszła pismem, e-mailem albo "
    "telefonem.",
)


@transaction.atomic
def enter_answer(
    *, actor: "Person", delivery: Delivery, content: AnswerContent, ground: Ground
) -> Answer:
    """Enter for a unit what it answered outside the system; its people are told of it.

    Never over an answer of the unit's own, which stands, and which takes the place of this one.
    What the sender wanted need not all be there, for paper has none of it to fill in. It is late
    when its ground is of a day after the deadline, or when the answers are closed already: they
    are closed to the units, not to whoever closed them.
    Raises `AnswersForThemselves`, `NoAnswerWanted`, `NotDeliveredYet`, `UnitAnswered`,
    `AnswerIncomplete`, `WorkbookUnreadable` and the refusals of `files.services.claim`.
    """
    message = Message.objects.select_related("author").get(pk=delivery.message_id)
    require(actor, Permission.ENTER_ANSWER, message)
    request = _request_to(delivery)
    if errors := [*_missing(message, content, ground), *versions.misplaced(request, content)]:
        raise AnswerIncomplete(errors=errors)
    given = versions.take_files(actor, delivery, content, scan=ground.scan)

    rows = Delivery.objects.select_related("unit").select_for_update(of=("self",))
    delivery = rows.get(pk=delivery.pk)
    _check_free(delivery)
    now = timezone.now()
    answer = versions.add(
        delivery,
        author=actor,
        content=content,
        given=given,
        at=now,
        is_late=is_late_on(delivery, request, ground.on, now),
        ground=ground,
    )
    told = answer.entered_for(delivery.recipient_name)
    audit.record(
        actor=actor,
        deed=Deed.ENTER_ANSWER,
        right=Permission.ENTER_ANSWER,
        target=delivery,
        after={
            "version": answer.version,
            "files": len(given.files),
            "problem": given.problem,
            "ground": told,
        },
    )
    _tell(message, delivery, answer, told)
    duties.answered(actor, delivery)
    return answer


def _request_to(delivery: Delivery) -> AnswerRequest:
    """What the unit was asked, and has not answered by itself."""
    if delivery.unit_id is None:
        raise AnswersForThemselves
    request = AnswerRequest.objects.filter(message=delivery.message_id).first()
    if request is None:
        raise NoAnswerWanted
    _check_free(delivery)
    return request


def _check_free(delivery: Delivery) -> None:
    if delivery.recalled_at is not None:
        raise NotFound
    if delivery.delivered_at is None:
        raise NotDeliveredYet
    if Answer.objects.filter(delivery=delivery, ground="").exists():
        raise UnitAnswered(unit=delivery.recipient_name)


def _missing(message: Message, content: AnswerContent, ground: Ground) -> list[FieldError]:
    errors = []
    if not (content.text.strip() or content.files or content.workbook):
        errors.append(FieldError("text", "Wpisz, co odpowiedziała jednostka, albo dodaj plik."))
    if not ground.words.strip():
        what = "Podaj, z kim rozmawiano." if ground.kind == PHONE else "Podaj znak albo nadawcę."
        errors.append(FieldError("ground_words", what))
    today = day_of(timezone.now())
    if ground.on > today:
        errors.append(FieldError("ground_on", "Ten dzień dopiero będzie. Podaj dzień z pisma."))
    elif message.sent_at is not None and ground.on < day_of(message.sent_at):
        day = format_date(message.sent_at)
        errors.append(
            FieldError(
                "ground_on", f"Wiadomość wysłano {day}; odpowiedź nie może być wcześniejsza."
            )
        )
    return errors


def is_late_on(delivery: Delivery, request: AnswerRequest, day: "date", at: "datetime") -> bool:
    """Whether an answer is late whose ground is of the day, and which was entered at the moment."""
    locks_at, due_at = delivery.lock_in(request), delivery.due_in(request)
    is_closed = locks_at is not None and at >= locks_at
    return is_closed or (due_at is not None and day > day_of(due_at))


def _tell(message: Message, delivery: Delivery, answer: Answer, told: str) -> None:
    unit = delivery.recipient_name
    title = f"Wpisano odpowiedź w imieniu {unit}: {message.subject}"
    notifications.notify(
        News(
            person=person,
            kind=ENTERED.key,
            subject_id=answer.pk,
            title=title,
            url=delivery.url,
            letter_subject=title,
            letter_body=f"{told}\n\nWiadomość: {message.subject}.\n"
            "Sprawdź wpisaną odpowiedź. Dopóki nadawca przyjmuje odpowiedzi, możesz wysłać własną: "
            "to ona będzie wtedy ważna.\n\nOdpowiedź jest na stronie:",
        )
        for _, person in delivering.people_behind([delivery])
    )
