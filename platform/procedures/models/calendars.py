from django.conf import settings
from django.db import models

from opium.models import Record


class CalendarLink(Record):
    """A secret address of one's own deadlines, for the calendar on a phone; kept as a digest."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "adres kalendarza"

    def __str__(self) -> str:
        return str(self.person)
