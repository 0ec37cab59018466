"""What goes over the wire of calls and of applications."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn
from api.shapes import Shape
from api.versions import VersionField
from budget.selectors import Figures
from modules.applications import selectors
from modules.applications.api.rules import CallRulesShape
from modules.applications.models import Application, Call, CallEdition
from modules.applications.permissions import verbs_on_call
from modules.applications.selectors import CallFigures, Charts, Place, PotLeft, Slice, StageCount
from opium.errors import FieldError
from procedures.selectors import case_list

FIRST_YEAR, LAST_YEAR = 2000, 2100


def money(**rest: Any) -> serializers.DecimalField:
    """Złote to the grosz, as a text."""
    return serializers.DecimalField(max_digits=14, decimal_places=2, **rest)


class CallIn(serializers.Serializer[None]):
    procedure = serializers.UUIDField(error_messages={"invalid": "Wybierz procedurę."})
    title = serializers.CharField(max_length=200, error_messages={"blank": "Podaj tytuł naboru."})
    year = serializers.IntegerField(
        min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages={"invalid": "Podaj rok."}
    )
    is_test = serializers.BooleanField(default=False)


class CallChangeIn(serializers.Serializer[None]):
    procedure = serializers.UUIDField(required=False)
    title = serializers.CharField(max_length=200, required=False)
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    is_test = serializers.BooleanField(required=False)
    rules = CallRulesShape(required=False)


class AnnouncementIn(serializers.Serializer[None]):
    """What the units are written in the same press."""

    subject = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=20_000)


class CallPublishIn(serializers.Serializer[None]):
    announcement = AnnouncementIn(allow_null=True, default=None)
    reason = serializers.CharField(max_length=4_000, allow_blank=True, default="")


class CallCopyIn(serializers.Serializer[None]):
    year = serializers.IntegerField(
        min_value=FIRST_YEAR, max_value=LAST_YEAR, allow_null=True, default=None
    )


class ApplicationIn(serializers.Serializer[None]):
    call = serializers.UUIDField()
    unit = serializers.UUIDField(allow_null=True, default=None)
    title = serializers.CharField(max_length=300, allow_blank=True, default="")
    copied_from = serializers.UUIDField(allow_null=True, default=None)


class CallProcedureOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CallMoneyOut(Drawn[Figures]):
    """Sums of the ledger in złote."""

    asked = money()
    reserved = money()
    granted = money()
    settled = money()
    returned = money()


class CallOut(Drawn[Any]):
    """`opens_at` and `closes_at` are of the first and the last round together."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    year = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Call.State.choices)
    is_test = serializers.BooleanField()
    procedure = CallProcedureOut()
    opens_at = serializers.SerializerMethodField()
    closes_at = serializers.SerializerMethodField()
    drafts = serializers.IntegerField()
    handed_in = serializers.IntegerField()
    money = serializers.SerializerMethodField()
    can = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_opens_at(self, call: Call) -> Any:
        rules = call.edition.said if call.edition is not None else selectors.rules_of(call)
        return min((one.opens_at for one in rules.rounds if one.opens_at), default=None)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_closes_at(self, call: Call) -> Any:
        rules = call.edition.said if call.edition is not None else selectors.rules_of(call)
        return rules.last_closing

    @extend_schema_field(CallMoneyOut)
    def get_money(self, call: Call) -> Any:
        figures = self.context["money"].get(call.pk) or Figures()
        return self.drawn_by(CallMoneyOut, figures)

    def get_can(self, call: Call) -> list[str]:
        return verbs_on_call(self.context["request"].user, call)


class CallLackOut(Drawn[FieldError]):
    field = serializers.CharField()
    detail = serializers.CharField()


class CallQuestionOut(Shape[None]):
    """`is_name`: whether the answer can be somebody's first or last name."""

    key = serializers.CharField()
    label = serializers.CharField()
    is_name = serializers.BooleanField()


class CallFunctionOut(Shape[None]):
    key = serializers.CharField()
    name = serializers.CharField()


class CallDetailsOut(CallOut):
    """`rules` are being worked on, `rules_in_force` hold; `changes` is what lies between them."""

    rules = CallRulesShape()
    rules_in_force = serializers.SerializerMethodField()
    edition = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()
    scoring = serializers.SerializerMethodField()
    functions = serializers.SerializerMethodField()
    copied_from = serializers.UUIDField(source="copied_from_id", allow_null=True)
    version = VersionField("title", "year", "procedure_id", "is_test", "rules", "state")

    @extend_schema_field(CallRulesShape(allow_null=True))
    def get_rules_in_force(self, call: Call) -> Any:
        return call.edition.rules if call.edition is not None else None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_edition(self, call: Call) -> int | None:
        return call.edition.number if call.edition is not None else None

    def get_changes(self, call: Call) -> list[str]:
        return selectors.changes_of(call)

    @extend_schema_field(CallLackOut(many=True))
    def get_missing(self, call: Call) -> Any:
        if call.state not in {Call.State.DRAFT, Call.State.PUBLISHED}:
            return []
        return [CallLackOut(one).data for one in selectors.missing_in(call)]

    @extend_schema_field(CallFunctionOut(many=True))
    def get_functions(self, call: Call) -> list[dict[str, str]]:
        """Those of the city that can be asked to approve a division, while rules can change."""
        if call.state not in {Call.State.DRAFT, Call.State.PUBLISHED}:
            return []
        known = selectors.functions_to_approve()
        return [{"key": key, "name": name} for key, name in known.items()]

    @extend_schema_field(CallQuestionOut(many=True))
    def get_questions(self, call: Call) -> list[dict[str, Any]]:
        asked = selectors.questions_of(call)
        return [
            {"key": key, "label": one.label, "is_name": one.is_name} for key, one in asked.items()
        ]

    @extend_schema_field(CallFunctionOut(many=True))
    def get_scoring(self, call: Call) -> list[dict[str, str]]:
        """The functions that score in its procedure: what a committee can play."""
        found = selectors.scoring_functions(call)
        return [{"key": key, "name": name} for key, name in found.items()]


class CallEditionOut(Drawn[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    differences = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField()
    message = serializers.UUIDField(source="message_id", allow_null=True)
    told_at = serializers.DateTimeField(source="message.sent_at", allow_null=True)
    """When that message was sent; null where nobody was told, or not yet."""
    published_at = serializers.DateTimeField()
    published_by = serializers.SerializerMethodField()

    def get_published_by(self, edition: CallEdition) -> str:
        return edition.published_by.display_name if edition.published_by else ""


class StageCountOut(Drawn[StageCount]):
    key = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class PotLeftOut(Drawn[PotLeft]):
    code = serializers.CharField()
    name = serializers.CharField()
    planned = money()
    left = money()


class CallFiguresOut(Drawn[CallFigures]):
    drafts = serializers.IntegerField()
    handed_in = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    stages = StageCountOut(many=True)
    money = CallMoneyOut()
    pots = PotLeftOut(many=True)


class CallSliceOut(Drawn[Slice]):
    """One bar of a chart."""

    name = serializers.CharField()
    asked = money(source="money.asked")
    granted = money(source="money.granted")


class CallChartsOut(Drawn[Charts]):
    by_kind = CallSliceOut(many=True)
    by_year = CallSliceOut(many=True)


class PlaceOut(Drawn[Place]):
    """One applicant in one call; `sentence` says why not, or what is left."""

    unit = serializers.UUIDField(source="unit_id", allow_null=True)
    name = serializers.CharField()
    may = serializers.BooleanField()
    sentence = serializers.CharField()
    round = serializers.CharField()
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    limit = serializers.IntegerField(allow_null=True)
    left = serializers.IntegerField(allow_null=True)
    drafts = serializers.IntegerField(source="used.drafts")
    handed_in = serializers.IntegerField(source="used.handed_in")


class OpeningOut(Drawn[Any]):
    """A call as a card, with the applicants for whom the person acts."""

    id = serializers.UUIDField(source="call.id")
    procedure = serializers.UUIDField(source="call.procedure_id")
    title = serializers.CharField(source="call.announced_title")
    description = serializers.CharField(source="rules.description")
    noun = serializers.CharField()
    is_test = serializers.BooleanField(source="call.is_test")
    places = PlaceOut(many=True)


class ScoringOut(Drawn[Any]):
    """One call in which the person scores: how far they are, and the case that comes next."""

    call = serializers.UUIDField(source="call_id")
    title = serializers.CharField()
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    next = serializers.UUIDField(allow_null=True)


class ApplicationCallOut(Drawn[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField(source="announced_title")


class ApplicationUnitOut(Drawn[None]):
    id = serializers.UUIDField()
    short_name = serializers.CharField()


class ApplicationBallOut(Drawn[None]):
    """Whose move it is, since when, until when."""

    side = serializers.ChoiceField(choices=case_list.SIDES)
    who = serializers.ListField(child=serializers.CharField())
    since = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)


class ApplicationOut(Drawn[Any]):
    """An application as its case shows it; `case` is where its whole life is told."""

    id = serializers.UUIDField(source="application.id")
    case = serializers.UUIDField(source="id")
    sign = serializers.CharField()
    title = serializers.CharField()
    call = ApplicationCallOut(source="application.call")
    round = serializers.CharField(source="application.round")
    unit = serializers.SerializerMethodField()
    applicant = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField()
    is_draft = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=case_list.STATES)
    meaning = serializers.ChoiceField(choices=case_list.MEANINGS, allow_blank=True)
    ball = serializers.SerializerMethodField()
    submitted_at = serializers.DateTimeField(source="application.submitted_at", allow_null=True)
    opened_at = serializers.DateTimeField()

    @extend_schema_field(ApplicationUnitOut(allow_null=True))
    def get_unit(self, case: Any) -> dict[str, Any] | None:
        if case.unit_id is None:
            return None
        return {"id": str(case.unit_id), "short_name": case.unit_name}

    def get_applicant(self, case: Any) -> str:
        return str(case.applicant.display_name) if case.applicant is not None else ""

    def get_stage(self, case: Any) -> str:
        """The applicant reads its public name."""
        return str(case.stage_name if case.is_from_office else case.public_name)

    def get_is_draft(self, case: Any) -> bool:
        return bool(case.is_open and case.stage_kind == "submission")

    @extend_schema_field(ApplicationBallOut)
    def get_ball(self, case: Any) -> Any:
        told = {
            "side": case.ball_side,
            "who": list(dict.fromkeys(filter(None, case.waited_for))),
            "since": case.ball_since,
            "due_at": case.due_at,
        }
        return self.drawn_by(ApplicationBallOut, told)


class OwnApplicationOut(ApplicationOut):
    """As its applicant sees it, with what they can do from the list."""

    procedure = serializers.UUIDField(source="procedure_id")
    sheet = serializers.UUIDField(source="sheet_id", allow_null=True)
    withdrawal = serializers.SerializerMethodField()

    def get_withdrawal(self, case: Any) -> str:
        """The action of its case by which it is taken back now; empty where there is none."""
        return selectors.withdrawal_of(case)


class ApplicationBegunOut(Drawn[Application]):
    """The new draft: the case on whose page it is filled in."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    sheet = serializers.UUIDField(source="case.sheet_id", allow_null=True)
