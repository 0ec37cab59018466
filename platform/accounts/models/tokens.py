from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from accounts.models.person import Person
from opium.models import Record


class ApiToken(Record):
    """A key for a program that acts as its person, within these permissions and until its day.

    Only the SHA-256 of the secret is kept: the secret is random and long, so nothing slower helps.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("nazwa", max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    """The beginning of the secret, to recognise it by."""
    permissions = ArrayField(models.CharField(max_length=100), default=list)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    window_began_at = models.DateTimeField(default=timezone.now)
    window_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "klucz API"

    def __str__(self) -> str:
        return self.name

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
