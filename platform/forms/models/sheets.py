from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from forms.models.definitions import Form, FormRevision
from opium.models import Record

if TYPE_CHECKING:
    from forms.filling import Projection

PERSON = settings.AUTH_USER_MODEL


class Sheet(Record):
    """Answers to one form, on the revision they were given on.

    `answers` is the draft layer: what the person has typed so far. What was submitted is a row of
    `SheetVersion` and never changes; a correction goes on in the same draft layer.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "szkic"
        SUBMITTED = "submitted", "złożony"
        WITHDRAWN = "withdrawn", "wycofany"

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="sheets")
    revision = models.ForeignKey(FormRevision, on_delete=models.PROTECT, related_name="sheets")
    owner_kind = models.CharField(max_length=60)
    """Whose the sheet is (`procedures.case`); its guard in `registry` decides who may see it."""
    owner_id = models.UUIDField()
    is_trial = models.BooleanField(default=False, editable=False)
    """Of a matter that is only tried out: the database lets its versions go (migration 0005)."""
    purpose = models.CharField(max_length=200)
    """What the owner needs it for: `application`, or a stage, a round and a person."""
    unit_id = models.UUIDField(null=True, blank=True)
    person = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """Whose answers they are, where they are one person's alone."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    answers = models.JSONField(default=dict, blank=True)
    draft_version = models.PositiveIntegerField(default=1)
    touched = models.JSONField(default=dict, blank=True)
    """Question key -> {version, by, name, at}: who changed the answer last, at which version."""
    moved_at_version = models.PositiveIntegerField(default=0)
    """The draft version that a move to another revision made; older saves are refused."""
    set_aside = models.JSONField(default=list, blank=True)
    """[{path, label, value, revision}]: answers without a place in the revision of a move."""
    answered = models.PositiveIntegerField(default=0)
    required = models.PositiveIntegerField(default=0)
    is_complete = models.BooleanField(default=False)
    """The three repeat the last projection, so that lists need no evaluation."""
    version = models.PositiveIntegerField(default=0)
    """The number of the newest `SheetVersion`; 0 while nothing was submitted."""
    submitted_at = models.DateTimeField(null=True, editable=False)
    reference_day = models.DateField(null=True, blank=True)
    """The day that its form reckons from, where its owner has fixed one; else the submission's."""
    grounds = models.JSONField(default=dict, blank=True)
    """What it was computed with when it was submitted (`selectors.facts.grounds_of`), and goes on
    to be computed with; {} while nothing was."""
    asks_correction = models.JSONField(null=True, blank=True)
    """{sections: [key] | null (all of them), sentence, by, at} while a correction is asked."""

    class Meta:
        verbose_name = "arkusz odpowiedzi"
        verbose_name_plural = "arkusze odpowiedzi"
        constraints = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "purpose"], name="one_sheet_per_purpose"
            ),
            models.CheckConstraint(
                name="sheet_submitted_has_a_version",
                condition=~Q(state="submitted") | Q(version__gte=1, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_asks_correction_as_a_draft",
                condition=Q(asks_correction=None) | Q(state="draft"),
            ),
        ]
        indexes = [
            models.Index(name="sheet_in_flight", fields=["form", "revision", "state"]),
            models.Index(name="sheet_of_unit", fields=["form", "unit_id", "-submitted_at"]),
        ]

    def __str__(self) -> str:
        return str(self.form)

    def count(self, projection: "Projection") -> None:
        """Repeat what the projection counted; the caller saves."""
        self.answered = projection.answered
        self.required = projection.required
        self.is_complete = projection.is_complete

    @property
    def open_sections(self) -> frozenset[str] | None:
        """Sections that a correction opens; None where every one is open."""
        asked: dict[str, Any] | None = self.asks_correction
        if asked is None or asked["sections"] is None:
            return None
        return frozenset(asked["sections"])


class SheetVersion(Record):
    """What was submitted: visible and computed answers; the database refuses to change it."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(FormRevision, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    touched = models.JSONField(default=dict)
    """As `Sheet.touched` was: who gave each answer, and when."""
    grounds = models.JSONField(default=dict)
    """As `Sheet.grounds` was."""
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    in_place_of = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "wersja odpowiedzi"
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "number"], name="one_sheet_version_per_number"
            ),
            models.CheckConstraint(
                name="sheet_versions_count_from_one", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, wersja {self.number}"


class SheetFile(Record):
    """A file that answers a question of the sheet, taken over from its uploader."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    is_submitted = models.BooleanField(default=False)
    """Whether a submitted version names it; such a file stays for ever."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file"], name="one_sheet_per_file"),
        ]

    def __str__(self) -> str:
        return str(self.file)
