from django.conf import settings
from django.db import models
from django.db.models import Q

from opium.models import Record

READ_AGAIN = frozenset(
    {
        *("reader_broken", "reading_given_up", "workbook_too_slow", "file_lost"),
        *("documents_busy", "document_too_demanding"),
    }
)
"""Codes of failures that are not the file's fault, so that reading it once more can help."""


class File(Record):
    """Bytes somewhere in the store, and what the server itself found out about them.

    `size` (bytes) is what the uploader declared until the file is ready, then what was measured.
    While it is checked for malware, nobody may read it, and `refusal` says what holds that up.
    `claimed_at` says that a module took the file over; what nobody takes is removed in time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "czeka na przesłanie"
        CHECKING = "checking", "sprawdzany"
        READY = "ready", "gotowy"
        REFUSED = "refused", "odrzucony"

    name = models.CharField("nazwa", max_length=255)
    size = models.PositiveBigIntegerField("rozmiar")
    sha256 = models.CharField(max_length=64, default="", blank=True)
    content_type = models.CharField("typ", max_length=100, default="", blank=True)
    key = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    refusal_code = models.CharField(max_length=50, default="", blank=True)
    refusal = models.TextField(default="", blank=True)
    expires_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "plik"
        verbose_name_plural = "pliki"
        constraints = [
            models.CheckConstraint(
                name="a_ready_file_is_known",
                condition=~Q(state="ready")
                | (~Q(sha256="") & ~Q(content_type="") & Q(ready_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_ready_file_is_claimed",
                condition=Q(claimed_at=None) | Q(state="ready"),
            ),
        ]
        indexes = [
            models.Index(
                name="file_unclaimed", fields=["created_at"], condition=Q(claimed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_checked(self) -> bool:
        """False while it is being scanned for malware."""
        return self.state != self.State.CHECKING

    @property
    def held_up(self) -> str:
        """Why the scan takes so long, as a sentence; "" where nothing is wrong with it."""
        return "" if self.is_checked else self.refusal


class FileReading(Record):
    """An upload that is read in the background for one purpose, and what was read.

    It goes with its file: when a module takes the outcome over, or when nobody does in time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "czeka"
        RUNNING = "running", "trwa"
        DONE = "done", "gotowe"
        FAILED = "failed", "nie powiodło się"

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="readings")
    purpose = models.CharField(max_length=50)
    """A name of `registry.PURPOSES`."""
    about = models.CharField(max_length=100, default="", blank=True)
    """What it is read for, such as the id of a table; "" where the purpose says all."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    outcome = models.JSONField(default=dict)
    failure_code = models.CharField(max_length=50, default="", blank=True)
    failure = models.TextField(default="", blank=True)
    faults = models.JSONField(default=list)
    """Of a failure: the wrong fields, each with its sentence."""
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "odczyt pliku"
        verbose_name_plural = "odczyty plików"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "purpose", "about"], name="a_file_is_read_once_for_a_purpose"
            )
        ]

    def __str__(self) -> str:
        return f"Odczyt: {self.file}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def may_help_again(self) -> bool:
        """Whether reading the same file once more may come to something else."""
        return self.failure_code in READ_AGAIN


class FileMaking(Record):
    """Words or a file that the background makes for one person, such as a print; goes in a day."""

    State = FileReading.State

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    purpose = models.CharField(max_length=50)
    """A name of `registry.MAKINGS`."""
    about = models.CharField(max_length=100)
    """What it is of, such as the id of a sheet and the number of its version."""
    name = models.CharField(max_length=255)
    """What people call it; the name of its file."""
    told = models.JSONField(default=dict)
    """What it is made of, until it is made."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    lines = models.JSONField(default=list)
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+", null=True)
    failure = models.TextField(default="", blank=True)

    class Meta:
        verbose_name = "przygotowanie pliku"
        verbose_name_plural = "przygotowania plików"
        indexes = [
            models.Index(name="making_by_asker", fields=["asked_by", "purpose", "about"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def has_file(self) -> bool:
        return self.file_id is not None
