from django.conf import settings
from django.db import models

from opium.models import Record


class Channel(models.TextChoices):
    """How a kind of news reaches a person; under the bell it stands in any case."""

    AT_ONCE = "at_once", "od razu e-mailem"
    DIGEST = "digest", "raz dziennie w zbiorczym liście"
    BELL = "bell", "tylko pod dzwonkiem"


class Preference(Record):
    """The channel that a person chose for a kind of news; without a row the kind's own counts."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta:
        verbose_name = "ustawienie powiadomień"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_preference_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_channel_display()}"


class Notification(Record):
    """One title for one person about one subject, with the place in the screens to go to."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=400)
    url = models.CharField(max_length=200)
    read_at = models.DateTimeField(null=True)
    awaits_digest = models.BooleanField(default=False)
    """Whether the next digest is to name it, unless it has been read by then."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject_id"], name="one_notification_per_subject"
            )
        ]
        indexes = [
            models.Index(name="notification_by_person", fields=["person", "-created_at"]),
            models.Index(
                name="notification_unread",
                fields=["person"],
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(
                name="notification_for_digest",
                fields=["person"],
                condition=models.Q(awaits_digest=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Email(Record):
    """A letter that leaves once its row has been committed; `key` names what it is about."""

    class State(models.TextChoices):
        WAITING = "waiting", "czeka"
        SENT = "sent", "wysłany"
        REFUSED = "refused", "odrzucony"
        FAILED = "failed", "niewysłany"

    key = models.CharField(max_length=300)
    recipient = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    link = models.CharField(max_length=120, default="", blank=True)
    """„kind:id” of a link that lets somebody in: it is put into the body when the letter leaves."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sent_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "e-mail"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_email_per_key"),
            models.CheckConstraint(
                name="email_sent_has_a_date",
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"
