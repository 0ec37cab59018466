from django.conf import settings
from django.db import models
from django.db.models import Q

from opium.models import Record, SortKeyField

PERSON = settings.AUTH_USER_MODEL


class Form(Record):
    """What a city asks; the draft may be as wrong as a draft is, a revision may not."""

    name = models.CharField("nazwa", max_length=200)
    sort_key = SortKeyField(source="name")
    description = models.TextField("opis", blank=True, default="")
    draft = models.JSONField(default=dict)
    """A definition document; `definition.read` says what is wrong with it."""
    draft_version = models.PositiveIntegerField(default=1)
    """Counts the changes of the draft, so that two authors don't overwrite each other."""
    is_archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = "formularz"
        verbose_name_plural = "formularze"
        constraints = [models.CheckConstraint(name="form_has_a_name", condition=~Q(name=""))]
        indexes = [models.Index(name="form_by_name", fields=["sort_key"])]

    def __str__(self) -> str:
        return self.name


class FormRevision(Record):
    """The form as it was published; the database refuses to change or remove it."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    differences = models.JSONField(default=list)
    """What changed against the revision before, in words; empty for the first."""
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    """Nobody where the platform itself has published it, from the catalogue."""

    class Meta:
        verbose_name = "wersja formularza"
        ordering = ["form", "number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_form_revision_per_number"),
            models.CheckConstraint(
                name="form_revisions_count_from_one", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}, wersja {self.number}"
