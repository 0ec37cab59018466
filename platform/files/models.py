from django.conf import settings
from django.db import models
from django.db.models import Q

from opium.models import Record


class File(Record):
    """Bytes somewhere in the store, and what the server itself found out about them.

    `size` (bytes) is what the uploader declared until the file is ready, then what was measured.
    `claimed_at` says that a module took the file over; what nobody takes is removed in time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "czeka na przesłanie"
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
