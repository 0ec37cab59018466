"""What goes over the wire of committees."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn
from modules.applications.models.committees import PART_CHOICES
from modules.applications.selectors.committees import Seen
from procedures.selectors.panels import STANDINGS, Judgement, Sitting


class CommitteeOut(Drawn[Any]):
    """`leads`: whether the person may say whose each application is to score."""

    id = serializers.UUIDField(source="panel.id")
    name = serializers.CharField(source="panel.name")
    call = serializers.UUIDField(source="call.id")
    title = serializers.CharField(source="call.announced_title")
    each_to = serializers.IntegerField(source="panel.each_to", allow_null=True)
    leads = serializers.BooleanField()


class SittingOut(Drawn[Sitting]):
    """A seat, and how far its person is with what they are to score."""

    person = serializers.UUIDField(source="seat.person_id")
    name = serializers.CharField(source="seat.person.display_name")
    sits_as = serializers.ChoiceField(choices=PART_CHOICES, source="seat.part")
    from_at = serializers.DateTimeField(source="seat.from_at")
    to_at = serializers.DateTimeField(source="seat.to_at", allow_null=True)
    is_now = serializers.BooleanField()
    allotted = serializers.IntegerField()
    scored = serializers.IntegerField()


class CommitteeDetailsOut(CommitteeOut):
    sittings = serializers.SerializerMethodField()

    @extend_schema_field(SittingOut(many=True))
    def get_sittings(self, _: Seen) -> list[dict[str, Any]]:
        return [dict(SittingOut(one).data) for one in self.context["sittings"]]


class JudgementOut(Drawn[Judgement]):
    """`points` is null before the scoring is closed; `is_far`: far from the others' scores."""

    person = serializers.UUIDField(source="person_id")
    name = serializers.CharField()
    standing = serializers.ChoiceField(choices=list(STANDINGS.items()))
    points = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    is_far = serializers.BooleanField()


class MatterOut(Drawn[Any]):
    """An application before the committee; `result` has the facts of its scoring once closed."""

    case = serializers.UUIDField(source="case.id")
    title = serializers.CharField(source="case.title")
    sign = serializers.CharField(source="case.sign")
    unit = serializers.CharField(source="case.unit_name")
    stage = serializers.CharField(source="case.stage_name")
    is_being_scored = serializers.BooleanField()
    judgements = JudgementOut(many=True)
    result = serializers.DictField(child=serializers.CharField())
    closing = serializers.CharField(
        help_text="Czynność sprawy, która zamyka ocenę; puste, gdy nie jest oceniany"
    )
    lacks = serializers.CharField(help_text="Czego brakuje do zamknięcia; puste, gdy niczego")


class AllotmentIn(serializers.Serializer[None]):
    case = serializers.UUIDField()
    person = serializers.UUIDField()


class AllotmentEndIn(AllotmentIn):
    reason = serializers.CharField(
        max_length=400, error_messages={"blank": "Podaj powód, dla którego odbierasz wniosek."}
    )


class EvenedOut(Drawn[dict[str, int]]):
    moved = serializers.IntegerField()
