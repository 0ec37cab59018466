"""What goes over the wire: `<Noun>In`, `<Noun>Out`."""

from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any, cast

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn
from api.versions import VersionField
from modules.messaging import selectors
from modules.messaging.api.audience import (
    AudienceIn,
    AudienceKeptOut,
    AudienceOut,
    MessagePersonOut,
)
from modules.messaging.models import (
    Answer,
    AnswerFile,
    Delivery,
    FileRequest,
    Message,
)
from modules.messaging.models.deliveries import told_ground
from modules.messaging.permissions import may_answer, verbs_on
from modules.messaging.services import Content
from opium.errors import FieldError

if TYPE_CHECKING:
    from opium.permissions import Actor


class AttachmentIn(serializers.Serializer[None]):
    file = serializers.UUIDField()


class AttachmentOut(Drawn[None]):
    id = serializers.UUIDField()
    file = serializers.UUIDField(source="file_id")
    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    content_type = serializers.CharField(source="file.content_type")


class AnswerRequestIn(serializers.Serializer[None]):
    """`template` is the attachment to be filled in: its id, or its file's id while it has none."""

    wants_text = serializers.BooleanField(default=False)
    wants_files = serializers.BooleanField(default=False)
    wants_workbook = serializers.BooleanField(default=False)
    template = serializers.UUIDField(allow_null=True, default=None)
    due_at = serializers.DateTimeField(allow_null=True, default=None)
    locks_at = serializers.DateTimeField(allow_null=True, default=None)


class AnswerRequestOut(Drawn[None]):
    wants_text = serializers.BooleanField()
    wants_files = serializers.BooleanField()
    wants_workbook = serializers.BooleanField()
    template = serializers.UUIDField(source="template_id", allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    locks_at = serializers.DateTimeField(allow_null=True)


class MessageIn(serializers.Serializer[None]):
    """A draft may be incomplete; what is wrong is said when it is sent."""

    subject = serializers.CharField(max_length=200, allow_blank=True, required=False)
    body = serializers.CharField(max_length=100_000, allow_blank=True, required=False)
    audience = AudienceIn(required=False)
    attachments = serializers.ListField(child=AttachmentIn(), required=False, max_length=50)
    answer_request = AnswerRequestIn(required=False, allow_null=True)

    @property
    def content(self) -> Content:
        given = dict(self.validated_data)
        if "attachments" in given:
            given["attachments"] = [one["file"] for one in given["attachments"]]
        return cast("Content", given)


class CountsOut(Drawn[None]):
    recipients = serializers.IntegerField()
    delivered = serializers.IntegerField()
    opened = serializers.IntegerField()
    answered = serializers.IntegerField()
    silent = serializers.IntegerField()
    late = serializers.IntegerField()
    recalled = serializers.IntegerField()


class MessageSummaryOut(Drawn[Message]):
    id = serializers.UUIDField()
    subject = serializers.CharField()
    state = serializers.ChoiceField(choices=Message.State.choices)
    author = MessagePersonOut()
    updated_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    counts = CountsOut(source="*")
    can = serializers.SerializerMethodField()

    def get_can(self, message: Message) -> list[str]:
        return verbs_on(self.context["request"].user, message)


class ReturnOut(Drawn[Any]):
    """Why a message came back from acceptance, and from whom."""

    at = serializers.DateTimeField()
    who = serializers.CharField(source="actor_name")
    reason = serializers.CharField()


def _asked_back(message: Message) -> Any:
    wanted = getattr(message, "answer_request", None)
    return wanted and AnswerRequestOut(wanted).data


class LackOut(Drawn[FieldError]):
    field = serializers.CharField()
    detail = serializers.CharField()


class MessageOut(MessageSummaryOut):
    """`missing` is what a draft lacks to be sent; whoever shows it asks nothing else."""

    version = VersionField(
        "subject",
        "body",
        lambda message: AudienceKeptOut(message.audience).data,
        lambda message: [str(one.file_id) for one in message.attachments.all()],
        _asked_back,
    )
    body = serializers.CharField()
    trouble = serializers.CharField()
    leaves_in = serializers.SerializerMethodField(
        help_text="Za ile sekund wiadomość wyjdzie do adresatów; null: nie czeka na wyjście"
    )
    returned = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    sent_by = MessagePersonOut(allow_null=True)
    audience = AudienceOut()
    attachments = AttachmentOut(many=True)
    answer_request = AnswerRequestOut(allow_null=True)

    def get_leaves_in(self, message: Message) -> int | None:
        """Seconds, not a moment: the clock of a browser may be wrong."""
        if message.leaves_at is None:
            return None
        return max(0, ceil((message.leaves_at - timezone.now()).total_seconds()))

    @extend_schema_field(ReturnOut(allow_null=True))
    def get_returned(self, message: Message) -> dict[str, Any] | None:
        event = selectors.last_return(message)
        return dict(ReturnOut(event).data) if event else None

    @extend_schema_field(LackOut(many=True))
    def get_missing(self, message: Message) -> Any:
        return [LackOut(one).data for one in selectors.missing_in(message)]


class RecipientOut(Drawn[None]):
    kind = serializers.ChoiceField(choices=[("unit", "jednostka"), ("person", "osoba")])
    id = serializers.UUIDField()
    short_name = serializers.CharField()
    name = serializers.CharField()


def recipient_of(delivery: Delivery) -> dict[str, Any]:
    if delivery.unit is not None:
        unit = delivery.unit
        return {"kind": "unit", "id": unit.pk, "short_name": unit.short_name, "name": unit.name}
    name = delivery.recipient_name
    return {"kind": "person", "id": delivery.person_id, "short_name": name, "name": name}


class AnswerFileOut(Drawn[None]):
    id = serializers.UUIDField()
    file = serializers.UUIDField(source="file_id")
    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    role = serializers.ChoiceField(choices=AnswerFile.Role.choices)


class DeliveryOut(Drawn[None]):
    """One row of the sender's status table; the fields of the answer are the newest one's."""

    id = serializers.UUIDField()
    recipient = RecipientOut()
    due_at = serializers.DateTimeField(
        allow_null=True, help_text="Własny termin adresata; null: termin wiadomości"
    )
    recalled_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    opened_at = serializers.DateTimeField(allow_null=True)
    opened_by = serializers.CharField(allow_null=True)
    openings = serializers.IntegerField()
    reminded_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answer_version = serializers.IntegerField()
    answer_text = serializers.CharField()
    problem = serializers.CharField()
    entered = serializers.CharField(
        help_text="Kto i na jakiej podstawie wpisał ją w imieniu jednostki; puste: jej własna"
    )
    is_late = serializers.BooleanField()
    files = AnswerFileOut(many=True)


def delivery_out(row: dict[str, Any]) -> dict[str, Any]:
    """A row of `selectors.status_rows` as `DeliveryOut`.

    By hand: a page holds up to 500 of them, and fields one by one cost more than the query.
    """
    return {
        "id": str(row["id"]),
        "recipient": _recipient_in(row),
        "due_at": _moment(row["own_due_at"]),
        "recalled_at": _moment(row["recalled_at"]),
        "delivered_at": _moment(row["delivered_at"]),
        "opened_at": _moment(row["first_opened_at"]),
        "opened_by": _name_in(row, "first_opened_by"),
        "openings": row["openings"],
        "reminded_at": _moment(row["reminded_at"]),
        "answered_at": _moment(row["answered_at"]),
        "answer_version": row["answer_version"],
        "answer_text": row["newest__text"] or "",
        "problem": row["newest__problem"] or "",
        "entered": _entered_in(row),
        "is_late": row["late"],
        "files": row["files"],
    }


def _entered_in(row: dict[str, Any]) -> str:
    """As `Answer.entered_for`."""
    if row["newest__ground_on"] is None:
        return ""
    return told_ground(
        row["newest__ground"],
        row["newest__ground_on"],
        row["newest__ground_words"],
        whose=row["unit__short_name"],
        by=_name_in(row, "newest__author") or "",
    )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _recipient_in(row: dict[str, Any]) -> dict[str, Any]:
    if row["unit_id"] is None:
        name = _name_in(row, "person")
        return {"kind": "person", "id": str(row["person_id"]), "short_name": name, "name": name}
    names = {"short_name": row["unit__short_name"], "name": row["unit__name"]}
    return {"kind": "unit", "id": str(row["unit_id"]), **names}


def _name_in(row: dict[str, Any], who: str) -> str | None:
    """As `Person.display_name`; None where there is nobody."""
    email: str | None = row[f"{who}__email"]
    if email is None:
        return None
    return f"{row[f'{who}__first_name']} {row[f'{who}__last_name']}".strip() or email


class ReadingOut(Drawn[None]):
    person = serializers.CharField(source="person.display_name")
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    count = serializers.IntegerField()


class AnswerGroundOut(Drawn[Answer]):
    """On what an answer was entered for the unit."""

    kind = serializers.ChoiceField(choices=Answer.Ground.choices, source="ground")
    on = serializers.DateField(source="ground_on")
    words = serializers.CharField(source="ground_words")


class FileRequestOut(Drawn[FileRequest]):
    """The sender's wish for a new file in place of the answer's, which could not be merged."""

    reason = serializers.CharField()
    asked_by = serializers.CharField(source="asked_by.display_name")
    asked_at = serializers.DateTimeField()


class AnswerOut(Drawn[Answer]):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    text = serializers.CharField()
    author = serializers.CharField(source="author.display_name")
    sent_at = serializers.DateTimeField()
    is_late = serializers.BooleanField()
    despite_problems = serializers.BooleanField()
    problem = serializers.CharField()
    entered = serializers.SerializerMethodField()
    ground = serializers.SerializerMethodField()
    file_request = serializers.SerializerMethodField()
    files = AnswerFileOut(many=True)

    def get_entered(self, answer: Answer) -> str:
        return answer.entered_for(answer.delivery.recipient_name) if answer.ground else ""

    @extend_schema_field(AnswerGroundOut(allow_null=True))
    def get_ground(self, answer: Answer) -> dict[str, Any] | None:
        return dict(AnswerGroundOut(answer).data) if answer.ground else None

    @extend_schema_field(FileRequestOut(allow_null=True))
    def get_file_request(self, answer: Answer) -> dict[str, Any] | None:
        asked: FileRequest | None = getattr(answer, "file_request", None)
        return None if asked is None else dict(FileRequestOut(asked).data)


class DeliveryStoryOut(Drawn[Delivery]):
    """Everything that happened to one delivery, for the sender; answers newest first."""

    id = serializers.UUIDField()
    message = serializers.UUIDField(source="message_id")
    recipient = serializers.SerializerMethodField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    reminded_at = serializers.DateTimeField(allow_null=True)
    readings = ReadingOut(many=True)
    answers = AnswerOut(many=True)

    @extend_schema_field(RecipientOut)
    def get_recipient(self, delivery: Delivery) -> dict[str, Any]:
        return recipient_of(delivery)


class HandedOut(Drawn[Delivery]):
    to = MessagePersonOut(source="handed_to")
    by = MessagePersonOut(source="handed_by")
    at = serializers.DateTimeField(source="handed_at")


class InboxItemOut(Drawn[Delivery]):
    """One message as this person has it; `opened_at` is their own first opening."""

    id = serializers.UUIDField()
    subject = serializers.CharField(source="message.subject")
    sender = serializers.CharField(source="message.sent_by.display_name")
    recipient = serializers.SerializerMethodField()
    sent_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    locks_at = serializers.DateTimeField(allow_null=True)
    opened_at = serializers.DateTimeField(allow_null=True)
    is_unread = serializers.SerializerMethodField()
    is_waiting = serializers.BooleanField()
    wants_answer = serializers.SerializerMethodField()
    answered_at = serializers.DateTimeField(allow_null=True)
    answer_version = serializers.IntegerField()
    is_late = serializers.BooleanField()
    handed = serializers.SerializerMethodField()

    @extend_schema_field(HandedOut(allow_null=True))
    def get_handed(self, delivery: Delivery) -> dict[str, Any] | None:
        """Whose matter it is within the unit; null: everybody's."""
        return dict(HandedOut(delivery).data) if delivery.handed_to_id else None

    @extend_schema_field(RecipientOut)
    def get_recipient(self, delivery: Delivery) -> dict[str, Any]:
        return recipient_of(delivery)

    def get_is_unread(self, delivery: Delivery) -> bool:
        return delivery.opened_at is None

    def get_wants_answer(self, delivery: Delivery) -> bool:
        return hasattr(delivery.message, "answer_request")


class InboxMessageOut(InboxItemOut):
    body = serializers.CharField(source="message.body")
    attachments = AttachmentOut(many=True, source="message.attachments")
    answer_request = AnswerRequestOut(allow_null=True, source="message.answer_request")
    readings = ReadingOut(many=True)
    answers = AnswerOut(many=True)
    can = serializers.SerializerMethodField()

    def get_can(self, delivery: Delivery) -> list[str]:
        actor: Actor = self.context["request"].user
        if not may_answer(actor, delivery):
            return []
        is_handed_on = (
            delivery.unit_id is not None
            and delivery.answer_version == 0
            and hasattr(delivery.message, "answer_request")
        )
        return ["answer", "hand_over"] if is_handed_on else ["answer"]


class RemindedOut(Drawn[None]):
    reminded = serializers.IntegerField()
