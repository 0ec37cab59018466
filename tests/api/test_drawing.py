"""An answer drawn from its class's plan is what DRF itself would say."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db.models import TextChoices
from django.utils import timezone
from rest_framework import serializers
from rest_framework.serializers import Serializer

from api.drawing import Drawn


class Tone(TextChoices):
    LOUD = "loud", "głośno"


class PartOut(Drawn[object]):
    name = serializers.CharField()
    told = serializers.SerializerMethodField()

    def get_told(self, part):
        return self.context.get("word", "nothing")


class WholeOut(Drawn[object]):
    id = serializers.UUIDField()
    hexed = serializers.UUIDField(format="hex", source="id")
    text = serializers.CharField()
    counted = serializers.IntegerField(source="inner.count")
    gone = serializers.CharField(source="nobody.name", allow_null=True)
    fallen_back = serializers.CharField(source="nobody.name", default="—")
    skipped = serializers.CharField(source="missing", required=False)
    is_so = serializers.BooleanField()
    at = serializers.DateTimeField()
    written = serializers.DateTimeField(format="%Y", source="at")
    never = serializers.DateTimeField(allow_null=True)
    on = serializers.DateField()
    tone = serializers.ChoiceField(choices=Tone.choices)
    odd = serializers.ChoiceField(choices=Tone.choices)
    called = serializers.CharField(source="call")
    part = PartOut()
    no_part = PartOut(allow_null=True)
    same = PartOut(source="*")
    parts = PartOut(many=True)
    words = serializers.ListField(child=serializers.IntegerField())
    sums = serializers.DictField(child=serializers.CharField())
    secret = serializers.CharField(write_only=True)


def thing(kind=SimpleNamespace, **changes):
    return kind(
        **{
            "id": UUID(int=7),
            "name": "Cała",
            "text": 12,
            "inner": SimpleNamespace(count="3"),
            "nobody": None,
            "is_so": "yes",
            "at": datetime(2026, 7, 1, 12, tzinfo=UTC),
            "never": None,
            "on": date(2026, 7, 1),
            "tone": "loud",
            "odd": Tone.LOUD,
            "call": lambda: "zadzwoniono",
            "part": SimpleNamespace(name="Część"),
            "no_part": None,
            "parts": [SimpleNamespace(name="A"), {"name": "B"}],
            "words": ["1", 2],
            "sums": {"a": 1},
            **changes,
        }
    )


def as_drf_says(shape):
    return {
        field.field_name: None if value is None else field.to_representation(value)
        for field in shape._readable_fields
        for value in [_asked(field, shape.instance)]
        if value is not serializers.empty
    }


def _asked(field, instance):
    try:
        return field.get_attribute(instance)
    except serializers.SkipField:
        return serializers.empty


@pytest.mark.parametrize("kind", [SimpleNamespace, dict])
@pytest.mark.parametrize("zone", ["Europe/Warsaw", "UTC"])
def test_a_drawn_answer_is_that_of_drf(kind, zone):
    with timezone.override(ZoneInfo(zone)):
        whole = WholeOut(thing(kind), context={"word": "słowo"})
        drawn = whole.data
        assert drawn == as_drf_says(whole)
    assert drawn["at"] == ("2026-07-01T14:00:00+02:00" if zone != "UTC" else "2026-07-01T12:00:00Z")
    assert [part["told"] for part in drawn["parts"]] == ["słowo", "słowo"]
    assert "skipped" not in drawn
    assert "secret" not in drawn


def test_each_row_is_drawn_with_the_context_of_its_own_answer():
    for word in ("raz", "dwa"):
        rows = WholeOut([thing(), thing(text="b")], many=True, context={"word": word}).data
        assert [row["part"]["told"] for row in rows] == [word, word]
        assert [row["text"] for row in rows] == ["12", "b"]


def test_what_is_not_there_is_refused_as_drf_refuses_it():
    lacking = thing()
    del lacking.text
    with pytest.raises(AttributeError, match="Got AttributeError when attempting to get a value"):
        _ = WholeOut(lacking).data


def test_many_rows_copy_no_fields(monkeypatch):
    copies = []
    fields = Serializer.get_fields

    def counted(self):
        copies.append(type(self))
        return fields(self)

    class FreshOut(Drawn[object]):
        name = serializers.CharField()

    monkeypatch.setattr(Serializer, "get_fields", counted)
    for _ in range(50):
        assert FreshOut({"name": "A"}).data == {"name": "A"}
    assert copies == [FreshOut]
