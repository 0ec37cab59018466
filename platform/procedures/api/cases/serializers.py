"""What goes over the wire of cases."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn
from api.shapes import Shape
from procedures.api.letters.serializers import LetterOut
from procedures.models import Case
from procedures.pages import BallShown, CasePage, PathStep, SheetShown, WhyHere
from procedures.rows import OpinionRow, VoteRow
from procedures.selectors.actions import Button, Way
from procedures.selectors.findings import Finding
from procedures.selectors.scoring import ON_THE_SCALE_OF_EACH, Threshold
from procedures.stories import EventShown


class CaseProcedureOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CaseUnitOut(Drawn[None]):
    id = serializers.UUIDField()
    short_name = serializers.CharField()


class CasePersonOut(Drawn[Any]):
    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="display_name")


class CaseStageOut(Drawn[None]):
    key = serializers.CharField()
    name = serializers.CharField()


class BallOut(Drawn[BallShown]):
    """Whose ball it is, since when, until when."""

    side = serializers.ChoiceField(choices=Case.Side.choices)
    who = serializers.ListField(child=serializers.CharField())
    since = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    is_overdue = serializers.BooleanField()
    is_paused = serializers.BooleanField()


class CaseRowOut(Drawn[Case]):
    id = serializers.UUIDField()
    sign = serializers.CharField()
    title = serializers.CharField()
    procedure = CaseProcedureOut()
    unit = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=Case.State.choices)
    meaning = serializers.ChoiceField(choices=Case.Meaning.choices, allow_blank=True)
    ball = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField()

    @extend_schema_field(CaseUnitOut(allow_null=True))
    def get_unit(self, case: Case) -> dict[str, Any] | None:
        return unit_of(case)

    @extend_schema_field(CaseStageOut)
    def get_stage(self, case: Case) -> dict[str, str]:
        """The applicant reads its public name."""
        return stage_of(case)

    @extend_schema_field(BallOut)
    def get_ball(self, case: Case) -> Any:
        return self.drawn_by(BallOut, BallShown.of(case))


def unit_of(case: Case) -> dict[str, Any] | None:
    if case.unit_id is None:
        return None
    return {"id": str(case.unit_id), "short_name": case.unit_name}


def stage_of(case: Case) -> dict[str, str]:
    return {"key": case.stage, "name": case.stage_name if case.is_from_office else case.public_name}


class PathStepOut(Drawn[PathStep]):
    key = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=["done", "now", "ahead"])


class ActionWayOut(Shape[Way]):
    label = serializers.CharField()
    stage = serializers.CharField()


class ActionOut(Shape[Button]):
    """A button: `fields` is a form's definition, to be drawn by the form filler."""

    action = serializers.CharField()
    kind = serializers.ChoiceField(choices=["transition", "act"])
    label = serializers.CharField()
    tone = serializers.ChoiceField(choices=["neutral", "positive", "negative"])
    reason = serializers.ChoiceField(choices=["none", "optional", "required"])
    needs_reason = serializers.BooleanField()
    fields = serializers.DictField(allow_null=True)
    blocked = serializers.SerializerMethodField()
    ways = ActionWayOut(
        many=True, help_text="Drogi, z których jedną wybierze to, co podano z czynnością"
    )
    follows = serializers.CharField(
        help_text="Co stanie się po naciśnięciu; puste, gdy zależy od tego, co się poda"
    )

    completes_form = serializers.BooleanField(
        help_text="Czy oddaje to, co wypełniła osoba, która naciska"
    )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_blocked(self, button: Button) -> str | None:
        return button.blocked or None


class CaseSheetOut(Drawn[SheetShown]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    stage = serializers.CharField()
    round = serializers.IntegerField()
    person = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField(choices=["draft", "submitted", "withdrawn"])
    version = serializers.IntegerField()
    can_fill = serializers.BooleanField()
    is_complete = serializers.BooleanField()


class OpinionOut(Drawn[OpinionRow]):
    id = serializers.UUIDField()
    stage = serializers.CharField()
    whom = serializers.CharField()
    is_unit = serializers.SerializerMethodField()
    question = serializers.CharField()
    asked_by = serializers.CharField(default=None, allow_null=True)
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    reminded_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answered_by = serializers.CharField(default=None, allow_null=True)
    verdict = serializers.CharField(help_text="yes, no albo nic, póki nie odpowiedziano")
    answer = serializers.CharField()

    def get_is_unit(self, opinion: OpinionRow) -> bool:
        return opinion.unit_id is not None


class VoteOut(Shape[VoteRow]):
    id = serializers.UUIDField()
    stage = serializers.CharField()
    stage_name = serializers.CharField()
    round = serializers.IntegerField()
    person = serializers.CharField()
    in_place_of = serializers.CharField(default=None, allow_null=True)
    verdict = serializers.CharField()
    verdict_label = serializers.CharField()
    points = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    is_valid = serializers.BooleanField()


class ThresholdOut(Shape[Threshold]):
    """From which result of the scores on the case goes further."""

    stage = serializers.CharField()
    points = serializers.DecimalField(max_digits=12, decimal_places=2)
    of = serializers.ChoiceField(choices=ON_THE_SCALE_OF_EACH, help_text="mean albo median")


class CaseSubjectFactOut(Shape[Any]):
    label = serializers.CharField()
    value = serializers.CharField()


class CaseSubjectOut(Shape[Any]):
    """The record of another module that the case decides upon, such as a message."""

    kind = serializers.CharField()
    label = serializers.CharField()
    url = serializers.CharField()
    facts = CaseSubjectFactOut(many=True)
    text = serializers.CharField()


class FindingOut(Shape[Finding]):
    """What the case has come to; `requested` and `granted` are the money of the case."""

    code = serializers.CharField()
    label = serializers.CharField()
    value = serializers.CharField()
    stage = serializers.CharField()


class WhyHereOut(Shape[WhyHere]):
    """Why the case stands where it does."""

    sentence = serializers.CharField()
    label = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class CaseOut(Drawn[CasePage]):
    """A row of the list, and everything else that the case's page shows."""

    id = serializers.UUIDField(source="case.id")
    sign = serializers.CharField(source="case.sign")
    title = serializers.CharField(source="case.title")
    procedure = CaseProcedureOut(source="case.procedure")
    unit = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField()
    state = serializers.ChoiceField(source="case.state", choices=Case.State.choices)
    meaning = serializers.ChoiceField(
        source="case.meaning", choices=Case.Meaning.choices, allow_blank=True
    )
    ball = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField(source="case.opened_at")
    version = serializers.IntegerField(source="case.version")
    noun = serializers.CharField(source="case.procedure.noun")
    is_from_office = serializers.BooleanField()
    """Whether the caller sees it as the office does."""
    is_veiled = serializers.BooleanField(
        help_text="Czy wnioskodawca jest ukryty przed osobą, która ocenia"
    )
    hides_members = serializers.BooleanField(
        source="case.hides_members", help_text="Czy osoby, które oceniają, są ukryte przed sobą"
    )
    public_stage = serializers.CharField(source="case.public_name")
    applicant = CasePersonOut(source="case.applicant", allow_null=True)
    closed_at = serializers.DateTimeField(source="case.closed_at", allow_null=True)
    subject = serializers.SerializerMethodField()
    findings = FindingOut(many=True)
    why = WhyHereOut(allow_null=True)
    path = PathStepOut(many=True)
    actions = ActionOut(many=True)
    sheets = CaseSheetOut(many=True)
    opinions = OpinionOut(many=True)
    votes = VoteOut(many=True)
    thresholds = ThresholdOut(many=True)
    letters = LetterOut(many=True)
    can = serializers.ListField(
        child=serializers.CharField(),
        help_text="undo, reopen_scoring, issue_letter, read_questions, read_invoices",
    )
    letters_offered = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text="Klucze wzorów, których pisma może tu wydać; null: wszystkich",
    )
    trouble = serializers.SerializerMethodField()

    @extend_schema_field(CaseUnitOut(allow_null=True))
    def get_unit(self, page: CasePage) -> dict[str, Any] | None:
        return unit_of(page.case)

    @extend_schema_field(CaseStageOut)
    def get_stage(self, page: CasePage) -> dict[str, str]:
        """The applicant reads its public name."""
        return stage_of(page.case)

    @extend_schema_field(BallOut)
    def get_ball(self, page: CasePage) -> Any:
        return self.drawn_by(BallOut, BallShown.of(page.case))

    def get_trouble(self, page: CasePage) -> str:
        """What the background could not do for the case; the office's business alone."""
        return page.case.trouble if page.is_from_office else ""

    @extend_schema_field(CaseSubjectOut(allow_null=True))
    def get_subject(self, page: CasePage) -> dict[str, Any] | None:
        return page.subject


class EventDetailOut(Shape[None]):
    label = serializers.CharField()
    value = serializers.CharField()


class CaseEventOut(Drawn[EventShown]):
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    actor = serializers.CharField()
    in_place_of = serializers.CharField(allow_null=True)
    function = serializers.CharField()
    sentence = serializers.CharField()
    reason = serializers.CharField()
    from_stage = serializers.CharField()
    to_stage = serializers.CharField()
    details = EventDetailOut(many=True)
    sheet_version = serializers.IntegerField(allow_null=True)
    is_undone = serializers.BooleanField()


class CaseIn(serializers.Serializer[None]):
    procedure = serializers.UUIDField()
    unit = serializers.UUIDField(required=False, allow_null=True, default=None)
    title = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    link = serializers.DictField(
        child=serializers.CharField(max_length=2000), required=False, default=dict
    )


class PerformIn(Shape[None]):
    action = serializers.CharField(max_length=60)
    data = serializers.JSONField(required=False, default=dict)
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=4000)
    version = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)

    def validate_data(self, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise serializers.ValidationError("Podaj obiekt z odpowiedziami.")
        return given


class ReopenIn(serializers.Serializer[None]):
    reason = serializers.CharField(
        max_length=4000,
        error_messages={
            "blank": "Podaj powód, dla którego otwierasz ocenę ponownie.",
            "required": "Podaj powód, dla którego otwierasz ocenę ponownie.",
        },
    )
    version = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)


class UndoIn(serializers.Serializer[None]):
    version = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)
