"""The seconds after "Wyślij", in which the message has not left yet."""

from typing import TYPE_CHECKING, cast

from django.db import transaction

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import MessageHasLeft, MessageNotSent
from modules.messaging.models import Delivery, Message, SendingRules
from modules.messaging.permissions import Permission
from modules.messaging.selectors.acceptance import last_return
from modules.messaging.services import duties
from opium import registry
from opium.permissions import WHOLE_CITY, Actor, require
from outbox.services import absorb

if TYPE_CHECKING:
    from django.db.models import Model


@transaction.atomic
def undo_sending(*, actor: Actor, message: Message) -> Message:
    """Make the message the draft that it was, as long as it has not left.

    It leaves under the same lock, so either this or the delivery comes first and the other finds
    nothing to do. What its author was to correct waits again. Raises `MessageNotSent`,
    `MessageHasLeft`.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Message.State.SENT:
        raise MessageNotSent
    if message.has_left:
        raise MessageHasLeft
    Delivery.objects.filter(message=message).delete()
    duties.unsent(message)
    message.state = Message.State.DRAFT
    message.sent_at = message.sent_by = message.leaves_at = None
    message.save(update_fields=["state", "sent_at", "sent_by", "leaves_at", "updated_at"])
    if returned := last_return(message):
        duties.ask_to_correct(message, returned.reason)
    audit.record(
        actor=actor,
        deed=Deed.UNDO_SENDING,
        right=Permission.SEND_MESSAGE,
        target=message,
        before={"state": "sent"},
        after={"state": "draft"},
    )
    absorb(Message.DELIVERING, str(message.pk))
    return message


@transaction.atomic
def change_sending_rules(*, actor: Actor, undo_seconds: int) -> SendingRules:
    """Settle for the city how many seconds a sending may be undone; 0: messages leave at once."""
    require(actor, Permission.SET_ACCEPTANCE, WHOLE_CITY)
    rules, _ = SendingRules.objects.select_for_update().get_or_create(pk=1)
    before = rules.undo_seconds
    rules.undo_seconds = undo_seconds
    rules.save()
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_SENDING_RULES,
        right=Permission.SET_ACCEPTANCE,
        target=cast("Model", registry.current_city()),
        before={"undo_seconds": before},
        after={"undo_seconds": undo_seconds},
    )
    return rules
