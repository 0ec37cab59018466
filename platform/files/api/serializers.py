from rest_framework import serializers

from api.drawing import Drawn, DrawnModel
from files.models import File
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
    class Meta:
        model = File
        fields = ("id", "name", "size", "sha256", "content_type")
