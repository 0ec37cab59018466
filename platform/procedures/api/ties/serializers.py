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


class ConflictOut(Drawn[Any]):
    """What the person has excluded themselves from; `title` as it is called to them."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    procedure = serializers.CharField(source="case.procedure.name")
    reason = serializers.CharField()
    declared_at = serializers.DateTimeField(source="created_at")


class ConflictEndIn(serializers.Serializer[None]):
    reason = serializers.CharField(
        max_length=400,
        error_messages={
            "blank": "Podaj, dlaczego wycofujesz wyłączenie.",
            "required": "Podaj, dlaczego wycofujesz wyłączenie.",
        },
    )
