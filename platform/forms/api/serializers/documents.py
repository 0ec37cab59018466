"""JSON documents inside requests and answers: definitions and sets of answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forms.plain import flaw

ANY_OBJECT = {"type": "object", "additionalProperties": {}}
ANY_VALUE = {"description": "An answer in the JSON form of its question's type, or null"}


class _Json(serializers.JSONField):
    """What cannot be stored (a NUL, half a surrogate pair, infinity) is refused with a sentence."""

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        if sentence := flaw(value):
            raise serializers.ValidationError(sentence)
        return value


@extend_schema_field(ANY_OBJECT)
class DocumentField(_Json):
    """An object: a definition document, or answers by the keys of their questions."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        value = super().to_internal_value(data)
        if not isinstance(value, dict):
            raise serializers.ValidationError("Podaj obiekt.")
        return value


@extend_schema_field(ANY_VALUE)
class AnswerField(_Json):
    """One answer in the JSON form of its question's type; null where there is none."""
