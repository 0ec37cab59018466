"""Another, later deadline for a message that was sent, for all its recipients or for some."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import NoDeadline, NoRecipients, WrongDeadline
from modules.messaging.models import Answer, AnswerRequest, Delivery, FileRequest, Message
from modules.messaging.permissions import Permission
from modules.messaging.services import duties
from modules.messaging.services.delivering import people_behind
from modules.messaging.services.entering import is_late_on
from modules.messaging.services.sending import locked_sent
from notifications import services as notifications
from notifications.registry import Kind
from notifications.services import News
from opium.errors import FieldError
from opium.isolation import together
from opium.permissions import Actor, require
from opium.polish import format_moment
from outbox.services import after_commit

BATCH = 40
PROLONGED = Kind(
    "messaging.prolonged",
    "Przesunięty termin odpowiedzi",
    "Nadawca dał Tobie albo Twojej jednostce więcej czasu na odpowiedź.",
)


@transaction.atomic
def prolong_deadline(
    *,
    actor: Actor,
    message: Message,
    due_at: datetime,
    deliveries: Collection[UUID] | None = None,
) -> int:
    """Give the recipients until then, None: all of them; how many they are. They are told of it.

    The closing of the answers moves by as much, and never back. What was late by the old deadline
    and is not by the new one is late no more, and reminders are planned anew. A recipient with a
    later deadline keeps it. Raises `MessageNotSent`, `NoDeadline`, `WrongDeadline`, `NoRecipients`.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = locked_sent(message)
    request = AnswerRequest.objects.select_for_update().filter(message=message).first()
    if request is None or request.due_at is None:
        raise NoDeadline
    before = request.due_at
    rows = _concerned(message, request, due_at, deliveries)
    locks_at = request.locks_at + (due_at - before) if request.locks_at else None
    if deliveries is None:
        request.due_at, request.locks_at = due_at, locks_at
        request.save(update_fields=["due_at", "locks_at", "updated_at"])
    for one in rows:
        locks = filter(None, (one.lock_in(request), locks_at))
        one.own_due_at = None if deliveries is None else due_at
        one.own_locks_at = None if deliveries is None else max(locks, default=None)
    Delivery.objects.bulk_update(rows, ["own_due_at", "own_locks_at"])
    _judge_anew(request, rows)
    duties.prolonged(message, request, rows)
    audit.record(
        actor=actor,
        deed=Deed.PROLONG_DEADLINE,
        right=Permission.SEND_MESSAGE,
        target=message,
        before={"due_at": before.isoformat()},
        after={
            "due_at": due_at.isoformat(),
            "for": "all" if deliveries is None else [one.recipient_name for one in rows],
        },
    )
    after_commit("messaging.tell_deadline", str(message.pk), due_at.isoformat())
    return len(rows)


def _concerned(
    message: Message,
    request: AnswerRequest,
    due_at: datetime,
    deliveries: Collection[UUID] | None,
) -> list[Delivery]:
    """The recipients whom the new deadline gives more time, locked."""
    if due_at <= timezone.now():
        raise WrongDeadline(
            errors=[FieldError("due_at", "Ten termin już minął. Podaj późniejszy.")]
        )
    asked = Delivery.objects.filter(message=message, recalled_at=None)
    if deliveries is not None:
        asked = asked.filter(pk__in=deliveries)
    found = list(
        asked.select_for_update(of=("self",)).select_related("unit", "person").order_by("pk")
    )
    if not found:
        raise NoRecipients
    rows = [one for one in found if (one.due_in(request) or due_at) < due_at]
    if not rows or (deliveries is None and request.due_at and due_at <= request.due_at):
        told = "Nowy termin musi być późniejszy niż dotychczasowy."
        raise WrongDeadline(errors=[FieldError("due_at", told)])
    return rows


def _judge_anew(request: AnswerRequest, rows: Sequence[Delivery]) -> None:
    by_id = {one.pk: one for one in rows}
    late = Answer.objects.select_for_update().filter(delivery__in=by_id, is_late=True)
    asked = FileRequest.objects.filter(answer__delivery__in=by_id)
    asked_anew = set(asked.values_list("answer__delivery", "answer__version"))
    still_late = set()
    for answer in late.order_by("version"):
        delivery = by_id[answer.delivery_id]
        due_at, replaced = delivery.due_in(request), (delivery.pk, answer.version - 1)
        if answer.ground_on is not None:
            still = is_late_on(delivery, request, answer.ground_on, answer.sent_at)
        elif replaced in asked_anew:  # no later than what it replaces
            still = replaced in still_late
        else:
            still = due_at is not None and answer.sent_at > due_at
        if still:
            still_late.add((delivery.pk, answer.version))
            continue
        Answer.objects.filter(pk=answer.pk).update(is_late=False)
        Delivery.objects.filter(pk=delivery.pk, newest=answer).update(is_late=False)


def tell_deadline(*, actor: Actor, message: Message, due_at: datetime) -> None:
    """Tell the people behind everybody who has until then; safe to run twice.

    Raises `SomeFailed` after the rest.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    request = AnswerRequest.objects.get(message=message)
    rows = Delivery.objects.select_related("unit", "person").filter(
        message=message, recalled_at=None, delivered_at__isnull=False
    )
    concerned = [one for one in rows.order_by("pk") if one.due_in(request) == due_at]

    def tell(batch: Sequence[Delivery]) -> None:
        title = f"Termin przesunięty do {format_moment(due_at)}: {message.subject}"
        notifications.notify(
            News(
                person=person,
                kind=PROLONGED.key,
                subject_id=uuid5(delivery.pk, str(due_at.timestamp())),
                title=title,
                url=delivery.url,
                letter_subject=title,
                letter_body="Dzień dobry,\n\n"
                f"nadawca wiadomości „{message.subject}” przesunął termin odpowiedzi.\n"
                f"Adresat: {delivery.recipient_name}.\n"
                f"Nowy termin: {format_moment(due_at)}.\n\nWiadomość czeka na stronie:",
            )
            for delivery, person in people_behind(batch)
        )

    together(concerned, tell, at_once=BATCH)
