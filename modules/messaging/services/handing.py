"""Giving a message of the unit to a colleague, whose matter it is then, and taking it back."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import (
    AnsweredAlready,
    ColleagueCannotAnswer,
    NoAnswerWanted,
    NotHandedOver,
    OwnMessage,
)
from modules.messaging.models import AnswerRequest, Delivery, Message
from modules.messaging.permissions import Permission, belongs_to_recipient, may_answer
from modules.messaging.services import duties
from notifications import services as notifications
from notifications.registry import Kind
from notifications.services import News
from opium.errors import NotFound
from opium.models import uuid7
from opium.permissions import require

if TYPE_CHECKING:
    from accounts.models import Person

HANDED = Kind(
    "messaging.handed",
    "Przekazana wiadomość",
    "Ktoś z Twojej jednostki przekazał Ci wiadomość albo odpowiedział na tę, którą mu przekazano.",
)


@transaction.atomic
def hand_over_delivery(*, actor: "Person", delivery: Delivery, person: "Person") -> Delivery:
    """Let a colleague who may answer for the unit have the matter; all in the unit see whose it is.

    The colleague is told, and has it to do; whoever handed it over hears of the answer. Again
    gives it to another one. Somebody of elsewhere is not found, and so not named.
    Raises `OwnMessage`, `NoAnswerWanted`, `AnsweredAlready`, `NotFound`, `ColleagueCannotAnswer`.
    """
    require(actor, Permission.ANSWER_MESSAGE, delivery)
    delivery = _locked(delivery)
    if not belongs_to_recipient(person, delivery):
        raise NotFound
    if not may_answer(person, delivery):
        raise ColleagueCannotAnswer(person=person.display_name)
    before = delivery.handed_to
    delivery.handed_to, delivery.handed_by = person, actor
    delivery.handed_at = timezone.now()
    delivery.save(update_fields=["handed_to", "handed_by", "handed_at", "updated_at"])
    duties.handed(delivery)
    audit.record(
        actor=actor,
        deed=Deed.HAND_OVER_DELIVERY,
        right=Permission.ANSWER_MESSAGE,
        target=delivery,
        before={"handed_to": before.display_name if before else None},
        after={"handed_to": person.display_name},
    )
    if person.pk != actor.pk:
        title = f"{actor.display_name} przekazuje Ci: {delivery.message.subject}"
        _tell(person, delivery, title, "Wiadomość czeka na Twoją odpowiedź na stronie:")
    return delivery


@transaction.atomic
def take_back_delivery(*, actor: "Person", delivery: Delivery) -> Delivery:
    """Let it be everybody's in the unit again. Raises what handing over does, `NotHandedOver`."""
    require(actor, Permission.ANSWER_MESSAGE, delivery)
    delivery = _locked(delivery)
    before = delivery.handed_to
    if before is None:
        raise NotHandedOver
    delivery.handed_to = delivery.handed_by = delivery.handed_at = None
    delivery.save(update_fields=["handed_to", "handed_by", "handed_at", "updated_at"])
    duties.handed(delivery)
    audit.record(
        actor=actor,
        deed=Deed.TAKE_BACK_DELIVERY,
        right=Permission.ANSWER_MESSAGE,
        target=delivery,
        before={"handed_to": before.display_name},
        after={"handed_to": None},
    )
    return delivery


def tell_answered(answerer: "Person", delivery: Delivery) -> None:
    """Whoever handed the matter over, and may still answer it, hears that another one has.

    A part of the answer, which has asked for the right.
    """
    by = delivery.handed_by
    if by is None or by.pk == answerer.pk or not may_answer(by, delivery):
        return
    subject = Message.objects.values_list("subject", flat=True).get(pk=delivery.message_id)
    title = f"{answerer.display_name} odpowiada w przekazanej sprawie: {subject}"
    _tell(by, delivery, title, "Odpowiedź jest na stronie:")


def _locked(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.select_related("unit", "handed_to", "message__sent_by")
    found = rows.select_for_update(of=("self",)).get(pk=delivery.pk)
    if found.recalled_at is not None:
        raise NotFound
    if found.unit_id is None:
        raise OwnMessage
    if not AnswerRequest.objects.filter(message=found.message_id).exists():
        raise NoAnswerWanted
    if found.answer_version:
        raise AnsweredAlready
    return found


def _tell(person: "Person", delivery: Delivery, title: str, sentence: str) -> None:
    news = News(
        person=person,
        kind=HANDED.key,
        subject_id=uuid7(),  # each handing over and each answer is news of its own
        title=title[:400],
        url=delivery.url,
        letter_subject=title,
        letter_body=f"Dzień dobry,\n\n{title}.\nAdresat: {delivery.recipient_name}.\n\n{sentence}",
    )
    notifications.notify([news])
