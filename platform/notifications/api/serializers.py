from typing import Any

from rest_framework import serializers

from api.drawing import Drawn, DrawnModel
from api.shapes import Shape
from api.versions import VersionField
from notifications.models import Channel, Notification


class NotificationOut(DrawnModel[Notification]):
    class Meta:
        model = Notification
        fields = ("id", "kind", "title", "url", "subject_id", "created_at", "read_at")
        read_only_fields = fields


class NotificationCountOut(Drawn[None]):
    unread = serializers.IntegerField()


class NotificationSettingOut(Shape[Any]):
    """A kind of news and how it reaches the person; a fixed one cannot be chosen."""

    kind = serializers.CharField(source="kind.key")
    module = serializers.CharField(source="kind.module")
    module_label = serializers.CharField(source="kind.module_label")
    label = serializers.CharField(source="kind.label")
    sentence = serializers.CharField(source="kind.sentence")
    channel = serializers.ChoiceField(choices=Channel.choices)
    default = serializers.ChoiceField(choices=Channel.choices, source="kind.default")
    is_fixed = serializers.BooleanField(source="kind.is_fixed")
    version = VersionField("channel")


class NotificationSettingIn(serializers.Serializer[Any]):
    kind = serializers.CharField(max_length=100)
    channel = serializers.ChoiceField(choices=Channel.choices)
