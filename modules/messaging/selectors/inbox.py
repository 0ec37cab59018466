"""Deliveries one by one and the inbox: what came to whom, and what became of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from modules.messaging.models import (
    Answer,
    AnswerFile,
    AnswerRequest,
    Attachment,
    Delivery,
    Reading,
)
from modules.messaging.permissions import Permission, may_answer, sees
from modules.messaging.selectors.messages import truth
from opium.errors import NotFound
from opium.models import annotated
from opium.permissions import Actor, Reach, may, require
from opium.polish import fold
from opium.prepared import Beside, Prepared
from units.selectors import memberships_of, open_units_of

if TYPE_CHECKING:
    from accounts.models import Person


def delivery_of_sender(actor: Actor, delivery_id: UUID) -> Delivery:
    """One delivery with all its readings and answers, for whoever sees the message."""
    delivery = _delivery.first(delivery=delivery_id)
    if delivery is None or not sees(actor, delivery.message):
        raise NotFound
    return delivery


def inbox_of(actor: "Person") -> QuerySet[Delivery]:
    """What lies before the actor: delivered to them, or to a unit that they belong to today.

    Each carries `opened_at` (by this very person), `due_at`, `locks_at`, `sent_at` and
    `is_waiting`: an answer is wanted, none has come, it is not locked, and the actor may give it.
    Raises `MissingPermission` for a key that does not name the inbox.
    """
    require(actor, Permission.KEEP_OWN_INBOX)
    return _inbox.queryset(**_reader(actor))


def inbox_message_of(actor: "Person", delivery_id: UUID) -> Delivery:
    """One of `inbox_of`, with all that `with_story` reads. Raises `NotFound`."""
    require(actor, Permission.KEEP_OWN_INBOX)
    delivery = _inbox_message.first(**_reader(actor), delivery=delivery_id)
    if delivery is None:
        raise NotFound
    request: AnswerRequest | None = getattr(delivery.message, "answer_request", None)
    if request is not None:  # as it stands for this recipient
        request.due_at, request.locks_at = delivery.due_in(request), delivery.lock_in(request)
    return delivery


def colleagues_of(actor: "Person", delivery: Delivery) -> "list[Person]":
    """Who of the unit may answer the message instead of the actor, who may, by surname."""
    require(actor, Permission.ANSWER_MESSAGE, delivery)
    if delivery.unit_id is None:
        return []
    people = {one.person_id: one.person for one in memberships_of([delivery.unit_id])}
    return [one for one in people.values() if one.pk != actor.pk and may_answer(one, delivery)]


def _reader(actor: "Person") -> dict[str, Any]:
    now = timezone.now()
    return {
        "me": actor.pk,
        "answers": actor.reach(Permission.ANSWER_MESSAGE),
        "now": now,
        "today": timezone.localdate(now),
    }


def _received(me: UUID, answers: Reach, now: datetime, today: date) -> QuerySet[Delivery]:
    units = open_units_of(me, today).order_by().values("pk")
    mine = Reading.objects.filter(delivery=OuterRef("pk"), person=me)
    rows = Delivery.objects.filter(
        Q(unit__in=units) | Q(person=me), delivered_at__isnull=False, recalled_at=None
    ).select_related(
        *("unit", "person", "handed_to", "handed_by"),
        *("message__sent_by", "message__answer_request"),
    )
    return annotated(
        rows,
        sent_at=F("message__sent_at"),
        due_at=Coalesce("own_due_at", "message__answer_request__due_at"),
        locks_at=Coalesce("own_locks_at", "message__answer_request__locks_at"),
        opened_at=Subquery(mine.values("first_at")),
        is_waiting=truth(_waits_for(me, answers, now)),
    ).order_by("-message__sent_at", "-pk")


def _waits_for(me: UUID, reach: Reach, now: datetime) -> Q:
    answers = Q(person=me)
    answers |= Q(unit__isnull=False) if reach.everywhere else Q(unit_id__among=reach.units)
    request = "message__answer_request"
    is_open = (
        Q(own_locks_at__gt=now)
        | Q(own_locks_at=None, **{f"{request}__locks_at": None})
        | Q(own_locks_at=None, **{f"{request}__locks_at__gt": now})
    )
    return answers & is_open & Q(answer_version=0, **{f"{request}__isnull": False})


def inbox_matching(deliveries: QuerySet[Delivery], text: str) -> QuerySet[Delivery]:
    """Those with every word of `text` in subject or body; case and diacritics do not count."""
    for word in fold(text).split():
        deliveries = deliveries.filter(message__search__contains=word)
    return deliveries


_FILES = Beside(
    "files",
    Prepared(
        lambda owners: AnswerFile.objects.filter(answer_id__among=owners).select_related("file")
    ),
    by="answer_id",
)
_STORY = (
    Beside(
        "attachments",
        Prepared(
            lambda owners: Attachment.objects.filter(message_id__among=owners).select_related(
                "file"
            )
        ),
        by="message_id",
        of="message",
    ),
    Beside(
        "readings",
        Prepared(
            lambda owners: (
                Reading.objects.filter(delivery_id__among=owners)
                .select_related("person")
                .order_by("first_at")
            )
        ),
        by="delivery_id",
    ),
    Beside(
        "answers",
        Prepared(
            lambda owners: (
                Answer.objects.filter(delivery_id__among=owners)
                .select_related("author", "delivery__unit", "file_request__asked_by")
                .order_by("-version")
            ),
            beside=[_FILES],
        ),
        by="delivery_id",
    ),
)
"""Attachments, readings and every answer, newest first, for showing one delivery whole."""
_inbox = Prepared(
    lambda **reader: _received(**reader).defer("message__body", "message__search", "unit__search")
)
_inbox_message = Prepared(
    lambda delivery, **reader: _received(**reader).filter(pk=delivery), beside=_STORY
)
_delivery = Prepared(
    lambda delivery: Delivery.objects.filter(pk=delivery).select_related(
        "message", "unit", "person"
    ),
    beside=_STORY,
)


def attachment_visible_to(actor: "Person", attachment_id: UUID) -> Attachment:
    """An attachment of a message that the actor sees or received; raises `NotFound`."""
    attachment = (
        Attachment.objects.select_related("file", "message").filter(pk=attachment_id).first()
    )
    if attachment is None:
        raise NotFound
    message = attachment.message
    if sees(actor, message) or has_received(actor, message=message):
        return attachment
    raise NotFound


def answer_file_visible_to(actor: "Person", answer_file_id: UUID) -> AnswerFile:
    """A file of an answer to a message that the actor sees, or of the actor's own unit's answer.

    Raises `NotFound`.
    """
    found = (
        AnswerFile.objects.select_related(
            "file",
            "answer__delivery__message",
            "answer__delivery__unit",
            "answer__delivery__person",
        )
        .filter(pk=answer_file_id)
        .first()
    )
    if found is None:
        raise NotFound
    delivery = found.answer.delivery
    if sees(actor, delivery.message) or has_received(actor, pk=delivery.pk):
        return found
    raise NotFound


def has_received(actor: "Person", **which: object) -> bool:
    """Whether one of what lies before the actor is such."""
    return may(actor, Permission.KEEP_OWN_INBOX) and inbox_of(actor).filter(**which).exists()
