"""What a form looks like over answers: the one thing that the screens draw."""

from typing import Any

from rest_framework import serializers

from api.drawing import Drawn
from api.shapes import Shape
from forms.api.serializers.documents import AnswerField


class DrawnSectionOut(Drawn[None]):
    """`mistakes` and `missing` count the errors inside; `missing` ones matter only at the end."""

    is_visible = serializers.BooleanField()
    mistakes = serializers.IntegerField()
    missing = serializers.IntegerField()
    title = serializers.CharField()
    description = serializers.CharField()


class DrawnCellOut(Shape[None]):
    is_visible = serializers.BooleanField()
    value = AnswerField()
    errors = serializers.ListField(child=serializers.CharField())


class DrawnRowOut(Drawn[None]):
    id = serializers.CharField()
    cells = serializers.DictField(child=DrawnCellOut())


class DrawnQuestionOut(Shape[None]):
    """One question as it is now; `rows` and `sums` of a table, `facts` of a chosen unit."""

    is_visible = serializers.BooleanField()
    is_required = serializers.BooleanField()
    is_computed = serializers.BooleanField()
    value = AnswerField()
    label = serializers.CharField()
    help = serializers.CharField()
    errors = serializers.ListField(child=serializers.CharField())
    rows = DrawnRowOut(many=True, allow_null=True)
    sums = serializers.DictField(child=AnswerField(), allow_null=True)
    facts = serializers.DictField(child=serializers.CharField(), allow_null=True)
    wording = serializers.CharField(allow_null=True)


class MistakeOut(Shape[None]):
    """`path` is "tytul", "budzet/<row id>/kwota", or "" for the whole form."""

    path = serializers.CharField()
    label = serializers.CharField()
    sentence = serializers.CharField()
    is_missing = serializers.BooleanField()


class ProjectionOut(Shape[Any]):
    """Drawn by the engine itself (`Projection.as_json`); this is its description."""

    sections = serializers.DictField(child=DrawnSectionOut())
    questions = serializers.DictField(child=DrawnQuestionOut())
    errors = MistakeOut(many=True)
    answered = serializers.IntegerField()
    required = serializers.IntegerField()
    is_complete = serializers.BooleanField()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Field by field a form of 200 questions would cost more than its evaluation."""
        drawn: dict[str, Any] = instance.as_json()
        return drawn
