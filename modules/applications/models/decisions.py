"""What was decided of a recommendation: who gets how much, unseen before it is published."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from modules.applications.models.calls import Application
from modules.applications.models.scenarios import PERSON, Recommendation
from opium.models import Record


class ApprovalChain(Record):
    """The city's own procedure for functions that approve recommendations one after another."""

    code = models.CharField(max_length=500, unique=True)
    """The functions' codes in their order, joined by commas."""
    procedure = models.ForeignKey(
        "procedures.Procedure", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "kolejność zatwierdzania"

    def __str__(self) -> str:
        return self.code


class Award(Record):
    """What one application gets by a decision; nothing is a refusal.

    `state` says whether its case has gone on to the decision since that was published.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "czeka"
        CARRIED = "carried", "w sprawie"
        STUCK = "stuck", "do ręcznego dokończenia"

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="awards"
    )
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="awards")
    place = models.PositiveIntegerField(null=True)
    asked = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    recommended = models.DecimalField(max_digits=14, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    shares: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    """[[pot code, amount]], together the amount."""
    reason = models.TextField("uzasadnienie", blank=True, default="")
    """Why it is not what was recommended."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sentence = models.CharField(max_length=1000, blank=True, default="")
    """Why its case did not go on."""

    class Meta:
        verbose_name = "przyznana kwota"
        verbose_name_plural = "przyznane kwoty"
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "application"], name="one_award_per_application"
            ),
            models.CheckConstraint(name="award_is_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="award_changed_has_a_reason",
                condition=Q(amount=models.F("recommended")) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(name="award_by_application", fields=["application"])]

    def __str__(self) -> str:
        return f"{self.application}: {self.amount}"

    @property
    def kind_id(self) -> UUID:
        return self.recommendation.kind_id


class Paper(Record):
    """A document of a recommendation, drawn up in the background, with the day on which it was."""

    class Kind(models.TextChoices):
        RECOMMENDATION = "recommendation", "Rekomendacja"
        RESULTS = "results", "Lista wyników"

    class State(models.TextChoices):
        WAITING = "waiting", "w przygotowaniu"
        READY = "ready", "gotowy"
        FAILED = "failed", "nieudany"

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="papers"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    values: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """What it was filled with, as it was when it was asked for."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    failure = models.CharField(max_length=1000, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    docx = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)
    pdf = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)
    html = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)
    xlsx = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "dokument naboru"
        verbose_name_plural = "dokumenty naboru"
        constraints = [
            models.CheckConstraint(
                name="paper_ready_has_its_files",
                condition=~Q(state="ready") | Q(docx__isnull=False, pdf__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recommendation.call}"

    @property
    def kind_id(self) -> UUID:
        return self.recommendation.kind_id
