"""Questions about messages, limited to what the actor may see; each is one query and no more."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from accounts import selectors as accounts
from modules.directory import selectors as directory
from modules.messaging.models import (
    Answer,
    AnswerFile,
    Attachment,
    Audience,
    Delivery,
    Merge,
    Message,
    Reading,
)
from modules.messaging.permissions import Permission, authors, sees, views_all
from opium.errors import NotFound
from opium.models import annotated, prefetched, words_begin
from opium.permissions import Actor, may, require
from opium.polish import fold
from units.selectors import units_of

if TYPE_CHECKING:
    from accounts.models import Person

STATUSES: dict[str, Q] = {
    "delivered": Q(delivered_at__isnull=False),
    "undelivered": Q(delivered_at=None),
    "opened": Q(first_opened_at__isnull=False),
    "unopened": Q(first_opened_at=None),
    "answered": Q(answer_version__gte=1),
    "silent": Q(answer_version=0),
    "late": Q(late=True),
}
"""What the rows of `deliveries_of` may be narrowed to."""

_NAMES = ("first_name", "last_name", "email")
_PEOPLE = [f"{who}__{name}" for who in ("person", "first_opened_by") for name in _NAMES]
LAST_PLACE = 2**31 - 1
"""In an array of JSON, as PostgreSQL counts them."""


def _truth(condition: Q) -> Coalesce:
    """The condition as a column; what cannot be told, for want of a date, is false."""
    return Coalesce(ExpressionWrapper(condition, output_field=BooleanField()), Value(value=False))


def messages_visible_to(actor: Actor) -> QuerySet[Message]:
    """One's own messages and drafts, and every sent one of the city for whoever may view them.

    Own ones only as long as one may write: with the role goes the sight of the answers.
    """
    visible = Q(author=actor.pk) if authors(actor) else Q(pk__in=())
    if views_all(actor):
        visible |= Q(state=Message.State.SENT)
    return Message.objects.filter(visible).select_related("author", "sent_by", "answer_request")


def with_counts(messages: QuerySet[Message]) -> QuerySet[Message]:
    """With the due date and the numbers of deliveries in each status.

    They are `recipients` (all), `delivered`, `opened`, `answered`, `silent`, `late`.
    """
    late = Q(deliveries__is_late=True) | Q(
        deliveries__answer_version=0, answer_request__due_at__lt=timezone.now()
    )
    return annotated(
        messages,
        due_at=F("answer_request__due_at"),
        recipients=Count("deliveries"),
        delivered=Count("deliveries__delivered_at"),
        opened=Count("deliveries__first_opened_at"),
        answered=Count("deliveries__answered_at"),
        silent=Count("deliveries", filter=Q(deliveries__answer_version=0)),
        late=Count("deliveries", filter=late),
    )


def messages_matching(messages: QuerySet[Message], text: str) -> QuerySet[Message]:
    """Those with every word of `text` in subject or body; case and diacritics do not count."""
    for word in fold(text).split():
        messages = messages.filter(search__contains=word)
    return messages


def with_content(messages: QuerySet[Message]) -> QuerySet[Message]:
    """With counts, audience and attachments, for showing one message whole."""
    return with_counts(messages.select_related("audience")).prefetch_related(
        Prefetch("attachments", Attachment.objects.select_related("file"))
    )


def people_chosen(audience: Audience) -> "QuerySet[Person]":
    """The people whom the author chose one by one, by surname."""
    return accounts.active_people().filter(pk__in=audience.people)


def deliveries_of(actor: Actor, message: Message) -> QuerySet[Delivery]:
    """Every recipient of a message that the actor sees, in Polish order, units before people.

    Each carries `late`: the newest answer came after the due date, or the date has passed without
    any. Read it through `status_rows` or `with_files`.
    """
    if message.state != Message.State.SENT or not sees(actor, message):
        raise NotFound
    is_overdue = Q(answer_version=0, message__answer_request__due_at__lt=timezone.now())
    rows = _in_order(Delivery.objects.filter(message=message))
    return annotated(rows, late=_truth(Q(is_late=True) | is_overdue))


def status_rows(deliveries: QuerySet[Delivery]) -> "QuerySet[Delivery, dict[str, Any]]":
    """The rows of `deliveries_of` as one query of what the table shows, for pages of hundreds."""
    file = JSONObject(id="id", file="file_id", name="file__name", size="file__size", role="role")
    files = AnswerFile.objects.filter(answer=OuterRef("newest")).values(shown=file)
    rows: QuerySet[Delivery, dict[str, Any]] = deliveries.annotate(
        files=ArraySubquery(files)
    ).values(
        *("id", "unit_id", "unit__short_name", "unit__name", "person_id", *_PEOPLE),
        *("delivered_at", "first_opened_at", "openings", "reminded_at", "answered_at"),
        *("answer_version", "newest__text", "newest__problem", "late", "files"),
    )
    return rows


def with_files(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With recipient, first opener and the newest answer's files (`files_of`); two queries."""
    files = AnswerFile.objects.select_related("file")
    rows = deliveries.select_related("unit", "person", "first_opened_by", "newest")
    return prefetched(rows, "newest__files", files, to="in_order")


def files_of(answer: Answer | None) -> list[AnswerFile]:
    """The files of a row's newest answer, as `with_files` has loaded them."""
    return answer.in_order if answer is not None else []


def deliveries_matching(deliveries: QuerySet[Delivery], text: str) -> QuerySet[Delivery]:
    """Those whose unit or person carries every word of `text`; case and diacritics do not count."""
    if not fold(text):
        return deliveries
    people = accounts.people_matching(accounts.active_people().order_by(), text)
    units = words_begin("unit__search", fold(text).split())
    return deliveries.filter(units | Q(person__in=people.values("pk")))


def delivery_of_sender(actor: Actor, delivery_id: UUID) -> Delivery:
    """One delivery with all its readings and answers, for whoever sees the message."""
    deliveries = with_story(Delivery.objects.select_related("message", "unit", "person"))
    delivery = deliveries.filter(pk=delivery_id).first()
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
    mine = Reading.objects.filter(delivery=OuterRef("pk"), person=actor.pk)
    rows = Delivery.objects.filter(_is_recipient(actor), delivered_at__isnull=False)
    return annotated(
        rows.select_related("unit", "person", "message__sent_by", "message__answer_request"),
        sent_at=F("message__sent_at"),
        due_at=F("message__answer_request__due_at"),
        locks_at=F("message__answer_request__locks_at"),
        opened_at=Subquery(mine.values("first_at")),
        is_waiting=_truth(_waits_for(actor)),
    )


def _is_recipient(person: "Person") -> Q:
    units = units_of(person.pk).order_by().values("pk")
    return Q(unit__in=units) | Q(person=person.pk)


def _waits_for(actor: Actor) -> Q:
    reach = actor.reach(Permission.ANSWER_MESSAGE)
    answers = Q(person=actor.pk)
    answers |= Q(unit__isnull=False) if reach.everywhere else Q(unit__in=reach.units)
    request = "message__answer_request"
    is_open = Q(**{f"{request}__locks_at": None}) | Q(
        **{f"{request}__locks_at__gt": timezone.now()}
    )
    return answers & is_open & Q(answer_version=0, **{f"{request}__isnull": False})


def inbox_matching(deliveries: QuerySet[Delivery], text: str) -> QuerySet[Delivery]:
    """Those with every word of `text` in subject or body; case and diacritics do not count."""
    for word in fold(text).split():
        deliveries = deliveries.filter(message__search__contains=word)
    return deliveries


def with_story(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With attachments, readings and every answer, newest first, for showing one delivery whole."""
    return deliveries.prefetch_related(
        Prefetch("message__attachments", Attachment.objects.select_related("file")),
        Prefetch("readings", Reading.objects.select_related("person").order_by("first_at")),
        Prefetch("answers", answers_in_order()),
    )


def answers_in_order() -> QuerySet[Answer]:
    return (
        Answer.objects.select_related("author")
        .prefetch_related(Prefetch("files", AnswerFile.objects.select_related("file")))
        .order_by("-version")
    )


def attachment_visible_to(actor: "Person", attachment_id: UUID) -> Attachment:
    """An attachment of a message that the actor sees or received; raises `NotFound`."""
    attachment = (
        Attachment.objects.select_related("file", "message").filter(pk=attachment_id).first()
    )
    if attachment is None:
        raise NotFound
    message = attachment.message
    if sees(actor, message) or _has_received(actor, message=message):
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
    if sees(actor, delivery.message) or _has_received(actor, pk=delivery.pk):
        return found
    raise NotFound


def _has_received(actor: "Person", **which: object) -> bool:
    return may(actor, Permission.KEEP_OWN_INBOX) and inbox_of(actor).filter(**which).exists()


def recipient_counts(
    actor: Actor,
    *,
    all_units: bool,
    units: Collection[UUID],
    kinds: Collection[str],
    groups: Collection[UUID],
    people: Collection[UUID],
    except_units: Collection[UUID],
) -> dict[str, int]:
    """How many units and people the choice means today, for whoever may send."""
    require(actor, Permission.SEND_MESSAGE)
    found = directory.resolve_audience(
        all_units=all_units,
        units=units,
        kinds=kinds,
        groups=groups,
        people=people,
        except_units=except_units,
    )
    return {"units": len(found.units), "people": len(found.people)}


def merges_visible_to(actor: Actor) -> QuerySet[Merge]:
    """Merges of the messages that the actor sees, newest first."""
    visible = Q(message__author=actor.pk) if authors(actor) else Q(pk__in=())
    if views_all(actor):
        visible |= Q(message__state=Message.State.SENT)
    return (
        Merge.objects.filter(visible)
        .select_related("started_by", "result", "message")
        .defer("excerpts")
        .order_by("-created_at", "-pk")
    )


def remarked_cell(actor: Actor, merge_id: UUID, number: int) -> dict[str, Any]:
    """A remark of a merge that the actor sees, with what stands around its cell in the answer.

    `number` is the remark's place in the report, from 0. Raises `NotFound`, also for a remark
    that is about no cell of an answer.
    """
    if number > LAST_PLACE:
        raise NotFound
    found = (
        merges_visible_to(actor)
        .filter(pk=merge_id)
        .values_list(f"report__remarks__{number}", f"excerpts__{number}")
        .first()
    )
    if found is None or found[1] is None:
        raise NotFound
    remark, excerpt = found
    return {**remark, **excerpt}


def newest_workbooks(message: Message) -> QuerySet[AnswerFile]:
    """The workbook of each recipient's newest answer; decides nothing about rights."""
    return AnswerFile.objects.select_related("file", "answer").filter(
        answer__delivery__message=message,
        answer__delivery__newest=F("answer"),
        role=AnswerFile.Role.WORKBOOK,
    )


def recipients_of(message: Message) -> QuerySet[Delivery]:
    """Every delivery of the message in Polish order, with its unit's register entries.

    Decides nothing about rights.
    """
    return (
        _in_order(Delivery.objects.filter(message=message))
        .select_related("unit", "person")
        .prefetch_related("unit__entries")
    )


def _in_order(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Units before people, each in Polish order."""
    return deliveries.annotate(
        name_key=Coalesce("unit__sort_key", "person__sort_key"),
        is_to_person=ExpressionWrapper(Q(unit=None), output_field=BooleanField()),
    ).order_by("is_to_person", "name_key", "pk")
