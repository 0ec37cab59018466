"""Letting a message go to its recipients."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from audit import services as audit
from modules.directory import selectors as directory
from modules.messaging.deeds import Deed
from modules.messaging.models import Message
from modules.messaging.permissions import Permission
from modules.messaging.services import duties
from opium.models import uuid7
from opium.permissions import Actor
from outbox.services import after_commit, plan_at


def dispatch(
    *,
    actor: Actor,
    deed: Deed,
    message: Message,
    recipients: directory.Recipients,
    hold: int = 0,
) -> Message:
    """Let a locked message go, in its author's name; the caller names the deed.

    With a hold, in seconds, it leaves only after them, whatever becomes of the author's browser,
    and until then the author may undo.
    """
    before = message.state
    message.state = Message.State.SENT
    message.sent_by_id = message.author_id
    message.sent_at = timezone.now()
    message.leaves_at = message.sent_at + timedelta(seconds=hold) if hold else None
    message.save(update_fields=["state", "sent_by", "sent_at", "leaves_at", "updated_at"])
    units, people = recipients.units, recipients.people
    duties.ask_to_chase(message, getattr(message, "answer_request", None))
    address(message, units, people)
    audit.record(
        actor=actor,
        deed=deed,
        right=Permission.SEND_MESSAGE,
        target=message,
        before={"state": before},
        after={"state": "sent", "units": len(units), "people": len(people)},
    )
    if message.leaves_at is None:
        after_commit(Message.DELIVERING, str(message.pk))
    else:
        plan_at(message.leaves_at, Message.DELIVERING, str(message.pk))
    return message


def address(message: Message, units: Sequence[UUID], people: Sequence[UUID]) -> None:
    """A delivery for each unit and person, in one statement.

    In SQL, because `bulk_create` spends over twice as long on preparing the empty columns of
    119 rows as the database does on inserting them.
    """
    to_units = [*units, *(None for _ in people)]
    to_people = [*(None for _ in units), *people]
    ids = [uuid7() for _ in to_units]
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO messaging_delivery (id, unit_id, person_id, message_id, created_at,
                                            updated_at, openings, answer_version, is_late)
            SELECT id, unit, person, %s, %s, %s, 0, 0, false
            FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS chosen (id, unit, person)
            """,
            [message.pk, now, now, ids, to_units, to_people],
        )
