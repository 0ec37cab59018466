from django.db import models

from opium.models import Stored


class Outcome(models.TextChoices):
    DONE = "done", "wykonano"
    REFUSED = "refused", "odmówiono"


class Entry(Stored):
    """One deed: who (in whose place), what, by which right, on which record, before and after.

    `deed` is empty where somebody was turned away for want of `right`, before any deed began, and
    in what was written before the log told deeds from rights. `right` is empty where no right is
    needed, such as for signing in. The database refuses to change or remove a row. Triggers of
    migration 0002 do that, and chain the rows: see `Link`.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=300)
    in_place_of_id = models.UUIDField(null=True)
    in_place_of_name = models.CharField(max_length=300, default="", blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DONE)
    deed = models.CharField(max_length=100, default="", blank=True)
    right = models.CharField(max_length=100, default="", blank=True)
    target_type = models.CharField(max_length=100)
    target_id = models.CharField(max_length=64)
    target_label = models.CharField(max_length=300)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    origin = models.GenericIPAddressField(null=True)

    class Meta:
        verbose_name = "wpis"
        indexes = [
            models.Index(name="entry_by_target", fields=["target_id", "at"]),
            models.Index(name="entry_by_actor", fields=["actor_id", "at"]),
            models.Index(name="entry_by_deed", fields=["deed", "at"]),
            models.Index(name="entry_by_right", fields=["right", "at"]),
        ]

    def __str__(self) -> str:
        what = self.deed or self.right
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {what} {self.target_label}"


class Link(models.Model):
    """An entry's place in the chain: its digest covers the entry and the digest before it.

    Written by the database at the commit of the deed (migration 0002), without making deeds wait
    for one another: who finds the chain's end taken leaves its entry to the next committer, and
    `services.close_chain` takes what is left.
    """

    position = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}: {self.digest}"
