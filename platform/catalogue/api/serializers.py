"""What goes over the wire of the catalogue."""

from typing import Any, get_args

from rest_framework import serializers

from api.drawing import Drawn
from catalogue.selectors import NeedKind, NeedState, TypeState


class NeedOut(Drawn[Any]):
    kind = serializers.ChoiceField(choices=get_args(NeedKind))
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=get_args(NeedState))
    sentence = serializers.CharField()


class DifferenceOut(Drawn[Any]):
    about = serializers.CharField()
    sentence = serializers.CharField()


class TypeOut(Drawn[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    noun = serializers.CharField()
    stages = serializers.IntegerField()
    questions = serializers.IntegerField()
    state = serializers.ChoiceField(choices=get_args(TypeState))
    procedure = serializers.UUIDField(allow_null=True)
    draft_version = serializers.IntegerField()
    number = serializers.IntegerField(allow_null=True)
    needs = NeedOut(many=True)
    problems = serializers.ListField(child=serializers.CharField())
    differences = DifferenceOut(many=True)


class SwitchedOnOut(Drawn[Any]):
    procedure = serializers.UUIDField(source="procedure.pk")
    is_published = serializers.BooleanField()
    waits_for = serializers.ListField(child=serializers.CharField())


class EditionIn(serializers.Serializer[None]):
    draft_version = serializers.IntegerField(min_value=0)


class EditionOut(Drawn[Any]):
    procedure = serializers.UUIDField()
