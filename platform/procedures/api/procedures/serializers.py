"""What goes over the wire of procedures: `<Noun>In`, `<Noun>Out`."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import DrawnModel
from api.shapes import Shape
from api.versions import VersionField
from procedures import selectors
from procedures.kinds import StageKind
from procedures.models import Procedure, ProcedureRevision
from procedures.permissions import verbs_on_procedure

if TYPE_CHECKING:
    from procedures.simulation import Choice

Plain = Shape[Any]
MOST_STEPS = 500


class ProcedureOut(Plain):
    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    noun = serializers.CharField()
    is_archived = serializers.BooleanField()
    is_published = serializers.SerializerMethodField()
    number = serializers.IntegerField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    open_cases = serializers.SerializerMethodField()
    updated_at = serializers.DateTimeField()
    can = serializers.SerializerMethodField()

    def get_is_published(self, procedure: Any) -> bool:
        return procedure.number is not None

    def get_open_cases(self, procedure: Any) -> int | None:
        """Only for whoever sees them all: how many others have is nobody's business."""
        actor = self.context["request"].user
        return procedure.open_cases if selectors.counts_cases(actor, procedure) else None

    def get_can(self, procedure: Procedure) -> list[str]:
        return verbs_on_procedure(self.context["request"].user, procedure)


class ProcedureIn(Plain):
    name = serializers.CharField(max_length=200)


class ProcedureChangeIn(Plain):
    name = serializers.CharField(max_length=200, required=False)
    draft = serializers.DictField(required=False)


class ProcedureCopyIn(Plain):
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ProcedureArchiveIn(Plain):
    is_archived = serializers.BooleanField(default=True)


class ProcedureImportIn(Plain):
    file = serializers.UUIDField()


class ProcedureProblemOut(Plain):
    """`path` is a place in the document: `stages/2/deadline/days`."""

    stage = serializers.CharField()
    path = serializers.CharField()
    where = serializers.CharField()
    sentence = serializers.CharField()


class ProcedureFunctionOut(Plain):
    """A function that the draft names; it must be known to be bound, and bound to be played."""

    key = serializers.CharField()
    name = serializers.CharField()
    is_known = serializers.BooleanField()
    is_played = serializers.BooleanField()


class ProcedureRevisionOut(DrawnModel[ProcedureRevision]):
    published_by = serializers.CharField(
        source="published_by.display_name", default=None, allow_null=True
    )

    class Meta:
        model = ProcedureRevision
        fields = ["id", "number", "published_at", "published_by"]


class ProcedureDetailsOut(Plain):
    id = serializers.UUIDField()
    name = serializers.CharField()
    noun = serializers.CharField()
    description = serializers.CharField()
    is_archived = serializers.BooleanField()
    form = serializers.UUIDField(source="form_id", allow_null=True)
    draft = serializers.DictField()
    draft_version = serializers.IntegerField()
    version = VersionField("draft_version")
    problems = serializers.SerializerMethodField()
    functions = serializers.SerializerMethodField()
    revisions = serializers.SerializerMethodField()
    can = serializers.SerializerMethodField()

    @extend_schema_field(ProcedureProblemOut(many=True))
    def get_problems(self, procedure: Procedure) -> Any:
        return ProcedureProblemOut(selectors.problems_of(procedure.draft), many=True).data

    @extend_schema_field(ProcedureFunctionOut(many=True))
    def get_functions(self, procedure: Procedure) -> Any:
        functions = selectors.functions_of(selectors.draft_of(procedure))
        return ProcedureFunctionOut(functions, many=True).data

    @extend_schema_field(ProcedureRevisionOut(many=True))
    def get_revisions(self, procedure: Procedure) -> Any:
        return ProcedureRevisionOut(selectors.revisions_of(procedure), many=True).data

    def get_can(self, procedure: Procedure) -> list[str]:
        return verbs_on_procedure(self.context["request"].user, procedure)


class ProcedureRevisionDetailsOut(ProcedureRevisionOut):
    definition = serializers.DictField()

    class Meta(ProcedureRevisionOut.Meta):
        fields = [*ProcedureRevisionOut.Meta.fields, "definition"]


class OutcomeOut(Plain):
    code = serializers.CharField()
    label = serializers.CharField()
    is_positive = serializers.BooleanField(allow_null=True)
    is_required = serializers.BooleanField()
    is_automatic = serializers.BooleanField()


class ActOut(Plain):
    code = serializers.CharField()
    label = serializers.CharField()


class FactOut(Plain):
    """A value that conditions read as `<stage>.<key>`; the type is that of a question."""

    key = serializers.CharField()
    type = serializers.CharField()


class StageKindOut(Plain):
    code = serializers.CharField()
    label = serializers.CharField()
    description = serializers.CharField()
    outcomes = serializers.SerializerMethodField()
    acts = serializers.SerializerMethodField()
    facts = serializers.SerializerMethodField()
    parameters = serializers.DictField()
    starts = serializers.BooleanField()
    ends = serializers.BooleanField()
    has_members = serializers.BooleanField()
    may_be_applicants = serializers.BooleanField()
    shown = serializers.ListField(
        child=serializers.CharField(),
        help_text="Co z etapu widzi wnioskodawca, gdy procedura tego nie mówi",
    )

    @extend_schema_field(OutcomeOut(many=True))
    def get_outcomes(self, kind: StageKind) -> list[dict[str, Any]]:
        return [
            {
                "code": code,
                "label": one.label,
                "is_positive": one.is_positive,
                "is_required": one.is_required,
                "is_automatic": one.is_automatic,
            }
            for code, one in kind.outcomes.items()
        ]

    @extend_schema_field(ActOut(many=True))
    def get_acts(self, kind: StageKind) -> list[dict[str, Any]]:
        return [{"code": code, "label": one.label} for code, one in kind.acts.items()]

    @extend_schema_field(FactOut(many=True))
    def get_facts(self, kind: StageKind) -> list[dict[str, Any]]:
        return [{"key": key, "type": of} for key, of in kind.facts.items()]


class EffectOut(Plain):
    code = serializers.CharField()
    label = serializers.CharField()


class ProcedureChangeOut(Plain):
    kind = serializers.ChoiceField(choices=["added", "removed", "changed", "moved"])
    stage = serializers.CharField()
    path = serializers.CharField()
    label = serializers.CharField()
    sentence = serializers.CharField()


class DifferencesQuery(Plain):
    older = serializers.IntegerField(min_value=1)
    newer = serializers.CharField(default="draft", help_text="A number, or `draft`.")

    def validate_newer(self, newer: str) -> int | str:
        if newer == "draft":
            return newer
        number: int = serializers.IntegerField(min_value=1).run_validation(newer)
        return number


class MoveGroupOut(Plain):
    """The open matters in one stage of one revision; `proposal` is null where nobody can tell."""

    revision = serializers.IntegerField()
    stage = serializers.CharField()
    stage_name = serializers.CharField()
    count = serializers.IntegerField()
    proposal = serializers.CharField(allow_null=True)
    is_kept_in_place = serializers.BooleanField()
    sentence = serializers.CharField()


class PublishEffectsOut(Plain):
    changes = ProcedureChangeOut(many=True)
    groups = MoveGroupOut(many=True)


class EffectsQuery(Plain):
    of = serializers.ChoiceField(choices=["draft", "published"], default="draft")


class CaseMoveIn(Plain):
    """`to` is a stage of the new revision; "" for the one that was proposed."""

    revision = serializers.IntegerField(min_value=1)
    stage = serializers.CharField(max_length=60)
    choice = serializers.ChoiceField(choices=["keep", "move"])
    to = serializers.CharField(max_length=60, default="", allow_blank=True)


class ProcedurePublishIn(Plain):
    moves = CaseMoveIn(many=True, default=list)
    draft_version = serializers.IntegerField(min_value=1, allow_null=True, default=None)


class CaseMovesIn(Plain):
    moves = CaseMoveIn(many=True)


class MovedOut(Plain):
    moved = serializers.IntegerField()


class DeclaredOut(Plain):
    added = serializers.ListField(child=serializers.CharField())


class SimulateStepIn(Plain):
    """`as` is whoever acts, as the choice named them."""

    action = serializers.CharField(max_length=60)
    data = serializers.DictField(default=dict)
    reason = serializers.CharField(max_length=4000, default="", allow_blank=True)

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "as": serializers.CharField(max_length=400)}


class SimulateIn(Plain):
    draft = serializers.DictField(required=False)
    steps = serializers.ListField(child=SimulateStepIn(), default=list, max_length=MOST_STEPS)

    @property
    def asked(self) -> dict[str, Any]:
        given = self.validated_data
        steps = [
            selectors.Step(one["action"], one["as"], one["data"], one["reason"])
            for one in given["steps"]
        ]
        return {"steps": steps, "draft": given.get("draft")}


class SimulateChoiceOut(Plain):
    """`fields` is the document of a form; null where nothing is asked."""

    action = serializers.CharField()
    kind = serializers.ChoiceField(choices=["transition", "act", "time"])
    label = serializers.CharField()
    needs_reason = serializers.BooleanField()
    fields_ = serializers.DictField(allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        shown = super().get_fields()
        shown["fields"] = shown.pop("fields_")
        return {**shown, "as": serializers.CharField(source="who.name")}


class SentenceOut(Plain):
    sentence = serializers.CharField()


class SimulateOut(Plain):
    """`choices` are those that are possible now; `stage` is "" where it cannot begin."""

    stage = serializers.CharField()
    choices = SimulateChoiceOut(many=True)
    log = SentenceOut(many=True)
    is_over = serializers.BooleanField()
    faults = ProcedureProblemOut(many=True)


def walked(walk: selectors.Walk) -> dict[str, Any]:
    """A walk as `SimulateOut` says it."""
    simulation = walk.simulation
    offered: list[Choice] = [] if simulation is None else simulation.choices()
    stage = None if simulation is None else simulation.stage
    shown = {
        "stage": "" if stage is None else stage.key,
        "choices": [one for one in offered if not one.blocked],
        "log": [] if simulation is None else [{"sentence": one} for one in simulation.log],
        "is_over": simulation is not None and simulation.is_over,
        "faults": walk.faults,
    }
    return dict(SimulateOut(shown).data)


class StartQuery(Plain):
    unit = serializers.UUIDField(default=None, allow_null=True)


class BeginningOut(Plain):
    """A procedure of which a matter can be opened by hand, as a card."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    noun = serializers.CharField()
    applicant = serializers.ChoiceField(choices=["unit", "person", "office"])
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    limit = serializers.CharField()
    sentence = serializers.CharField(help_text="Dlaczego dziś nie można; puste, gdy można")


class StartOut(Plain):
    """Whether a matter may be opened now; `limit` is null where there is none."""

    may = serializers.BooleanField()
    sentence = serializers.CharField()
    limit = serializers.IntegerField(allow_null=True)
    used = serializers.IntegerField()
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    applicant = serializers.ChoiceField(choices=["unit", "person", "office"])
