from rest_framework import serializers

from audit.models import Entry, Outcome


class LogEntryOut(serializers.ModelSerializer[Entry]):
    verb_label = serializers.SerializerMethodField()
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
            "verb",
            "verb_label",
            "target_type",
            "target_id",
            "target_label",
            "before",
            "after",
            "origin",
        )

    def get_verb_label(self, entry: Entry) -> str:
        labels: dict[str, str] = self.context["labels"]
        return labels.get(entry.verb, entry.verb)
