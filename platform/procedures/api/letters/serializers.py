from typing import ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn, DrawnModel
from api.versions import VersionField
from procedures.models import Letter, LetterJob, LetterTemplate


class LetterTemplateOut(DrawnModel[LetterTemplate]):
    newest = serializers.IntegerField(read_only=True, help_text="Numer najnowszej wersji pliku")
    asks = serializers.SerializerMethodField(help_text="O co wzór pyta")

    version = VersionField("name", "is_archived", "newest")

    class Meta:
        model = LetterTemplate
        fields: ClassVar = ["id", "key", "name", "is_archived", "newest", "asks", "version"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_asks(self, template: LetterTemplate) -> list[str]:
        revisions = template.revisions.all()
        return max(revisions, key=lambda one: one.number).fields if revisions else []


class LetterTemplateIn(serializers.Serializer[None]):
    key = serializers.RegexField(r"^[a-z][a-z0-9_]{0,59}$")
    name = serializers.CharField(max_length=150)
    file = serializers.UUIDField()


class LetterTemplateChangeIn(serializers.Serializer[None]):
    name = serializers.CharField(max_length=150, required=False)
    file = serializers.UUIDField(required=False)
    is_archived = serializers.BooleanField(required=False)


class LetterFieldOut(Drawn[None]):
    name = serializers.CharField()
    sentence = serializers.CharField()


class LetterOut(DrawnModel[Letter]):
    name = serializers.CharField(read_only=True)
    issued_by = serializers.CharField(
        source="issuer", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Letter
        fields: ClassVar = [
            "id",
            "name",
            "number",
            "year",
            "issued_on",
            "issued_by",
            "stage",
            "state",
            "failure",
        ]


class LettersIn(serializers.Serializer[None]):
    template = serializers.UUIDField()
    cases = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=2_000)


class LetterIn(serializers.Serializer[None]):
    template = serializers.UUIDField()


class LetterJobOut(DrawnModel[LetterJob]):
    name = serializers.CharField(source="revision.template.name", read_only=True)
    ready = serializers.IntegerField(read_only=True)
    failed = serializers.IntegerField(read_only=True)
    is_over = serializers.SerializerMethodField()

    class Meta:
        model = LetterJob
        fields: ClassVar = ["id", "name", "total", "ready", "failed", "is_over", "created_at"]

    def get_is_over(self, job: LetterJob) -> bool:
        return self._count(job, "ready") + self._count(job, "failed") >= job.total

    def _count(self, job: LetterJob, name: str) -> int:
        found: int = getattr(job, name)
        return found


class LetterDownloadQuery(serializers.Serializer[None]):
    kind = serializers.ChoiceField(choices=["docx", "pdf"], default="pdf")
