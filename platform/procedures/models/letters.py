from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opium.counters import Counter
from opium.models import Record, SortKeyField

PERSON = settings.AUTH_USER_MODEL
TRIAL_YEAR = 0
"""The „year” in which the letters of trials are counted."""


def numbered(number: int, year: int) -> str:
    """As the letter itself says it: `12/2026`."""
    return f"próba {number}" if year == TRIAL_YEAR else f"{number}/{year}"


class LetterTemplate(Record):
    """A letter that the city writes in Word; procedures call it by its key."""

    key = models.SlugField("klucz", max_length=60)
    name = models.CharField("nazwa", max_length=150)
    is_archived = models.BooleanField("w archiwum", default=False)
    sort_key = SortKeyField(source="name")

    class Meta:
        verbose_name = "wzór pisma"
        verbose_name_plural = "wzory pism"
        constraints = [models.UniqueConstraint(fields=["key"], name="one_letter_template_per_key")]

    def __str__(self) -> str:
        return self.name


class TemplateRevision(Record):
    """One docx of a template; a letter keeps the one that it was made from."""

    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=100), default=list)
    """The values that it asks for."""
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "wersja wzoru pisma"
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="one_template_revision_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} (wersja {self.number})"


class LetterJob(Record):
    """Letters made at once for many cases; its progress is the count of its letters."""

    revision = models.ForeignKey(TemplateRevision, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    total = models.PositiveIntegerField()

    class Meta:
        verbose_name = "seria pism"

    def __str__(self) -> str:
        return f"{self.revision.template}: {self.total}"


class Letter(Record):
    """A letter in a case: numbered and dated at once, drawn up in the background."""

    class State(models.TextChoices):
        WAITING = "waiting", "w przygotowaniu"
        READY = "ready", "gotowe"
        FAILED = "failed", "nieudane"

    case = models.ForeignKey("procedures.Case", on_delete=models.PROTECT, related_name="letters")
    revision = models.ForeignKey(TemplateRevision, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(LetterJob, on_delete=models.PROTECT, related_name="letters", null=True)
    stage = models.CharField(max_length=60, blank=True, default="")
    """The stage of the case in which it was made."""
    year = models.PositiveSmallIntegerField()
    """0 for the letters of trials, which take no numbers of a year."""
    number = models.PositiveIntegerField()
    issued_on = models.DateField("data pisma")
    issued_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    values = models.JSONField(default=dict)
    """What its fields were filled with, as it was on the day of issue."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    failure = models.CharField(max_length=1000, blank=True, default="")
    docx = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)
    pdf = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "pismo"
        verbose_name_plural = "pisma"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_letter_per_number"),
            models.CheckConstraint(
                name="letter_ready_has_both_files",
                condition=Q(state="ready", docx__isnull=False, pdf__isnull=False)
                | ~Q(state="ready"),
            ),
        ]
        indexes = [models.Index(name="letter_by_case", fields=["case", "-issued_on"])]

    def __str__(self) -> str:
        return f"{self.name} {self.numbered}"

    @property
    def name(self) -> str:
        return self.revision.template.name

    @property
    def numbered(self) -> str:
        return numbered(self.number, self.year)

    @property
    def issuer(self) -> str | None:
        return self.issued_by.display_name if self.issued_by is not None else None


class LetterYear(Counter):
    """The numbers of letters in a year."""

    year = models.PositiveSmallIntegerField(unique=True)

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"
