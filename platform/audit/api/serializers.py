from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from api.drawing import Drawn, DrawnModel
from audit.models import Entry, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping


class LogEntryOut(DrawnModel[Entry]):
    deed_label = serializers.SerializerMethodField()
    right_label = serializers.SerializerMethodField()
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    before = serializers.DictField(allow_null=True)
    after = serializers.DictField(allow_null=True)

    class Meta:
        model = Entry
        fields = (
            "id",
            "at",
            "actor_id",
            "actor_name",
            "in_place_of_name",
            "outcome",
            "deed",
            "deed_label",
            "right",
            "right_label",
            "target_type",
            "target_id",
            "target_label",
            "before",
            "after",
            "origin",
        )

    def get_deed_label(self, entry: Entry) -> str:
        words: Mapping[str, str] = self.context["deeds"]
        return words.get(entry.deed, entry.deed)

    def get_right_label(self, entry: Entry) -> str:
        names: Mapping[str, str] = self.context["rights"]
        return names.get(entry.right, entry.right)


class DeedOut(Drawn[Any]):
    deed = serializers.CharField(source="value")
    name = serializers.CharField(source="label")


class DeedsOfModuleOut(Drawn[Any]):
    module = serializers.CharField()
    name = serializers.CharField(source="label")
    deeds = DeedOut(many=True)
