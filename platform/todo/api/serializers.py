"""What goes over the wire: `<Noun>Out`."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn
from todo import registry, selectors
from todo.models import Waiting

GROUPS = [(one, one) for one in selectors.GROUPS]
TONES = ["neutral", "info", "success", "warning", "danger"]


class WaitingOut(Drawn[Waiting]):
    id = serializers.UUIDField()
    code = serializers.CharField()
    kind = serializers.SerializerMethodField(help_text="Rodzaj, jak go nazywają ludzie")
    module = serializers.SerializerMethodField(help_text="Nazwa modułu")
    what = serializers.CharField()
    title = serializers.CharField()
    details = serializers.CharField()
    url = serializers.CharField()
    since = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    group = serializers.SerializerMethodField()
    in_place_of = serializers.SerializerMethodField()

    def get_kind(self, row: Waiting) -> str:
        return registry.kind_named(row.code).label

    def get_module(self, row: Waiting) -> str:
        return registry.module_label(row.code)

    @extend_schema_field(serializers.ChoiceField(choices=GROUPS))
    def get_group(self, row: Waiting) -> str:
        return selectors.group_of(row.due_at, self.context["now"])

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_in_place_of(self, row: Waiting) -> str | None:
        return row.in_place_of_name or None


class WaitingCountOut(Drawn[None]):
    count = serializers.IntegerField()
    overdue = serializers.IntegerField()
    today = serializers.IntegerField()
    week = serializers.IntegerField()
    later = serializers.IntegerField()


class RunOut(Drawn[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    url = serializers.CharField()
    details = serializers.CharField()
    whose = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    total = serializers.IntegerField(help_text="Ile jest razem; 0, gdy nie ma czego liczyć")
    done = serializers.IntegerField()
    late = serializers.IntegerField(help_text="Ile z niezrobionych jest po terminie")


class RunSectionOut(Drawn[Any]):
    code = serializers.CharField(source="source.code")
    label = serializers.CharField(source="source.label")  # type: ignore[assignment]  # DRF's own attribute is a text
    url = serializers.CharField(source="source.url")
    count = serializers.IntegerField()
    runs = RunOut(many=True)


class FigurePartOut(Drawn[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # as above
    value = serializers.IntegerField()
    tone = serializers.ChoiceField(choices=TONES)
    url = serializers.CharField()


class FigureOut(Drawn[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    sentence = serializers.CharField()
    shape = serializers.ChoiceField(choices=["whole", "bars", "days"])
    parts = FigurePartOut(many=True)


class CalendarLinkOut(Drawn[dict[str, object]]):
    exists = serializers.BooleanField()
    used_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(
        allow_null=True, help_text="Tajny adres; podawany tylko zaraz po utworzeniu"
    )
