from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from modules.applications.models.calls import Call
from opium.models import Record

PERSON = settings.AUTH_USER_MODEL


class Scenario(Record):
    """A way to divide a call's money: what if. What it says is its newest edition."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField("nazwa", max_length=200)
    edition = models.OneToOneField(
        "ScenarioEdition", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    discarded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "wariant podziału"
        verbose_name_plural = "warianty podziału"
        constraints = [
            models.UniqueConstraint(
                fields=["call", "name"],
                condition=Q(discarded_at=None),
                name="one_scenario_per_name_in_a_call",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_id(self) -> UUID:
        return self.call.kind_id


class ScenarioEdition(Record):
    """Rules and changes by hand as they were saved; the database refuses to change them."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    rules: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    """As `ranking.read_rules` reads it; a pot without an amount has what is left in it."""
    changes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """As `ranking.read_changes` reads it; matters are cases by their id."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "wydanie wariantu podziału"
        verbose_name_plural = "wydania wariantów podziału"
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "number"], name="one_scenario_edition_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scenario} ({self.number})"


STANDING = Q(state__in=["recommended", "approved", "decided"])
"""Neither published nor sent back: the money is kept, and the call is divided no second time."""


class Recommendation(Record):
    """A scenario put before whoever decides: its money is reserved, then granted, or given back.

    Where the call names functions that approve it, it runs through a case of its own first.
    """

    class State(models.TextChoices):
        RECOMMENDED = "recommended", "rekomendowana"
        APPROVED = "approved", "zatwierdzona"
        DECIDED = "decided", "decyzja przygotowana"
        AWARDED = "awarded", "przyznana"
        SENT_BACK = "sent_back", "zwrócona"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="recommendations")
    edition = models.ForeignKey(ScenarioEdition, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.RECOMMENDED)
    rows: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    """[{case, place, is_over, asked, amount, shares: [[pot code, amount]]}] of the whole ranking,
    as it stood; what was handed in later is no part of it."""
    total = models.DecimalField(max_digits=14, decimal_places=2)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    approvers = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    """Functions (codes) that have to approve it, one after another, as the call said then."""
    decision = models.CharField("zarządzenie", max_length=200, blank=True, default="")
    decided_on = models.DateField("data zarządzenia", null=True)
    decided_times = models.PositiveIntegerField(default=0, editable=False)
    """How often a decision was prepared; the awards are those of the newest."""
    publish_at = models.DateTimeField("ogłoszenie", null=True)
    """When the prepared decision is to be published; None: when somebody presses."""
    trouble = models.CharField(max_length=1000, blank=True, default="")
    """Why it was not published at its moment, as a sentence."""
    reason = models.TextField("powód zwrotu", blank=True, default="")
    ended_at = models.DateTimeField(null=True, editable=False)
    """When it was awarded, which publishes it, or sent back."""

    class Meta:
        verbose_name = "rekomendacja"
        verbose_name_plural = "rekomendacje"
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=STANDING,
                name="one_standing_recommendation_of_a_call",
            ),
            models.CheckConstraint(
                name="recommendation_sent_back_has_a_reason",
                condition=~Q(state="sent_back") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="recommendation_awarded_has_a_decision",
                condition=~Q(state__in=["decided", "awarded"])
                | (~Q(decision="") & Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Rekomendacja: {self.edition.scenario.name}"

    @property
    def over(self) -> list[dict[str, Any]]:
        """The rows over the line."""
        return [row for row in self.rows if row["is_over"]]

    @property
    def can_be_decided(self) -> bool:
        """Whether everybody who has to approve it has, and nothing is published yet."""
        if self.state == self.State.RECOMMENDED:
            return not self.approvers
        return self.state in {self.State.APPROVED, self.State.DECIDED}

    @property
    def kind_id(self) -> UUID:
        return self.call.kind_id
