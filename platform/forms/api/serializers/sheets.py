from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn
from api.shapes import Shape
from forms.api.serializers.documents import AnswerField, DocumentField
from forms.api.serializers.projection import ProjectionOut
from forms.models import Sheet, SheetFile, SheetVersion
from forms.permissions import open_sections, verbs_on_sheet


class SheetFormOut(Drawn[None]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class SheetUnitOut(Drawn[None]):
    id = serializers.UUIDField()
    short_name = serializers.CharField()
    name = serializers.CharField()


class SheetVersionSummaryOut(Drawn[SheetVersion]):
    number = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    submitted_by = serializers.SerializerMethodField()
    in_place_of = serializers.SerializerMethodField()

    def get_submitted_by(self, version: SheetVersion) -> str:
        return version.submitted_by.display_name if version.submitted_by else "OPIUM"

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_in_place_of(self, version: SheetVersion) -> str | None:
        return version.in_place_of.display_name if version.in_place_of else None


class AsksCorrectionOut(Drawn[None]):
    """What is to be corrected; without sections the whole form is open."""

    sections = serializers.ListField(child=serializers.CharField(), allow_null=True)
    sentence = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class SetAsideOut(Shape[None]):
    """An answer that had no place in the revision that the sheet was moved to."""

    path = serializers.CharField()
    label = serializers.CharField()
    value = AnswerField()
    revision = serializers.IntegerField()


class SheetFileOut(Drawn[SheetFile]):
    """A file that answers a question; it is downloaded under the sheet's `files/{id}/`."""

    id = serializers.UUIDField(source="file.pk")
    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    url = serializers.SerializerMethodField()

    def get_url(self, one: SheetFile) -> str:
        return f"/api/v1/forms/sheets/{one.sheet_id}/files/{one.file_id}/"


class SheetOut(Drawn[Sheet]):
    """A sheet to fill in or to look at; the context holds what `services.open_sheet` told."""

    id = serializers.UUIDField()
    form = SheetFormOut()
    owner_kind = serializers.CharField()
    owner_id = serializers.UUIDField()
    purpose = serializers.CharField()
    revision = serializers.IntegerField(source="revision.number")
    definition = DocumentField(source="revision.definition")
    answers = DocumentField()
    draft_version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Sheet.State.choices)
    version = serializers.IntegerField()
    projection = serializers.SerializerMethodField()
    asks_correction = AsksCorrectionOut(allow_null=True)
    open_sections = serializers.SerializerMethodField()
    set_aside = SetAsideOut(many=True)
    unit = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()
    dictionaries = serializers.SerializerMethodField()
    names = serializers.SerializerMethodField()
    versions = serializers.SerializerMethodField()
    is_veiled = serializers.SerializerMethodField(
        help_text="Czy ukryto to, z czego wynika, czyj to wniosek"
    )
    can = serializers.SerializerMethodField()

    @extend_schema_field(ProjectionOut)
    def get_projection(self, sheet: Sheet) -> Any:
        return self.context["opened"].projection.as_json()

    def get_is_veiled(self, sheet: Sheet) -> bool:
        return bool(self.context["opened"].is_veiled)

    @extend_schema_field(serializers.ListField(child=serializers.CharField(), allow_null=True))
    def get_open_sections(self, sheet: Sheet) -> list[str] | None:
        allowed = open_sections(sheet)
        return None if allowed is None else sorted(allowed)

    @extend_schema_field(SheetUnitOut(allow_null=True))
    def get_unit(self, sheet: Sheet) -> dict[str, Any] | None:
        facts = self.context["opened"].facts.unit
        if sheet.unit_id is None or facts is None:
            return None
        names = {key: facts.get(key, "") for key in ("short_name", "name")}
        return {"id": str(sheet.unit_id), **names}

    @extend_schema_field(SheetFileOut(many=True))
    def get_files(self, sheet: Sheet) -> list[Any]:
        return [SheetFileOut(one).data for one in self.context["opened"].files]

    @extend_schema_field(
        serializers.DictField(child=serializers.DictField(child=serializers.CharField()))
    )
    def get_dictionaries(self, sheet: Sheet) -> dict[str, dict[str, str]]:
        """Of each dictionary that the form offers, the labels by their keys, in order."""
        known = self.context["opened"].facts.dictionaries
        return {key: dict(entries) for key, entries in known.items()}

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_names(self, sheet: Sheet) -> dict[str, str]:
        """What the units and people are called whose ids stand in the answers."""
        facts = self.context["opened"].facts
        units = {unit: told.get("short_name", "") for unit, told in facts.units.items()}
        return {**units, **facts.people}

    @extend_schema_field(SheetVersionSummaryOut(many=True))
    def get_versions(self, sheet: Sheet) -> list[Any]:
        return [SheetVersionSummaryOut(one).data for one in self.context["opened"].versions]

    def get_can(self, sheet: Sheet) -> list[str]:
        return verbs_on_sheet(self.context["request"].user, sheet)


class AnswersIn(serializers.Serializer[None]):
    """Question -> answer, null to take it away; only the given questions change.

    `If-Match` names the `draft_version` that was seen. What others have answered since stays,
    unless it is one of these questions: then nothing is saved (409).
    """

    changes = DocumentField()


class SavedOut(Drawn[Any]):
    draft_version = serializers.IntegerField(source="sheet.draft_version")
    projection = ProjectionOut()
    saved_at = serializers.DateTimeField(source="at")


class SheetVersionOut(SheetVersionSummaryOut):
    """What was submitted, on the revision on which it was."""

    revision = serializers.IntegerField(source="revision.number")
    definition = DocumentField(source="revision.definition")
    answers = DocumentField()
    projection = serializers.SerializerMethodField()

    @extend_schema_field(ProjectionOut)
    def get_projection(self, version: SheetVersion) -> Any:
        return self.context["projection"].as_json()


class AnswerChangeOut(Shape[Any]):
    """One answer that differs between two versions; who changed it last, and when."""

    path = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField(allow_null=True)
