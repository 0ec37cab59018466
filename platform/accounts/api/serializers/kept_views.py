from typing import Any

from rest_framework import serializers

from accounts.models import KeptView
from api.drawing import DrawnModel

NAME = r"^[a-z0-9_.-]+$"
MOST = 60


class KeptViewOut(DrawnModel[KeptView]):
    """How the person looks at one list; without a name as it usually stands."""

    columns = serializers.ListField(child=serializers.CharField())
    filters = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = KeptView
        fields = ["id", "screen", "name", "columns", "ordering", "filters"]


class KeptViewIn(serializers.Serializer[Any]):
    """Columns and filters by the stable names that the screens give them."""

    screen = serializers.RegexField(NAME, max_length=60)
    name = serializers.CharField(max_length=60, allow_blank=True, default="")
    columns = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=MOST, default=list
    )
    ordering = serializers.CharField(max_length=100, allow_blank=True, default="")
    filters = serializers.DictField(child=serializers.CharField(max_length=300), default=dict)

    def validate_filters(self, filters: dict[str, str]) -> dict[str, str]:
        if len(filters) > MOST or any(len(name) > MOST for name in filters):
            told = f"Widok może mieć najwyżej {MOST} filtrów o krótkich nazwach."
            raise serializers.ValidationError(told)
        return filters
