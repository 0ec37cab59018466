from typing import Any

from rest_framework import serializers

from api.drawing import Drawn


class TieIn(serializers.Serializer[None]):
    """Exactly one of the two, and what whoever declares calls it."""

    name = serializers.CharField(max_length=200)
    unit = serializers.UUIDField(allow_null=True, default=None)
    person = serializers.UUIDField(allow_null=True, default=None)


class TieOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    unit = serializers.UUIDField(source="unit_id", allow_null=True)
    declared_at = serializers.DateTimeField(source="created_at")
