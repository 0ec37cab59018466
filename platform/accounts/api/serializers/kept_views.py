import re
from typing import Any

from rest_framework import serializers

from accounts.models import KeptView
from api.drawing import DrawnModel

NAME = r"^[a-z0-9_.-]+$"
MOST = 60


def _is_name(told: str) -> bool:
    """Whether it is one of the stable names that the screens give."""
    return len(told) <= MOST and re.fullmatch(NAME, told) is not None


class KeptViewOut(DrawnModel[KeptView]):
    """How the person looks at one list; without a name as it usually stands."""

    columns = serializers.ListField(child=serializers.CharField())
    filters = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = KeptView
        fields = ["id", "screen", "name", "columns", "ordering", "filters"]


class _FiltersField(serializers.DictField):
    """Refuses names that no screen gives before any value, whose refusal would repeat its name."""

    def to_internal_value(self, data: Any) -> dict[Any, Any]:
        if isinstance(data, dict) and (len(data) > MOST or not all(map(_is_name, data))):
            told = (
                f"Widok może mieć najwyżej {MOST} filtrów o nazwach do {MOST} znaków: "
                "małe litery bez polskich znaków, cyfry, kropka, podkreślenie i łącznik."
            )
            raise serializers.ValidationError(told)
        return super().to_internal_value(data)


class KeptViewIn(serializers.Serializer[Any]):
    """Columns and filters by the stable names that the screens give them."""

    screen = serializers.RegexField(NAME, max_length=60)
    name = serializers.CharField(max_length=60, allow_blank=True, default="")
    columns = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=MOST, default=list
    )
    ordering = serializers.CharField(max_length=100, allow_blank=True, default="")
    filters = _FiltersField(child=serializers.CharField(max_length=300), default=dict)
