from django.db import models


class SendingRules(models.Model):
    """What a city has settled about sending: one row, or none where it is as it came."""

    LONGEST_UNDO = 120
    undo_seconds = models.PositiveSmallIntegerField(default=10)
    """How long a sent message waits before it leaves, so that its author may undo, or none."""

    class Meta:
        verbose_name = "zasady wysyłania"
        verbose_name_plural = "zasady wysyłania"
        constraints = [
            models.CheckConstraint(
                name="undo_lasts_two_minutes_at_most", condition=models.Q(undo_seconds__lte=120)
            )
        ]

    def __str__(self) -> str:
        return "zasady wysyłania"
