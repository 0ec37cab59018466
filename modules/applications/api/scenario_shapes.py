"""What goes over the wire of scenarios and recommendations; sums are złote as texts."""

from typing import Any

from rest_framework import serializers

import ranking
from api.drawing import Drawn
from api.shapes import Shape
from api.versions import VersionField
from modules.applications.api.serializers import money
from modules.applications.selectors import Played
from ranking import Kind, Why


class ScenarioIn(serializers.Serializer[None]):
    """`rules` and `changes` as `docs/ranking.md` says."""

    name = serializers.CharField(max_length=200)
    rules = serializers.DictField()
    changes = serializers.DictField(default=dict)


class ScenarioChangeIn(serializers.Serializer[None]):
    name = serializers.CharField(max_length=200, required=False)
    rules = serializers.DictField(required=False)
    changes = serializers.DictField(required=False)


class TrialIn(serializers.Serializer[None]):
    rules = serializers.DictField()
    changes = serializers.DictField(default=dict)


class RankingFieldOut(Shape[Any]):
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[(one.value, one.value) for one in Kind])
    label = serializers.CharField()


class ShareOut(Shape[Any]):
    pot = serializers.CharField()
    amount = money()


class OutcomeRowOut(Shape[Any]):
    """One application in the ranking; `why` and `sentence` say why it is on its side."""

    key = serializers.UUIDField()
    title = serializers.CharField()
    sign = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True)
    list = serializers.CharField(allow_blank=True)
    place = serializers.IntegerField()
    tied = serializers.IntegerField()
    is_over = serializers.BooleanField()
    why = serializers.ChoiceField(choices=[(one.value, one.value) for one in Why])
    sentence = serializers.CharField(allow_blank=True)
    asked = money(allow_null=True)
    counted = money(allow_null=True)
    amount = money()
    shares = ShareOut(many=True)
    is_by_hand = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)


class PotSumOut(Shape[Any]):
    code = serializers.CharField()
    amount = money()
    given = money()
    left = money()


class ScenarioOutcomeOut(Shape[Any]):
    rows = OutcomeRowOut(many=True)
    pots = PotSumOut(many=True)
    asked = money()
    given = money()
    unmet = money()
    over = serializers.IntegerField()
    undecided = serializers.ListField(child=serializers.UUIDField())
    unknown = serializers.ListField(child=serializers.CharField())


class ScenarioOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    edition = serializers.IntegerField(source="edition.number")
    changed_at = serializers.DateTimeField(source="edition.made_at")


class ScenarioDetailsOut(ScenarioOut):
    """`outcome` is how it comes out now, among the applications that the person sees."""

    call = serializers.UUIDField(source="call_id")
    rules = serializers.DictField(source="edition.rules")
    changes = serializers.DictField(source="edition.changes")
    outcome = serializers.SerializerMethodField()
    version = VersionField("name", "edition_id")

    def get_outcome(self, _scenario: Any) -> ScenarioOutcomeOut:
        found: ScenarioOutcomeOut = self.context["outcome"]
        return found


class ScenarioDifferenceOut(Shape[Any]):
    key = serializers.UUIDField()
    title = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    before = money()
    after = money()
    change = money()
    was_over = serializers.BooleanField()
    is_over = serializers.BooleanField()


class ComparisonOut(Shape[Any]):
    differences = ScenarioDifferenceOut(many=True)
    given_before = money()
    given_after = money()
    over_before = serializers.IntegerField()
    over_after = serializers.IntegerField()
    gained = money()
    lost = money()
    gaining = serializers.IntegerField()
    losing = serializers.IntegerField()


def outcome(found: Played) -> Any:
    """The body of an `ScenarioOutcomeOut`."""
    played = found.outcome
    return ScenarioOutcomeOut(
        {
            "rows": [_row(one, found) for one in played.rows],
            "pots": [
                {"code": code, "amount": one.amount, "given": one.given, "left": one.left}
                for code, one in played.pots.items()
            ],
            "asked": played.asked,
            "given": played.given,
            "unmet": played.unmet,
            "over": played.over,
            "undecided": played.undecided,
            "unknown": played.unknown,
        }
    ).data


def comparison(first: Played, second: Played) -> Any:
    """The body of a `ComparisonOut`: the second against the first."""
    found = ranking.compare(first.outcome, second.outcome)
    names = ("given_before", "given_after", "over_before", "over_after", "gained", "lost")
    told = {name: getattr(found, name) for name in (*names, "gaining", "losing")}
    titles = {**first.titles, **second.titles}
    differences = [
        {
            "key": one.key,
            "title": titles[one.key].title,
            "unit": titles[one.key].unit_name,
            "before": one.before,
            "after": one.after,
            "change": one.change,
            "was_over": one.was_over,
            "is_over": one.is_over,
        }
        for one in found.differences
    ]
    return ComparisonOut({"differences": differences, **told}).data


def _row(row: ranking.Row, found: Played) -> dict[str, Any]:
    case = found.titles[row.key]
    return {
        "key": row.key,
        "title": case.title,
        "sign": case.sign,
        "unit": case.unit_name,
        "list": row.list,
        "place": row.place,
        "tied": row.tied,
        "is_over": row.is_over,
        "why": row.why,
        "sentence": row.sentence,
        "asked": row.asked,
        "counted": None if row.counted is None else round(row.counted, 2),
        "amount": row.amount,
        "shares": [{"pot": pot, "amount": amount} for pot, amount in row.shares],
        "is_by_hand": row.is_by_hand,
        "reason": row.reason,
    }
