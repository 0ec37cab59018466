"""What happens after the commit: recipients get the message, and are told of it, exactly once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from modules.messaging.models import AnswerRequest, Delivery, Message, Reminder
from modules.messaging.permissions import Permission
from modules.messaging.services import duties
from notifications import services as notifications
from notifications.registry import Kind
from notifications.services import News
from opium.isolation import together
from opium.permissions import Actor, require
from opium.polish import format_moment
from opium.registry import current_city
from units.selectors import memberships_of

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Person

BATCH = 40
TOO_EARLY = timedelta(seconds=1)
"""By how much work may come before its moment: the timers of workers are not exact."""
NEW_MESSAGE = Kind(
    "messaging.message",
    "Nowa wiadomość",
    "Do Ciebie albo do Twojej jednostki przyszła wiadomość lub ankieta.",
)
REMINDER = Kind(
    "messaging.reminder",
    "Ponaglenie",
    "Nadawca przypomina, że czeka na odpowiedź, a termin mija.",
)
KINDS = (NEW_MESSAGE, REMINDER)


def deliver_message(*, actor: Actor, message: Message) -> None:
    """Put the message before each recipient and tell the people behind them.

    A batch is one transaction: a worker that dies leaves the finished batches and nothing of the
    one it was in, and the next run goes on from there. Safe to run twice and at the same time.
    A recipient who cannot be told keeps nobody else from it: raises `SomeFailed` after the rest.
    Does nothing for a message that its author took back (`undoing`), whatever became of the work.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    if not _has_left(message):
        return
    waiting = Delivery.objects.select_related("message", "unit", "person").order_by("pk")
    together(
        list(waiting.filter(message=message, delivered_at=None, recalled_at=None)),
        partial(_deliver, message),
        at_once=BATCH,
    )


@transaction.atomic
def _has_left(message: Message) -> bool:
    """Let it leave, where its seconds are over; whether it has left, now or before.

    False for one that was taken back, and for one that was sent anew since this work was planned:
    that sending has planned its own. Its own transaction, so that nobody can undo any more when
    the first recipient sees it, and a worker killed afterwards changes nothing about that.
    """
    row = Message.objects.select_for_update().filter(pk=message.pk).first()
    if row is None or row.state != Message.State.SENT:
        return False
    if row.leaves_at is None:
        return True
    if row.leaves_at > timezone.now() + TOO_EARLY:
        return False
    row.leaves_at = None
    row.save(update_fields=["leaves_at", "updated_at"])
    return True


def _deliver(message: Message, waiting: Sequence[Delivery]) -> None:
    batch = list(
        Delivery.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("unit", "person")
        .filter(pk__in=[one.pk for one in waiting], delivered_at=None, recalled_at=None)
        .order_by("pk")
    )
    Delivery.objects.filter(pk__in=[one.pk for one in batch]).update(delivered_at=timezone.now())
    duties.ask_for_answers(message, batch)
    request = getattr(message, "answer_request", None)
    letter = _letter(message, "przesyła wiadomość")
    notifications.notify(
        News(
            person=person,
            kind=NEW_MESSAGE.key,
            subject_id=delivery.pk,
            title=f"Nowa wiadomość: {message.subject}",
            url=delivery.url,
            letter_subject=f"Nowa wiadomość: {message.subject}",
            letter_body=letter.format(
                recipient=delivery.recipient_name, wish=_wish(delivery, request)
            ),
        )
        for delivery, person in people_behind(batch)
    )


def deliver_reminders(*, actor: Actor, message: Message) -> None:
    """Tell the people behind each chased recipient; safe to run twice, like `deliver_message`."""
    require(actor, Permission.SEND_MESSAGE, message)
    waiting = Reminder.objects.select_related(
        "delivery__message", "delivery__unit", "delivery__person"
    )
    together(
        list(waiting.filter(delivery__message=message, delivered_at=None).order_by("pk")),
        partial(_deliver_reminders, message),
        at_once=BATCH,
    )


def _deliver_reminders(message: Message, waiting: Sequence[Reminder]) -> None:
    batch = list(
        Reminder.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("delivery__unit", "delivery__person")
        .filter(pk__in=[one.pk for one in waiting], delivered_at=None)
        .order_by("pk")
    )
    Reminder.objects.filter(pk__in=[one.pk for one in batch]).update(delivered_at=timezone.now())
    reminders = {one.delivery_id: one for one in batch}
    silent = [
        one.delivery
        for one in batch
        if one.delivery.answer_version == 0 and one.delivery.recalled_at is None
    ]
    request = getattr(message, "answer_request", None)
    letter = _letter(message, "przypomina o wiadomości")
    notifications.notify(
        News(
            person=person,
            kind=REMINDER.key,
            subject_id=reminders[delivery.pk].pk,
            title=f"Ponaglenie: {message.subject}",
            url=delivery.url,
            letter_subject=f"Ponaglenie: {message.subject}",
            letter_body=letter.format(
                recipient=delivery.recipient_name, wish=_wish(delivery, request)
            ),
        )
        for delivery, person in people_behind(silent)
    )


def note_trouble(*, message: Message, sentence: str) -> str:
    """Tell the sender, with the message, what the background could not do; the message's name."""
    Message.objects.filter(pk=message.pk).update(trouble=sentence[:1000])
    return str(message)


def settle_trouble(*, message: Message) -> None:
    """Somebody has it tried again."""
    Message.objects.filter(pk=message.pk).update(trouble="")


def people_behind(deliveries: Collection[Delivery]) -> Iterator[tuple[Delivery, "Person"]]:
    """Each delivery with everybody who sees it today; one query."""
    members: defaultdict[UUID, dict[UUID, Person]] = defaultdict(dict)
    units = [one.unit_id for one in deliveries if one.unit_id is not None]
    for membership in memberships_of(units):
        if membership.unit_id is not None:
            members[membership.unit_id][membership.person_id] = membership.person
    for delivery in deliveries:
        if delivery.person is not None:
            yield delivery, delivery.person
        elif delivery.unit_id is not None:
            for person in members[delivery.unit_id].values():
                yield delivery, person


def _letter(message: Message, does: str) -> str:
    """The letter's text with two open places, `{recipient}` and `{wish}`."""
    city = current_city().name
    sender = message.sent_by.display_name if message.sent_by else city
    lines = [
        "Dzień dobry,",
        "",
        f"{sender} ({city}) {does} „{message.subject}”.".replace("{", "{{").replace("}", "}}"),
        "Adresat: {recipient}.{wish}",
    ]
    return "\n".join([*lines, "", "Wiadomość czeka na stronie:"])


def _wish(delivery: Delivery, request: AnswerRequest | None) -> str:
    """The line that says what is asked of the recipient, and until when."""
    if request is None:
        return ""
    due_at = delivery.due_in(request)
    return f"\nProsi o odpowiedź{f' do {format_moment(due_at)}' if due_at else ''}."
