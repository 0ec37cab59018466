from rest_framework import serializers

from notifications.models import Notification


class NotificationOut(serializers.ModelSerializer[Notification]):
    class Meta:
        model = Notification
        fields = ("id", "kind", "title", "url", "subject_id", "created_at", "read_at")
        read_only_fields = fields


class NotificationCountOut(serializers.Serializer[None]):
    unread = serializers.IntegerField()
