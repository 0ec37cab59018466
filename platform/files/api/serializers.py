from rest_framework import serializers

from api.drawing import Drawn, DrawnModel
from api.shapes import Shape
from files.models import File, FileMaking, FileReading
from files.services import Upload


class UploadIn(serializers.Serializer[None]):
    name = serializers.CharField(max_length=1000, help_text="Name with extension")
    size = serializers.IntegerField(min_value=0, help_text="Bytes")


class UploadOut(Drawn[Upload]):
    """Where to send the bytes: `method` to `url` with `headers`, then finish the upload."""

    id = serializers.UUIDField(source="file.pk")
    url = serializers.CharField(source="target.url", help_text="May be relative to this host")
    method = serializers.CharField(source="target.method")
    headers = serializers.DictField(source="target.headers", child=serializers.CharField())
    expires_at = serializers.DateTimeField(source="file.expires_at")


class FileOut(DrawnModel[File]):
    """Until it `is_checked` for malware nobody may use it; `held_up` says why that takes long."""

    is_checked = serializers.BooleanField()
    held_up = serializers.CharField(allow_blank=True)

    class Meta:
        model = File
        fields = ("id", "name", "size", "sha256", "content_type", "is_checked", "held_up")


class ReadingIn(serializers.Serializer[None]):
    """`purpose` is a name that the screen of the deed knows, `about` what the deed is about."""

    file = serializers.UUIDField()
    purpose = serializers.CharField(max_length=50)
    about = serializers.CharField(max_length=100, default="", allow_blank=True)


class ReadingQuery(serializers.Serializer[None]):
    purpose = serializers.CharField(max_length=50, required=False)
    about = serializers.CharField(max_length=100, required=False, allow_blank=True)


class ReadingFaultOut(Shape[None]):
    field = serializers.CharField(allow_blank=True)
    detail = serializers.CharField()


class FileReadingOut(Drawn[FileReading]):
    """How far the reading of an upload is; a failure is a sentence, and its faults by field."""

    id = serializers.UUIDField()
    file = FileOut()
    purpose = serializers.CharField()
    about = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=FileReading.State.choices)
    failure = serializers.CharField(allow_blank=True)
    failure_code = serializers.CharField(allow_blank=True)
    faults = ReadingFaultOut(many=True)
    may_help_again = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class FileMakingOut(Drawn[FileMaking]):
    """How far something is that was asked for: once done it has a file, or lines to be read."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=FileMaking.State.choices)
    failure = serializers.CharField(allow_blank=True)
    lines = serializers.ListField(child=serializers.CharField())
    has_file = serializers.BooleanField()
