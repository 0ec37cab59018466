from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from modules.applications.models.rules import Rules, read
from opium.models import Record, SortKeyField

PERSON = settings.AUTH_USER_MODEL


INTAKE = "applications.call"
"""How the cases of applications came in (`procedures.registry.Intake`)."""


class Call(Record):
    """A call for applications. What holds is its newest edition; `rules` are being worked on."""

    class State(models.TextChoices):
        DRAFT = "draft", "szkic"
        PUBLISHED = "published", "ogłoszony"
        CLOSED = "closed", "zamknięty"
        SETTLED = "settled", "rozliczony"

    title = models.CharField("tytuł", max_length=200)
    year = models.PositiveSmallIntegerField("rok")
    """The budget year of its pots."""
    procedure = models.ForeignKey(
        "procedures.Procedure", on_delete=models.PROTECT, related_name="+", verbose_name="procedura"
    )
    revision = models.ForeignKey(
        "procedures.ProcedureRevision", on_delete=models.PROTECT, related_name="+", null=True
    )
    """Pinned when it is published: every application of the call runs through it."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    is_test = models.BooleanField("nabór próbny", default=False)
    """Seen by nobody but whoever runs calls, and counted nowhere."""
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    rules: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        "zasady", default=dict
    )
    edition = models.OneToOneField(
        "CallEdition", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    sort_key = SortKeyField(source="title")

    class Meta:
        verbose_name = "nabór"
        verbose_name_plural = "nabory"
        constraints = [
            models.CheckConstraint(
                name="call_published_has_an_edition_and_a_revision",
                condition=Q(state="draft", edition=None, revision=None)
                | (~Q(state="draft") & Q(edition__isnull=False, revision__isnull=False)),
            ),
            models.CheckConstraint(
                name="call_closed_has_a_date",
                condition=Q(state__in=["draft", "published"], closed_at=None, settled_at=None)
                | Q(state="closed", closed_at__isnull=False, settled_at=None)
                | Q(state="settled", closed_at__isnull=False, settled_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="call_by_year", fields=["-year", "sort_key"])]

    def __str__(self) -> str:
        return self.title

    @property
    def announced_title(self) -> str:
        """As it was published last: another title holds from the next publishing on."""
        return self.edition.title if self.edition is not None else self.title

    @property
    def kind_id(self) -> UUID:
        """A role held for the procedure's kind of matters covers its calls too."""
        return self.procedure_id


class CallEdition(Record):
    """The rules as they were published; the database refuses to change or remove them."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    rules: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    differences: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """What it changed of the edition before, a sentence each."""
    reason = models.TextField("powód", blank=True, default="")
    message = models.ForeignKey(
        "messaging.Message", on_delete=models.PROTECT, related_name="+", null=True
    )
    """By which the units were told of it; None where nobody was to be."""
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "wydanie naboru"
        verbose_name_plural = "wydania naboru"
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_edition_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.title} (wydanie {self.number})"

    @property
    def said(self) -> Rules:
        return read(self.rules)


class Application(Record):
    """Joins a call to the case of one application, whose whole life is told by the case.

    Whether it is a draft, handed in or withdrawn is read off the case (`selectors.counting`).
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    round = models.CharField("tura", max_length=40)
    """The key of the round in which it was begun; it can be handed in within that one only."""
    case = models.OneToOneField(
        "procedures.Case", on_delete=models.PROTECT, related_name="application"
    )
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    applicant = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    submitted_at = models.DateTimeField("złożono", null=True, editable=False)
    """When it was handed in last, by the server's clock."""
    person_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    """Whom it is about, as a digest that tells the same person from another and nothing else."""

    class Meta:
        verbose_name = "wniosek"
        verbose_name_plural = "wnioski"
        constraints = [
            models.CheckConstraint(
                name="application_is_of_a_unit_or_a_person",
                condition=Q(unit=None) | Q(applicant=None),
            )
        ]
        indexes = [
            models.Index(name="application_by_unit", fields=["call", "unit"]),
            models.Index(
                name="application_by_person",
                fields=["call", "person_digest"],
                condition=~Q(person_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)
