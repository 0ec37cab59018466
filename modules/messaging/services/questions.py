"""What an addressee asks of the sender, and the answer: who sees it, and whom it waits for.

The sender's side is everybody who sees what became of the message, as whom nobody of the office
asks; who sends messages answers.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast
from uuid import UUID

from modules.messaging.models import Delivery, Message
from modules.messaging.permissions import Permission, sees, sight_of
from modules.messaging.selectors.inbox import has_received
from modules.messaging.services.duties import ASKED_BACK, QUESTION
from opium.errors import NotFound
from opium.permissions import Actor, System, may
from threads import registry
from threads.registry import Matter, Side, Standing
from todo.services import Wait

if TYPE_CHECKING:
    from accounts.models import Person


def _delivery(delivery_id: UUID) -> Delivery:
    rows = Delivery.objects.select_related("message__author", "message__sent_by", "unit", "person")
    found = rows.filter(pk=delivery_id).first()
    if found is None:
        raise NotFound
    return found


def _standing(actor: Actor, delivery_id: UUID) -> Standing | None:
    delivery = Delivery.objects.select_related("message__author").filter(pk=delivery_id).first()
    if delivery is None:
        return None
    if sees(actor, delivery.message):
        return _of_office(actor, delivery.message)
    return _OUTSIDE if _has_received(actor, pk=delivery_id) else None


def _in_group(actor: Actor, message_id: UUID) -> Standing | None:
    message = Message.objects.select_related("author").filter(pk=message_id).first()
    if message is None:
        return None
    if sees(actor, message):
        return _of_office(actor, message)
    return _OUTSIDE if _has_received(actor, message=message_id) else None


def _has_received(actor: Actor, **which: object) -> bool:
    return not isinstance(actor, System) and has_received(cast("Person", actor), **which)


_OUTSIDE = Standing(Side.OUTSIDE, Permission.KEEP_OWN_INBOX, may_write=True)


def _of_office(actor: Actor, message: Message) -> Standing:
    writes = may(actor, Permission.SEND_MESSAGE, message)
    right = Permission.SEND_MESSAGE if writes else sight_of(actor, message)
    return Standing(Side.OFFICE, right, may_write=writes)


def _matter(delivery_id: UUID) -> Matter:
    delivery = _delivery(delivery_id)
    taken = "Tę wiadomość wycofano u adresata." if delivery.recalled_at is not None else ""
    return Matter(
        title=str(delivery.message),
        outside=delivery.recipient_name,
        group_id=delivery.message_id,
        closed=taken,
    )


def _waits(thread_id: UUID, delivery_id: UUID, side: Side) -> Sequence[Wait]:
    delivery = _delivery(delivery_id)
    message = delivery.message
    subject = (registry.THREAD, thread_id)
    if side is Side.OFFICE:
        author = message.author
        return [
            Wait(
                subject=subject,
                code=QUESTION.code,
                what="Odpowiedz na pytanie",
                title=str(message),
                details=f"pyta: {delivery.recipient_name}",
                url=_url(delivery_id, side),
                person=author.pk if author.is_active else None,
                who=author.display_name if author.is_active else "",
            )
        ]
    return [
        Wait(
            subject=subject,
            code=ASKED_BACK.code,
            what="Odpowiedz na pytanie nadawcy",
            title=str(message),
            details=f"dla: {delivery.recipient_name}",
            url=_url(delivery_id, side),
            person=delivery.person_id,
            unit_id=delivery.unit_id,
            who=delivery.recipient_name,
        )
    ]


def _url(delivery_id: UUID, side: Side) -> str:
    delivery = _delivery(delivery_id)
    if side is Side.OUTSIDE:
        return delivery.url
    return f"/messaging/messages/{delivery.message_id}?question={delivery_id}"


QUESTIONS = registry.Subject(
    standing=_standing,
    matter=_matter,
    waits=_waits,
    codes={Side.OFFICE: QUESTION.code, Side.OUTSIDE: ASKED_BACK.code},
    url=_url,
    in_group=_in_group,
)
