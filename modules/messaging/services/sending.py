"""Sending, and chasing those who stay silent."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit import services as audit
from modules.directory import selectors as directory
from modules.messaging.deeds import Deed
from modules.messaging.errors import (
    MessageIncomplete,
    MessageNotSent,
    NoAnswerWanted,
    NobodyIsSilent,
    NoRecipients,
)
from modules.messaging.models import AnswerRequest, Delivery, Message, Reminder
from modules.messaging.permissions import Permission
from modules.messaging.selectors.drafts import missing_in
from modules.messaging.selectors.sending import sending_rules
from modules.messaging.services import acceptance, duties
from modules.messaging.services.drafting import locked_draft
from modules.messaging.services.entrusted.dispatching import dispatch
from opium.permissions import require
from outbox.services import after_commit

if TYPE_CHECKING:
    from accounts.models import Person

REMIND_AGAIN_AFTER = timedelta(hours=1)
"""So that a double press, or two colleagues, chase nobody twice."""


@transaction.atomic
def send_message(*, actor: "Person", message: Message) -> Message:
    """Address the message to everyone the audience means today, each exactly once.

    Recipients see it and are told of it once the transaction has committed, the seconds of
    `SendingRules` are over, in which `undo_sending` takes it back, and the background has
    delivered it. Where the city's rules want somebody's acceptance first, it waits for that
    instead, and neither it nor its recipients change any more. Raises `MessageAlreadySent`,
    `MessagePending`, `MessageIncomplete`, `NoRecipients`, `NobodyAccepts`.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = locked_draft(message)
    duties.corrected(actor, message)
    if errors := missing_in(message):
        raise MessageIncomplete(errors=errors)
    recipients = _recipients(message)
    rule = acceptance.rule_for(actor, message.audience)
    if rule is not None:
        return acceptance.ask_acceptance(
            actor=actor, message=message, recipients=recipients, rule=rule
        )
    return dispatch(
        actor=actor,
        deed=Deed.SEND_MESSAGE,
        message=message,
        recipients=recipients,
        hold=sending_rules().undo_seconds,
    )


def locked_sent(message: Message) -> Message:
    """The row of a message that has left, held until the transaction ends.

    Raises `MessageNotSent`.
    """
    found = Message.objects.select_for_update().get(pk=message.pk)
    if not found.has_left:
        raise MessageNotSent
    return found


def _recipients(message: Message) -> directory.Recipients:
    audience = message.audience
    found = directory.resolve_audience(
        all_units=audience.all_units,
        units=audience.units,
        kinds=audience.kinds,
        groups=audience.groups,
        people=audience.people,
        except_units=audience.except_units,
    )
    if not found.units and not found.people:
        raise NoRecipients
    return found


@transaction.atomic
def remind_silent(*, actor: "Person", message: Message) -> int:
    """Chase everyone who has not answered and was not chased within `REMIND_AGAIN_AFTER`.

    Gives the number of recipients chased; they are told once the transaction has committed.
    Raises `MessageNotSent`, `NoAnswerWanted`, `NobodyIsSilent`.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = locked_sent(message)
    if not AnswerRequest.objects.filter(message=message).exists():
        raise NoAnswerWanted
    now = timezone.now()
    silent = Delivery.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lt=now - REMIND_AGAIN_AFTER),
        duties.SILENT,
        message=message,
        delivered_at__isnull=False,
    )
    ids = list(silent.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise NobodyIsSilent
    Reminder.objects.bulk_create(
        [Reminder(delivery_id=pk, sent_by=actor, sent_at=now) for pk in ids],
        ignore_conflicts=True,
    )
    Delivery.objects.filter(pk__in=ids).update(reminded_at=now)
    audit.record(
        actor=actor,
        deed=Deed.REMIND_SILENT,
        right=Permission.SEND_MESSAGE,
        target=message,
        after={"reminded": len(ids)},
    )
    duties.chased(actor, message)
    after_commit("messaging.deliver_reminders", str(message.pk))
    return len(ids)
