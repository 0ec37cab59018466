"""What goes over the wire of recommendations and decisions; sums are złote as texts."""

from typing import Any

from rest_framework import serializers

from api.drawing import Drawn
from modules.applications.api.serializers import money
from modules.applications.models import Award, Paper, Recommendation
from modules.applications.selectors import Approval, RowShown
from procedures.selectors.letter_list import LETTER_STATES


class AwardIn(serializers.Serializer[None]):
    decision = serializers.CharField(
        max_length=200, error_messages={"blank": "Podaj numer zarządzenia."}
    )
    decided_on = serializers.DateField(error_messages={"invalid": "Podaj datę zarządzenia."})


class AwardChangeIn(serializers.Serializer[None]):
    case = serializers.UUIDField()
    amount = money(min_value=0)
    reason = serializers.CharField(max_length=4_000)


class DecideIn(AwardIn):
    changes = AwardChangeIn(many=True, default=list)

    def validate_changes(self, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({one["case"] for one in changes}) != len(changes):
            message = "Jeden wniosek ma dwie zmiany. Zostaw jedną."
            raise serializers.ValidationError(message)
        return changes


class PublishDecisionIn(serializers.Serializer[None]):
    """`at`: a later moment; null: now."""

    at = serializers.DateTimeField(allow_null=True, default=None)


class PaperIn(serializers.Serializer[None]):
    """`how` names the applications on the list of results; initials are of these questions."""

    kind = serializers.ChoiceField(choices=Paper.Kind.choices)
    how = serializers.ChoiceField(choices=["number", "sign", "initials"], default="number")
    questions = serializers.ListField(
        child=serializers.CharField(max_length=60), default=list, max_length=3
    )


class PaperQuery(serializers.Serializer[None]):
    ending = serializers.ChoiceField(choices=["pdf", "docx", "html", "xlsx"], default="pdf")


class PaymentsIn(serializers.Serializer[None]):
    """`account`, `name` and `address` are keys of questions of the application."""

    account = serializers.CharField(max_length=60)
    name = serializers.CharField(max_length=60, allow_blank=True, default="")
    address = serializers.CharField(max_length=60, allow_blank=True, default="")
    title = serializers.CharField(max_length=140)
    payer_name = serializers.CharField(max_length=140)
    payer_address = serializers.CharField(max_length=140, allow_blank=True, default="")
    payer_account = serializers.CharField(max_length=40)
    paid_on = serializers.DateField()


class PaymentsQuery(serializers.Serializer[None]):
    form = serializers.ChoiceField(choices=["xlsx", "elixir"], default="xlsx")


class VoidIn(serializers.Serializer[None]):
    reason = serializers.CharField(max_length=4_000)


class SendLettersIn(serializers.Serializer[None]):
    """Ids of templates: for those who got money, and for those who did not; null: no letter."""

    granted = serializers.UUIDField(allow_null=True, default=None)
    refused = serializers.UUIDField(allow_null=True, default=None)


class SendBackIn(serializers.Serializer[None]):
    reason = serializers.CharField(max_length=4_000)


class ApprovalIn(serializers.Serializer[None]):
    """`version` as it was read: whoever was slower is told who was faster."""

    verdict = serializers.ChoiceField(choices=["approve", "return"])
    reason = serializers.CharField(max_length=4_000, allow_blank=True, default="")
    version = serializers.IntegerField(required=False)


class PreparedOut(Drawn[Any]):
    """A decision, for whoever may know of it before it is published."""

    decision = serializers.SerializerMethodField()
    decided_on = serializers.SerializerMethodField()
    publish_at = serializers.SerializerMethodField()

    def get_decision(self, shown: Any) -> str:
        return str(shown.made.decision) if shown.knows else ""

    def get_decided_on(self, shown: Any) -> str | None:
        day = shown.made.decided_on if shown.knows else None
        return None if day is None else str(day.isoformat())

    def get_publish_at(self, shown: Any) -> str | None:
        at = shown.made.publish_at if shown.knows else None
        return None if at is None else str(at.isoformat())


class RecommendationOut(PreparedOut):
    """Without the applications from which the person is excluded; nor are they in the sum."""

    id = serializers.UUIDField(source="made.pk")
    scenario = serializers.CharField(source="made.edition.scenario.name")
    state = serializers.ChoiceField(choices=Recommendation.State.choices)
    total = money()
    applications = serializers.IntegerField()
    made_at = serializers.DateTimeField(source="made.made_at")
    reason = serializers.CharField(source="made.reason", allow_blank=True)
    ended_at = serializers.DateTimeField(source="made.ended_at", allow_null=True)


class ApprovalStepOut(Drawn[None]):
    at = serializers.DateTimeField()
    who = serializers.CharField(source="actor_name")
    in_place_of = serializers.CharField(source="in_place_of_name")
    function = serializers.CharField()
    deed = serializers.CharField(source="label")
    reason = serializers.CharField()


class ApprovalOut(Drawn[Approval]):
    """How far the approval is; `version` goes back with the verdict."""

    steps = ApprovalStepOut(many=True)
    waits_for = serializers.ListField(child=serializers.CharField())
    blocked = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)


class AwardLetterOut(Drawn[Any]):
    """A letter that was issued since the decision, and how far it is drawn up."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    number = serializers.CharField(source="numbered")
    state = serializers.ChoiceField(choices=LETTER_STATES)
    failure = serializers.CharField()


class RecommendedRowOut(Drawn[RowShown]):
    """`amount` is what was decided; before that, and for whoever may not know, recommended."""

    case = serializers.UUIDField(source="case.pk")
    award = serializers.UUIDField(source="award.pk", allow_null=True, default=None)
    sign = serializers.CharField(source="case.sign")
    title = serializers.CharField(source="case.title")
    unit = serializers.CharField(source="case.unit_name")
    place = serializers.IntegerField(allow_null=True)
    asked = money(allow_null=True)
    recommended = money()
    amount = money()
    reason = serializers.CharField(source="award.reason", default="")
    state = serializers.ChoiceField(
        choices=Award.State.choices, source="award.state", allow_null=True, default=None
    )
    sentence = serializers.CharField(source="award.sentence", default="")
    letter = AwardLetterOut(allow_null=True)


class CallPaperOut(Drawn[Any]):
    """A document; `endings` are the kinds of files that can be downloaded."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Paper.Kind.choices)
    state = serializers.ChoiceField(choices=Paper.State.choices)
    failure = serializers.CharField()
    made_at = serializers.DateTimeField()
    endings = serializers.SerializerMethodField()

    def get_endings(self, paper: Any) -> list[str]:
        return [one for one in ("pdf", "docx", "html", "xlsx") if getattr(paper, f"{one}_id")]


class PaymentListOut(Drawn[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    paid_on = serializers.DateField()
    total = money(source="paid")
    count = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    voided_at = serializers.DateTimeField(allow_null=True)
    void_reason = serializers.CharField()


class RecommendationCallOut(Drawn[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()


class RecommendationDetailsOut(PreparedOut):
    """Without the applications from which the person is excluded; nor are they in any sum."""

    id = serializers.UUIDField(source="made.pk")
    call = RecommendationCallOut(source="made.call")
    scenario = serializers.CharField(source="made.edition.scenario.name")
    state = serializers.ChoiceField(choices=Recommendation.State.choices)
    total = money()
    made_at = serializers.DateTimeField(source="made.made_at")
    trouble = serializers.CharField()
    reason = serializers.CharField(source="made.reason")
    ended_at = serializers.DateTimeField(source="made.ended_at", allow_null=True)
    approval = ApprovalOut()
    rows = RecommendedRowOut(many=True)
    papers = CallPaperOut(many=True)
    payment_lists = PaymentListOut(many=True)
    left_out = serializers.ListField(child=serializers.CharField())
    can = serializers.ListField(child=serializers.CharField())
