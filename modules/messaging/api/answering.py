"""What whoever answers, or hands the answer on, gives."""

from rest_framework import serializers

from modules.messaging.models import Answer


class AnswerIn(serializers.Serializer[None]):
    """`files` and `workbook` are ids of finished uploads, or of files of an earlier version."""

    text = serializers.CharField(max_length=100_000, allow_blank=True, default="")
    files = serializers.ListField(child=serializers.UUIDField(), max_length=50, default=list)
    workbook = serializers.UUIDField(allow_null=True, default=None)
    despite_problems = serializers.BooleanField(default=False)


class EnteredAnswerIn(AnswerIn):
    """An answer that came outside the system, and its ground; `scan` is a file as the others."""

    ground = serializers.ChoiceField(choices=Answer.Ground.choices)
    ground_on = serializers.DateField(error_messages={"invalid": "Podaj dzień."})
    ground_words = serializers.CharField(max_length=200, allow_blank=True)
    scan = serializers.UUIDField(allow_null=True, default=None)


class HandingIn(serializers.Serializer[None]):
    person = serializers.UUIDField()
