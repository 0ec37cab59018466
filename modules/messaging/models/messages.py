from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opium.models import Record, SortKeyField

PERSON = settings.AUTH_USER_MODEL


class Message(Record):
    """What somebody of the office writes; once sent, it never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", "szkic"
        PENDING = "pending", "do akceptacji"
        SENT = "sent", "wysłana"

    DELIVERING = "messaging.deliver_message"
    """The background work that brings it to its recipients."""

    subject = models.CharField("temat", max_length=200, blank=True, default="")
    sort_key = SortKeyField(source="subject")
    body = models.TextField("treść", blank=True, default="")
    """Plain text; a line break is a line break."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    leaves_at = models.DateTimeField(null=True, editable=False)
    """When it goes to its recipients; until it has gone its author alone sees it, and may undo."""
    frozen_recipients = models.JSONField(null=True, editable=False)
    """Whom it goes to ({units: [id], people: [id]}), settled when its acceptance was asked for."""
    trouble = models.CharField(max_length=1000, default="", blank=True, editable=False)
    """What the background could not do for it, as a sentence: who was not reached, and why."""
    search = models.TextField(default="", editable=False)
    """Subject and body, folded: what a search compares."""

    recipients: int
    answered: int
    """Set by `selectors.with_counts` and `surveys_of`: how many there are, and answered."""
    is_held: bool
    """Set by `selectors.with_content`: whether a record of another module was told by it."""

    class Meta:
        verbose_name = "wiadomość"
        verbose_name_plural = "wiadomości"
        constraints = [
            models.CheckConstraint(
                name="message_sent_has_a_date_and_a_sender",
                condition=Q(state__in=["draft", "pending"], sent_at=None, sent_by=None)
                | Q(state="sent", sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="message_that_leaves_is_sent",
                condition=Q(leaves_at=None) | Q(state="sent"),
            ),
            models.CheckConstraint(
                name="message_pending_has_its_recipients",
                condition=~Q(state="pending") | Q(frozen_recipients__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="message_by_author", fields=["author", "-updated_at"]),
            models.Index(name="message_by_date", fields=["-sent_at"], condition=Q(state="sent")),
        ]

    def __str__(self) -> str:
        return self.subject or "(bez tematu)"

    @property
    def has_left(self) -> bool:
        """Whether it is on its way to its recipients, so that nobody can undo the sending."""
        return self.state == self.State.SENT and self.leaves_at is None


class Audience(Record):
    """Whom the author chose, as chosen; sending turns it into deliveries."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="audience")
    all_units = models.BooleanField(default=False)
    units = ArrayField(models.UUIDField(), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    groups = ArrayField(models.UUIDField(), default=list, blank=True)
    people = ArrayField(models.UUIDField(), default=list, blank=True)
    except_units = ArrayField(models.UUIDField(), default=list, blank=True)
    """Units that get nothing, though a kind, a group or the whole city names them."""

    def __str__(self) -> str:
        return f"Adresaci: {self.message}"


class Attachment(Record):
    """A file that goes out with the message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "file"], name="one_attachment_per_file")
        ]

    def __str__(self) -> str:
        return str(self.file)


class AnswerRequest(Record):
    """What the sender wants back, and until when."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="answer_request")
    wants_text = models.BooleanField(default=False)
    wants_files = models.BooleanField(default=False)
    wants_workbook = models.BooleanField(default=False)
    template = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    """The workbook to be filled in; the pattern of the merge."""
    due_at = models.DateTimeField(null=True, blank=True)
    """An answer after this moment is accepted and marked late."""
    locks_at = models.DateTimeField(null=True, blank=True)
    """From this moment on nothing is accepted."""

    def __str__(self) -> str:
        return f"Prośba o odpowiedź: {self.message}"
