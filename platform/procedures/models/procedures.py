from typing import Any
from uuid import UUID

from django.db import models

from opium.models import Record, SortKeyField


class Procedure(Record):
    """One kind of matters: its draft, and what was published of it. Its id is `kind_id` of a case.

    Name, noun and description are those of the draft, beside it so that lists need not read it.
    """

    name = models.CharField("nazwa", max_length=200)
    noun = models.CharField("nazwa sprawy", max_length=60, default="sprawa")
    """What one matter is called: „wniosek”."""
    description = models.TextField("opis", blank=True, default="")
    draft = models.JSONField("szkic", default=dict)
    draft_version = models.PositiveIntegerField(default=1)
    """Grows with every change of the draft: whoever changes an older one is told."""
    form = models.ForeignKey(
        "forms.Form", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """The applicants' form of the revision published last."""
    is_archived = models.BooleanField("w archiwum", default=False)
    """Whether nobody may open a new matter; those that run go on."""
    position = models.PositiveIntegerField(default=0)
    sort_key = SortKeyField(source="name")

    revisions: models.Manager["ProcedureRevision"]

    class Meta:
        verbose_name = "procedura"
        verbose_name_plural = "procedury"
        indexes = [models.Index(name="procedure_by_name", fields=["position", "sort_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_id(self) -> UUID:
        """A role held for this kind of matters covers the procedure itself too."""
        return self.pk


class ProcedureRevision(Record):
    """What was published: the database refuses to change or remove it (migration 0001)."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    definition: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    bindings = models.JSONField(default=dict)
    """Form (as the definition names it: the id of a `forms.Form`) -> id of the revision of it
    against which the expressions were checked."""
    differences = models.JSONField(default=list)
    """What changed since the revision before, as `differences.compare` told it."""
    shows_by_kind = models.BooleanField(default=True)
    """Whether a stage that says nothing of the applicant shows them what its kind shows; of the
    revisions that were published while it showed nothing, it still does (migration 0008)."""
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "wydanie procedury"
        verbose_name_plural = "wydania procedur"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_revision_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.procedure} (wydanie {self.number})"
