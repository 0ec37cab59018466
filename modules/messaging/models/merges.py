from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from modules.messaging.models.messages import Message
from opium.models import Record

PERSON = settings.AUTH_USER_MODEL


class Merge(Record):
    """One putting-together of all the newest workbooks of a message."""

    WORK = "messaging.merge_answers"
    """The background's name for it."""

    class Mode(models.TextChoices):
        AUTO = "auto", "według szablonu"
        STACK = "stack", "wiersze jeden pod drugim"
        FORM = "form", "jeden wiersz na jednostkę"
        SUM = "sum", "suma komórek"

    class State(models.TextChoices):
        WAITING = "waiting", "czeka"
        RUNNING = "running", "trwa"
        DONE = "done", "gotowe"
        FAILED = "failed", "nie powiodło się"

    class Standstill(models.TextChoices):
        INTERRUPTED = "interrupted", "przerwane, ruszy samo"
        LOST = "lost", "przerwane na dobre"

    UNDER_WAY = (State.WAITING, State.RUNNING)

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="merges")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.AUTO)
    """As asked for; `mode_used` is what AUTO turned out to be."""
    mode_used = models.CharField(max_length=10, choices=Mode, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    excerpts = models.JSONField(default=list)
    """What stands around each remarked cell; null for a remark of the report on no cell."""
    failure = models.CharField(max_length=1000, blank=True, default="")
    result = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "scalenie"
        constraints = [
            models.UniqueConstraint(
                fields=["message"],
                name="one_merge_under_way",
                condition=Q(state__in=["waiting", "running"]),
            ),
            models.CheckConstraint(
                name="merge_done_has_a_result",
                condition=~Q(state="done") | Q(result__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Scalenie: {self.message}"

    @property
    def left_files(self) -> list[dict[str, Any]]:
        """The files that are not in the result, each with its answer and the reason."""
        both = (*self.report.get("rejected", ()), *self.report.get("left_out", ()))
        return [one for one in both if one.get("answer")]
