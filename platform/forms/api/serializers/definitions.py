from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn
from api.shapes import Shape
from api.versions import VersionField
from forms import selectors
from forms.api.serializers.documents import DocumentField
from forms.models import Form, FormRevision
from forms.permissions import verbs_on_form
from forms.services import Move

CHOICES = [
    ("stay", "zostaw na dotychczasowej wersji"),
    ("move", "przenieś"),
    ("move_and_ask", "przenieś i poproś o poprawę"),
]
STATES = [("draft", "niezłożone"), ("submitted", "złożone")]


class FormIn(serializers.Serializer[None]):
    name = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=5000, allow_blank=True, default="")


class FormChangesIn(serializers.Serializer[None]):
    name = serializers.CharField(max_length=200, required=False)
    description = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    draft = DocumentField(required=False)


class FormNameIn(serializers.Serializer[None]):
    name = serializers.CharField(max_length=200, allow_blank=True, default="")


class FormProblemOut(Drawn[Any]):
    """`path` is a place in the document, `where` the same in words."""

    path = serializers.CharField()
    where = serializers.CharField()
    sentence = serializers.CharField()


class FormRevisionOut(Drawn[FormRevision]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    published_by = serializers.SerializerMethodField()

    def get_published_by(self, revision: FormRevision) -> str:
        """„OPIUM” where the catalogue has brought it."""
        return revision.published_by.display_name if revision.published_by else "OPIUM"


class FormSummaryOut(Drawn[Form]):
    """`revision` is the number of the newest published one, 0 where there is none."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    is_archived = serializers.BooleanField()
    revision = serializers.IntegerField(source="revision_number")
    sheets = serializers.IntegerField(source="sheet_count")
    updated_at = serializers.DateTimeField()


class FormOut(FormSummaryOut):
    draft = DocumentField()
    draft_version = serializers.IntegerField()
    version = VersionField("name", "description", "draft_version")
    problems = serializers.SerializerMethodField()
    revisions = serializers.SerializerMethodField()
    can = serializers.SerializerMethodField()

    @extend_schema_field(FormProblemOut(many=True))
    def get_problems(self, form: Form) -> list[Any]:
        return [FormProblemOut(one).data for one in selectors.problems_of(form.draft)]

    @extend_schema_field(FormRevisionOut(many=True))
    def get_revisions(self, form: Form) -> list[Any]:
        return [FormRevisionOut(one).data for one in selectors.revisions_of(form)]

    def get_can(self, form: Form) -> list[str]:
        return verbs_on_form(self.context["request"].user, form)


class FormChangeOut(Shape[Any]):
    """One difference between two definitions, in words."""

    kind = serializers.CharField()
    path = serializers.CharField()
    label = serializers.CharField()
    sentence = serializers.CharField()


class FormDefinitionOut(Drawn[FormRevision]):
    """A published revision, and what it changed against the one before."""

    number = serializers.IntegerField()
    definition = DocumentField()
    differences = FormChangeOut(many=True)
    published_at = serializers.DateTimeField()


class FormFileIn(serializers.Serializer[None]):
    """A finished upload of one's own."""

    file = serializers.UUIDField()


class PreviewIn(serializers.Serializer[None]):
    """Without `draft` the form's own is tried; `unit` is whose facts it may read."""

    answers = DocumentField(default=dict)
    unit = serializers.UUIDField(allow_null=True, default=None)
    draft = DocumentField(required=False)


class EffectCountOut(Shape[Any]):
    """In how many sheets of the group it happens to the question."""

    path = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    sentence = serializers.CharField()


class EffectGroupOut(Drawn[Any]):
    """Sheets in the same state on the same revision; the first twenty owners by name."""

    revision = serializers.IntegerField()
    state = serializers.ChoiceField(choices=STATES)
    count = serializers.IntegerField()
    losing = serializers.IntegerField()
    asked = serializers.IntegerField()
    owners = serializers.ListField(child=serializers.CharField())
    losses = EffectCountOut(many=True)
    newly_required = EffectCountOut(many=True)
    newly_wrong = EffectCountOut(many=True)
    sentence = serializers.CharField()


class EffectsOut(Drawn[Any]):
    changes = FormChangeOut(many=True)
    groups = EffectGroupOut(many=True)


class MoveIn(serializers.Serializer[None]):
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    state = serializers.ChoiceField(choices=STATES)
    choice = serializers.ChoiceField(choices=CHOICES)


class PublishIn(serializers.Serializer[None]):
    """Groups that are not named stay; `draft_version` refuses a draft changed meanwhile."""

    moves = MoveIn(many=True, default=list)
    draft_version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, allow_null=True, default=None
    )

    @property
    def chosen(self) -> list[Move]:
        return [Move(**move) for move in self.validated_data["moves"]]


class FormPublishedOut(Drawn[Any]):
    """The new revision, how many sheets moved to it, how many of them are asked for more."""

    revision = FormRevisionOut()
    moved = serializers.IntegerField()
    asked = serializers.IntegerField()


NUMBER = "Podaj numer wersji."


class VersionNumber(serializers.IntegerField):
    """The number of a version or a revision, as the database keeps it."""

    default_error_messages: ClassVar = dict.fromkeys(
        ("required", "null", "invalid", "min_value", "max_value", "max_string_length"), NUMBER
    )

    def __init__(self, **rest: Any) -> None:
        super().__init__(min_value=0, max_value=2**31 - 1, **rest)


class NumberOrDraft(serializers.Field[int | None, str, int | None, Any]):
    """The same, or `draft`: None."""

    def to_internal_value(self, data: str) -> int | None:
        number: int | None = None if data == "draft" else VersionNumber().run_validation(data)
        return number

    def to_representation(self, value: int | None) -> int | None:
        return value


class ComparedQuery(serializers.Serializer[None]):
    older = VersionNumber()
    newer = NumberOrDraft(required=False, default=None)


class RevisionQuery(serializers.Serializer[None]):
    revision = VersionNumber(required=False, default=None)


class PrintIn(serializers.Serializer[None]):
    """Which submitted version; without it what was submitted last, or the draft."""

    version = VersionNumber(required=False, allow_null=True, default=None)


class ExportQuery(RevisionQuery):
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`as` is a word of Python, so the field has no line of its own."""
        endings = serializers.ChoiceField(
            choices=["json", "xlsx"],
            default="json",
            error_messages={"invalid_choice": "Wybierz jedno z: json, xlsx."},
        )
        return {"as": endings, **super().get_fields()}


class AnswersQuery(serializers.Serializer[None]):
    """Which submitted answers are taken out; without any condition all of them."""

    unit = serializers.UUIDField(required=False)
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    owner_kind = serializers.CharField(max_length=60, required=False)
    purpose = serializers.CharField(max_length=200, required=False)

    @property
    def conditions(self) -> dict[str, Any]:
        columns = {
            "unit": "unit_id",
            "revision": "revision__number",
            "owner_kind": "owner_kind",
            "purpose": "purpose__startswith",
        }
        return {columns[name]: value for name, value in self.validated_data.items()}
