"""Questions about messages, limited to what the actor may see; each is one query and no more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    PROTECT,
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
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
)
from modules.messaging.permissions import Permission, authors, sees, views_all
from modules.messaging.selectors.naming import named_recipients
from opium.errors import NotFound
from opium.models import annotated, prefetched, words_begin
from opium.permissions import Actor, require
from opium.polish import fold
from opium.prepared import Prepared
from outbox import selectors as outbox

if TYPE_CHECKING:
    from accounts.models import Person

STATUSES: dict[str, Q] = {
    "delivered": Q(delivered_at__isnull=False, recalled_at=None),
    "undelivered": Q(delivered_at=None, recalled_at=None),
    "opened": Q(first_opened_at__isnull=False),
    "unopened": Q(first_opened_at=None, recalled_at=None),
    "answered": Q(answer_version__gte=1),
    "silent": Q(answer_version=0, recalled_at=None),
    "late": Q(late=True),
    "recalled": Q(recalled_at__isnull=False),
}
"""What the rows of `deliveries_of` may be narrowed to."""

_NAMES = ("first_name", "last_name", "email")
_WHO = ("person", "first_opened_by", "newest__author")
_PEOPLE = [f"{who}__{name}" for who in _WHO for name in _NAMES]
_GROUND = ("newest__ground", "newest__ground_on", "newest__ground_words")
LEFT = Q(state=Message.State.SENT, leaves_at=None)
"""Messages on their way, which nobody can undo any more: `Message.has_left`."""
LAST_PLACE = 2**31 - 1
"""In an array of JSON, as PostgreSQL counts them."""


def truth(condition: Q) -> Coalesce:
    """The condition as a column; what cannot be told, for want of a date, is false."""
    return Coalesce(ExpressionWrapper(condition, output_field=BooleanField()), Value(value=False))


def messages_visible_to(actor: Actor) -> QuerySet[Message]:
    """One's own messages and drafts, and every sent one of the city for whoever may view them.

    Own ones only as long as one may write: with the role goes the sight of the answers.
    """
    visible = Q(author=actor.pk) if authors(actor) else Q(pk__in=())
    if views_all(actor):
        visible |= LEFT
    messages = Message.objects.filter(visible).order_by("-updated_at", "-pk")
    return messages.select_related("author", "sent_by", "answer_request")


def with_counts(messages: QuerySet[Message]) -> QuerySet[Message]:
    """With the due date and the numbers of deliveries in each status.

    They are `recipients` (all that it was not recalled from), `delivered`, `opened`, `answered`,
    `silent`, `late`, and `recalled`.
    """
    kept = Q(deliveries__recalled_at=None)
    now = timezone.now()
    is_due = Q(deliveries__own_due_at__lt=now) | Q(
        deliveries__own_due_at=None, answer_request__due_at__lt=now
    )
    silent = kept & Q(deliveries__answer_version=0)
    late = Q(deliveries__is_late=True) | (silent & is_due)
    return annotated(
        messages,
        due_at=F("answer_request__due_at"),
        recipients=Count("deliveries", filter=kept),
        delivered=Count("deliveries__delivered_at", filter=kept),
        opened=Count("deliveries__first_opened_at"),
        answered=Count("deliveries__answered_at"),
        silent=Count("deliveries", filter=silent),
        late=Count("deliveries", filter=late),
        recalled=Count("deliveries__recalled_at"),
    )


def messages_matching(messages: QuerySet[Message], text: str) -> QuerySet[Message]:
    """Those with every word of `text` in subject or body; case and diacritics do not count."""
    for word in fold(text).split():
        messages = messages.filter(search__contains=word)
    return messages


def with_content(messages: QuerySet[Message]) -> QuerySet[Message]:
    """With counts, audience and attachments, and whether it is held: to show one message whole."""
    whole = annotated(with_counts(messages.select_related("audience")), is_held=truth(_is_held()))
    return whole.prefetch_related(
        Prefetch("attachments", Attachment.objects.select_related("file"))
    )


def _is_held() -> Q:
    """Whether a record of another module was told by the message, so that it has to stay."""
    held = Q(pk__in=())
    for one in Message._meta.related_objects:
        other = one.related_model
        if one.on_delete is PROTECT and other._meta.app_label != Message._meta.app_label:
            held |= Q(Exists(QuerySet(other).filter(**{one.field.attname: OuterRef("pk")})))
    return held


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
    return _deliveries(message.pk, timezone.now())


def _deliveries(message: UUID, now: datetime) -> QuerySet[Delivery]:
    is_due = Q(own_due_at__lt=now) | Q(own_due_at=None, message__answer_request__due_at__lt=now)
    is_overdue = Q(answer_version=0, recalled_at=None) & is_due
    rows = _in_order(Delivery.objects.filter(message=message))
    return annotated(rows, late=truth(Q(is_late=True) | is_overdue))


def status_rows_of(actor: Actor, message: Message) -> "QuerySet[Delivery, dict[str, Any]]":
    """`status_rows` of `deliveries_of`; to be narrowed as those are."""
    if message.state != Message.State.SENT or not sees(actor, message):
        raise NotFound
    rows: Any = _status.queryset(message=message.pk, now=timezone.now())
    found: QuerySet[Delivery, dict[str, Any]] = rows
    return found


def message_visible_to(actor: Actor, message_id: UUID) -> Message:
    """One of `messages_visible_to`, by itself. Raises `NotFound`."""
    known = _message.first(message=message_id)
    if known is None or not sees(actor, known):
        raise NotFound
    return known


_message = Prepared(lambda message: Message.objects.filter(pk=message))


def status_rows(deliveries: QuerySet[Delivery]) -> "QuerySet[Delivery, dict[str, Any]]":
    """The rows of `deliveries_of` as one query of what the table shows, for pages of hundreds."""
    file = JSONObject(id="id", file="file_id", name="file__name", size="file__size", role="role")
    files = AnswerFile.objects.filter(answer=OuterRef("newest")).values(shown=file)
    rows: QuerySet[Delivery, dict[str, Any]] = deliveries.annotate(
        files=ArraySubquery(files)
    ).values(
        *("id", "unit_id", "unit__short_name", "unit__name", "person_id", *_PEOPLE),
        *(
            "recalled_at",
            "own_due_at",
            "delivered_at",
            "first_opened_at",
            "openings",
            "reminded_at",
            "answered_at",
        ),
        *("answer_version", "newest__text", "newest__problem", "late", "files", *_GROUND),
    )
    return rows


_status: Prepared[Any] = Prepared(lambda message, now: status_rows(_deliveries(message, now)))


def with_files(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With recipient, first opener and the newest answer's files (`files_of`); two queries."""
    files = AnswerFile.objects.select_related("file")
    rows = deliveries.select_related("unit", "person", "first_opened_by", "newest__author")
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


def recipient_counts(
    actor: Actor,
    *,
    all_units: bool,
    units: Collection[UUID],
    kinds: Collection[str],
    groups: Collection[UUID],
    people: Collection[UUID],
    except_units: Collection[UUID],
) -> dict[str, Any]:
    """How many units and people the choice means today, and in words, for whoever may send."""
    require(actor, Permission.SEND_MESSAGE)
    found = directory.resolve_audience(
        all_units=all_units,
        units=units,
        kinds=kinds,
        groups=groups,
        people=people,
        except_units=except_units,
    )
    named = named_recipients(found.units, found.people)
    return {
        "units": len(found.units),
        "people": len(found.people),
        "named": named.alone,
        "after_do": named.after_do,
    }


def merges_visible_to(actor: Actor) -> QuerySet[Merge]:
    """Merges of the messages that the actor sees, newest first."""
    visible = Q(message__author=actor.pk) if authors(actor) else Q(pk__in=())
    if views_all(actor):
        visible |= Q(message__state=Message.State.SENT, message__leaves_at=None)
    return (
        Merge.objects.filter(visible)
        .select_related("started_by", "result", "message")
        .defer("excerpts")
        .order_by("-created_at", "-pk")
    )


def standstill_of(merge: Merge) -> Merge.Standstill | None:
    """Why a merge that is not over does not go on just now; None where it does, or is over."""
    if merge.state not in Merge.UNDER_WAY:
        return None
    left = outbox.work_left(Merge.WORK, str(merge.pk))
    if left is None:
        return Merge.Standstill.LOST
    return Merge.Standstill.INTERRUPTED if left.is_interrupted else None


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


@dataclass(frozen=True, slots=True)
class AskedFile:
    """A file that a merge left out, and what became of the wish for another."""

    answer: UUID
    asked_by: str | None
    asked_at: datetime | None
    is_replaced: bool
    """Whether a newer answer counts by now."""


def asked_files(merge: Merge) -> list[AskedFile]:
    """Of each file that the merge left out; decides nothing about rights. One query."""
    ids = [one["answer"] for one in merge.left_files]
    found = Answer.objects.filter(pk__in=ids, delivery__message=merge.message_id)
    return [
        AskedFile(
            answer=one.pk,
            asked_by=asked.asked_by.display_name if asked is not None else None,
            asked_at=asked.asked_at if asked is not None else None,
            is_replaced=one.delivery.newest_id != one.pk,
        )
        for one in found.select_related("delivery", "file_request__asked_by").order_by("pk")
        for asked in [getattr(one, "file_request", None)]
    ]


def newest_workbooks(message: Message) -> QuerySet[AnswerFile]:
    """The workbook of each recipient's newest answer; decides nothing about rights."""
    return AnswerFile.objects.select_related("file", "answer").filter(
        answer__delivery__message=message,
        answer__delivery__newest=F("answer"),
        role=AnswerFile.Role.WORKBOOK,
    )


def recipients_of(message: Message) -> QuerySet[Delivery]:
    """Whoever has the message, in Polish order, with their unit's register entries.

    Decides nothing about rights.
    """
    return (
        _in_order(Delivery.objects.filter(message=message, recalled_at=None))
        .select_related("unit", "person", "newest__author")
        .prefetch_related("unit__entries")
    )


def _in_order(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Units before people, each in Polish order."""
    return deliveries.annotate(
        name_key=Coalesce("unit__sort_key", "person__sort_key"),
        is_to_person=ExpressionWrapper(Q(unit=None), output_field=BooleanField()),
    ).order_by("is_to_person", "name_key", "pk")
