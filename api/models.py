from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class FirstAnswerQuerySet(models.QuerySet["FirstAnswer"]):
    def ended(self) -> "FirstAnswerQuerySet":
        """Those whose term (`KEEP_DAYS`) is over: the same key is a new one again."""
        term = timedelta(days=settings.KEEP_DAYS["answers"])
        return self.filter(given_at__lt=timezone.now() - term)


class FirstAnswer(models.Model):
    """What a POST with an `Idempotency-Key` was answered (`api.repeating`); it names nobody."""

    name = models.CharField(max_length=64, primary_key=True)
    """A digest of who asked, by which way in, and of the key."""
    asked = models.CharField(max_length=64)
    """A digest of the address and the body, which only the two keys make."""
    status = models.PositiveSmallIntegerField()
    sealed = models.TextField(null=True)  # noqa: DJ001  # an empty answer is one too
    """The body, which only the key opens; None where it carried a secret, told once."""
    given_at = models.DateTimeField(default=timezone.now)

    objects = FirstAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "pierwsza odpowiedź"
        verbose_name_plural = "pierwsze odpowiedzi"
        indexes = [models.Index(name="first_answer_by_moment", fields=["given_at"])]

    def __str__(self) -> str:
        return f"{self.status}, {self.given_at.isoformat()}"
