from django.db import models
from django.db.models import Q
from django.utils import timezone

from opium.models import Record
from outbox.registry import label_of


class Job(Record):
    """One piece of background work of one city, until it is done or given up."""

    schema_name = models.CharField(max_length=63)
    task = models.CharField(max_length=100)
    args = models.JSONField(default=list)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    """Set while a worker holds it, and left behind by one that was killed."""
    attempts = models.PositiveSmallIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0)
    """How many of the attempts ended with their worker."""
    is_set_back = models.BooleanField(default=False)
    """Whether it waits until its city has fewer workers (`services.sharing`)."""
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)
    """The last failure as a programmer reads it."""
    sentence = models.CharField(max_length=1000, default="", blank=True)
    """Why it was given up, in Polish."""
    about = models.CharField(max_length=300, default="", blank=True)
    """The name of what it was given up for: the merge, the letter."""
    left_at = models.DateTimeField(null=True)
    """When somebody decided that a given-up job stays undone; the log knows who."""
    left_because = models.CharField(max_length=500, default="", blank=True)
    day = models.DateField(null=True)
    """The day that it is the daily work of; None for work that a deed started."""

    class Meta:
        verbose_name = "zadanie w tle"
        verbose_name_plural = "zadania w tle"
        constraints = [
            models.UniqueConstraint(
                fields=["task", "day", "schema_name"],
                condition=Q(day__isnull=False),
                name="daily_work_once_a_day",
            ),
            models.CheckConstraint(
                name="only_a_given_up_job_is_left",
                condition=Q(left_at=None) | Q(given_up_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="job_waiting",
                fields=["due_at"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(
                name="job_set_back",
                fields=["schema_name", "due_at"],
                condition=Q(is_set_back=True, done_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(
                name="job_held",
                fields=["leased_until"],
                condition=Q(
                    leased_until__isnull=False, done_at__isnull=True, given_up_at__isnull=True
                ),
            ),
            models.Index(name="job_done", fields=["done_at"], condition=Q(done_at__isnull=False)),
            models.Index(
                name="job_given_up",
                fields=["schema_name", "-given_up_at"],
                condition=Q(given_up_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.label, self.about)))

    @property
    def label(self) -> str:
        """What people call the work."""
        return label_of(self.task)


class ClockTick(models.Model):
    """When the relay last ran at the clock's word; one row for the whole installation."""

    ONLY = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "tyknięcie zegara"
        verbose_name_plural = "tyknięcia zegara"

    def __str__(self) -> str:
        return self.at.isoformat()
