from django.db import models
from django.utils import timezone

from opium.models import Record


class Job(Record):
    """One piece of background work of one city, until it is done."""

    schema_name = models.CharField(max_length=63)
    task = models.CharField(max_length=100)
    args = models.JSONField(default=list)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)
    day = models.DateField(null=True)
    """The day that it is the daily work of; None for work that a deed started."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "day", "schema_name"],
                condition=models.Q(day__isnull=False),
                name="daily_work_once_a_day",
            )
        ]
        indexes = [
            models.Index(
                name="job_waiting",
                fields=["due_at"],
                condition=models.Q(done_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(
                name="job_done", fields=["done_at"], condition=models.Q(done_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schema_name}: {self.task}({', '.join(self.args)})"
