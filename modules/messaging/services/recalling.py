"""Taking a message back from those who have not opened it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import EverybodyHasOpened
from modules.messaging.models import Delivery, Message
from modules.messaging.permissions import Permission
from modules.messaging.services import duties
from modules.messaging.services.sending import locked_sent
from notifications.services.entrusted import take_away
from opium.permissions import Actor, require
from threads.services.entrusted import nothing_waits


@dataclass(frozen=True, slots=True)
class Recall:
    """What came of it: from how many it was taken back, and who keeps it, with who opened it."""

    recalled: int
    kept: list[Delivery]


@transaction.atomic
def recall_message(
    *, actor: Actor, message: Message, deliveries: Collection[UUID] | None = None
) -> Recall:
    """Take the message back from whoever of the recipients has not opened or answered it.

    None: from all of them. It disappears from their inboxes and their bells, nothing waits for
    them, and they are told nothing. Who opens it at the same moment either keeps it or never sees
    it. Raises `MessageNotSent`, `EverybodyHasOpened`.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = locked_sent(message)
    asked = Delivery.objects.filter(message=message, recalled_at=None)
    if deliveries is not None:
        asked = asked.filter(pk__in=deliveries)
    rows = list(
        asked.select_for_update(of=("self",))
        .select_related("unit", "person", "first_opened_by")
        .order_by("pk")
    )
    taken = [one for one in rows if one.first_opened_at is None and one.answer_version == 0]
    if not taken:
        raise EverybodyHasOpened
    ids = [one.pk for one in taken]
    Delivery.objects.filter(pk__in=ids).update(recalled_at=timezone.now(), recalled_by=actor.pk)
    kept = [one for one in rows if one.pk not in set(ids)]
    duties.recalled(message, ids)
    nothing_waits(duties.DELIVERY, ids)
    take_away(urls=[one.url for one in taken])
    audit.record(
        actor=actor,
        deed=Deed.RECALL_MESSAGE,
        right=Permission.SEND_MESSAGE,
        target=message,
        after={
            "recalled": [one.recipient_name for one in taken],
            "kept": [one.recipient_name for one in kept],
        },
    )
    return Recall(len(taken), kept)
